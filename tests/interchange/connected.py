"""Files of connections, and what is read from them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange import reasons
from netjournal.interchange.linkedin import layouts
from netjournal.interchange.linkedin.connections import items
from netjournal.interchange.records import Person, Remark, Skipped

FIXTURES = Path(__file__).parent / "fixtures"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROW = "Ingrid,Solberg,https://www.linkedin.com/in/ingrid-solberg,,Contoso,Head of Data,07 Jun 2022\n"


class Connections(NamedTuple):
    people: tuple[Person, ...]
    skipped: tuple[tuple[int, str], ...]
    warnings: tuple[tuple[int, str], ...]

    @property
    def read(self) -> int:
        return len(self.people) + len(self.skipped)


def read_connections(data: bytes) -> Connections:
    loaded = layouts.load(data, "connections")
    if loaded is None:
        raise InputFileError("no header")
    found = list(items(loaded))
    return Connections(
        tuple(item for item in found if isinstance(item, Person)),
        tuple((item.line, item.reason) for item in found if isinstance(item, Skipped)),
        ((0, reasons.ASSUMED),) * loaded.assumed
        + tuple((item.line, item.text) for item in found if isinstance(item, Remark)),
    )


def read(name: str) -> Connections:
    data = (FIXTURES / name).read_bytes()
    assert layouts.kind_of(data) == "connections"
    return read_connections(data)


def one(row: str) -> Person:
    (record,) = read_connections((HEADER + row).encode()).people
    return record


def skipped(found: Connections) -> dict[int, str]:
    return dict(found.skipped)
