"""Contacts to cards, in 3.0 or 4.0: what a card said beyond the journal is given back where it still fits."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from netjournal.interchange.vcard import kept
from netjournal.interchange.vcard.properties import clean, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netjournal.interchange.vcard.properties import Property

Version = Literal["3.0", "4.0"]

PRODUCT: Final = "-//netjournal//netjournal//EN"
#: Octets of a line without its end. Source: RFC 2426 section 2.6, RFC 6350 section 3.2.
_WIDTH: Final = 75
_UID: Final = re.compile(r"([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})")
_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|--[0-9]{2}-[0-9]{2}")


def write_cards(records: Iterable[Mapping[str, Any]], file: IO[bytes], version: Version) -> int:
    """Write the contacts among export records as cards, and return how many they are.

    A record's `card` is what was kept of the card that the contact came from (`Person.rest`), or None.
    """
    count = 0
    for record in records:
        if record["type"] == "contact":
            file.write(b"".join(map(fold, _card(record, version))))
            count += 1
    return count


def fold(line: str) -> bytes:
    """A property line in lines of at most 75 octets, no character of it in two of them."""
    data = clean(line).replace("\n", " ").encode("utf-8", "replace")
    parts: list[bytes] = []
    start, width = 0, _WIDTH
    while len(data) - start > width:
        end = start + width
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end])
        # The blank that begins the next line is one of its octets.
        start, width = end, _WIDTH - 1
    return b"\r\n ".join((*parts, data[start:])) + b"\r\n"


def _card(record: Mapping[str, Any], version: Version) -> Iterator[str]:
    yield from ("BEGIN:VCARD", f"VERSION:{version}", f"PRODID:{PRODUCT}")
    yield from map(str, kept.labelled(_properties(record, version)))
    if found := _UID.fullmatch(record["uid"] or ""):
        yield f"UID:urn:uuid:{'-'.join(found.groups())}"
    changed = record["changed_at"] or ""
    if _INSTANT.fullmatch(changed):
        yield "REV:" + (changed if version == "3.0" else changed.replace("-", "").replace(":", ""))
    yield "END:VCARD"


def _properties(record: Mapping[str, Any], version: Version) -> Iterator[Property]:
    """What the record says, each value in the property that it was kept with, then what else was kept."""
    rest = kept.split_lines(record.get("card"))
    work = _current(record)
    yield kept.made("FN", escape(record["name"]))
    yield _name(record["name"], rest)
    if record["aliases"]:
        yield kept.made("NICKNAME", ",".join(map(escape, record["aliases"])))
    yield from _methods(record, rest)
    yield from _works(work, rest)
    if record["location"] and record["location"] not in (kept.place(e.value) for e in rest if e.name == "ADR"):
        yield kept.made("ADR", kept.place_value(record["location"]))
    if record["birthday"] and _DAY.fullmatch(record["birthday"]):
        yield _birthday(record["birthday"], version)
    if record["note"]:
        yield kept.made("NOTE", escape(record["note"]))
    if record["topics"]:
        yield kept.made("CATEGORIES", ",".join(map(escape, record["topics"])))
    yield from (each for each in rest if _stays(each, record, work))


def _name(name: str, rest: list[Property]) -> Property:
    for each in rest:
        if each.name == "N" and kept.fits_name(kept.name_components(each.value), name):
            return each
    family, given = kept.name_parts(name)
    return kept.made("N", f"{escape(family)};{escape(given)};;;")


def _methods(record: Mapping[str, Any], rest: list[Property]) -> Iterator[Property]:
    told = {(kind, kept.method_key(kind, value)): each for each in rest for kind, value in [kept.method(each)] if value}
    for kind, field in (("EMAIL", "emails"), ("TEL", "phones"), ("URL", "urls")):
        for text in record[field]:
            value = kept.escape_link(text) if kind == "URL" else escape(text)
            as_kept = told.get((kind, kept.method_key(kind, text)))
            yield as_kept._replace(value=value) if as_kept else kept.made(kind, value)


def _works(work: Mapping[str, Any], rest: list[Property]) -> Iterator[Property]:
    company = work.get("organization")
    if company:
        same = (each for each in rest if each.name == "ORG" and kept.first_component(each.value) == company)
        yield next(same, kept.made("ORG", escape(company)))
    if work.get("title"):
        yield kept.made("TITLE", escape(work["title"]))


def _birthday(day: str, version: Version) -> Property:
    if version == "4.0":
        return kept.made("BDAY", "--" + day[2:].replace("-", "") if day.startswith("--") else day.replace("-", ""))
    if day.startswith("--"):
        return kept.made("BDAY", f"1604{day[1:]}")._replace(params=("X-APPLE-OMIT-YEAR=1604",))
    return kept.made("BDAY", day)


def _current(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where somebody works: of several places the last one told."""
    found = [each for each in record["affiliations"] if each["until"] is None]
    return found[-1] if found else {}


def _stays(each: Property, record: Mapping[str, Any], work: Mapping[str, Any]) -> bool:
    """Whether a kept property is written as it is: it has no place of its own, and the record says nothing else."""
    if each.name == "N":
        return False
    if each.name == "BDAY":
        return record["birthday"] is None
    if each.name in ("TITLE", "ROLE"):
        # Alone, it would be read as the title that was taken away.
        return bool(work.get("title"))
    if each.name == "ORG":
        named = kept.first_component(each.value)
        known = {other["organization"] for other in record["affiliations"]}
        # Alone, it would be read as where somebody works; one with departments only is never.
        return not named or (bool(work.get("organization")) and named not in known)
    return kept.method(each)[1] is None
