"""How a sentence names a day near today, and several people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain.dates import show_day
from netjournal.domain.words import few

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

#: Within so many days a day and its month cannot mean another year's.
SAME_YEAR_DAYS: Final = 180


def near_day(day: date, today: date) -> str:
    """A day with its weekday, `Fri 4 Dec`; with its year where it is more than half a year away."""
    shown = show_day(day)
    return shown if abs((day - today).days) > SAME_YEAR_DAYS else shown.rpartition(" ")[0]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: `Ann`, `Ann and Bo`, `Ann, Bo, Cy and 4 more`."""
    *first, last = few(names)
    return f"{', '.join(first)} and {last}" if first else last
