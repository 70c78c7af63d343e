"""Mail that was made to hurt, and mail that was damaged: it costs itself, in bounded time and memory."""

from __future__ import annotations

import io
import time
import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.errors import InputFileError
from netjournal.interchange.mail import mbox, read, recognises
from netjournal.interchange.mail.addresses import mailboxes
from netjournal.interchange.mail.headers import decoded, local_day
from netjournal.interchange.records import Interaction, Item, Options, Skipped
from netjournal.interchange.sources import Source, from_bytes
from tries import tries

FIXTURE = (Path(__file__).parent / "fixtures" / "mail" / "takeout-sent.mbox").read_bytes()
OPTIONS = Options(today=date(2026, 11, 23), me=("nora.keeper@example.com",), zone=UTC)
LINE = b"From bo@example.org Tue Nov  3 09:15:00 2026\n"
LETTER = (
    b"From: Bo <bo@example.org>\nTo: nora.keeper@example.com\nDate: Tue, 3 Nov 2026 09:15:00 +0000\n"
    b"Message-ID: <1@x>\n\nHello\n\n"
)
SEEDS = (
    FIXTURE,
    LINE + LETTER + LINE + LETTER.replace(b"<1@x>", b"<2@x>"),
    LETTER.replace(b"Bo <", b'"=?utf-8?b?WXVraSDwn4y4?=" (work) <').replace(b"To: ", b"To: Team: <@a,@b:c@d>, \"x\\\"y\"@z; "),
)  # fmt: skip


class Endless(io.RawIOBase):
    """One piece of text again and again, made while it is read."""

    def __init__(self, first: bytes, again: bytes, size: int) -> None:
        self.first, self.again, self.left = first, again, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = min(len(buffer), self.left)
        data = (self.first + self.again * (count // len(self.again) + 1))[:count]
        self.first = b""
        buffer[:count] = data
        self.left -= count
        return count


def measured(source: Source, options: Options = OPTIONS) -> tuple[list[Item], int]:
    """The items, and the bytes that reading took at most beside them."""
    tracemalloc.start()
    try:
        found = list(read(source, options))
        return found, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def endless(first: bytes, again: bytes, size: int = 20 << 20) -> Source:
    return Source("big.mbox", lambda: io.BufferedReader(Endless(first, again, size), 1 << 18))


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (LINE + b"Subject: ", b"x"),
        (LINE + LETTER[:40], b"To: bo@example.org\n"),
        (LINE + b"Subject: x", b"\n folded"),
        (LINE, b"\x00"),
        (LINE, b"From the" + b" " * 900 + b"\n"),
    ],
    ids=["a line", "fields", "folds", "zeros", "from lines"],
)
def test_a_header_without_end_costs_its_message_in_bounded_memory(first: bytes, again: bytes) -> None:
    found, most = measured(endless(first, again))
    assert found == [Skipped(1, "its header has over 256 KB", bad=True)]
    assert most < 8 << 20


def test_a_first_line_without_end_begins_no_mail() -> None:
    with pytest.raises(InputFileError, match="is no mail"):
        list(read(endless(b"From " + b"x" * 2_000, b"x"), OPTIONS))


def test_after_a_header_that_is_too_long_the_next_message_is_read() -> None:
    data = LINE + b"Subject: " + b"x" * (3 << 20) + b"\n\n" + LINE + LETTER
    found = list(read(from_bytes(data, "a.mbox"), OPTIONS))
    assert found[0] == Skipped(1, "its header has over 256 KB", bad=True)
    assert isinstance(found[1], Interaction)


def test_a_body_of_one_line_is_passed_over_in_bounded_memory() -> None:
    found, most = measured(endless(LINE + LETTER, b"x"))
    assert [type(item) for item in found] == [Interaction]
    assert most < 8 << 20


def test_a_message_without_end_stops_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MESSAGE_LIMIT", 4 << 20)
    with pytest.raises(InputFileError, match="over 1 GB"):
        list(read(endless(LINE + LETTER, b"x"), OPTIONS))


def test_a_million_lines_that_begin_with_from_are_a_body() -> None:
    found = list(read(from_bytes(LINE + LETTER + b"From \n" * 1_000_000), OPTIONS))
    assert [type(item) for item in found] == [Interaction]


def test_messages_of_nothing_are_told_one_by_one() -> None:
    found = list(read(from_bytes(LINE * 10_000), OPTIONS))
    assert found == [Skipped(n, "no header that can be read", bad=True) for n in range(1, 10_001)]


@pytest.mark.parametrize(
    "field",
    [
        "(" * 250_000,
        '"\\' * 120_000,
        "<@a,@b:" * 30_000,
        "a@b," * 60_000,
        ("(" * 400 + "@,") * 100,
        ("a@" * 200 + ",") * 600,
        ("=?utf-8?q?a?= " * 30 + "<a@b>,") * 500,
        "=?utf-8?q?" * 20_000,
        " " * 250_000,
    ],
    ids=range(9),
)
def test_no_field_of_addresses_takes_long(field: str) -> None:
    begun = time.process_time()
    mailboxes([field])
    decoded(field)
    assert time.process_time() - begun < 2


def test_a_member_longer_than_any_name_and_address_is_left_out() -> None:
    assert [box.address for box in mailboxes([f"{'x' * 600} <a@b.example>, c@d.example"])] == ["c@d.example"]


def test_no_charset_named_in_a_word_is_believed() -> None:
    for charset in ("zip", "hex", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "../x", "mbcs", "rot13"):
        assert isinstance(decoded(f"=?{charset}?q?caf=C3=A9=5Cud800?="), str)
    assert decoded("=?unicode_escape?q?=5Cu0041?=") == "\\u0041"


def test_a_file_that_cannot_be_read_to_its_end_is_refused() -> None:
    class Torn(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: Any) -> int:
            raise OSError(5, "Input/output error")

    torn = Source("torn.mbox", lambda: io.BufferedReader(Torn()))
    assert not recognises(Source("torn", lambda: io.BufferedReader(Torn())))
    with pytest.raises(InputFileError):
        list(read(torn, OPTIONS))


def _cut(data: bytes, start: int, length: int, put: bytes) -> bytes:
    start %= len(data)
    return data[:start] + put + data[start + length :]


MUTATED = st.builds(
    _cut,
    st.sampled_from(SEEDS),
    st.integers(0, 4_000),
    st.sampled_from((0, 1, 3, 40, 400)),
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from((b"\x00", b"\n\n", b"\r", b"\n" + LINE, b"=?utf-8?b?", b'"', b"(", b"<", b":;", b"\xff\xfe", b"@")),
    ),
)  # fmt: skip


@settings(max_examples=tries(120), deadline=None, database=None)
@given(st.one_of(MUTATED, st.binary(max_size=200)), st.sampled_from(("a.eml", "a.mbox", "a", "a.zip")), st.booleans())
def test_no_bytes_whatever_raise_anything_but_that_the_file_is_no_mail(data: bytes, name: str, told: bool) -> None:
    source = from_bytes(data, name)
    recognises(source)
    try:
        found = list(read(source, OPTIONS if told else OPTIONS._replace(me=())))
    except InputFileError:
        return
    for item in found:
        if isinstance(item, Interaction):
            assert 0 < len(item.external_id) <= 500
            assert item.guests
            assert all(address.isprintable() and "@" in address for guest in item.guests for address in guest.emails)
            assert item.summary is None or item.summary.isprintable() or not item.summary.isascii()


NAMES = st.text(st.sampled_from("abcXYZ .,;:()<>\"\\'-éø@"), max_size=12)
PLACES = st.from_regex(r"[a-z]{1,5}(\.[a-z]{1,3})?@[a-z]{1,6}\.(org|example)", fullmatch=True)


def _written(name: str, address: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>' if name.strip() else address


@settings(max_examples=tries(40), deadline=None, database=None)
@given(st.lists(st.tuples(NAMES, PLACES), max_size=5))
def test_addresses_are_those_that_the_standard_library_reads(people: list[tuple[str, str]]) -> None:
    field = ", ".join(_written(*person) for person in people)
    expected = dict.fromkeys(address.addr_spec for address in default.header_factory("To", field).addresses)
    assert [box.address for box in mailboxes([field])] == list(expected)


@settings(max_examples=tries(60), deadline=None, database=None)
@given(st.integers(86_400 * 366, 1 << 32), st.integers(-14 * 60, 14 * 60))
def test_the_day_of_every_date_that_the_standard_library_writes_is_read(seconds: int, minutes: int) -> None:
    there = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    assert local_day(format_datetime(there), UTC) == there.astimezone(UTC).date()
