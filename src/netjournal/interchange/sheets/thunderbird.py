"""Thunderbird's CSV or tab-separated address book, in English, German or French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.interchange.sheets import days, table
from netjournal.interchange.sheets.people import Found, read_sheet
from netjournal.interchange.tabular import fold_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: In German, `Geburtstag` is the day of the month alone.
_HEADERS: Final = {
    "first": "First Name; Vorname; Prénom",
    "last": "Last Name; Nachname; Nom de famille; Nom",
    "display": "Display Name; Anzeigename; Nom à afficher",
    "alias": "Nickname; Spitzname; Surnom",
    "email": "Primary Email; Secondary Email; Primäre E-Mail-Adresse; Sekundäre E-Mail-Adresse; "
    "Adresse électronique principale; Adresse électronique secondaire",
    "phone": "Mobile Number; Work Phone; Home Phone; Mobil-Tel.-Nr.; Tel. dienstlich; Tel. privat; Portable; "
    "Tél. professionnel; Tél. personnel",
    "company": "Organization; Organisation; Société",
    "title": "Job Title; Titel; Profession",
    "url": "Web Page 1; Web Page 2; Webseite 1; Webseite 2; Site Web 1; Site Web 2",
    "year": "Birth Year; Geburtsjahr; Année de naissance",
    "month": "Birth Month; Geburtsmonat; Mois",
    "day": "Birth Day; Geburtstag; Jour",
    "note": "Notes; Notizen; Custom 1; Custom 2; Custom 3; Custom 4; Benutzerdef. 1; Benutzerdef. 2; Benutzerdef. 3; "
    "Benutzerdef. 4; Divers 1; Divers 2; Divers 3; Divers 4",
    "city": "Home City; Work City; Privat: Ort; Dienstlich: Ort",
}
_FIELD_OF: Final = {fold_column(spelt): field for field, listed in _HEADERS.items() for spelt in listed.split(";")}
_PRIMARY: Final = frozenset(
    map(fold_column, ("Primary Email", "Primäre E-Mail-Adresse", "Adresse électronique principale"))
)


def recognises(source: Source) -> bool:
    """Whether the beginning of a file holds Thunderbird's headers."""
    return table.begun(source, _known) is not None


def read(source: Source, options: Options) -> Iterator[Item]:
    """The people of a Thunderbird address book; raises InputFileError if no row is its header."""
    sheet = table.required(
        source,
        _known,
        options,
        "no address book of Thunderbird: no row holds its headers",
        "Export it as comma separated, or read it as `netj import csv FILE`.",
    )
    fields = [_FIELD_OF.get(fold_column(header)) for header in sheet.headers]
    plan = tuple((at, field) for at, field in enumerate(fields) if field is not None)
    unread = frozenset(at for at, field in enumerate(fields) if field is None)
    yield from read_sheet(sheet, unread, lambda cells: _collected(cells, plan), options)


def _known(headers: tuple[str, ...]) -> int:
    folded = {fold_column(header) for header in headers}
    known = len(folded & _FIELD_OF.keys())
    return known if folded & _PRIMARY and known >= 4 else 0


def _collected(cells: list[str], plan: tuple[tuple[int, str], ...]) -> Found:
    found: Found = {}
    for at, field in plan:
        if cells[at]:
            found.setdefault(field, []).append(cells[at])
    year, month, day = (found.pop(part, [""])[0] for part in ("year", "month", "day"))
    if birthday := days.parted(year, month, day):
        found["birthday"] = [birthday]
    if city := found.pop("city", None):
        found["location"] = city
    return found
