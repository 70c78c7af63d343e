"""Calendars that are written, as another implementation reads them."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.interchange import ical
from netjournal.interchange.ical.writer import write_calendar
from netjournal.interchange.records import Options, Skipped
from netjournal.interchange.sources import from_bytes
from tries import tries

JOURNAL = "0f" * 16
STAMP = "2026-11-23T08:30:00Z"
ITEM = {
    "uid": "ab" * 16,
    "kind": "followup",
    "title": "Send the deck; to Zoë, today",
    "day": "2026-12-01",
    "description": "For +platform-role.\nBackslash \\ and all.",
    "categories": ["a, b", "hiring"],
    "sequence": 3,
    "changed_at": "2026-11-20T10:00:00Z",
    "done": False,
}


def written(*items: dict[str, Any], todo: bool = False) -> bytes:
    file = io.BytesIO()
    write_calendar(iter(items), file, uid=JOURNAL, stamp=STAMP, todo=todo)
    return file.getvalue()


def parsed(data: bytes) -> Any:
    """The calendar as another implementation reads it."""
    import vobject  # type: ignore[import-untyped]

    found = list(vobject.readComponents(data.decode("utf-8")))
    assert len(found) == 1
    found[0].validate(raiseException=True)
    return found[0]


def test_another_implementation_reads_an_event_of_the_whole_day_with_an_alarm_at_nine() -> None:
    calendar = parsed(written(ITEM))
    assert calendar.prodid.value == "-//netjournal//netjournal//EN"
    assert calendar.version.value == "2.0"
    assert not hasattr(calendar, "method")
    event = calendar.vevent
    assert event.uid.value == f"{'ab' * 16}@{JOURNAL}"
    assert event.summary.value == ITEM["title"]
    assert event.description.value == ITEM["description"]
    assert event.categories.value == ITEM["categories"]
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 1), date(2026, 12, 2))
    assert event.transp.value == "TRANSPARENT"
    assert event.sequence.value == "3"
    assert event.dtstamp.value == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert event.last_modified.value == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert event.valarm.action.value == "DISPLAY"
    assert event.valarm.trigger.value == timedelta(hours=9)
    assert event.valarm.description.value == ITEM["title"]


def test_another_implementation_reads_a_task_open_or_done() -> None:
    calendar = parsed(written(ITEM, {**ITEM, "uid": "cd" * 16, "done": True, "kind": "due"}, todo=True))
    open_one, done = calendar.vtodo_list
    assert open_one.due.value == date(2026, 12, 1)
    assert open_one.status.value == "NEEDS-ACTION"
    assert open_one.priority.value == "4"
    # Counted from the day it is due: a task without a start has no other.
    assert open_one.valarm.trigger.value == timedelta(hours=9)
    assert open_one.valarm.trigger.related_param == "END"
    assert done.status.value == "COMPLETED"
    assert done.completed.value == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert not hasattr(done, "valarm")


def test_what_is_done_rings_no_more() -> None:
    assert b"VALARM" not in written({**ITEM, "done": True})


def test_lines_end_as_they_must_and_are_folded_between_characters() -> None:
    data = written({**ITEM, "title": "ë" * 200, "description": None, "categories": []})
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert lines[-1] == b""
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2] == b"END:VCALENDAR"
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")
    assert parsed(data).vevent.summary.value == "ë" * 200


def test_what_some_readers_take_for_the_end_of_a_line_is_not_written() -> None:
    data = written({**ITEM, "title": "a\rb\x0bc\x85d\u2028e\0f\x1b[31m", "description": "a\r\nb\rc"})
    event = parsed(data).vevent
    assert event.summary.value == "a b c d ef[31m"
    assert event.description.value == "a\nb\nc"
    assert len(data.decode("utf-8").splitlines()) == data.count(b"\r\n")


def test_nothing_to_write_is_a_calendar_still() -> None:
    assert written() == b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//netjournal//netjournal//EN\r\nEND:VCALENDAR\r\n"


def test_the_last_day_there_is_can_be_written() -> None:
    assert b"DTSTART;VALUE=DATE:99991231" in written({**ITEM, "day": "9999-12-31"})


def test_our_own_reader_takes_nothing_of_it_for_a_meeting() -> None:
    items = list(ical.read(from_bytes(written(ITEM)), Options(date(2026, 12, 24))))
    assert [type(item) for item in items] == [Skipped]


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).map(lambda text: f"x{text}")


@settings(max_examples=tries(40), deadline=None)
@given(TEXT, TEXT, st.booleans())
def test_no_text_breaks_out_of_its_line(title: str, description: str, todo: bool) -> None:
    data = written({**ITEM, "title": title, "description": description, "categories": [title]}, todo=todo)
    calendar = parsed(data)
    (component,) = calendar.components()
    assert component.name == ("VTODO" if todo else "VEVENT")
    assert component.uid.value == f"{'ab' * 16}@{JOURNAL}"
    visible = "".join(c for c in " ".join(title.split()) if c.isalnum())
    assert "".join(c for c in component.summary.value if c.isalnum()) == visible
