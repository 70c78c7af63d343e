"""The people in Connections.csv, of every era and as spreadsheets save it again."""

from __future__ import annotations

import heapq
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from netjournal.domain import text as free_text
from netjournal.errors import UsageError
from netjournal.interchange import tabular
from netjournal.interchange.keys import bounded, fold_key
from netjournal.interchange.profiles import URL_LIMIT, clean_url, profile_key
from netjournal.interchange.records import Person, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.interchange.linkedin.layouts import Loaded
    from netjournal.interchange.records import Item
    from netjournal.interchange.tabular import Row

HIDDEN: Final = "hidden member"

_ENGLISH: Final = "january february march april may june july august september october november december"
_GERMAN: Final = "januar februar märz april mai juni juli august september oktober november dezember"
_MONTH: Final = {"sept": 9, "mrz": 3} | {
    spelt: n for names in (_ENGLISH, _GERMAN) for n, name in enumerate(names.split(), 1) for spelt in (name, name[:3])
}
_EMAIL_LIMIT: Final = 254


def items(loaded: Loaded) -> Iterator[Item]:
    """The people of a file, what was left out and what is doubted, in its order.

    A person's `external_id` is the profile's key where there is a profile, else made of the address, else of the name
    and the day of the connection, which later exports repeat. Company and title are those of the export's day.
    """
    faults = map(tabular.skipped, loaded.table.faults)
    return heapq.merge(_read(loaded.table.rows), faults, key=lambda item: item.line)


def _read(rows: Iterable[Row]) -> Iterator[Item]:
    works: dict[str, tuple[str | None, str | None]] = {}
    for row in rows:
        values = {column: " ".join(value.split()) for column, value in row.values.items()}
        reason = _refused(values)
        if reason is not None:
            yield Skipped(row.line, reason, bad=reason != HIDDEN)
            continue
        doubts: list[str] = []
        yield _distinct(_person(row.line, values, doubts), works)
        yield from (Remark(row.line, doubt) for doubt in doubts)


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


def _person(line: int, values: dict[str, str], doubts: list[str]) -> Person:
    name, company = _display_name(values), values.get("company") or None
    url, email, typed_day = values.get("url"), values.get("email"), values.get("connected_on")
    if url and (len(url) > URL_LIMIT or (profile_key(url) is None and not re.match(r"https?://[^\s/]", url, re.I))):
        doubts.append("its URL cannot be used")
        url = None
    if email and (len(email) > _EMAIL_LIMIT or not re.fullmatch(r"[^\s@]+@[^\s@]+", email)):
        doubts.append("its e-mail address cannot be used")
        email = None
    connected_on = _day(typed_day) if typed_day else None
    if typed_day and connected_on is None:
        doubts.append("its `Connected On` is no day that can be read")
    external_id = profile_key(url) if url else None
    if external_id is None and email:
        external_id = f"email:{fold_key(email)}"
    if external_id is None:
        # Company and title change from one export to the next; the day of the connection does not.
        external_id = f"name:{fold_key(name)}|{connected_on or fold_key(company or '')}"
    return Person(
        line,
        bounded(external_id),
        name,
        urls=(clean_url(url),) if url else (),
        emails=(email,) if email else (),
        company=company,
        title=values.get("title") or None,
        connected_on=connected_on,
    )


def _distinct(person: Person, works: dict[str, tuple[str | None, str | None]]) -> Person:
    """Keep apart two people of one name and day in one file, who are known only by where they work."""
    work = (person.company, person.title)
    if person.external_id.startswith("name:") and works.setdefault(person.external_id, work) != work:
        place = fold_key(" ".join(part or "" for part in work))
        return person._replace(external_id=bounded(f"{person.external_id}|{place}"))
    return person


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
