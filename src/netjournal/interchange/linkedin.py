"""LinkedIn's data export: the people in Connections.csv, of every era and as spreadsheets save it again."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple
from urllib.parse import quote, unquote_to_bytes

from netjournal.domain import text as free_text
from netjournal.errors import InputFileError, UsageError
from netjournal.interchange import tabular

HIDDEN: Final = "hidden member"

_NEEDED: Final = frozenset({"first_name", "connected_on"})
#: Spellings are folded. The German ones come from other importers: LinkedIn publishes no list.
_ALIASES: Final = {
    "firstname": "first_name",
    "lastname": "last_name",
    "url": "url",
    "profileurl": "url",
    "emailaddress": "email",
    "company": "company",
    "position": "title",
    "connectedon": "connected_on",
    "vorname": "first_name",
    "nachname": "last_name",
    "emailadresse": "email",
    "unternehmen": "company",
    "verbundenam": "connected_on",
}
_ENGLISH: Final = "january february march april may june july august september october november december"
_GERMAN: Final = "januar februar märz april mai juni juli august september oktober november dezember"
_MONTH: Final = {"sept": 9, "mrz": 3} | {
    spelt: n for names in (_ENGLISH, _GERMAN) for n, name in enumerate(names.split(), 1) for spelt in (name, name[:3])
}
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)?linkedin\.com/+(in|pub)/+([^?#]*)(?:[?#].*)?", re.IGNORECASE
)
#: Bytes looked at to tell what a file is; its preamble is one sentence.
_SNIFFED: Final = 65_536
_URL_LIMIT: Final = 500
_EMAIL_LIMIT: Final = 254


class ConnectionRecord(NamedTuple):
    """One person, and the line of the file that says so; company and title are those of the export's day.

    `external_id` is the profile's key where there is a profile, else made of the address, else of the name and
    the day of the connection, which later exports repeat.
    """

    line: int
    name: str
    url: str | None
    email: str | None
    company: str | None
    title: str | None
    connected_on: date | None
    external_id: str


class Warned(NamedTuple):
    """A line of the file and what is the matter with it; the reason never holds values of the row."""

    line: int
    reason: str


class Connections(NamedTuple):
    """What a file held: each of the `read` data rows is in `records` or in `skipped`."""

    records: tuple[ConnectionRecord, ...]
    read: int
    skipped: tuple[Warned, ...]
    warnings: tuple[Warned, ...]


def is_connections(data: bytes) -> bool:
    """Whether the beginning of a file holds the header row of Connections.csv."""
    return tabular.read_table(tabular.decode(data[:_SNIFFED]).text, _ALIASES, _NEEDED) is not None


def read_connections(data: bytes) -> Connections:
    """The people in a Connections.csv; raises InputFileError if no row is its header."""
    text, assumed = tabular.decode(data)
    table = tabular.read_table(text, _ALIASES, _NEEDED, one_line_rows=True)
    if table is None:
        raise InputFileError(
            "This is no Connections.csv of LinkedIn: no row holds both `First Name` and `Connected On`.",
            "Give the file as LinkedIn exports it; a copy saved by a spreadsheet must keep its header row.",
        )
    records: list[ConnectionRecord] = []
    works: dict[str, tuple[str | None, str | None]] = {}
    skipped = [Warned(*fault) for fault in table.faults]
    warnings = [Warned(1, "not UTF-8: read as Windows-1252")] if assumed else []
    for row in table.rows:
        values = {column: " ".join(value.split()) for column, value in row.values.items()}
        reason = _refused(values)
        if reason is None:
            records.append(_distinct(_record(row.line, values, warnings), works))
        else:
            skipped.append(Warned(row.line, reason))
    return Connections(tuple(records), len(table.rows) + len(table.faults), tuple(sorted(skipped)), tuple(warnings))


def profile_key(url: str) -> str | None:
    """What identifies a profile in any spelling of its address (`in/ingrid-solberg`), or None if it is no profile."""
    found = _PROFILE.fullmatch(url.strip())
    if found is None:
        return None
    # Old public profiles have several parts; newer ones may end in a language.
    parts = [_decoded(part) for part in found[2].split("/") if part]
    kind = found[1].lower()
    slug = "/".join(parts if kind == "pub" else parts[:1])
    return f"{kind}/{slug}" if slug else None


def clean_url(url: str) -> str:
    """The form of an address to store: of all spellings of one profile the same, of others as it is without blanks."""
    key = profile_key(url)
    return url.strip() if key is None else f"https://www.linkedin.com/{quote(key, safe='/%')}"


def _decoded(part: str) -> str:
    try:
        decoded = unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        decoded = "%"
    if not {"/", "?", "#", "%"}.isdisjoint(decoded):
        # What cannot be decoded and written back the same stays as it is: two profiles must not become one.
        return quote(part, safe="%").lower()
    return unicodedata.normalize("NFC", "".join(c for c in decoded if c.isprintable()).lower().strip())


def _display_name(values: dict[str, str]) -> str:
    return f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()


def _refused(values: dict[str, str]) -> str | None:
    """Why a row makes no person, or None if it makes one."""
    name = _display_name(values)
    if not name:
        others = any(values.get(column) for column in ("url", "email", "company", "title"))
        return "no name" if others else HIDDEN
    for column, value in (("name", name), ("company", values.get("company")), ("title", values.get("title"))):
        if value and len(value) > free_text.NAME_LIMIT:
            return f"its {column} has over {free_text.NAME_LIMIT} characters"
    try:
        free_text.name(name, "The name")
    except UsageError:
        return "no name that can be seen"
    return None


def _record(line: int, values: dict[str, str], warnings: list[Warned]) -> ConnectionRecord:
    name, company = _display_name(values), values.get("company") or None
    url, email, typed_day = values.get("url"), values.get("email"), values.get("connected_on")
    if url and (len(url) > _URL_LIMIT or (profile_key(url) is None and not re.match(r"https?://[^\s/]", url, re.I))):
        warnings.append(Warned(line, "its URL cannot be used"))
        url = None
    if email and (len(email) > _EMAIL_LIMIT or not re.fullmatch(r"[^\s@]+@[^\s@]+", email)):
        warnings.append(Warned(line, "its e-mail address cannot be used"))
        email = None
    connected_on = _day(typed_day) if typed_day else None
    if typed_day and connected_on is None:
        warnings.append(Warned(line, "its `Connected On` is no day that can be read"))
    external_id = profile_key(url) if url else None
    if external_id is None and email:
        external_id = f"email:{_fold(email)}"
    if external_id is None:
        # Company and title change from one export to the next; the day of the connection does not.
        external_id = f"name:{_fold(name)}|{connected_on or _fold(company or '')}"
    return ConnectionRecord(
        line, name, clean_url(url) if url else None, email or None, company, values.get("title") or None,
        connected_on, external_id,
    )  # fmt: skip


def _distinct(record: ConnectionRecord, works: dict[str, tuple[str | None, str | None]]) -> ConnectionRecord:
    """Keep apart two people of one name and day in one file, who are known only by where they work."""
    work = (record.company, record.title)
    if record.external_id.startswith("name:") and works.setdefault(record.external_id, work) != work:
        return record._replace(external_id=f"{record.external_id}|{_fold(' '.join(part or '' for part in work))}")
    return record


def _fold(text: str) -> str:
    # Part of stored keys: it must not change with the folding that searches use.
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("|", " ").split())


def _day(text: str) -> date | None:
    """The day of a `Connected On`: `2 Nov 2023`, `4-Apr-21`, `05 Mär 2024` or ISO; all else is None, never a guess."""
    text = unicodedata.normalize("NFC", text)
    try:
        if found := re.fullmatch(r"([0-9]{1,2})\.?[- ]([^\W\d_]+)\.?[- ]([0-9]{4}|[0-9]{2})", text):
            month = _MONTH[found[2].casefold()]
            year = int(found[3])
            if len(found[3]) == 2:
                # As spreadsheets shorten it; LinkedIn is younger than the century.
                year = 2000 + year if year < 69 else 0
            return date(year, month, int(found[1]))
        if found := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except (KeyError, ValueError):
        pass
    return None
