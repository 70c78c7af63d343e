"""Google Contacts CSV, with the headers before 2024 and since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange.sheets import table, values
from netjournal.interchange.sheets.people import Found, read_sheet
from netjournal.interchange.tabular import fold_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: As many of each as the fullest contact of the file has.
_NUMBERED: Final = re.compile(
    r"(E-?mail|Phone|Address|Organization|Website|Relation|Custom Field|Event|IM) ([0-9]{1,4}) - (.{1,40})",
    re.IGNORECASE,
)
_PLAIN: Final = {
    "name": "display",
    "givenname": "first",
    "firstname": "first",
    "additionalname": "middle",
    "middlename": "middle",
    "familyname": "last",
    "lastname": "last",
    "nickname": "alias",
    "organizationname": "company",
    "organizationtitle": "title",
    "birthday": "birthday",
    "notes": "note",
    "location": "location",
    "labels": "topics",
    "groupmembership": "topics",
}
#: What Google fills in by itself, or keeps for sorting.
_QUIET: Final = re.compile("photo|fileas|phonetic.*|.*yomi.*")
_LABELS: Final = ("label", "type", "service")
#: Entries that have no field here and are worth a line of the note.
_REMEMBERED: Final = ("custom field", "relation", "event", "im")
#: A handful of the plain names; the numbered ones are nobody else's.
_MARKS: Final = (
    {"givenname", "familyname", "groupmembership"},
    {"firstname", "lastname", "organizationname", "labels"},
)


class _Plan(NamedTuple):
    """Where things stand: columns of one field, and those of each numbered entry by part."""

    plain: tuple[tuple[int, str], ...]
    entries: tuple[tuple[str, dict[str, int]], ...]
    unread: frozenset[int]


def recognises(source: Source) -> bool:
    """Whether the beginning of a file holds Google's headers, old or new."""
    return table.begun(source, _known) is not None


def read(source: Source, options: Options) -> Iterator[Item]:
    """The people of a Google Contacts CSV; raises InputFileError if no row is its header."""
    sheet = table.required(
        source,
        _known,
        options,
        "no CSV of Google Contacts: no row holds its headers",
        "Export it from contacts.google.com as Google CSV, or read it as `netj import csv FILE`.",
    )
    plan = _planned(sheet.headers)
    yield from read_sheet(sheet, plan.unread, lambda cells: _collected(cells, plan), options)


def _known(headers: tuple[str, ...]) -> int:
    folded = {fold_column(header) for header in headers}
    numbered = sum(_NUMBERED.fullmatch(header) is not None for header in headers)
    if any(marks <= folded for marks in _MARKS) or (numbered and not folded.isdisjoint(_PLAIN)):
        return numbered + len(folded & _PLAIN.keys())
    return 0


def _planned(headers: tuple[str, ...]) -> _Plan:
    plain: list[tuple[int, str]] = []
    entries: dict[tuple[str, int], dict[str, int]] = {}
    unread: set[int] = set()
    for at, header in enumerate(headers):
        folded = fold_column(header)
        if found := _NUMBERED.fullmatch(header):
            kind = found[1].casefold().replace("-", "")
            entries.setdefault((kind, int(found[2])), {}).setdefault(found[3].casefold(), at)
        elif folded in _PLAIN:
            plain.append((at, _PLAIN[folded]))
        elif not _QUIET.fullmatch(folded):
            unread.add(at)
    for (kind, _), parts in entries.items():
        read = {"organization": {"name", "title"}, "address": {"city", "country", "formatted", "street"}}.get(
            kind, {"value"}
        )
        unread |= {at for part, at in parts.items() if part not in read and part not in _LABELS and "yomi" not in part}
    return _Plan(tuple(plain), tuple((kind, parts) for (kind, _), parts in entries.items()), frozenset(unread))


def _collected(cells: list[str], plan: _Plan) -> Found:
    found: Found = {}
    for at, field in plan.plain:
        if cells[at]:
            found.setdefault(field, []).append(cells[at])
    told: list[tuple[bool, str, str, dict[str, str]]] = []
    for kind, columns in plan.entries:
        parts = {part: cells[at] for part, at in columns.items() if cells[at]}
        if any(part not in _LABELS for part in parts):
            label = next((parts[part] for part in _LABELS if part in parts), "")
            # `* Work` is the entry to prefer; the sort keeps the order of the others.
            told.append((not label.startswith("*"), kind, label.lstrip("* "), parts))
    for _, kind, label, parts in sorted(told, key=lambda entry: entry[0]):
        for field, value in _fields(kind, label, parts):
            found.setdefault(field, []).append(value)
    return found


def _fields(kind: str, label: str, parts: dict[str, str]) -> Iterable[tuple[str, str]]:
    if kind == "organization":
        return [(field, parts[part]) for part, field in (("name", "company"), ("title", "title")) if part in parts]
    if kind == "address":
        # Where the parts are joined, the first of each belong together.
        place = [values.one_line(parts.get(part, "").split(values.JOINED)[0]) for part in ("city", "country")]
        told = ", ".join(filter(None, place))
        return [("location", told)] if told else []
    value = parts.get("value")
    if not value:
        return []
    if kind in _REMEMBERED:
        return [("note", f"{label or kind}: {values.one_line(value)}")]
    return [({"email": "email", "phone": "phone", "website": "url"}[kind], value)]
