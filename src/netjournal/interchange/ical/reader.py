"""Calendars to past meetings: one interaction for each event, or day of a series, that had somebody else in it."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from heapq import merge
from typing import TYPE_CHECKING, Final

from netjournal.errors import InputFileError
from netjournal.interchange.ical import SUFFIXES, events, meetings
from netjournal.interchange.ical.blocks import Block, Calendar, components
from netjournal.interchange.ical.people import address
from netjournal.interchange.ical.zones import named_zone
from netjournal.interchange.reasons import UNREAD, left_out
from netjournal.interchange.records import Item, Options, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.sources import Source

TASK: Final = "a task or a journal entry, not an event"
BUSY: Final = "free and busy times, not an event"
NO_END: Final = "its end is missing"
TOO_LONG: Final = "one of its lines is too long"
NO_CALENDAR: Final = "the file holds no calendar"

#: Attendees, the absent ones too, above which none is looked at.
_MOST_LINES: Final = 1_000
_WHOLE_DAY: Final = re.compile(r"DTSTART[^:]*:\d{8}\s*", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z0-9-]+")


def read(source: Source, options: Options) -> Iterator[Item]:
    """The meetings in a calendar file, or in those of a folder or zip, whose `line` is the number of the file.

    Raises InputFileError where a file that was named holds no calendar.
    """
    reading = meetings.Reading(options, lambda: _blocks(source))
    yield from _items(source, reading)
    # Where nobody else is the owner, they may well be left out of their own calendar.
    if reading.me and not reading.is_met and reading.guessed:
        yield Remark(0, meetings.MISSED.format(*reading.guessed))


def _items(source: Source, reading: meetings.Reading) -> Iterator[Item]:
    if not (source.is_folder or source.is_zip):
        items = _file(source, reading)
        if items is None:
            raise InputFileError(f"{source.name} holds no calendar.", "An iCalendar file begins with BEGIN:VCALENDAR.")
        yield from items
        return
    number = others = 0
    for member in source.members():
        if not member.base.endswith(SUFFIXES):
            others += 1
            continue
        number += 1
        for item in _member(number, member, reading):
            yield item if isinstance(item, Remark) and not item.line else item._replace(line=number)
    if others:
        yield Remark(0, left_out(others))


def _member(number: int, member: Source, reading: meetings.Reading) -> Iterator[Item]:
    """The items of one of several files, of which a bad one costs itself."""
    try:
        found = _file(member, reading)
    except InputFileError:
        found = iter((Skipped(number, UNREAD, bad=True),))
    return found if found is not None else iter((Skipped(number, NO_CALENDAR, bad=True),))


def _blocks(source: Source) -> Iterator[Block]:
    """The components of all files, looked at beforehand."""
    # What is read here is read again: progress would pass its end.
    told, source.progress = source.progress, None
    is_one = not (source.is_folder or source.is_zip)
    try:
        for file in (source,) if is_one else source.members():
            if is_one or file.base.endswith(SUFFIXES):
                with suppress(InputFileError):  # it is told where it is read
                    yield from (block for block in components(file.read()) if isinstance(block, Block))
    finally:
        source.progress = told


def _file(source: Source, reading: meetings.Reading) -> Iterator[Item] | None:
    """The items of a file, or None if it is no calendar."""
    import icalendar

    # It keeps zones by name for the whole process: what another file called so must not be this one's.
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    parts: list[tuple[Calendar, list[Block]]] = []
    for component in components(source.read()):
        if isinstance(component, Calendar):
            parts.append((component, []))
            continue
        if not parts:
            parts.append((Calendar({}), []))
        parts[-1][1].append(component)
    if not parts:
        return None
    settled: list[Skipped] = []
    known: list[meetings.Known] = []
    # The whole file before its first item: warnings are the process's, and another file may be read meanwhile.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for calendar, blocks in parts:
            _take(calendar, blocks, reading, settled, known)
    return merge(settled, meetings.items(known, reading), key=lambda item: item.line)


def _take(
    calendar: Calendar,
    blocks: list[Block],
    reading: meetings.Reading,
    settled: list[Skipped],
    known: list[meetings.Known],
) -> None:
    """Read one calendar's events; those that need no others to be judged are settled."""
    frame = _frame(calendar, reading)
    zones = reading.zones.of(block for block in blocks if block.name == "VTIMEZONE")
    for block in blocks:
        if block.name == "VTIMEZONE":
            continue
        if (skipped := _unfit(block)) is not None:
            settled.append(skipped)
            continue
        try:
            event = events.parsed(block, zones)
        except events.UnreadableError as error:
            settled.append(Skipped(block.line, str(error), bad=True))
        else:
            known.append(meetings.Known(event, frame))
            reading.is_met |= any(party.email and party.email.casefold() in reading.me for party in event.people)


def _frame(calendar: Calendar, reading: meetings.Reading) -> meetings.Frame:
    said = calendar.properties
    me, remark = reading.me, None
    if not me:
        named = (address(said.get(name, "")) for name in ("X-WR-CALNAME", "X-WR-RELCALID"))
        me = frozenset(email.casefold() for email in named if email)
        remark = meetings.CALLED.format(" and ".join(sorted(me)))
    if not me:
        me = reading.guessed
        remark = meetings.GUESSED.format(*me) if me else meetings.UNKNOWN_OWNER
    cancelled = said.get("METHOD", "").upper() == "CANCEL"
    return meetings.Frame(me, named_zone(said.get("X-WR-TIMEZONE", "")), cancelled, remark)


def _unfit(block: Block) -> Skipped | None:
    """Why a component makes no meeting, as far as it can be told without reading its values."""
    if block.name != "VEVENT":
        return Skipped(block.line, BUSY if block.name == "VFREEBUSY" else TASK)
    if not block.closed:
        return Skipped(block.line, NO_END, bad=True)
    if block.overlong:
        return Skipped(block.line, TOO_LONG, bad=True)
    names = [found[0].upper() for line in block.lines if (found := _NAME.match(line))]
    if names.count("ATTENDEE") > _MOST_LINES:
        return Skipped(block.line, meetings.CROWD)
    # A changed day of a series may have its people from there, or take a day from it.
    if not {"ATTENDEE", "ORGANIZER", "RECURRENCE-ID"}.isdisjoint(names):
        return None
    all_day = any(_WHOLE_DAY.fullmatch(line) for line in block.lines)
    return Skipped(block.line, meetings.ALL_DAY if all_day else meetings.NOBODY)
