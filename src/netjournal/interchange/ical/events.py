"""One VEVENT's lines to what is known of it; a broken one costs itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain.text import MINUTES_LIMIT
from netjournal.interchange.ical.people import Party, parties
from netjournal.interchange.ical.zones import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netjournal.interchange.ical.blocks import Block

_DATES: Final = ("RDATE", "EXDATE")


class Event(NamedTuple):
    """What a VEVENT says; of a series either the rule itself, or with `instead` one of its days.

    `doubted` where a line of it could not be read, `strange` where the zone of its start is not known.
    """

    line: int
    uid: str
    start: date
    minutes: int | None
    summary: str | None
    cancelled: bool
    people: tuple[Party, ...]
    rules: tuple[Mapping[str, Any], ...]
    exceptions: tuple[Mapping[str, Any], ...]
    extra: tuple[tuple[date, int | None], ...]
    left_out: tuple[date, ...]
    instead: date | None
    sequence: int
    broken_rule: bool
    doubted: bool
    strange: bool

    @property
    def is_series(self) -> bool:
        """Whether it says of more than one day."""
        return bool(self.rules or self.extra or self.broken_rule)


class UnreadableError(Exception):
    """A component that makes no event, and a constant reason."""


def parsed(block: Block, zones: Mapping[str, tzinfo]) -> Event:
    """The event in a block; `zones` are those that the file defines. Raises UnreadableError."""
    import icalendar

    lines = [single for line in block.lines for single in _singles(line)]
    try:
        component = icalendar.Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
    except BROKEN:
        raise UnreadableError("it cannot be read") from None
    try:
        return _event(block.line, component, zones)
    except BROKEN:
        raise UnreadableError("one of its values cannot be read") from None


def _event(line: int, component: Any, zones: Mapping[str, tzinfo]) -> Event:
    start_value = _first(component, "DTSTART")
    if start_value is None:
        raise UnreadableError("it has no start")
    try:
        start = _moment(start_value, zones)
    except BROKEN:
        raise UnreadableError("its start cannot be read") from None
    rules, bad_rules = _rules(component, "RRULE")
    exceptions, bad_exceptions = _rules(component, "EXRULE")
    instead = _first(component, "RECURRENCE-ID")
    return Event(
        line,
        " ".join(str(_first(component, "UID") or "").split()),
        start,
        _minutes(component, start, zones),
        " ".join(str(_first(component, "SUMMARY") or "").split()) or None,
        str(_first(component, "STATUS") or "").strip().upper() == "CANCELLED",
        parties(_all(component, "ATTENDEE"), _all(component, "ORGANIZER")),
        rules,
        exceptions,
        tuple(_extra(component, zones)),
        tuple(day for day, _ in _dates(component, "EXDATE", zones)),
        None if instead is None else _moment(instead, zones),
        _sequence(component),
        bad_rules or bad_exceptions,
        bool(component.errors),
        isinstance(start, datetime) and start.tzinfo is None and "TZID" in start_value.params,
    )


def _singles(line: str) -> Iterator[str]:
    """A line of many dates as one for each: what is wrong with one must not cost the others."""
    if line[:6].upper().startswith(_DATES) and "," in line and '"' not in line:
        name, _, values = line.partition(":")
        for value in values.split(","):
            if value.strip():
                yield f"{name}:{value.strip()}"
    else:
        yield line


def _all(component: Any, name: str) -> list[Any]:
    value = component.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(component: Any, name: str) -> Any:
    return next(iter(_all(component, name)), None)


def _moment(value: Any, zones: Mapping[str, tzinfo]) -> date:
    """The date, or date and time, of a property; a zone of the file's own is its zone."""
    return _zoned(value.dt, value.params, zones)


def _zoned(moment: Any, params: Any, zones: Mapping[str, tzinfo]) -> date:
    if not isinstance(moment, date):
        raise TypeError("neither a day nor a time")
    if isinstance(moment, datetime) and (zone := zones.get(str(params.get("TZID", "")))) is not None:
        return moment.replace(tzinfo=zone)
    return moment


def _minutes(component: Any, start: date, zones: Mapping[str, tzinfo]) -> int | None:
    """How long it took, where that is a time at all; a broken end costs only this."""
    if not isinstance(start, datetime):
        return None
    try:
        end, lasted = _first(component, "DTEND"), _first(component, "DURATION")
        if end is not None:
            return lasting(start, _moment(end, zones))
        return None if lasted is None else lasting(start, lasted.dt)
    except BROKEN:
        return None


def lasting(start: date, end: Any) -> int | None:
    """Whole minutes from a start to an end or for a duration; None where they are none, or more than a week."""
    if isinstance(end, timedelta):
        length = end
    elif isinstance(start, datetime) and isinstance(end, datetime) and (start.tzinfo is None) == (end.tzinfo is None):
        # Two times of one zone are subtracted by their clocks: wrong where summer time begins between them.
        length = end.astimezone(UTC) - start.astimezone(UTC) if start.tzinfo is not None else end - start
    else:
        return None
    minutes = length // timedelta(minutes=1)
    return minutes if 1 <= minutes <= MINUTES_LIMIT else None


def _rules(component: Any, name: str) -> tuple[tuple[Mapping[str, Any], ...], bool]:
    """The rules that icalendar could read, and whether there were others."""
    values = _all(component, name)
    good = tuple(value for value in values if isinstance(value, dict))
    return good, len(good) < len(values)


def _extra(component: Any, zones: Mapping[str, tzinfo]) -> Iterator[tuple[date, int | None]]:
    for day, end in _dates(component, "RDATE", zones):
        yield day, None if end is None else lasting(day, end)


def _dates(component: Any, name: str, zones: Mapping[str, tzinfo]) -> Iterator[tuple[date, Any]]:
    """Each date of a property that can be read, with the end of a period."""
    for value in _all(component, name):
        for entry in _readable(value):
            moment, end = entry.dt if isinstance(entry.dt, tuple) else (entry.dt, None)
            if isinstance(moment, date):
                end = _zoned(end, value.params, zones) if isinstance(end, date) else end
                yield _zoned(moment, value.params, zones), end


def _readable(value: Any) -> Iterable[Any]:
    try:
        dates: Iterable[Any] = value.dts
    except BROKEN:
        return ()
    return dates


def _sequence(component: Any) -> int:
    try:
        return int(_first(component, "SEQUENCE") or 0)
    except BROKEN:
        return 0
