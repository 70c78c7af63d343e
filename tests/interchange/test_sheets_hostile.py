"""Tables made to harm, and any bytes at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import COUNTS, FIXTURES, READERS, people, read

from netjournal.errors import InputFileError
from netjournal.interchange.records import Remark
from netjournal.interchange.sheets import generic, table
from netjournal.interchange.sources import from_bytes
from tries import tries

if TYPE_CHECKING:
    from types import ModuleType


def test_hostile_tables_end() -> None:
    head = "Name,Email,Note\n"
    assert len(read(generic, head + 'a","\n' * 2_000)) == 2_000
    assert len(people(read(generic, head + "Bo,bo@example.com," + "x, " * 150_000 + '\nAl,,"' + "y\n" * 60_000))) == 0
    assert (
        len(people(read(generic, head + '"' + "z" * 400_000 + '",' + "@" * 100_000 + "," + ";" * 100_000 + "\n"))) == 1
    )
    with pytest.raises(InputFileError):
        read(generic, "," * 2_000_000)


GOOD: Final = [(FIXTURES / name).read_bytes() for name in COUNTS]
EDITS: Final = st.lists(
    st.tuples(
        st.integers(0, 3000),
        st.integers(0, 40),
        st.sampled_from([b"", b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b";\t"]),
    ),
    max_size=4,
)


@settings(max_examples=tries(40), deadline=None, database=None)
@given(st.sampled_from(GOOD), EDITS, st.sampled_from(READERS))
def test_no_bytes_make_a_reader_raise_anything_but_a_bad_file(
    good: bytes, edits: list[tuple[int, int, bytes]], reader: ModuleType
) -> None:
    for at, gone, new in edits:
        good = good[: at % (len(good) + 1)] + new * (1 + gone % 3) + good[at % (len(good) + 1) + gone :]
    reader.recognises(from_bytes(good, "people.csv"))
    try:
        items = read(reader, good)
    except InputFileError:
        return
    assert all(item.name.strip() and 0 < len(item.external_id) <= 500 for item in people(items))


@settings(max_examples=tries(40), deadline=None, database=None)
@given(st.lists(st.sampled_from(["Al", '"', ",", "\n", "b@c.example", "x,y,z\n", '"q"', "\r\n", "=1"]), max_size=30))
def test_no_row_is_lost_in_silence(parts: list[str]) -> None:
    text = "Name,Email,Note\n" + "".join(parts) + "\nlast,last@example.com,\n"
    sheet = table.opened(text.encode(), lambda headers: headers == ("Name", "Email", "Note"))
    assert sheet is not None
    told = {row.line for row in sheet.rows()}
    items = read(generic, text)
    assert told == {item.line for item in items if item.line and not isinstance(item, Remark)}
    assert '"' in text or any(p.name == "last" for p in people(items))
