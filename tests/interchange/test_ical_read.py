"""Calendars: which events are meetings, with whom, how long; and what is left out, with its reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from calendars import FIXTURES, ME, TODAY, ZOE, calendar, event, met, one, read, reasons

from netjournal.errors import InputFileError
from netjournal.interchange import ical
from netjournal.interchange.ical import meetings, reader
from netjournal.interchange.reasons import FUTURE, OUTSIDE
from netjournal.interchange.records import Guest, Interaction, Options, Remark, Skipped
from netjournal.interchange.sources import from_bytes, open_source
from rows import rows


def test_googles_calendar_gives_the_meetings_that_took_place() -> None:
    source = open_source(str(FIXTURES / "google-meetings.ics"), None)
    assert ical.recognises(source)
    items = list(ical.read(source, Options(today=TODAY)))
    assert [(item.line, item.on.isoformat(), item.kind) for item in met(items)] == [
        (8, "2026-11-03", "coffee"),
        (28, "2026-10-01", "meeting"),
        (28, "2026-10-22", "meeting"),
        (45, "2026-10-16", "meeting"),
    ]
    assert met(items)[0] == Interaction(
        8, "aaaa1111@google.com", date(2026, 11, 3), "coffee", "mutual",
        (Guest("Ingrid Solberg", ("ingrid.solberg@example.com",)),), "Coffee with Ingrid", None, 30,
    )  # fmt: skip
    assert met(items)[3].external_id == "bbbb2222@google.com|2026-10-15T12:00:00Z"
    assert {item.guests for item in met(items)[1:]} == {(Guest("Tomás Reyes", ("tomas@example.com",)),)}
    # The declined guest, the room and the owner, whom the calendar's own name tells, are in none.
    assert [item for item in items if isinstance(item, Skipped)] == [
        Skipped(56, meetings.ALL_DAY),
        Skipped(64, meetings.CANCELLED),
    ]
    assert {item for item in items if isinstance(item, Remark)} == {
        Remark(0, meetings.LAST_YEAR),
        Remark(0, meetings.CALLED.format("nora.keeper@example.com")),
    }


def test_reading_twice_gives_the_same() -> None:
    data = (FIXTURES / "google-meetings.ics").read_bytes()
    assert read(data) == read(data)


@rows(
    ("summary", "kind"),
    [
        ("Coffee with Ingrid", "coffee"),
        ("Team lunch", "meal"),
        ("ZOOM: quarterly", "video"),
        ("Interview/Acme", "interview"),
        ("Post mail about the talk", "meeting"),
        ("Mentoring", "meeting"),
        ("", "meeting"),
    ],
)
def test_the_kind_is_the_first_word_that_names_a_meeting(summary: str, kind: str) -> None:
    assert one(f"SUMMARY:{summary}").kind == kind


def test_a_kind_that_was_asked_for_is_every_events() -> None:
    assert one("SUMMARY:Coffee", options={"kind": "video"}).kind == "video"


@rows(
    ("lines", "minutes"),
    [
        (["DTEND:20261103T093000Z"], 30),
        (["DURATION:PT1H30M"], 90),
        (["DTEND:20261103T090000Z"], None),
        (["DTEND:20261102T090000Z"], None),
        (["DTEND:20261110T090000Z"], 10_080),
        (["DTEND:20261110T090100Z"], None),
        (["DTEND:20261103T093000"], None),
        (["DTEND:tomorrow"], None),
        ([], None),
    ],
)
def test_minutes_are_those_between_start_and_end(lines: list[str], minutes: int | None) -> None:
    assert one(*lines).minutes == minutes


def test_minutes_are_right_where_summer_time_begins() -> None:
    start = "DTSTART;TZID=Europe/Vienna:20260329T013000"
    assert one("DTEND;TZID=Europe/Vienna:20260329T033000", start=start).minutes == 60


def test_an_event_of_whole_days_with_guests_has_no_minutes() -> None:
    found = one("DTEND;VALUE=DATE:20261112", start="DTSTART;VALUE=DATE:20261110")
    assert (found.on, found.minutes) == (date(2026, 11, 10), None)


@rows(
    ("lines", "reason"),
    [
        ([ZOE, "STATUS:CANCELLED"], meetings.CANCELLED),
        (["ATTENDEE:mailto:nora.keeper@example.com"], meetings.NOBODY),
        ([], meetings.NOBODY),
        ([ZOE, "ATTENDEE;PARTSTAT=DECLINED:mailto:Nora.Keeper@example.com"], meetings.DECLINED),
        ([f"ATTENDEE:mailto:p{n}@example.com" for n in range(201)], meetings.CROWD),
        ([f"ATTENDEE:mailto:p{n}@example.com" for n in range(1_001)], meetings.CROWD),
    ],
)
def test_an_event_of_no_use_is_skipped_with_its_reason(lines: list[str], reason: str) -> None:
    assert read(calendar(event(*lines))) == [Skipped(3, reason)]


def test_days_to_come_and_days_outside_are_skipped() -> None:
    start = "DTSTART;VALUE=DATE:20261124"
    assert reasons(read(calendar(event(ZOE, start=start)))) == [FUTURE]
    assert reasons(read(calendar(event(ZOE)), since=date(2026, 11, 4))) == [OUTSIDE]
    assert reasons(read(calendar(event(ZOE)), until=date(2026, 11, 2))) == [OUTSIDE]
    assert met(read(calendar(event(ZOE)), since=date(2026, 11, 3), until=date(2026, 11, 3)))
    # A long time ago is not too long ago, for what is no series.
    assert met(read(calendar(event(ZOE, start="DTSTART:19990101T120000Z"))))


def test_a_calendar_that_takes_back_its_events_gives_none() -> None:
    assert reasons(read(calendar(event(ZOE), header="METHOD:CANCEL"))) == [meetings.CANCELLED]


def test_tasks_journal_entries_and_busy_times_are_skipped() -> None:
    others = "".join(f"BEGIN:{name}\r\nUID:x\r\nEND:{name}\r\n" for name in ("VTODO", "VJOURNAL", "VFREEBUSY"))
    assert reasons(read(calendar(others))) == [reader.TASK, reader.TASK, reader.BUSY]


def test_nobody_is_left_out_where_nobody_knows_who_the_owner_is() -> None:
    items = read(calendar(event(ZOE, "ATTENDEE:mailto:nora.keeper@example.com")), me=("Nora Keeper",))
    assert Remark(0, meetings.UNKNOWN_OWNER) in items
    assert len(met(items)[0].guests) == 2
    assert Remark(0, meetings.UNKNOWN_OWNER) not in read(calendar(event(ZOE)))


def test_what_the_user_says_counts_more_than_the_calendars_name() -> None:
    both = calendar(event(ZOE, "ATTENDEE:mailto:nora.keeper@example.com"), header="X-WR-CALNAME:zoe@example.com")
    assert [guest.emails for guest in met(read(both))[0].guests] == [("zoe@example.com",)]
    guessed = read(both, me=())
    assert [guest.emails for guest in met(guessed)[0].guests] == [("nora.keeper@example.com",)]
    assert Remark(0, meetings.CALLED.format("zoe@example.com")) in guessed
    assert not any(isinstance(item, Remark) for item in read(both))


@rows(
    "start",
    ["DTSTART:yesterday", "DTSTART:20261399T990000Z", "DTSTART:PT1H", "X-A:1", "DTSTART;TZID=America:20260101T1"],
)
def test_a_broken_event_costs_itself(start: str) -> None:
    items = read(calendar(event(ZOE, start=start), event(ZOE, uid="UID:b2")))
    bad, good = items
    assert isinstance(bad, Skipped)
    assert bad.bad
    assert isinstance(good, Interaction)


def test_text_that_looks_like_a_property_is_not_taken_for_one() -> None:
    found = one(
        "DESCRIPTION:When: now", "Organizer: Somebody Else", "Where: here: there", "", "Summary: nothing", "SUMMARY:x"
    )
    assert (found.summary, len(found.guests)) == ("x", 1)


def test_the_people_of_an_alarm_are_not_those_of_the_event() -> None:
    alarm = ("BEGIN:VALARM", "ATTENDEE:mailto:alarm@example.com", "SUMMARY:Soon", "END:VALARM")
    found = one(*alarm, "SUMMARY:Coffee")
    assert (found.summary, len(found.guests)) == ("Coffee", 1)


def test_an_event_without_its_end_costs_itself() -> None:
    whole = calendar(event(ZOE), event(ZOE, uid="UID:b2"), event(ZOE, uid="UID:c3"))
    opened = whole.replace("UID:b2\r\n", "UID:b2\r\n" + "x" * 100 + "\r\n").replace("END:VEVENT\r\nBEGIN", "BEGIN", 1)
    items = read(opened)
    assert [item.external_id for item in met(items)] == ["b2", "c3"]
    assert [item for item in items if isinstance(item, Skipped)] == [Skipped(3, reader.NO_END, bad=True)]
    cut = read(whole[: whole.index("UID:c3") + 20])
    assert [item.external_id for item in met(cut)] == ["a1", "b2"]
    assert cut[-1] == Skipped(13, reader.NO_END, bad=True)


@rows("end", ["\n", "\r\n", "\r"])
@rows("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_line_ends_and_encodings_are_read_as_they_come(end: str, encoding: str) -> None:
    data = calendar(event(ZOE, "SUMMARY:Caf\r\n é")).replace("\r\n", end).encode(encoding)
    assert ical.recognises(from_bytes(data))
    (found,) = met(read(data))
    assert (found.summary, found.guests[0].name) == ("Café", "Zoë Brandt")


def test_a_fold_inside_a_character_is_undone() -> None:
    data = calendar(event(ZOE, "SUMMARY:Café")).encode().replace("é".encode(), b"\xc3\r\n \xa9")
    assert met(read(data))[0].summary == "Café"


def test_an_event_without_uid_is_known_by_what_it_says() -> None:
    first, again = one("SUMMARY:x", uid="X-A:1"), one("SUMMARY:x", uid="X-A:2")
    other = one("SUMMARY:y", uid="X-A:1")
    assert len(first.external_id) == 64
    assert first.external_id == again.external_id != other.external_id


def test_a_uid_that_is_too_long_is_shortened_the_same_way_each_time() -> None:
    found = one(uid=f"UID:{'x' * 600}")
    assert len(found.external_id) == 64
    assert found.external_id == one(uid=f"UID:{'x' * 600}").external_id


def test_the_newest_version_of_an_event_counts() -> None:
    old, new = event(ZOE, "SUMMARY:old", "SEQUENCE:1"), event(ZOE, "SUMMARY:new", "SEQUENCE:2")
    for both in ((old, new), (new, old)):
        items = read(calendar(*both))
        assert [item.summary for item in met(items)] == ["new"]
        assert reasons(items) == [meetings.OLDER]


def test_an_older_version_on_another_day_is_no_meeting() -> None:
    old = event(ZOE, "SEQUENCE:1", start="DTSTART:20261101T090000Z")
    items = read(calendar(old, event(ZOE, "SEQUENCE:2")))
    assert [(item.external_id, item.on.day) for item in met(items)] == [("a1", 3)]


def test_events_that_share_a_uid_by_mistake_are_all_read() -> None:
    items = read(calendar(event(ZOE), event(ZOE, start="DTSTART:20261104T090000Z")))
    assert [item.external_id for item in met(items)] == ["a1|2026-11-03T09:00:00Z", "a1|2026-11-04T09:00:00Z"]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "b.ics").write_text(calendar(event(ZOE)))
    (tmp_path / "a.ics").write_text("")
    (tmp_path / "c.ICS").write_text(calendar(event(ZOE, uid="UID:b2")))
    (tmp_path / "color").write_text("#ff0000")
    source = open_source(str(tmp_path), None)
    assert ical.recognises(source)
    items = list(ical.read(source, Options(TODAY, ME)))
    assert items[0] == Skipped(1, reader.NO_CALENDAR, bad=True)
    assert [(item.line, item.external_id) for item in met(items)] == [(2, "a1"), (3, "b2")]


def test_a_zip_of_calendars_is_read_as_a_folder_is(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("nora@example.com.ics", calendar(event(ZOE)))
    source = open_source(str(tmp_path / "export.zip"), None)
    assert ical.recognises(source)
    assert len(met(list(ical.read(source, Options(TODAY, ME))))) == 1


@rows("data", [b"", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\0" * 100, b"From: x\n\nBEGIN:VCALENDAR\n", b"PK\x03\x04"])
def test_what_is_no_calendar_is_not_recognised(data: bytes) -> None:
    assert not ical.recognises(from_bytes(data))


def test_a_file_without_a_calendar_is_refused() -> None:
    with pytest.raises(InputFileError, match=r"meetings\.ics holds no calendar"):
        read(b"Name,Email\n")
