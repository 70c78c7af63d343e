"""Birthdays as people type them, with or without a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from netjournal.domain.dates import FIRST_YEAR, LAST_YEAR, date_or_none, day_month_year, plain, quoted
from netjournal.errors import UsageError

_BIRTHDAYS: Final = "Write it like 1988-06-15, 15 June 1988, 15 June or --06-15."


def read_birthday(text: str) -> str:
    """A typed birthday as stored: `YYYY-MM-DD`, or `--MM-DD` without a year; raises UsageError for all else."""
    phrase = plain(text)
    found = day_month_year(phrase)
    if found is None and (iso := re.fullmatch(r"([0-9]{4}|-)-([0-9]{2})-?([0-9]{2})", phrase)):
        found = int(iso[3]), int(iso[2]), None if iso[1] == "-" else int(iso[1])
    if found is None:
        raise UsageError(f"{quoted(text)} is not a birthday this program understands.", _BIRTHDAYS)
    day, month, year = found
    # 2000 is a leap year: without a year, 29 February is a birthday.
    if date_or_none(2000 if year is None else year, month, day) is None:
        raise UsageError(f"{quoted(text)} is no day of the calendar.", _BIRTHDAYS)
    if year is None:
        return f"--{month:02}-{day:02}"
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageError(f"{quoted(text)} is not between the years {FIRST_YEAR} and {LAST_YEAR}.", _BIRTHDAYS)
    return f"{year:04}-{month:02}-{day:02}"


def birthday_on(stored: str, year: int) -> date:
    """The day of that year on which a stored birthday falls; 29 February falls on the 28th in common years."""
    month, day = int(stored[-5:-3]), int(stored[-2:])
    return date_or_none(year, month, day) or date(year, month, 28)
