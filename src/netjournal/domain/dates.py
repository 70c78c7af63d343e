"""Days and durations as people type them: a closed grammar that refuses rather than guesses."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Which way a phrase without a direction looks: `past` for what happened, `future` for what is due.
Mode = Literal["past", "future"]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
MOST_DAYS: Final = 36_500

_LONGEST: Final = 60
_FORMS: Final = (
    "Write it like 2026-11-13, 13 Nov, 13 Nov 2026, yesterday, tuesday, last tuesday, tuesday next week, "
    "3 days ago, in 2 weeks, +10d, the 1st, end of month or end of june."
)
_FUTURE: Final = "Name today or an earlier day; what is still to come is a promise: `netj followup add`."
_DURATIONS: Final = "Write a number and a unit, like 10d, 3w, 2mo, 1y or 6 weeks."

_MONTH_NAMES: Final = "january february march april may june july august september october november december"
_NUMBER_NAMES: Final = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = tuple(_MONTH_NAMES.split())
_WEEKDAY: Final = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3} | {
    spelt: n for n, name in enumerate(_WEEKDAYS) for spelt in (name, name[:3])
}
_MONTH: Final = {spelt: n for n, name in enumerate(_MONTHS, 1) for spelt in (name, name[:3])} | {"sept": 9}
_NUMBER: Final = {name: n for n, name in enumerate(_NUMBER_NAMES.split(), 1)} | {"a": 1}
_UNIT: Final = {
    spelling: unit
    for unit, short in (("day", "d"), ("week", "w"), ("month", "mo"), ("year", "y"))
    for spelling in (short, unit, f"{unit}s")
}
_DAYS_IN: Final = {"year": 365, "month": 30, "week": 7, "day": 1}
_SHIFT: Final = {"last": -1, "this": 0, "next": 1}
_NEAR: Final = {
    **dict.fromkeys(("day before yesterday", "the day before yesterday"), -2),
    **dict.fromkeys(("yesterday", "last night"), -1),
    **dict.fromkeys(("today", "tonight", "now", "this morning", "this afternoon", "this evening"), 0),
    **dict.fromkeys(("tomorrow",), 1),
    **dict.fromkeys(("day after tomorrow", "the day after tomorrow"), 2),
}
_PART_OF_DAY: Final = r"(?<!this)(?<!last) (?:morning|afternoon|evening|night)"
_CLOCK: Final = r"(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?|(?:0?[1-9]|1[0-2])(?::[0-5][0-9])? ?[ap]m|noon)"


def read_day(text: str, today: date, mode: Mode, *, order: str | None = None) -> date:
    """The day that a typed phrase means, seen from `today`.

    `order` ("dmy" or "mdy") settles `05/06/2026`. Raises UsageError for all that is not in the grammar, does not
    exist, is ambiguous, or lies outside the years 1900 to 2200. The day may lie on the wrong side of today:
    `read_past_day` and `read_future_day` refuse that.
    """
    phrase = plain(text)
    try:
        day = _day(phrase, today, mode, order) if phrase else None
    except (ValueError, OverflowError):
        raise UsageError(f"{quoted(text)} is no day of the calendar.", _FORMS) from None
    if day is None:
        span = re.fullmatch(r"([0-9]{1,4}) ?(d|w|mo|y)", phrase)
        hint = f"That long from today is +{span[1]}{span[2]}. {_FORMS}" if span and mode == "future" else _FORMS
        if phrase in _MONTH:
            hint = f"Name a day of it, like 1 {phrase} or end of {phrase}. {_FORMS}"
        raise UsageError(f"{quoted(text)} is not a day this program understands.", hint)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UsageError(f"{quoted(text)} is not between the years {FIRST_YEAR} and {LAST_YEAR}.", _FORMS)
    return day


def read_past_day(text: str, today: date, *, order: str | None = None) -> date:
    """The day on which something happened; raises UsageError for a day after today."""
    day = read_day(text, today, "past", order=order)
    if day > today:
        raise UsageError(f"{show_day(day)} is in the future.", _FUTURE)
    return day


def read_future_day(text: str, today: date, *, order: str | None = None) -> date:
    """The day on which something is due; raises UsageError for a day before today."""
    day = read_day(text, today, "future", order=order)
    if day < today:
        raise UsageError(f"{show_day(day)} is in the past.", "Name today or a later day, like friday, +2w or 13 Nov.")
    return day


def accepts(text: str, today: date, mode: Mode) -> bool:
    """Whether the grammar reads the whole text as one day."""
    try:
        read_day(text, today, mode)
    except UsageError:
        return False
    return True


def read_days(text: str) -> int:
    """A typed duration in whole days (1w = 7, 1mo = 30, 1y = 365), 1 to 36500; raises UsageError for all else."""
    found = _amount(plain(text))
    if found is None:
        raise UsageError(f"{quoted(text)} is not a duration.", _DURATIONS)
    count, unit = found
    days = count * _DAYS_IN[unit]
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"{quoted(text)} is not between 1 day and 100 years.", _DURATIONS)
    return days


def show_days(days: int) -> str:
    """A duration in the largest unit that holds it exactly, in the form that `read_days` reads."""
    for unit, short in (("year", "y"), ("month", "mo"), ("week", "w")):
        if days and days % _DAYS_IN[unit] == 0:
            return f"{days // _DAYS_IN[unit]}{short}"
    return f"{days}d"


def day_meant(word: str) -> str | None:
    """The weekday, or today or tomorrow, that a word misspells."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(plain(word), ("today", "tomorrow", *_WEEKDAYS), 1, 0.75)), None)


def show_day(day: date) -> str:
    """A day with its weekday, in English whatever the locale: `Fri 13 Nov 2026`."""
    return f"{_WEEKDAYS[day.weekday()][:3].title()} {day.day} {_MONTHS[day.month - 1][:3].title()} {day.year:04}"


def plain(text: str) -> str:
    """A typed phrase in lower case with single blanks; empty where it holds what no grammar here does."""
    phrase = " ".join(text.split())
    # Only ASCII is in the grammar: other scripts' digits and look-alike letters end here.
    return phrase.lower() if phrase.isascii() and len(phrase) <= _LONGEST else ""


def quoted(text: str) -> str:
    """A typed phrase as a message shows it: one line, cut, without controls."""
    phrase = " ".join(text.split())
    shown = "".join(c if c.isprintable() else "?" for c in phrase[:_LONGEST])
    return f"'{shown}…'" if len(phrase) > _LONGEST else f"'{shown}'"


def _day(phrase: str, today: date, mode: Mode, order: str | None) -> date | None:
    timed = re.fullmatch(rf"(.+?)(?:{_PART_OF_DAY})?(?:(?:,? at |, ?| |(?<=-[0-9][0-9])t){_CLOCK})?", phrase)
    phrase = timed[1] if timed else phrase
    if phrase in _NEAR:
        return today + timedelta(days=_NEAR[phrase])
    return (
        _worded(phrase.split(), today, mode)
        or _shifted(phrase, today)
        or _end_of(phrase, today, mode)
        or _end_of_named(phrase, today, mode)
        or _dated(phrase, today, mode, order)
    )


def _worded(words: list[str], today: date, mode: Mode) -> date | None:
    match words:
        case ["last" | "next" as which, "week" | "month" | "year" as unit]:
            return _moved(today, _SHIFT[which], unit)
        case [name] if name in _WEEKDAY:
            away = (_WEEKDAY[name] - today.weekday()) % 7
            return today - timedelta(days=-away % 7) if mode == "past" else today + timedelta(days=away or 7)
        case ["last", name] if name in _WEEKDAY:
            return today - timedelta(days=(today.weekday() - _WEEKDAY[name]) % 7 or 7)
        case (
            ["this" | "next" as which, name]
            | [name, "last" | "this" | "next" as which, "week"]
            | [name, "of", "last" | "this" | "next" as which, "week"]
        ) if name in _WEEKDAY:
            return today + timedelta(days=7 * _SHIFT[which] + _WEEKDAY[name] - today.weekday())
    return None


def _end_of(phrase: str, today: date, mode: Mode) -> date | None:
    found = re.fullmatch(r"(?:the )?end of (?:(the|last|this|next) )?(?:month|year)|eo[my]", phrase)
    if found is None:
        return None
    from dateutil.relativedelta import relativedelta

    unit = "year" if phrase.endswith(("year", "y")) else "month"
    last_day = relativedelta(month=12, day=31) if unit == "year" else relativedelta(day=31)
    which = None if found[1] == "the" else found[1]
    end = _moved(today, _SHIFT[which or "this"], unit) + last_day
    return end if which or mode == "future" or end <= today else _moved(today, -1, unit) + last_day


def _end_of_named(phrase: str, today: date, mode: Mode) -> date | None:
    found = re.fullmatch(r"(?:the )?end of (?:([a-z]+)(?: ([0-9]{4}))?|([0-9]{4}))", phrase)
    if found is None or (found[1] or "december") not in _MONTH:
        return None
    month, year = _MONTH[found[1] or "december"], found[2] or found[3]
    years = [int(year)] if year else range(today.year - 1, today.year + 2)
    ends = [date(n + month // 12, month % 12 + 1, 1) - timedelta(days=1) for n in years]
    return ends[0] if year else _nearest(ends, today, mode)


def _shifted(phrase: str, today: date) -> date | None:
    if signed := re.fullmatch(r"([+-])([0-9]+ ?[a-z]+)", phrase):
        sign, amount = (1 if signed[1] == "+" else -1), signed[2]
    elif phrase.startswith("in "):
        sign, amount = 1, phrase.removeprefix("in ")
    elif phrase.endswith(" ago"):
        sign, amount = -1, phrase.removesuffix(" ago")
    elif phrase.endswith((" from now", " from today")):
        sign, amount = 1, phrase.removesuffix(" now").removesuffix(" today").removesuffix(" from")
    else:
        return None
    found = _amount(amount)
    return None if found is None else _moved(today, sign * found[0], found[1])


def _amount(phrase: str) -> tuple[int, str] | None:
    found = re.fullmatch(r"(?:([0-9]{1,6}) ?|([a-z]+) )([a-z]+)", phrase)
    if found is None or found[3] not in _UNIT or (found[2] and found[2] not in _NUMBER):
        return None
    return int(found[1]) if found[1] else _NUMBER[found[2]], _UNIT[found[3]]


def _moved(today: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return today + timedelta(days=count * _DAYS_IN[unit])
    from dateutil.relativedelta import relativedelta

    return today + (relativedelta(months=count) if unit == "month" else relativedelta(years=count))


def _dated(phrase: str, today: date, mode: Mode, order: str | None) -> date | None:
    first, _, rest = phrase.partition(" ")
    name = first.removesuffix(",")
    if name not in _WEEKDAY or not rest:
        return _calendar_day(phrase, today, mode, order)
    day = _calendar_day(rest, today, mode, order)
    if day is not None and day.weekday() != _WEEKDAY[name]:
        raise UsageError(f"{quoted(phrase)} contradicts itself: that day is {show_day(day)}.", _FORMS)
    return day


def _calendar_day(phrase: str, today: date, mode: Mode, order: str | None) -> date | None:
    if iso := re.fullmatch(r"([0-9]{4})([-/]?)([0-9]{1,2})\2([0-9]{1,2})", phrase):
        # Without separators only eight digits say where the month begins.
        return date(int(iso[1]), int(iso[3]), int(iso[4])) if iso[2] or len(phrase) == 8 else None
    if week := re.fullmatch(r"([0-9]{4})(-?)w([0-9]{2})\2([1-7])", phrase):
        return date.fromisocalendar(int(week[1]), int(week[3]), int(week[4]))
    if slashed := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", phrase):
        return _slashed_day(phrase, int(slashed[1]), int(slashed[2]), int(slashed[3]), order)
    if ordinal := re.fullmatch(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)", phrase):
        months = [today.year * 12 + today.month - 1 + n for n in range(-2, 3)]
        return _nearest([date_or_none(m // 12, m % 12 + 1, int(ordinal[1])) for m in months], today, mode)
    if (worded := day_month_year(phrase)) is None:
        return None
    day, month, year = worded
    if year is not None:
        return date(year, month, day)
    # Two leap days can lie eight years apart.
    return _nearest([date_or_none(today.year + n, month, day) for n in range(-8, 9)], today, mode)


def _slashed_day(phrase: str, first: int, second: int, year: int, order: str | None) -> date:
    day_first, month_first = date_or_none(year, second, first), date_or_none(year, first, second)
    if day_first and month_first and day_first != month_first:
        if order not in ("dmy", "mdy"):
            shown = f"{day_first} for {show_day(day_first)}, or {month_first} for {show_day(month_first)}"
            raise UsageError(f"{quoted(phrase)} can mean two days.", f"Write {shown}; or set date_order.")
        return day_first if order == "dmy" else month_first
    return day_first or month_first or date(year, second, first)  # raises: neither exists


def day_month_year(phrase: str) -> tuple[int, int, int | None] | None:
    """The day, month and year of `4 may`, `may 4th` or `4 May 2026`; not yet known to exist."""
    nth, year = r"([0-9]{1,2})(?:st|nd|rd|th)?", r"(?:(?:, ?| )([0-9]{4}))?"
    if found := re.fullmatch(rf"(?:the )?{nth}(?: of)? ([a-z]+){year}", phrase):
        day, name = found[1], found[2]
    elif found := re.fullmatch(rf"([a-z]+) {nth}{year}", phrase):
        day, name = found[2], found[1]
    if found is None or name not in _MONTH:
        return None
    return int(day), _MONTH[name], int(found[3]) if found[3] else None


def _nearest(days: Sequence[date | None], today: date, mode: Mode) -> date:
    """The latest day not after today or the earliest not before it; raises ValueError if there is none."""
    if mode == "past":
        return max(day for day in days if day is not None and day <= today)
    return min(day for day in days if day is not None and day >= today)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """That day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
