"""The days of a series inside a window: its rules and extra days, without those left out or moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange.ical import rules
from netjournal.interchange.ical.zones import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from netjournal.interchange.ical.events import Event

#: Occurrences of one series inside the window.
MOST: Final = 5_000


class Occurrence(NamedTuple):
    """One day of a series: its start, what names it among the others, and minutes if they are its own."""

    start: date
    key: str
    minutes: int | None


class Expanded(NamedTuple):
    """The occurrences in order, and what is to be said of the rule."""

    occurrences: tuple[Occurrence, ...]
    cut: bool = False
    broken: bool = False


def key(value: date) -> str:
    """What names an occurrence in every export: its instant in UTC, or its local time or day where it has no zone."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return value.isoformat()
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def aligned(value: date, start: date) -> date:
    """A RECURRENCE-ID, EXDATE or RDATE in the form of its series' start; a day alone stays one."""
    if not isinstance(start, datetime):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, datetime):
        return value
    if start.tzinfo is None:
        return value.replace(tzinfo=None)
    return value if value.tzinfo is not None else value.replace(tzinfo=start.tzinfo)


def placed(value: date, start: date) -> date:
    """A date `aligned` to its series, a day alone with the series' time."""
    value = aligned(value, start)
    if isinstance(start, datetime) and not isinstance(value, datetime):
        return datetime.combine(value, start.timetz())
    return value


def expanded(event: Event, moved: Iterable[date], since: date, until: date, steps: rules.Steps) -> Expanded:
    """The occurrences of a series on about the days from `since` to `until`, a day more at both ends.

    `moved` are the RECURRENCE-IDs of what stands for itself. A rule that cannot be read gives its first day alone.
    """
    # A start in UTC may be on the day before or after, where its owner is.
    first, last = _shifted(since, -1), _shifted(until, 1)
    without = {key(aligned(day, event.start)) for day in (*event.left_out, *moved)}
    found: dict[str, Occurrence] = {}
    cut, broken, given = False, event.broken_rule, 0
    starts: list[tuple[date, int | None]] = [(event.start, None)]
    starts += [(placed(start, event.start), minutes) for start, minutes in event.extra]
    try:
        for rule in event.exceptions:
            without.update(key(start) for start in _starts(event.start, rule, first, last, steps))
        for rule in event.rules:
            for start in _starts(event.start, rule, first, last, steps):
                given += 1
                if given > MOST:
                    raise rules.CutError
                starts.append((start, None))
    except rules.CutError:
        cut = True
    except BROKEN:
        broken = True
    if broken:
        # As a single event, which no window bounds.
        starts, first, last = starts[:1], date.min, date.max
    for start, minutes in starts:
        day = start.date() if isinstance(start, datetime) else start
        if first <= day <= last and without.isdisjoint(names := (key(start), day.isoformat())):
            found[names[0]] = Occurrence(start, names[0], minutes)
    return Expanded(tuple(sorted(found.values(), key=lambda one: one.key)), cut, broken)


def _starts(start: date, rule: Mapping[str, Any], first: date, last: date, steps: rules.Steps) -> Iterator[date]:
    """The starts that a rule gives, as days or times as the series has them."""
    zone: tzinfo | None = start.tzinfo if isinstance(start, datetime) else None
    naive = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    followed = rules.parsed(rule, naive, lambda until: _naive(until, zone))
    for moment in rules.starts(followed, naive, first, last, steps):
        yield moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()


def _naive(until: Any, zone: tzinfo | None) -> datetime:
    """An UNTIL in the local time of the series; a day is meant whole."""
    if not isinstance(until, date):
        raise TypeError("neither a day nor a time")
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    if until.tzinfo is None:
        return until
    return (until.astimezone(zone) if zone is not None else until).replace(tzinfo=None)


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
