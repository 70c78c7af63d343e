"""Which events were meetings with people, and on which days: events of one file to items."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.kinds import DEPTH_OF_KIND, kind_named
from netjournal.interchange.ical import owner, series
from netjournal.interchange.ical.events import Event
from netjournal.interchange.ical.people import People, address, others
from netjournal.interchange.ical.rules import Steps
from netjournal.interchange.ical.zones import BROKEN, Zones, local_day
from netjournal.interchange.keys import bounded, digest
from netjournal.interchange.records import Interaction, Item, Options, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from netjournal.interchange.ical.blocks import Block

CANCELLED: Final = "cancelled"
DECLINED: Final = "declined"
NOBODY: Final = "nobody else in it"
ALL_DAY: Final = "all-day without guests"
CROWD: Final = "over 200 people in it"
OLDER: Final = "an older version of another event"
NO_DAY: Final = "a series without a day in the time that is read"
OLD_DAY: Final = "a day of a series before those that are read"
UNREADABLE: Final = "one of its values cannot be read"

GUESSED: Final = "taken as you: {}, the address that is in nearly every meeting; --me says who you are"
MISSED: Final = "nobody of --me or me.emails is in any meeting, and {} is in nearly every one"
CALLED: Final = "taken as you: {}, which the calendar is called; --me says who you are"
UNKNOWN_OWNER: Final = "who you are is not known: `netj config set me.emails` or --me says it"
LAST_YEAR: Final = "series are read for the last year; --since says how far back"
CUT: Final = "its rule gives more days than are looked at: the rest is left out"
BROKEN_RULE: Final = "its rule cannot be read: the first event counts alone"
DOUBTED: Final = "one of its lines cannot be read and is left out"
STRANGE: Final = "its time zone is not known: its time is taken as local"

_MOST_PEOPLE: Final = 200
_DEFAULT: Final = "meeting"


class Frame(NamedTuple):
    """What one calendar of a file says of all its events; `me` are the owner's addresses, in small letters.

    `remark` tells where they were taken from, None where the user said them.
    """

    me: frozenset[str]
    zone: tzinfo | None
    cancelled: bool
    remark: str | None = None


class Known(NamedTuple):
    """An event and the calendar it is in."""

    event: Event
    frame: Frame

    @property
    def uid(self) -> str:
        """What it is called in every export: its own UID, else a hash of what it says."""
        event = self.event
        if event.uid:
            return event.uid
        people = sorted((party.email or party.name or "").casefold() for party in event.people)
        return digest("\n".join((series.key(event.start), event.summary or "", *people)))


class Reading:
    """One import: what holds for all its files, and what is said only once."""

    def __init__(self, options: Options, blocks: Callable[[], Iterable[Block]]) -> None:
        self.options = options
        self._blocks = blocks
        emails = (address(me) for me in options.me if "/" not in me)
        self.me = frozenset(email.casefold() for email in emails if email)
        self.zones = Zones(options.today)
        self.until = min(options.until or options.today, options.today)
        self.since = options.since or _year_before(options.today)
        #: Whether somebody of `me` is in any event.
        self.is_met = False
        self._said: set[str] = set()

    @cached_property
    def guessed(self) -> frozenset[str]:
        """The owner's address as the files tell it, empty where they do not; to know it they are read once more."""
        return owner.found(self._blocks())

    def once(self, text: str) -> Iterator[Remark]:
        """A remark on all files, unless it was made before."""
        if text not in self._said:
            self._said.add(text)
            yield Remark(0, text)


def items(known: Iterable[Known], reading: Reading) -> Iterator[Item]:
    """The items of a file's events, in their order; versions that were replaced come first."""
    current, older = _newest(known)
    yield from (Skipped(one.event.line, OLDER) for one in older)
    masters: dict[str, list[Known]] = {}
    moved: dict[str, list[date]] = {}
    for uid, one in current:
        if one.event.instead is None:
            masters.setdefault(uid, []).append(one)
        else:
            moved.setdefault(uid, []).append(one.event.instead)
    steps = Steps()
    for uid, one in current:
        own = masters.get(uid, [])
        try:
            if one.event.instead is not None:
                found = _changed(uid, one, own, reading)
            elif one.event.is_series:
                found = _series(uid, one, moved.get(uid, []), reading, steps)
            else:
                # One UID for several events: a fault of some programs, which must not cost all but one.
                found = _single(uid if len(own) == 1 else f"{uid}|{series.key(one.event.start)}", one, reading)
            made = list(found)
        except BROKEN:
            made = [Skipped(one.event.line, UNREADABLE, bad=True)]
        yield from made


def _newest(known: Iterable[Known]) -> tuple[list[tuple[str, Known]], list[Known]]:
    """Each event by its UID in its newest version, and the older ones."""
    named = [(one.uid, one) for one in known]
    top: dict[str, int] = {}
    for uid, one in named:
        if one.event.instead is None:
            top[uid] = max(one.event.sequence, top.get(uid, one.event.sequence))
    slots: dict[tuple[str, bool, str], Known] = {}
    older: list[Known] = []
    for uid, one in named:
        event = one.event
        slot = (uid, event.instead is None, series.key(event.instead or event.start))
        rival = slots.get(slot)
        if (event.instead is None and event.sequence < top[uid]) or (
            rival is not None and rival.event.sequence > event.sequence
        ):
            older.append(one)
            continue
        slots[slot] = one
        if rival is not None:
            older.append(rival)
    return [(uid, one) for (uid, *_), one in slots.items()], older


def _single(external_id: str, one: Known, reading: Reading) -> Iterator[Item]:
    event, frame = one
    people = others(event.people, frame.me)
    yield from _remarks(one, people, reading)
    day = local_day(event.start, frame.zone, reading.options.zone)
    reason = _unmet(one, people) or reading.options.unread(day)
    if reason is not None:
        yield Skipped(event.line, reason)
    else:
        yield _interaction(external_id, one, day, people, event.minutes, reading)


def _changed(uid: str, one: Known, masters: list[Known], reading: Reading) -> Iterator[Item]:
    """A day of a series that says of itself what it is: moved, cancelled, with other people."""
    event, frame = one
    master = masters[0].event if masters else None
    if master is not None:
        event = event._replace(people=event.people or master.people, summary=event.summary or master.summary)
    one = Known(event, frame)
    people = others(event.people, frame.me)
    yield from _remarks(one, people, reading)
    day = local_day(event.start, frame.zone, reading.options.zone)
    reason = _unmet(one, people) or reading.options.unread(day)
    if reason is None and reading.options.since is None and day < reading.since:
        reason = OLD_DAY
    if reason is not None:
        yield Skipped(event.line, reason)
    else:
        place = event.instead if event.instead is not None else event.start
        if master is not None:
            place = series.placed(place, master.start)
        yield _interaction(f"{uid}|{series.key(place)}", one, day, people, event.minutes, reading)


def _series(uid: str, one: Known, moved: list[date], reading: Reading, steps: Steps) -> Iterator[Item]:
    event, frame = one
    people = others(event.people, frame.me)
    yield from _remarks(one, people, reading)
    reason = _unmet(one, people)
    begun = local_day(event.start, frame.zone, reading.options.zone)
    if reason is None and begun > reading.until:
        reason = reading.options.unread(begun)
    if reason is not None:
        yield Skipped(event.line, reason)
        return
    if reading.options.since is None:
        yield from reading.once(LAST_YEAR)
    found = series.expanded(event, moved, reading.since, reading.until, steps)
    if found.broken:
        yield Remark(event.line, BROKEN_RULE)
    if found.cut:
        yield Remark(event.line, CUT)
    count = 0
    for start, key, minutes in found.occurrences:
        day = local_day(start, frame.zone, reading.options.zone)
        inside = reading.options.unread(day) is None if found.broken else reading.since <= day <= reading.until
        if inside:
            count += 1
            lasted = event.minutes if minutes is None else minutes
            yield _interaction(f"{uid}|{key}", one, day, people, lasted, reading)
    if not count:
        yield Skipped(event.line, NO_DAY)


def _remarks(one: Known, people: People, reading: Reading) -> Iterator[Remark]:
    if people.guests and one.frame.remark is not None:
        yield from reading.once(one.frame.remark)
    if one.event.doubted and not one.event.broken_rule:
        yield Remark(one.event.line, DOUBTED)
    if one.event.strange:
        yield Remark(one.event.line, STRANGE)


def _unmet(one: Known, people: People) -> str | None:
    """Why nobody was met at an event, whenever it was."""
    if one.event.cancelled or one.frame.cancelled:
        return CANCELLED
    if people.owner_declined:
        return DECLINED
    if not people.guests:
        return NOBODY if isinstance(one.event.start, datetime) else ALL_DAY
    return CROWD if len(people.guests) > _MOST_PEOPLE else None


def _interaction(
    external_id: str, one: Known, day: date, people: People, minutes: int | None, reading: Reading
) -> Interaction:
    kind = reading.options.kind or _kind(one.event.summary or "")
    return Interaction(
        one.event.line,
        bounded(external_id, ""),
        day,
        kind,
        "mutual",
        people.guests,
        one.event.summary,
        None,
        minutes,
    )


def _kind(summary: str) -> str:
    """The kind that the first fitting word of a summary names, of those that need two; else a meeting."""
    for word in re.findall(r"[^\W_]+", summary):
        kind = kind_named(word)
        if kind is not None and DEPTH_OF_KIND[kind] in ("conversation", "exchange"):
            return kind
    return _DEFAULT


def _year_before(day: date) -> date:
    return day.replace(year=max(day.year - 1, 1), day=28 if (day.month, day.day) == (2, 29) else day.day)
