"""The time zones of a calendar: those it defines itself, by name, and the one it is in.

A definition never reaches icalendar, which keeps zones by name for the whole process: Outlook calls each zone it makes
`Customized Time Zone`.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

from netjournal.interchange.ical import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netjournal.interchange.ical.blocks import Block

#: What icalendar raises for values that are not what they should be; its own errors are ValueErrors.
#: A zone name may be a path to the system: of a folder, or too long.
BROKEN: Final = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, OSError)
UTC_NAMES: Final = frozenset({"UTC", "Etc/UTC"})
#: Zones and changes of one zone that are looked at.
_MOST_ZONES: Final = 200
_MOST_CHANGES: Final = 40
#: The lines of each STANDARD and DAYLIGHT.
_Lines = tuple[tuple[str, ...], ...]
#: Before it the first change holds: Outlook's rules begin in 1601.
_FIRST: Final = date(1970, 1, 1)


class DefinedZone(tzinfo):
    """A zone as a file defines it: the local times at which its offset changes, and to what."""

    def __init__(self, name: str, changes: list[tuple[datetime, timedelta]], before: timedelta) -> None:
        self._name = name
        self._times = [at for at, _ in changes]
        self._offsets = [before, *(offset for _, offset in changes)]

    def utcoffset(self, moment: datetime | None, /) -> timedelta:
        """The offset at a local time."""
        if moment is None:
            return self._offsets[-1]
        return self._offsets[bisect_right(self._times, moment.replace(tzinfo=None))]

    def dst(self, _moment: datetime | None, /) -> timedelta:
        """No part of the offset: nothing here asks for it."""
        return timedelta(0)

    def tzname(self, _moment: datetime | None, /) -> str:
        """The zone's own name."""
        return self._name


class Zones:
    """The zones defined in the files of one reading; those alike are worked out once."""

    def __init__(self, today: date) -> None:
        self._last = date(min(today.year + 2, date.max.year), 1, 1)
        self._steps = rules.Steps()
        self._made: dict[_Lines, DefinedZone | None] = {}

    def of(self, blocks: Iterable[Block]) -> dict[str, tzinfo]:
        """The zones that a calendar's VTIMEZONEs define under names that are nobody else's."""
        zones: dict[str, tzinfo] = {}
        seen: set[str] = set()
        for block in blocks:
            name = next((line.partition(":")[2].strip() for line in block.lines if line.upper()[:4] == "TZID"), "")
            if not name or name in seen or len(seen) >= _MOST_ZONES:
                continue
            seen.add(name)
            if is_known(name):
                continue
            key = tuple(tuple(part) for part in block.inner[:_MOST_CHANGES])
            if key not in self._made:
                try:
                    self._made[key] = self._zone(name, key)
                except (*BROKEN, rules.CutError):
                    self._made[key] = None
            if (zone := self._made[key]) is not None:
                zones.setdefault(name, zone)
        return zones

    def _zone(self, name: str, parts: _Lines) -> DefinedZone | None:
        changes: list[tuple[datetime, timedelta]] = []
        before: tuple[datetime, timedelta] | None = None
        for lines in parts:
            part = _parsed(lines)
            offset, start = part["TZOFFSETTO"].td, part["DTSTART"].dt
            start = start if isinstance(start, datetime) else datetime.combine(start, time())
            start = start.replace(tzinfo=None)
            if before is None or start < before[0]:
                before = start, part["TZOFFSETFROM"].td
            changes += [(at, offset) for at in {start, *self._onsets(part, start)}]
        return DefinedZone(name, sorted(changes), before[1]) if before is not None else None

    def _onsets(self, part: Any, start: datetime) -> Iterable[datetime]:
        for value in _listed(part.get("RDATE")):
            for entry in value.dts:
                if isinstance(entry.dt, datetime):
                    yield entry.dt.replace(tzinfo=None)
        for value in _listed(part.get("RRULE")):
            # A zone changes on a day of the year; whatever else the rule says is not followed.
            rule = rules.parsed(value, start, lambda until: _naive_end(until, part["TZOFFSETFROM"].td))
            if rule.freq == "YEARLY":
                yield from rules.starts(rule, start, _FIRST, self._last, self._steps)


def named_zone(name: str) -> tzinfo | None:
    """The zone of an IANA or Windows name, or None."""
    import icalendar

    if not name:
        return None
    try:
        moment: datetime = icalendar.vDatetime.from_ical("20260101T000000", name)  # type: ignore[no-untyped-call]
    except BROKEN:
        return None
    return moment.tzinfo


def is_known(name: str) -> bool:
    """Whether a name is IANA's own, which a file cannot define otherwise."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name.strip("/"))
    except BROKEN:
        return False
    return True


def is_utc(zone: tzinfo | None) -> bool:
    """Whether a zone is UTC, which is nobody's local time."""
    return zone is not None and str(zone) in UTC_NAMES


def local_day(value: date, zone: tzinfo | None, system: tzinfo | None) -> date:
    """The day of a start in its own zone; one in UTC is taken to the calendar's zone, else the user's."""
    if not isinstance(value, datetime):
        return value
    if is_utc(value.tzinfo):
        value = value.astimezone(zone or system)
    return value.date()


def _parsed(lines: tuple[str, ...]) -> Mapping[str, Any]:
    import icalendar

    text = "\r\n".join(("BEGIN:STANDARD", *lines, "END:STANDARD", ""))
    part: Mapping[str, Any] = icalendar.Component.from_ical(text)
    return part


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _naive_end(until: Any, offset: timedelta) -> datetime:
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    return (until + offset).replace(tzinfo=None) if until.tzinfo is not None else until
