"""Cards that we write, in few words, and what is read from them again."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any

from cards import OPTIONS, UUID

from netjournal.interchange import vcard
from netjournal.interchange.records import Person
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.vcard.writer import Version, write_cards

UID = UUID.replace("-", "")
VERSIONS: tuple[Version, ...] = ("3.0", "4.0")


def read(data: bytes) -> list[Person]:
    return [item for item in vcard.read(from_bytes(data), OPTIONS) if isinstance(item, Person)]


def record(**values: Any) -> dict[str, Any]:
    """A contact as the journal exports it."""
    nothing: dict[str, Any] = dict.fromkeys(("location", "birthday", "note", "card"))
    lists: dict[str, Any] = {name: [] for name in ("aliases", "emails", "phones", "urls", "affiliations", "topics")}
    fixed = {"type": "contact", "uid": UID, "name": "Ann Lee", "changed_at": "2026-11-22T10:15:00Z"}
    return {**nothing, **lists, **fixed, **values}


def job(organization: str | None, title: str | None = None, until: str | None = None) -> dict[str, Any]:
    return {"organization": organization, "title": title, "since": None, "until": until}


def record_of(person: Person) -> dict[str, Any]:
    """The record that a journal which knows nothing else makes of a person."""
    values = {name: list(getattr(person, name)) for name in ("aliases", "emails", "phones", "urls", "topics")}
    work = [job(person.company, person.title)] if person.company or person.title else []
    single = {name: getattr(person, name) for name in ("name", "location", "birthday", "note")}
    return record(**values, **single, affiliations=work, card=person.rest)


def written(version: Version, *records: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    assert write_cards(records, file, version) == len(records)
    return file.getvalue()


def again(version: Version, *people: Person) -> list[Person]:
    return read(written(version, *map(record_of, people)))


def bare(person: Person) -> Person:
    return person._replace(line=0, external_id="", uid=None)


def digits(number: str) -> str:
    return re.sub(r"[^0-9+]", "", number)


def folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("|", " ").split())


def lines_of(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")
