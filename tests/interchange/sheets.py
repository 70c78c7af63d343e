"""Tables of people, and what is read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from netjournal.interchange.records import Options, Person, Remark, Skipped
from netjournal.interchange.sheets import generic, google, outlook, thunderbird
from netjournal.interchange.sources import from_bytes

if TYPE_CHECKING:
    from types import ModuleType

    from netjournal.interchange.records import Item

FIXTURES: Final = Path(__file__).parent / "fixtures" / "sheets"
OPTIONS: Final = Options(date(2026, 11, 23))
READERS: Final = (google, outlook, thunderbird, generic)
#: People, rows that are nobody, rows that are wrong.
COUNTS: Final = {
    "google-2024.csv": (google, 4, 1, 0),
    "google-old.csv": (google, 2, 0, 0),
    "outlook-live.csv": (outlook, 2, 0, 0),
    "outlook-german.csv": (outlook, 3, 0, 0),
    "thunderbird.csv": (thunderbird, 2, 1, 0),
    "airtable.csv": (generic, 2, 0, 0),
    "excel-german.csv": (generic, 2, 0, 0),
    "notion.csv": (generic, 2, 1, 0),
}


def read(reader: ModuleType, data: bytes | str, options: Options = OPTIONS) -> list[Item]:
    source = from_bytes(data.encode() if isinstance(data, str) else data, "people.csv")
    return list(reader.read(source, options))


def fixture(name: str) -> list[Item]:
    return read(COUNTS[name][0], (FIXTURES / name).read_bytes())


def people(items: list[Item]) -> list[Person]:
    return [item for item in items if isinstance(item, Person)]


def said(items: list[Item]) -> list[tuple[int, str]]:
    return [(i.line, i.text if isinstance(i, Remark) else i.reason) for i in items if isinstance(i, (Remark, Skipped))]
