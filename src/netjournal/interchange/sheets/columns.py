"""What the columns of any table mean: by their headers, without regard to case and punctuation, or as the user says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.errors import UsageError
from netjournal.interchange.tabular import fold_column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What a map may say of a column.
FIELDS: Final = (
    "name",
    "first",
    "last",
    "email",
    "phone",
    "company",
    "title",
    "location",
    "birthday",
    "url",
    "note",
    "topics",
    "alias",
    "connected_on",
    "skip",
)
#: One of these is needed to tell who a row is about.
NAMING: Final = frozenset({"name", "first", "last", "email"})

#: English, then what German and French offices write. `met` and `middle` are no fields to map to.
_HEADERS: Final = {
    "name": "name; full name; display name; contact name; person; person name; vollständiger name; nom complet",
    "first": "first; first name; given; given name; forename; vorname; prénom",
    "middle": "middle name; additional name; second name; zweiter vorname; deuxième prénom",
    "last": "last; last name; family; family name; surname; nachname; familienname; zuname; nom de famille",
    "email": "email; emails; e-mail; email address; email addresses; mail; mail address; emailadresse; mailadresse; "
    "courriel; adresse e-mail; adresse électronique",
    "phone": "phone; phones; phone number; phone numbers; telephone; telephone number; tel; mobile; mobile number; cell; "
    "telefon; telefonnummer; handy; handynummer; mobil; mobilnummer; mobiltelefon; téléphone; portable",
    "company": "company; company name; organisation; organization; organization name; organisation name; org; employer; "
    "account; account name; current company; associated company; firma; unternehmen; arbeitgeber; société; entreprise",
    "title": "title; job title; position; role; current position; current title; job; occupation; headline; "
    "berufsbezeichnung; funktion; poste; fonction",
    "location": "location; city; town; place; home city; mailing city; ort; stadt; wohnort; standort; ville; lieu",
    "birthday": "birthday; birth date; birthdate; date of birth; dob; bday; geburtstag; geburtsdatum; date de naissance; "
    "anniversaire",
    "url": "url; urls; link; links; website; web site; web page; homepage; linkedin; linkedin url; linkedin profile; "
    "linkedin profile url; profile; profile url; web; webseite; internetseite; site web",
    "note": "note; notes; comment; comments; remark; remarks; memo; notiz; notizen; bemerkung; bemerkungen; kommentar; "
    "commentaire; commentaires; remarques",
    "topics": "topic; topics; tag; tags; label; labels; category; categories; interests; keywords; schlagworte; "
    "schlagwörter; kategorie; kategorien; catégorie; catégories; étiquettes",
    "alias": "alias; aliases; nickname; nick name; nicknames; also known as; aka; spitzname; surnom",
    "connected_on": "connected on; connected",
    "met": "met; how we met; how met; how did we meet; where we met; met at; kennengelernt",
}
_FIELD_OF: Final = {fold_column(spelt): field for field, listed in _HEADERS.items() for spelt in listed.split(";")}
#: `Work Email`, `Mobile Phone 2`, `E-mail 1`: places and numbers say nothing that is kept.
_PLACED: Final = re.compile(
    r"(?:work|home|personal|private|business|office|primary|secondary|main|other|mobile|cell|direct|privat|geschäftlich)?"
    r"(?:(?P<email>email|mail|emailaddress|emailadresse)|(?P<phone>phone|phonenumber|telephone|telefon|tel|mobile)"
    r"|(?P<url>website|webpage|url))"
    r"[0-9]{0,2}(?:work|home|privat|geschäftlich|value)?"
)
_LAST_OR_NAME: Final = frozenset({"name", "nom"})


def _known(folded: str) -> str | None:
    if folded in _FIELD_OF:
        return _FIELD_OF[folded]
    found = _PLACED.fullmatch(folded) if len(folded) < 60 else None
    return found.lastgroup if found else None


def assigned(headers: Sequence[str], columns: Mapping[str, str]) -> tuple[str | None, ...]:
    """The field of each column: what `columns` says of its folded header, else what the header is known to mean.

    Beside the fields of FIELDS a column may be "middle" or "met".
    """
    folded = [fold_column(header) for header in headers]
    fields = [columns.get(spelt) or _known(spelt) for spelt in folded]
    if "first" in fields and "last" not in fields:
        # `Vorname;Name` and `Prénom;Nom` part a name in two.
        fields = [
            "last" if spelt in _LAST_OR_NAME and spelt not in columns else field
            for spelt, field in zip(folded, fields, strict=True)
        ]
    return tuple(fields)


def parse_map(words: Sequence[str], saved: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Folded headers and their fields, from words that are each `Header=field` or the name of a saved map.

    The last `=` of a word parts it; a later word outdoes an earlier one. Raises UsageError.
    """
    columns: dict[str, str] = {}
    for word in words:
        header, sign, field = word.rpartition("=")
        if sign:
            columns[_header(header)] = _field(field)
        elif word in saved:
            columns |= {_header(spelt): _field(named) for spelt, named in saved[word].items()}
        else:
            known = (
                f"Saved maps: {', '.join(sorted(saved))}." if saved else 'A column is told as "Email Address=email".'
            )
            raise UsageError(f"There is no saved map '{word}'.", known)
    return columns


def _header(typed: str) -> str:
    folded = fold_column(typed)
    if not folded:
        raise UsageError("A map names a column by its header.", 'Write it like "Email Address=email".')
    return folded


def _field(typed: str) -> str:
    field = typed.strip().casefold()
    if field not in FIELDS:
        raise UsageError(f"There is no field '{typed.strip()}' to map to.", f"Fields: {', '.join(FIELDS)}.")
    return field
