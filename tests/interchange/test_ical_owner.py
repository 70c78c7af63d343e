"""Whom a calendar's own events tell to be its owner, where nobody said so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from netjournal.interchange import ical
from netjournal.interchange.ical import meetings
from netjournal.interchange.records import Interaction, Item, Options, Remark
from netjournal.interchange.sources import from_bytes, open_source

OPTIONS = Options(date(2026, 11, 23))
ME = "nora@example.com"
GUESSED = Remark(0, meetings.GUESSED.format(ME))
UNKNOWN = Remark(0, meetings.UNKNOWN_OWNER)


def event(*people: str) -> str:
    """A meeting; those with the same people are days of one series."""
    organizer, *guests = (person if ":" in person else f":mailto:{person}" for person in people)
    lines = (f"ORGANIZER{organizer}", *(f"ATTENDEE;PARTSTAT=ACCEPTED{guest}" for guest in guests))
    return "\r\n".join(
        ("BEGIN:VEVENT", f"UID:{'-'.join(people)}", "DTSTART:20261103T090000Z", *lines, "END:VEVENT", "")
    )


def calendar(*whom: tuple[str, ...]) -> bytes:
    events = "".join(event(*people) for people in whom)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


def read(*whom: tuple[str, ...], options: Options = OPTIONS) -> list[Item]:
    return list(ical.read(from_bytes(calendar(*whom), "x.ics"), options))


def guests(items: list[Item]) -> set[str]:
    return {email for item in items if isinstance(item, Interaction) for guest in item.guests for email in guest.emails}


FRIENDS = tuple(f"{letter}@example.net" for letter in "abcdef")
MET = tuple((ME, friend) for friend in FRIENDS)


def test_the_address_of_nearly_every_meeting_is_the_owners_and_nobody_met() -> None:
    items = read(*MET)
    assert GUESSED in items
    assert guests(items) == set(FRIENDS)
    # A whole year with one partner in a series is one meeting.
    assert GUESSED in read(*MET, *[("boss@example.net", ME)] * 3)


@pytest.mark.parametrize(
    "whom",
    [
        MET[:4],
        [(ME, "boss@example.net", friend) for friend in FRIENDS],
        [*MET[:3], *(("nora@old.example", friend) for friend in FRIENDS[3:])],
        [*((ME, "boss@example.net", friend) for friend in FRIENDS[1:]), ("nora@old.example", "boss@example.net")],
        [("room@example.com", friend) for friend in FRIENDS[:2]] + [(friend,) for friend in FRIENDS] * 2,
    ],
    ids=["too few", "always with the same other", "two addresses", "nearly always with the same", "alone"],
)
def test_an_owner_who_cannot_be_told_is_not_guessed(whom: list[tuple[str, ...]]) -> None:
    items = read(*whom)
    assert UNKNOWN in items
    assert not [item for item in items if isinstance(item, Remark) and item.text.startswith("taken")]


def test_rooms_and_calendars_are_nobodys_and_apples_addresses_stand_beside_a_path() -> None:
    room = ";CUTYPE=ROOM:mailto:room@example.com"
    team = ":mailto:x1@group.calendar.google.com"
    assert GUESSED in read(*((team, ME, friend, room) for friend in FRIENDS))
    assert GUESSED in read(*((f";CN=Nora;EMAIL={ME}:/123/principal/", friend) for friend in FRIENDS))


def test_who_was_said_to_be_the_owner_is_and_nothing_is_guessed() -> None:
    items = read(*MET, options=OPTIONS._replace(me=("a@example.net",)))
    assert not [item for item in items if isinstance(item, Remark)]
    assert guests(items) == {ME, *FRIENDS[1:]}
    # An address with a slip in it makes its owner a guest everywhere.
    missed = Remark(0, meetings.MISSED.format(ME))
    assert missed in read(*MET, options=OPTIONS._replace(me=("nora@typo.example",)))
    assert missed not in read(*MET[:3], options=OPTIONS._replace(me=("nora@typo.example",)))


def test_the_events_of_a_folder_tell_together(tmp_path: Path) -> None:
    for number, people in enumerate(MET):
        (tmp_path / f"{number}.ics").write_bytes(calendar(people))
    items = list(ical.read(open_source(str(tmp_path), None), OPTIONS))
    assert GUESSED in items
    assert guests(items) == set(FRIENDS)
