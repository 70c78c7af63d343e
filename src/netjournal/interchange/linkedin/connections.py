"""The people in Connections.csv, of every era and as spreadsheets save it again."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import text as free_text
from netjournal.errors import UsageError
from netjournal.interchange.keys import bounded, fold_key
from netjournal.interchange.profiles import URL_LIMIT, clean_url, profile_key
from netjournal.interchange.records import Person, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.linkedin.sniff import Loaded
    from netjournal.interchange.records import Item

HIDDEN: Final = "hidden member"

_ENGLISH: Final = "january february march april may june july august september october november december"
_GERMAN: Final = "januar februar märz april mai juni juli august september oktober november dezember"
_MONTH: Final = {"sept": 9, "mrz": 3} | {
    spelt: n for names in (_ENGLISH, _GERMAN) for n, name in enumerate(names.split(), 1) for spelt in (name, name[:3])
}
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


def items(loaded: Loaded) -> Iterator[Item]:
    """The people of a file, what was left out and what is doubted, in its order."""
    found = people_of(loaded)
    read: list[Item] = [
        Person(r.line, r.external_id, r.name, _one(r.url), _one(r.email), r.company, r.title, r.connected_on)
        for r in found.records
    ]
    read += [Skipped(line, reason, bad=reason != HIDDEN) for line, reason in found.skipped]
    read += [Remark(line, reason) for line, reason in found.warnings]
    return iter(sorted(read, key=lambda item: item.line))


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def people_of(loaded: Loaded) -> Connections:
    """The people in the rows of a Connections.csv."""
    table = loaded.table
    records: list[ConnectionRecord] = []
    works: dict[str, tuple[str | None, str | None]] = {}
    skipped = [Warned(*fault) for fault in table.faults]
    warnings: list[Warned] = []
    for row in table.rows:
        values = {column: " ".join(value.split()) for column, value in row.values.items()}
        reason = _refused(values)
        if reason is None:
            records.append(_distinct(_record(row.line, values, warnings), works))
        else:
            skipped.append(Warned(row.line, reason))
    return Connections(tuple(records), len(table.rows) + len(table.faults), tuple(sorted(skipped)), tuple(warnings))


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
    if url and (len(url) > URL_LIMIT or (profile_key(url) is None and not re.match(r"https?://[^\s/]", url, re.I))):
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
        external_id = f"email:{fold_key(email)}"
    if external_id is None:
        # Company and title change from one export to the next; the day of the connection does not.
        external_id = f"name:{fold_key(name)}|{connected_on or fold_key(company or '')}"
    return ConnectionRecord(
        line, name, clean_url(url) if url else None, email or None, company, values.get("title") or None,
        connected_on, bounded(external_id),
    )  # fmt: skip


def _distinct(record: ConnectionRecord, works: dict[str, tuple[str | None, str | None]]) -> ConnectionRecord:
    """Keep apart two people of one name and day in one file, who are known only by where they work."""
    work = (record.company, record.title)
    if record.external_id.startswith("name:") and works.setdefault(record.external_id, work) != work:
        place = fold_key(" ".join(part or "" for part in work))
        return record._replace(external_id=bounded(f"{record.external_id}|{place}"))
    return record


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
