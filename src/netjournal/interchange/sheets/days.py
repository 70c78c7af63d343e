"""Days as address books write them: read where they can mean one day, never guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from netjournal.domain import birthdays
from netjournal.errors import UsageError

AMBIGUOUS: Final = "can mean two days: set date_order"
UNREADABLE: Final = "is no day that can be read"

#: `0/0/00`, `0000-00-00`: how Outlook and databases say that there is none.
_NONE: Final = re.compile(r"[0\s./-]*")
_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*|(.*[0-9]{4})(?:,? | at )[0-9]{1,2}:[0-9]{2}.*")
_SEPARATED: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})\.?")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([/.-]?)([0-9]{1,2})\2([0-9]{1,2})")
#: What Apple writes for a year that is not known.
_APPLE: Final = "1604-"
_LONGEST: Final = 60


def birthday(text: str, order: str | None) -> tuple[str | None, str | None]:
    """A birthday as `YYYY-MM-DD` or `--MM-DD`, or why it is none; both None where the text says that there is none.

    `order` ("dmy" or "mdy") settles `05/06/1988`.
    """
    phrase = " ".join(text.split())
    if _NONE.fullmatch(phrase):
        return None, None
    if len(phrase) > _LONGEST:
        return None, UNREADABLE
    if found := _TIME.fullmatch(phrase):
        phrase = found[1] or found[2]
    if found := _SEPARATED.fullmatch(phrase):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        days = {"dmy": _iso(year, second, first), "mdy": _iso(year, first, second)}
        # A point parts days only where the day comes first.
        order = "dmy" if found[2] == "." else order
        possible = {day for day in days.values() if day}
        phrase = next(iter(possible)) if len(possible) == 1 else days.get(order or "") or ""
        if not phrase and len(possible) == 2:
            return None, AMBIGUOUS
    elif (found := _YEAR_FIRST.fullmatch(phrase)) and (found[2] or len(phrase) == 8):
        phrase = _iso(int(found[1]), int(found[3]), int(found[4])) or ""
    if phrase.startswith(_APPLE):
        phrase = "--" + phrase.removeprefix(_APPLE)
    try:
        return birthdays.read_birthday(phrase), None
    except UsageError:
        return None, UNREADABLE


def day(text: str, order: str | None) -> tuple[date | None, str | None]:
    """A day with its year, as `birthday` reads it."""
    stored, reason = birthday(text, order)
    if stored is None:
        return None, reason
    return (None, UNREADABLE) if stored.startswith("-") else (date.fromisoformat(stored), None)


def parted(year: str, month: str, of_month: str) -> str:
    """A birthday told in three columns as one text, for `birthday`; blank where month or day is missing."""
    numbers = [
        int(part) if part.isascii() and part.isdecimal() and len(part) < 5 else 0 for part in (year, month, of_month)
    ]
    if not numbers[1] or not numbers[2]:
        return ""
    return f"{numbers[0]:04}-{numbers[1]:02}-{numbers[2]:02}" if numbers[0] else f"--{numbers[1]:02}-{numbers[2]:02}"


def _iso(year: int, month: int, of_month: int) -> str | None:
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        return None
