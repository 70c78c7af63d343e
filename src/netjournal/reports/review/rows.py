"""The row of `review`: one figure beside that of the period before, in one long form for every section."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from netjournal.domain.words import Key, Prose

if TYPE_CHECKING:
    from collections.abc import Callable

Told = TypeVar("Told")
#: A row of words has no figure.
NO_FIGURES: Final = (None, None)


class ReviewRow(NamedTuple):
    """One figure of a look back; `before` is the same of the period before, null where it has none."""

    section: str
    subject: Key | None
    figure: str
    value: float | None
    before: float | None
    unit: str
    text: Prose | None
    command: str | None


class ChartRow(NamedTuple):
    """The touches of one day or one week: of the whole journal, a circle or an objective."""

    series: str
    name: str | None
    unit: str
    on: date
    touch_count: int


def row(
    section: str,
    figure: str,
    figures: tuple[float | None, float | None],
    unit: str,
    *,
    subject: str | None = None,
    text: str | None = None,
    command: str | None = None,
) -> ReviewRow:
    """A row from a figure now and before; what not every row has is given by name."""
    return ReviewRow(
        section,
        Key(subject) if subject else None,
        figure,
        *figures,
        unit,
        Prose(text) if text else None,
        command,
    )


def both(measure: Callable[[Told], float], two: tuple[Told, Told]) -> tuple[float, float]:
    """One measure of a period and of the one before it."""
    return measure(two[0]), measure(two[1])
