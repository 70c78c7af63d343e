"""Calendars made to harm, and any bytes at all: in bounded time, with one sentence."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.errors import InputFileError
from netjournal.interchange import ical
from netjournal.interchange.ical import reader
from netjournal.interchange.records import Interaction, Item, Options, Skipped
from netjournal.interchange.sources import from_bytes
from rows import rows
from tries import tries

OPTIONS = Options(date(2026, 11, 23), ("nora.keeper@example.com",), since=date(2026, 1, 1))
GOOD = (Path(__file__).parent / "fixtures" / "ical" / "google-meetings.ics").read_bytes()
EVENT = b"BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20261103T090000Z\r\nATTENDEE:mailto:zoe@example.com\r\n%sEND:VEVENT\r\n"
EXCHANGE = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
    b"TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
    b"END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:q\r\nDTSTART;TZID=Mine:20261101T100000\r\nRDATE;VALUE=PERIOD:"
    b"20261102T100000Z/PT1H\r\nEXDATE;TZID=Mine:20261103T100000,20261104T100000\r\nRRULE:FREQ=DAILY;BYDAY=MO,TU,WE;"
    b"UNTIL=20261120T000000Z\r\nORGANIZER;CN=\"Brandt, Zo\xc3\xab\":MAILTO:zoe@example.com\r\nDURATION:PT45M\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)  # fmt: skip
PIECES = (
    b"\0", b"\r", b"\n ", b":", b";", b'"', b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VTIMEZONE\r\n", b"\xff\xfe", b"Z",
    b"00000000", b"99991231", b"00010101T000000", b"-", b"FREQ=SECONDLY;", b"TZID=America:", b"TZID=" + b"x" * 300 + b":",
    b"COUNT=999999999;", b"INTERVAL=99999999;", b"P99999999999D", b"BYDAY=53MO;", b"VALUE=DATE:", b"VALUE=PERIOD:", b"\\", b",",
)  # fmt: skip


def read(data: bytes) -> list[Item]:
    return list(ical.read(from_bytes(data), OPTIONS))


def calendar(*extra: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + b"".join(EVENT % (n, line) for n, line in enumerate(extra)) + b"END:VCALENDAR\r\n"


def met(items: list[Item]) -> int:
    return sum(isinstance(item, Interaction) for item in items)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from((GOOD, EXCHANGE)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)))
        data = data[:at] + piece + data[at + draw(st.integers(0, 20)) :]
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@settings(max_examples=tries(60), deadline=None)
@given(st.one_of(damaged(), st.binary(max_size=60).map(lambda data: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data)))
def test_no_bytes_whatever_raise_anything_but_an_input_file_error(data: bytes) -> None:
    ical.recognises(from_bytes(data))
    try:
        items = read(data)
    except InputFileError:
        return
    for item in items:
        if isinstance(item, Interaction):
            assert 0 < len(item.external_id) <= 500
            assert item.guests
            assert item.on <= OPTIONS.today
            assert item.minutes is None or 1 <= item.minutes <= 10_080


def test_twenty_thousand_components_one_in_another_cost_one_line_each() -> None:
    items = read(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20_000 + EVENT % (1, b""))
    assert met(items) == 1
    assert len(items) == 20_001
    deep = read(calendar(b"BEGIN:X-A\r\n" * 20_000 + b"END:X-A\r\n" * 20_000, b""))
    assert met(deep) == 2


@rows(
    ("line", "kept"),
    [
        (b"DESCRIPTION:" + b"x" * 20_000_000 + b"\r\n", 2),
        (b"ATTACH;ENCODING=BASE64;VALUE=BINARY:" + b"QUFB\r\n " * 100_000 + b"\r\n", 2),
        (b"SUMMARY:" + b"x" * 20_000_000 + b"\r\n", 1),
        (b"SUMMARY:" + b"xyz\r\n " * 100_000 + b"\r\n", 1),
        (b"ATTENDEE;CN=" + b'"' * 20_001 + b"\r\n", 1),
    ],
)
def test_a_line_of_any_length_costs_its_event_at_most(line: bytes, kept: int) -> None:
    items = read(calendar(line, b""))
    assert met(items) == kept
    assert [item for item in items if isinstance(item, Skipped)] == [Skipped(2, reader.TOO_LONG, bad=True)][: 2 - kept]


def test_line_breaks_left_in_a_description_cost_nothing_and_say_nothing(caplog: pytest.LogCaptureFixture) -> None:
    raw = b"DESCRIPTION:When: Tuesday\r\nWhere: here\r\n\r\n*~*~*~*\r\nhttps://example.com/?a=1\r\nEND:\r\n"
    with caplog.at_level(logging.DEBUG):
        assert met(read(calendar(raw, b""))) == 2
    assert caplog.records == []


@rows("name", ["America", "..", "/", "x" * 5_000, "\\u0000", "UTC+99"])
def test_a_zone_name_that_is_a_path_costs_its_event_at_most(name: str) -> None:
    start = f"DTSTART;TZID={name}:20261103T090000\r\n".encode()
    items = read(calendar(b"", b"").replace(b"DTSTART:20261103T090000Z\r\n", start, 1))
    assert met(items) >= 1


def test_a_zone_that_changes_every_second_comes_to_an_end() -> None:
    endless = EXCHANGE.replace(b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", b"FREQ=SECONDLY")
    never = EXCHANGE.replace(b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", b"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert met(read(endless)) == met(read(never)) == met(read(EXCHANGE)) > 3
