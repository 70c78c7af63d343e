"""Files made to break a reader: they end in items or in one clear refusal, soon."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.errors import InputFileError
from netjournal.interchange.records import Guest, Interaction, Item, Options, Person, Promise, Remark, Skipped
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.trackers import friends, jrnl, loading, monica
from rows import rows
from tries import tries

FOLDER = Path(__file__).parent / "fixtures" / "trackers"
OPTIONS = Options(date(2026, 11, 23))
GOOD = {
    "friends.md": friends,
    "monica-4-export.json": monica,
    "jrnl.json": jrnl,
    "jrnl.txt": jrnl,
    "jrnl.md": jrnl,
}
#: What is put into good files: marks of every format, broken bytes, and other types of JSON.
SCRAPS = [
    b"**",
    b"_",
    b"@",
    b"- ",
    b"### ",
    b"\x00",
    b"\xff",
    b'"',
    b"{",
    b"]",
    b"null",
    b"-1e999",
    b"[",
    b"\n",
    b"\xe2\x80\xae",
    b"1",
]


def read(module: ModuleType, data: bytes) -> list[Item]:
    return list(module.read(from_bytes(data), OPTIONS))


@settings(max_examples=tries(40), deadline=None, database=None)
@given(
    name=st.sampled_from(sorted(GOOD)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(SCRAPS)), min_size=1, max_size=8),
)
def test_no_bytes_whatever_make_a_reader_raise_anything_but_a_refusal(
    name: str, cuts: list[tuple[float, int, bytes]]
) -> None:
    data = (FOLDER / name).read_bytes()
    for where, length, scrap in cuts:
        at = int(where * len(data))
        data = data[:at] + scrap + data[at + length :]
    module = GOOD[name]
    module.recognises(from_bytes(data))
    with suppress(InputFileError):
        for item in read(module, data):
            check(item)


def check(item: Item) -> None:
    if isinstance(item, Skipped | Remark):
        return
    assert 0 < len(item.external_id) <= 500
    if isinstance(item, Person):
        assert item.name.strip()
    if isinstance(item, Interaction):
        assert item.on <= OPTIONS.today
        assert all(isinstance(guest, Guest) for guest in item.guests)
    if isinstance(item, Promise):
        assert item.text


@rows("module", [monica, jrnl])
@rows("inside", [b"[", b'{"properties":'])
def test_nested_brackets_are_refused(module: ModuleType, inside: bytes) -> None:
    for data in (b'{"account":' + inside * 100_000, b'{"version":' + b"[" * 100_000 + b"]" * 100_000 + b"}"):
        with pytest.raises(InputFileError):
            read(module, data)


def test_more_values_than_memory_should_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_VALUE_LIMIT", 1000)
    with pytest.raises(InputFileError, match="over 1,000 values"):
        read(jrnl, b'{"entries": [' + b"{}," * 1000 + b"{}]}")


@rows(
    ("module", "data"),
    [
        (friends, b"### Activities:\n- 2026-01-01: " + b"**" * 49_000),
        (friends, b"### Activities:\n" + b"- 2026-01-01: " + b"@a " * 33_000),
        (friends, b"### Activities:\n" + b"- 2026-01-01: **A** " + b"_ " * 49_000),
        (friends, b"### Friends:\n- " + b"(a.k.a. " * 12_000),
        (friends, b"### Friends:\n- A (a.k.a. " + b")" * 90_000),
        (friends, b"### Friends:\n" + b" " * 4_000_000),
        (jrnl, b"[2026-01-01] " + b"@a" * 200_000),
        (jrnl, b"[2026-01-01] " + b"@1" + b"1" * 200_000 + b" *" * 100_000),
        (jrnl, b"[2026-01-01] a" + b" " * 200_000 + b"b"),
        (
            monica,
            b'{"account": {"data": [{"type": "contact", "values": [{"uuid": "a", "properties": {"first_name": "A"}, '
            b'"data": [{"type": "contact_field", "values": [{"properties": {"data": "a@'
            + b"." * 200_000
            + b'@"}}]}]}]}]}}',
        ),
        (monica, b'{"account": {"data": [{"type": "contact", "values": [' + b'{"uuid": "a"},' * 50_000 + b"1]}]}}"),
    ],
)
def test_long_lines_end_soon(module: ModuleType, data: bytes) -> None:
    start = time.process_time()
    with suppress(InputFileError):
        read(module, data)
    assert time.process_time() - start < 5
