"""When something was sent, as messages.csv and Invitations.csv write it, and which day that was here."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from typing import Final

_UNIVERSAL: Final = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?"
    r" ?(?:UTC|GMT|Z|[+-]00:?00)?",
    re.IGNORECASE,
)
_LOCAL: Final = re.compile(
    r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2}),? ([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?: ?([ap])\.? ?m\.?)?",
    re.IGNORECASE,
)


def universal(text: str) -> datetime | None:
    """The moment of `2026-08-01 02:00:00 UTC`, with or without its zone, which is always UTC; None for all else."""
    found = _UNIVERSAL.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def local(text: str) -> datetime | None:
    """The moment of `1/29/26, 2:37 PM`, month first and without a zone; None for all else."""
    found = _LOCAL.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    month, day, year, hour, minute = (int(part) for part in found.groups()[:5])
    if half := found[6]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    try:
        # LinkedIn is younger than the century.
        return datetime(2000 + year if len(found[3]) == 2 else year, month, day, hour, minute)  # noqa: DTZ001
    except ValueError:
        return None


def day_of(moment: datetime, zone: tzinfo | None) -> date | None:
    """The day of a moment in this zone (None: the system's); one without a zone is local already."""
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        # The first and last days that can be written have no neighbours.
        return None
