"""Hostile cards end in bounded time and memory, and never in anything but a clear error."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from contextlib import suppress
from gc import collect
from io import BytesIO
from time import process_time

from cards import FIXTURES, OPTIONS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netjournal.errors import InputFileError
from netjournal.interchange import vcard
from netjournal.interchange.records import Item, Person, Remark
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.vcard.lines import Cards
from rows import rows
from tries import tries

OPEN = b"BEGIN:VCARD\r\nFN:Ann Lee\r\n"
END = b"END:VCARD\r\n"
NEXT = OPEN.replace(b"Ann", b"Bob") + END
#: Seconds of processor time, and bytes beside the file itself: far above what is needed, far below what fails.
SECONDS = 5.0
MEMORY = 24 << 20


def read(data: bytes) -> list[Item]:
    started = process_time()
    found = list(vcard.read(from_bytes(data), OPTIONS))
    assert process_time() - started < SECONDS
    return found


def names(items: list[Item]) -> list[str]:
    return [item.name for item in items if isinstance(item, Person)]


def count(items: list[Item]) -> dict[str, int]:
    return dict(Counter(type(item).__name__ for item in items))


MEGABYTES = 20 << 20
BOMBS = {
    "a picture on one line": OPEN + b"PHOTO;ENCODING=b:" + b"A" * MEGABYTES + b"\r\n" + END + NEXT,
    "a note on one line": OPEN + b"NOTE:" + b"A" * MEGABYTES + b"\r\n" + END + NEXT,
    "a picture in wide lines": OPEN + b"PHOTO;BASE64:\r\n" + (b" " + b"A" * 990 + b"\r\n") * 5_000 + END + NEXT,
    "base64 that never ends": OPEN + b"KEY;ENCODING=BASE64:\r\n" + (b"A" * 990 + b"\r\n") * 5_000 + END + NEXT,
    "soft breaks without end": OPEN
    + b"NOTE;ENCODING=QUOTED-PRINTABLE:=\r\n"
    + (b"A" * 990 + b"=\r\n") * 5_000
    + END
    + NEXT,
    "a quote never closed": OPEN + b'X;A="' + b'a;"' * 100_000 + b":\r\n" + END + NEXT,
    "a name of separators": OPEN + b"N:" + b";" * 500_000 + b"\r\nADR:" + b"\\;" * 200_000 + b"\r\n" + END + NEXT,
    "nicknames": OPEN + b"NICKNAME:" + b",".join(b"%d" % n for n in range(100_000)) + b"\r\n" + END + NEXT,
}


@rows("bomb", BOMBS)
def test_a_bomb_costs_its_property_and_little_memory(bomb: str) -> None:
    data = BOMBS[bomb]
    assert names(read(data)) == ["Ann Lee", "Bob Lee"]
    if len(data) > MEGABYTES:
        # Tracing is slow: only where a whole line in memory would be seen.
        tracemalloc.start()
        read(data)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < MEMORY


def test_a_picture_in_utf_16_is_no_heavier() -> None:
    text = f"BEGIN:VCARD\r\nFN:Ann\r\nPHOTO;ENCODING=b:{'A' * 4_000_000}\r\nEND:VCARD\r\n"
    assert names(read(text.encode("utf-16"))) == ["Ann"]


def test_cards_opened_and_never_ended_are_each_skipped() -> None:
    assert count(read(b"BEGIN:VCARD\r\n" * 10_000 + NEXT)) == {"Skipped": 10_000, "Remark": 10_000, "Person": 1}


@rows(("begins", "ends"), [(10_000, 0), (50_000, 50_000)])
def test_assistants_of_assistants_cost_one_property(begins: int, ends: int) -> None:
    nested = OPEN + b"AGENT:\r\nBEGIN:VCARD\r\n" * begins + END * ends + b"TEL:1\r\n" + END * bool(ends)
    assert names(read(nested + NEXT)) == ["Ann Lee", "Bob Lee"]


@rows("line", [b"EMAIL:a@b\r\n", b"X\r\n", b"X-A:1\r\n"])
def test_a_card_of_very_many_lines_is_cut(line: bytes) -> None:
    found = read(OPEN + line * 50_000 + END + NEXT)
    assert names(found) == ["Ann Lee", "Bob Lee"]
    assert any(isinstance(item, Remark) and "over 5,000 properties" in item.text for item in found)
    assert len(found) < 6


def test_very_many_lines_outside_of_cards_are_one_remark() -> None:
    assert count(read(b"X:1\r\n" * 100_000 + NEXT)) == {"Person": 1, "Remark": 1}


GOOD = [
    (FIXTURES / "icloud-style-v3.vcf").read_bytes(),
    *(path.read_bytes() for path in sorted((FIXTURES / "folder").iterdir())),
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Doe;J\xf6;;;\r\nNOTE;QUOTED-PRINTABLE;CHARSET=cp1252:=F6=\r\n=FC\r\nAGENT:\r\n"
    b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\nBDAY:--0412\r\nPHOTO;BASE64:\r\n QQ==\r\n\r\nCATEGORIES:a,b\r\nEND:VCARD\r\n",
]
PIECE = st.binary(max_size=4) | st.sampled_from(
    [b"\r\n", b"\n ", b"\r", b"\0", b'"', b";", b":", b"=\r\n", b"\\", b"^", b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"AGENT:\r\n",
     b"ENCODING=QUOTED-PRINTABLE", b";ENCODING=b", b";CHARSET=utf-7", b";CHARSET=big5", b"\xff\xfe", b"\xed\xa0\x80", b"BDAY:",
     b"UID:", b"PRODID:-//netjournal//\r\n"]
)  # fmt: skip
CHANGES = st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 40), PIECE), max_size=8)


@settings(
    max_examples=tries(100),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(GOOD) | st.binary(max_size=200), CHANGES)
def test_no_bytes_whatever_raise_anything_but_an_input_file_error(
    data: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    for at, length, piece in changes:
        data = data[:at] + piece + data[at + length :]
    source = from_bytes(data, "x.vcf")
    vcard.recognises(source)
    with suppress(InputFileError):
        for item in vcard.read(source, OPTIONS):
            if isinstance(item, Person):
                assert item.name.strip()
                assert 0 < len(item.external_id) <= 500
                assert len(item.rest or "") <= 20_000
                item.name.encode()


@rows("coding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_reading_of_wide_letters_that_is_broken_off_leaves_the_file_as_it_was(coding: str) -> None:
    file = BytesIO((OPEN + END + NEXT).decode().encode(coding))
    cards = iter(Cards(file, file.getvalue()[:64]))
    assert next(cards).line == 1
    del cards
    collect()
    assert not file.closed
