"""Cards in few words, and what is read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from netjournal.interchange import vcard
from netjournal.interchange.records import Item, Options, Person, Remark
from netjournal.interchange.sources import from_bytes

FIXTURES: Final = Path(__file__).parent / "fixtures" / "vcard"
#: The UID of the cards here; a journal's own uid is the same without its hyphens.
UUID: Final = "0f5e1b6c-1111-4222-8333-abcdef000001"
OPTIONS: Final = Options(today=date(2026, 11, 23))


def items(data: bytes | str, name: str = "cards.vcf") -> list[Item]:
    return list(vcard.read(from_bytes(data.encode() if isinstance(data, str) else data, name), OPTIONS))


def people(data: bytes | str) -> list[Person]:
    return [item for item in items(data) if isinstance(item, Person)]


def remarks(data: bytes | str) -> list[tuple[int, str]]:
    return [(item.line, item.text) for item in items(data) if isinstance(item, Remark)]


def card(*lines: str, name: str | None = "FN:Ann Lee", version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *([name] if name else []), *lines, "END:VCARD", ""))


def person(*lines: str, name: str | None = "FN:Ann Lee") -> Person:
    (found,) = people(card(*lines, name=name))
    return found
