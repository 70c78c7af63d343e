"""I3: a file that is imported twice is imported once, whatever is in it, and undo takes it back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from acts import examples
from bringing_in import (
    DAY,
    EVENTS,
    ME,
    NAME,
    NUMBER,
    PEOPLE,
    brought,
    contents,
    exported,
    fill,
    journals,
    read,
    several,
    some,
    take_back,
)
from hypothesis import given
from hypothesis import strategies as st

from netjournal.cli.exporting import Form

if TYPE_CHECKING:
    from pathlib import Path

    from netjournal.interchange.gather import Gathered
    from netjournal.interchange.records import Interaction, Person

FORMS = {
    "csv": (Form("csv"), "csv"),
    "tsv": (Form("tsv"), "csv"),
    "vcard 3.0": (Form("vcard"), "vcard"),
    "vcard 4.0": (Form("vcard", vcard_version="4.0"), "vcard"),
    "friends": (Form("friends"), "friends"),
}


def is_once(path: Path, found: Gathered, *, new: bool = False) -> None:
    """Import something twice, then take it back."""
    before = contents(path)
    first = brought(path, found, new=new)
    once = contents(path)
    second = brought(path, found, new=new)
    assert (second.created, second.updated, second.signals) == (0, 0, 0)
    assert contents(path) == once
    if first.created or first.updated:
        take_back(path)
    assert contents(path) == before


@pytest.mark.parametrize("form", FORMS)
@examples(3)
@given(people=PEOPLE, events=EVENTS, here=PEOPLE)
def test_what_we_write_comes_in_once(
    form: str, people: list[Person], events: list[Interaction], here: list[Person]
) -> None:
    how, name = FORMS[form]
    with journals(2) as (other, path):
        fill(other, people, events)
        # Some of those here are the same by address, some by name, most are not.
        fill(path, here)
        data = exported(other, how, ("contact",) if how.name in ("csv", "tsv") else ())
        is_once(path, read(data, name, f"file.{name}"))


def known(path: Path) -> None:
    from netjournal.interchange.records import Person

    fill(path, [Person(1, f"id{n}", f"P {n}", emails=(f"p{n}@example.com",), urls=(link(n),)) for n in range(3)])


def link(number: int) -> str:
    return f"https://www.linkedin.com/in/p{number}"


GUESTS = st.lists(NUMBER, max_size=4)
EVENT = st.tuples(st.integers(0, 3), DAY, GUESTS, NAME, some(st.sampled_from(("WEEKLY;COUNT=3", "DAILY;COUNT=2"))))


@examples(6)
@given(events=st.lists(EVENT, max_size=5), logged=EVENTS, new=st.booleans())
def test_a_calendar_comes_in_once(events: list[tuple[int, object, list[int], str, str | None]], logged: list[Interaction],
                                  new: bool) -> None:  # fmt: skip
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for uid, day, guests, said, rule in events:
        # One UID for several events is a fault that some programs have.
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{str(day).replace('-', '')}T101500"]
        lines += [f"SUMMARY:{said}".replace("\t", " ")] + ([f"RRULE:FREQ={rule}"] if rule else [])
        lines += [f"ATTENDEE;CN=P {n}:mailto:p{n}@example.com" for n in guests] + ["END:VEVENT"]
    with journals(1) as (path,):
        known(path)
        fill(path, [], logged)
        is_once(path, read("\r\n".join((*lines, "END:VCALENDAR", "")).encode(), "ical", "c.ics"), new=new)


MAIL = st.tuples(NUMBER, DAY, some(NUMBER), st.lists(NUMBER, min_size=1, max_size=7), NAME)


@examples(6)
@given(mails=st.lists(MAIL, min_size=1, max_size=5), new=st.booleans())
def test_mail_comes_in_once(mails: list[tuple[int, object, int | None, list[int], str]], new: bool) -> None:
    text = ""
    for number, day, sender, to, said in mails:
        from_whom = ME if sender is None else f"p{sender}@example.com"
        people = ", ".join([*(f"p{n}@example.com" for n in to), *([] if sender is None else [ME])])
        text += (
            f"From x@example.com Tue Nov 03 08:15:00 2026\nMessage-ID: <{number}@x>\nDate: {day:%d %b %Y} 10:00:00 +0000\n"
            f"Subject: {said}\nFrom: {from_whom}\nTo: {people}\n\nFrom here on\n\n"
        )
    with journals(1) as (path,):
        known(path)
        is_once(path, read(text.encode("utf-8", "replace"), "mail", "m.mbox"), new=new)


ROW = st.tuples(NUMBER, NAME, some(NAME), some(NAME), st.booleans(), several(NUMBER))


@examples(6)
@given(rows=st.lists(ROW, max_size=6), later=st.lists(ROW, max_size=4))
def test_connections_come_in_once_and_so_does_a_later_export(rows: list[tuple], later: list[tuple]) -> None:  # type: ignore[type-arg]
    with journals(1) as (path,):
        known(path)
        for told in (rows, later):
            is_once(path, read(connections(told), "linkedin", "Connections.csv"))
            brought(path, read(connections(told), "linkedin", "Connections.csv"))


def connections(rows: list[tuple]) -> bytes:  # type: ignore[type-arg]
    import csv
    import io

    out = io.StringIO()
    write = csv.writer(out).writerow
    write(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    for number, name, company, title, linked, _ in rows:
        address = "" if linked else f"p{number}@example.com"
        write([name, "Q", link(number) if linked else "", address, company or "", title or "", "01 Jan 2024"])
    return out.getvalue().encode("utf-8", "replace")
