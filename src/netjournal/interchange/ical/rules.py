"""The days of a recurrence rule (RFC 5545, 3.3.10) inside a window, in a number of steps that is known beforehand.

dateutil's rrule reads the same rules, but looks for a day that never comes (`BYMONTHDAY=30;BYMONTH=2`, or each second
since 1900) without ever giving the word back; the tests hold both to the same days.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date, datetime, time, timedelta
from itertools import count, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_UNITS: Final = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
#: Times on one day: BYHOUR, BYMINUTE and BYSECOND multiplied.
_MOST_TIMES: Final = 1_440
#: Days (of a rule of hours or less: times) of one rule that are looked at: a hundred years.
_MOST_STEPS: Final = 40_000
_MOST_INTERVAL: Final = 10_000_000


class CutError(Exception):
    """A rule takes more steps than are allowed; what it gave until then is right."""


class Steps:
    """What may still be looked at in a file, so that many hard rules cost no more than a few."""

    def __init__(self, left: int = 2_000_000) -> None:
        self.left = left


class Rule(NamedTuple):
    """A rule in the local time of its series; parts not given are empty, or taken from its start."""

    freq: str
    interval: int
    most: int | None
    until: datetime | None
    wkst: int
    months: frozenset[int]
    weeks: frozenset[int]
    yeardays: frozenset[int]
    monthdays: frozenset[int]
    weekdays: frozenset[tuple[int, int]]
    hours: tuple[int, ...]
    minutes: tuple[int, ...]
    seconds: tuple[int, ...]
    positions: tuple[int, ...]


def parsed(parts: Mapping[str, Any], start: datetime, localised: Callable[[Any], datetime]) -> Rule:
    """The rule that the parts say (each a list, as icalendar gives them) for a series from `start`.

    `localised` makes an UNTIL the local time of the series. Raises ValueError or TypeError for a rule that cannot be
    followed.
    """
    freq = str(_one(parts, "FREQ", "")).upper()
    interval = int(_one(parts, "INTERVAL", 1))
    if freq not in (*_UNITS, "DAILY", "WEEKLY", "MONTHLY", "YEARLY") or not 1 <= interval <= _MOST_INTERVAL:
        raise ValueError(freq)
    if str(_one(parts, "RSCALE", "GREGORIAN")).upper() != "GREGORIAN" or "SKIP" in parts:
        raise ValueError("another calendar")
    most, until = _one(parts, "COUNT", None), _one(parts, "UNTIL", None)
    rule = Rule(
        freq, interval, None if most is None else int(most), None if until is None else localised(until),
        _DAYS.index(str(_one(parts, "WKST", "MO")).upper()),
        frozenset(_numbers(parts, "BYMONTH", 1, 12)), frozenset(_numbers(parts, "BYWEEKNO", -53, 53)),
        frozenset(_numbers(parts, "BYYEARDAY", -366, 366)), frozenset(_numbers(parts, "BYMONTHDAY", -31, 31)),
        frozenset(_weekdays(parts)),
        _numbers(parts, "BYHOUR", 0, 23), _numbers(parts, "BYMINUTE", 0, 59), _numbers(parts, "BYSECOND", 0, 59),
        _numbers(parts, "BYSETPOS", -366, 366),
    )  # fmt: skip
    if len(rule.hours or "1") * len(rule.minutes or "1") * len(rule.seconds or "1") > _MOST_TIMES or (
        freq in _UNITS and rule.positions
    ):
        raise ValueError("more times than are followed")
    return _completed(rule, start)


def starts(rule: Rule, start: datetime, first: date, last: date, steps: Steps) -> Iterator[datetime]:
    """The starts of a rule from the day `first` to the day `last`, in order; raises CutError where they are too many.

    The window moves nothing: a COUNT is counted from `start`.
    """
    # Where nothing is counted, what lies before the window need not be walked through.
    begin = start.date() if rule.most is not None else max(first, start.date())
    times = (_dense if rule.freq in _UNITS else _sparse)(rule, start, begin, last, _Counter(steps))
    found = 0
    for moment in times:
        if moment < start:
            continue
        if moment.date() > last or (rule.until is not None and moment > rule.until):
            return
        found += 1
        if rule.most is not None and found > rule.most:
            return
        if moment.date() >= first:
            yield moment


class _Counter:
    """Steps of one rule, taken from those of its file."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.left = _MOST_STEPS

    def spend(self, number: int) -> None:
        self.left -= number
        self.steps.left -= number
        if self.left < 0 or self.steps.left < 0:
            raise CutError


def _one(parts: Mapping[str, Any], name: str, default: Any) -> Any:
    values = parts.get(name)
    return values[0] if isinstance(values, list) and values else default if values is None else values


def _numbers(parts: Mapping[str, Any], name: str, low: int, high: int) -> tuple[int, ...]:
    values = parts.get(name) or []
    numbers = tuple(sorted({int(value) for value in (values if isinstance(values, list) else [values])}))
    if any(not low <= number <= high or (number == 0 and low < 0) for number in numbers):
        raise ValueError(name)
    return numbers


def _weekdays(parts: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Each weekday with its ordinal, 0 for all of them."""
    for value in parts.get("BYDAY") or parts.get("BYWEEKDAY") or ():
        found = _BYDAY.fullmatch(str(value).upper())
        if found is None:
            raise ValueError("BYDAY")
        yield _DAYS.index(found[2]), int(found[1] or 0)


def _completed(rule: Rule, start: datetime) -> Rule:
    """The rule with what its start says and its parts do not; of hours or less, nothing."""
    if rule.freq not in _UNITS:
        rule = rule._replace(
            hours=rule.hours or (start.hour,),
            minutes=rule.minutes or (start.minute,),
            seconds=rule.seconds or (start.second,),
        )
    if rule.freq not in ("YEARLY", "MONTHLY"):
        # An ordinal means nothing within a week or a day.
        rule = rule._replace(weekdays=frozenset((day, 0) for day, _ in rule.weekdays))
    if rule.weekdays or rule.yeardays or rule.monthdays:
        return rule
    if rule.freq == "WEEKLY" or rule.weeks:
        return rule._replace(weekdays=frozenset({(start.weekday(), 0)}))
    if rule.freq in ("YEARLY", "MONTHLY"):
        rule = rule._replace(monthdays=frozenset({start.day}))
        if rule.freq == "YEARLY" and not rule.months:
            rule = rule._replace(months=frozenset({start.month}))
    return rule


def _sparse(rule: Rule, start: datetime, first: date, last: date, counter: _Counter) -> Iterator[datetime]:
    """The times of a rule of days or more, period by period, some of them before `start`."""
    times = [time(*parts) for parts in product(rule.hours, rule.minutes, rule.seconds)]
    # Weeks come with the right days of theirs alone.
    fits = _filter(rule._replace(weekdays=frozenset()) if rule.freq == "WEEKLY" else rule)
    for days in _periods(rule, start.date(), first, last):
        counter.spend(max(len(days), 1))
        moments = [datetime.combine(day, at) for day in days if fits(day) for at in times]
        if rule.positions:
            places = {place - 1 if place > 0 else len(moments) + place for place in rule.positions}
            moments = [moments[place] for place in sorted(places) if 0 <= place < len(moments)]
        yield from moments


def _dense(rule: Rule, start: datetime, first: date, last: date, counter: _Counter) -> Iterator[datetime]:
    """The times of a rule of hours, minutes or seconds."""
    step = _UNITS[rule.freq] * rule.interval
    fits = _filter(rule)
    ahead = (datetime.combine(first, time()) - start) // timedelta(seconds=step)
    for number in count(max(ahead, 0)):
        counter.spend(1)
        seconds = number * step
        if start.toordinal() + seconds // 86_400 > last.toordinal():
            return
        at = start + timedelta(seconds=seconds)
        if not fits(at.date()) or (rule.hours and at.hour not in rule.hours):
            continue
        if rule.freq != "HOURLY" and rule.minutes and at.minute not in rule.minutes:
            continue
        if rule.freq == "SECONDLY":
            if not rule.seconds or at.second in rule.seconds:
                yield at
            continue
        minutes = (rule.minutes if rule.freq == "HOURLY" else ()) or (at.minute,)
        for minute, second in product(minutes, rule.seconds or (at.second,)):
            yield at.replace(minute=minute, second=second)


def _periods(rule: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    """The days of each year, month, week or day that the rule looks at, from about `first` to `last`."""
    if rule.freq == "YEARLY":
        months = sorted(rule.months) if rule.months and not rule.weeks else range(1, 13)
        skipped = (first.year - start.year) // rule.interval * rule.interval
        for year in range(start.year + skipped, last.year + 1, rule.interval):
            yield [day for month in months for day in _month(year, month)]
    elif rule.freq == "MONTHLY":
        index = start.year * 12 + start.month - 1
        skipped = (first.year * 12 + first.month - 1 - index) // rule.interval * rule.interval
        for number in range(index + skipped, last.year * 12 + last.month, rule.interval):
            yield _month(number // 12, number % 12 + 1)
    else:
        weekly = rule.freq == "WEEKLY"
        size, step = (7, 7 * rule.interval) if weekly else (1, rule.interval)
        ordinal = start.toordinal() - ((start.weekday() - rule.wkst) % 7 if weekly else 0)
        skipped = (first.toordinal() - ordinal) // step * step
        for number in range(ordinal + skipped, last.toordinal() + 1, step):
            days = map(date.fromordinal, range(max(number, 1), min(number + size, date.max.toordinal())))
            yield [day for day in days if not weekly or (day.weekday(), 0) in rule.weekdays or not rule.weekdays]


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def _filter(rule: Rule) -> Callable[[date], bool]:
    """Whether a day passes every part of the rule that names days."""
    tests: list[Callable[[date], bool]] = []
    places = {(day, place) for day, place in rule.weekdays if place}
    plain = {day for day, place in rule.weekdays if not place}
    in_year = rule.freq == "YEARLY" and not rule.months
    if rule.months:
        tests.append(lambda day: day.month in rule.months)
    if rule.weekdays:
        tests.append(lambda day: day.weekday() in plain or (bool(places) and _placed(day, places, in_year=in_year)))
    if rule.monthdays:
        tests.append(lambda day: not rule.monthdays.isdisjoint(_ends(day, in_year=False)))
    if rule.yeardays:
        tests.append(lambda day: not rule.yeardays.isdisjoint(_ends(day, in_year=True)))
    if rule.weeks:
        tests.append(lambda day: not rule.weeks.isdisjoint(_week(day, rule.wkst)))
    return lambda day: all(test(day) for test in tests)


def _ends(day: date, *, in_year: bool) -> tuple[int, int]:
    """The place of a day in its month or year, from the beginning (1) and from the end (-1)."""
    if not in_year:
        return day.day, day.day - monthrange(day.year, day.month)[1] - 1
    at = day.toordinal() - date(day.year, 1, 1).toordinal() + 1
    return at, at - (366 if isleap(day.year) else 365) - 1


def _placed(day: date, places: set[tuple[int, int]], *, in_year: bool) -> bool:
    """Whether a day is the second Tuesday, the last Friday or what else is asked for."""
    at, left = _ends(day, in_year=in_year)
    weekday = day.weekday()
    return (weekday, (at - 1) // 7 + 1) in places or (weekday, -((-left - 1) // 7) - 1) in places


def _week(day: date, wkst: int) -> tuple[int, int]:
    """The number of a day's week in its year, and counted from the year's end; a week is of the year of its middle."""
    middle = min(day.toordinal() - (day.weekday() - wkst) % 7 + 3, date.max.toordinal())
    pivot = date.fromordinal(middle)
    number = (pivot.timetuple().tm_yday - 1) // 7 + 1
    left = (date(pivot.year, 12, 31).toordinal() - middle) // 7
    return number, -left - 1
