"""Outlook's CSV: that of Outlook.com, of the desktop in English, German or French, and Google's copy of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange.records import Remark
from netjournal.interchange.sheets import table, values
from netjournal.interchange.sheets.people import Found, read_sheet
from netjournal.interchange.tabular import fold_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

_HEADERS: Final = {
    "first": "First Name; Vorname; Prénom",
    "middle": "Middle Name; Weitere Vornamen; Deuxième prénom",
    "last": "Last Name; Nachname; Nom",
    "alias": "Nickname; Spitzname; Surnom",
    "company": "Company; Firma; Société",
    "title": "Job Title; Position; Profession",
    "phone": "Mobile Phone; Mobile Phone 2; Business Phone; Business Phone 2; Home Phone; Home Phone 2; Primary Phone; "
    "Other Phone; Car Phone; Mobiltelefon; Mobiltelefon 2; Telefon geschäftlich; Telefon geschäftlich 2; Telefon privat; "
    "Telefon privat 2; Haupttelefon; Weiteres Telefon; Autotelefon; Tél. mobile; Téléphone (bureau); "
    "Téléphone 2 (bureau); Téléphone (domicile); Téléphone 2 (domicile); Téléphone principal; Téléphone (autre)",
    "url": "Web Page; Personal Web Page; Business Homepage; Webseite; Page Web",
    "birthday": "Birthday; Geburtstag; Anniversaire",
    "note": "Notes; Notizen",
    "topics": "Categories; Kategorien; Catégories",
    "location": "Location",
    "city": "Home City; Business City; Other City; Ort privat; Ort geschäftlich; Ville (domicile); Ville (bureau)",
}
_FIELD_OF: Final = {fold_column(spelt): field for field, listed in _HEADERS.items() for spelt in listed.split(";")}
#: Folded: `E-mail 2 Address`, `E-Mail: Angezeigter Name`, `Type de messagerie 2`.
_ADDRESS: Final = re.compile(
    r"email([23]?)(address|type|displayname|adresse|typ|angezeigtername)"
    r"|(?:adresse|type|nomcomplet)(?:de|deladressede)messagerie([23]?)"
)
#: Columns that nobody else calls so: two of them are enough.
_MARKED: Final = (
    "E-mail 2 Address; Business Phone; Business Street; Business City; Home Street; Business Fax; Company Main Phone; "
    "E-mail Type; E-mail Display Name; Telefon geschäftlich; Straße geschäftlich; Ort geschäftlich; E-Mail 2: Adresse; "
    "E-Mail-Typ; E-Mail: Angezeigter Name; Téléphone (bureau); Rue (bureau); Ville (bureau); Adresse de messagerie; "
    "Type de messagerie; Nom complet de l'adresse de messagerie; Tél. mobile"
)
_MARKS: Final = frozenset(map(fold_column, _MARKED.split(";")))
#: What Outlook writes into every row, and names kept for sorting.
_FILLED: Final = (
    "priority private sensitivity initials language gender givenyomi surnameyomi companyyomi priorität privat vertraulichkeit "
    "initialen sprache geschlecht priorité privé critèrediffusion initiales langue sexe"
)
_QUIET: Final = frozenset(_FILLED.split())
#: Groups that Google makes by itself.
_GOOGLES: Final = frozenset({"mycontacts", "starred", "othercontacts"})
EXCHANGE: Final = "its Exchange name is no e-mail address"


class _Plan(NamedTuple):
    plain: tuple[tuple[int, str], ...]
    #: The columns of each address and of the name shown beside it.
    addresses: tuple[tuple[int | None, int | None], ...]
    unread: frozenset[int]


def recognises(source: Source) -> bool:
    """Whether the beginning of a file holds Outlook's headers."""
    return table.begun(source, _known) is not None


def read(source: Source, options: Options) -> Iterator[Item]:
    """The people of an Outlook CSV; raises InputFileError if no row is its header."""
    sheet = table.required(
        source,
        _known,
        options,
        "no CSV of Outlook in English, German or French: no row holds its headers",
        "Read it as `netj import csv FILE`, and say with --map what its columns are.",
    )
    plan = _planned(sheet.headers)
    nameless = 0

    def collect(cells: list[str]) -> Found:
        nonlocal nameless
        found, lost = _collected(cells, plan)
        nameless += lost
        return found

    for item in read_sheet(sheet, plan.unread, collect, options):
        if nameless:
            yield Remark(item.line, EXCHANGE)
            nameless = 0
        yield item


def _known(headers: tuple[str, ...]) -> int:
    folded = {fold_column(header) for header in headers}
    address = any(_ADDRESS.fullmatch(header) for header in folded)
    if not address or len(folded & _MARKS) < 2:
        return 0
    return len(folded & (_FIELD_OF.keys() | _MARKS))


def _planned(headers: tuple[str, ...]) -> _Plan:
    plain: list[tuple[int, str]] = []
    addresses: dict[str, list[int | None]] = {}
    unread: set[int] = set()
    for at, header in enumerate(headers):
        folded = fold_column(header)
        if found := _ADDRESS.fullmatch(folded):
            pair = addresses.setdefault(found[1] or found[3] or "", [None, None])
            if "name" in folded or folded.startswith("nomcomplet"):
                pair[1] = at
            elif "typ" not in folded:
                pair[0] = at
        elif folded in _FIELD_OF:
            plain.append((at, _FIELD_OF[folded]))
        elif folded not in _QUIET:
            unread.add(at)
    return _Plan(tuple(plain), tuple((pair[0], pair[1]) for pair in addresses.values()), frozenset(unread))


def _collected(cells: list[str], plan: _Plan) -> tuple[Found, int]:
    """The values of a row, and how many of its addresses are names inside Exchange that lead nowhere from here."""
    found: Found = {}
    for at, field in plan.plain:
        if cells[at]:
            found.setdefault(field, []).append(cells[at])
    if "topics" in found:
        groups = [group for cell in found["topics"] for group in re.split("[;,]", cell)]
        found["topics"] = [group for group in groups if group.strip().casefold() not in _GOOGLES]
    if city := found.pop("city", None):
        found.setdefault("location", []).extend(city)
    lost = 0
    for address_at, shown_at in plan.addresses:
        address = cells[address_at] if address_at is not None else ""
        shown = cells[shown_at] if shown_at is not None else ""
        if address.startswith("/"):
            # `/o=ExchangeLabs/…`: the real one may stand in the name that is shown.
            lost += not values.emails([shown])[0]
            address = ""
        if address or values.emails([shown])[0]:
            found.setdefault("email", []).append(address or shown)
        name = values.one_line(re.sub(r"[(<][^()<>]*@[^()<>]*[)>]", "", shown)).strip("'\"")
        if name and "@" not in name:
            found.setdefault("display", []).append(name)
    return found, lost
