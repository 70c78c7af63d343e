"""Where an opportunity came from, and which stages it goes through."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Origin = Literal["relationship", "introduction", "exposure", "cold"]
ORIGINS: Final[tuple[Origin, ...]] = ("relationship", "introduction", "exposure", "cold")

#: From what first came up to what is nearly there.
OPEN_STAGES: Final = ("lead", "talking", "applied", "interview", "offer")
#: How it can end.
ENDINGS: Final = ("won", "lost", "declined", "lapsed")
STAGES: Final = (*OPEN_STAGES, *ENDINGS)

#: A broadcast can have brought what comes up within so many days of it.
EXPOSURE_DAYS: Final = 90


def is_open(stage: str) -> bool:
    """Whether an opportunity at this stage may still come to something."""
    return stage in OPEN_STAGES


def origin(stored: Origin | None, *, introduced: bool, touched: bool, exposed: bool) -> Origin:
    """Where an opportunity came from: what was said of it, else the first that holds.

    An introduction where somebody introduced you to whom it came through; a relationship where you had touched them
    before it came up; exposure where a broadcast of yours came shortly before (`is_exposed`); else it came cold.
    """
    if stored is not None:
        return stored
    if introduced:
        return "introduction"
    if touched:
        return "relationship"
    return "exposure" if exposed else "cold"


def is_introduced(introduced_on: Iterable[date], told: bool, opened_on: date) -> bool:
    """Whether you were introduced to somebody before what came up through them.

    `introduced_on` are the days of introductions that were logged; `told` says that the contact's own record names
    who introduced you, which has no day: it counts where no logged one says that it was later.
    """
    days = list(introduced_on)
    return any(day <= opened_on for day in days) if days else told


def is_exposed(broadcasts_on: Iterable[date], opened_on: date) -> bool:
    """Whether one of some broadcasts went out on the day something came up, or in the 90 days before."""
    return any(0 <= (opened_on - day).days <= EXPOSURE_DAYS for day in broadcasts_on)
