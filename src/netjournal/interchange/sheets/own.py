"""Our own sheets of contacts, read back as they were written: values are exact, and a contact keeps its uid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.interchange import tabular
from netjournal.interchange.reasons import ASSUMED
from netjournal.interchange.records import Person, Remark, Skipped
from netjournal.interchange.sheets import days, guard, people, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sheets.table import Sheet

#: Every list and every export of contacts has these.
_MARKS: Final = frozenset({"uid", "contact", "name"})
#: The columns that a person is made of; the handle is not: another journal may have given it to somebody else.
COLUMNS: Final = {
    "uid": "uid",
    "name": "name",
    "aliases": "alias",
    "emails": "email",
    "phones": "phone",
    "urls": "url",
    "organization": "company",
    "title": "title",
    "location": "location",
    "birthday": "birthday",
    "note": "note",
    "met": "met",
    "topics": "topics",
    "every_days": "every_days",
    "connected_on": "connected_on",
    "archived": "archived",
    "archived_on": "archived",
}
_UID: Final = re.compile(r"[0-9a-f]{32}")
_GUARDED: Final = "its cells are guarded as by --for-spreadsheet: read it with --from-spreadsheet"


def is_own(headers: tuple[str, ...]) -> bool:
    """Whether a header is that of a sheet of contacts written here."""
    return set(headers) >= _MARKS


def read(sheet: Sheet, options: Options) -> Iterator[Item]:
    """The contacts of a sheet written here."""
    plan = [(at, header) for at, header in enumerate(sheet.headers) if header in COLUMNS or header == "type"]
    if sheet.assumed:
        yield Remark(0, ASSUMED)
    unread = {at for at, header in enumerate(sheet.headers) if header not in (*COLUMNS, "type", "contact")}
    tally = people.Tally(sheet.headers, unread)
    guarded = False
    # Tab-separated lines are written without quoting, unless for a spreadsheet or by one.
    for row in sheet.rows(quoted=sheet.delimiter != "\t" or sheet.marked):
        if isinstance(row, tabular.Fault):
            yield tabular.skipped(row)
            continue
        tally.look(row.cells)
        if row.doubtful:
            yield Remark(row.line, people.DOUBTFUL)
        told = {header: cell for at, header in plan if (cell := row.cells[at])}
        guarded = guarded or (sheet.marked and not sheet.unguarded and any(map(guard.is_guarded, told.values())))
        yield from _items(row.line, told, options)
    yield from tally.remarks()
    if guarded:
        yield Remark(0, _GUARDED)


def _items(line: int, told: dict[str, str], options: Options) -> Iterator[Item]:
    if told.get("type", "contact") != "contact":
        yield Skipped(line, "no contact")
        return
    name = told.get("name", "")
    if not name.strip():
        yield Skipped(line, "no name", bad=True)
        return
    uid = told.get("uid")
    if uid and not _UID.fullmatch(uid):
        yield Remark(line, "its uid cannot be used")
        uid = None
    birthday, why_not = days.birthday(told.get("birthday", ""), options.order)
    if why_not:
        yield Remark(line, f"its birthday {why_not}")
    connected_on, why_not = days.day(told.get("connected_on", ""), options.order)
    if why_not:
        yield Remark(line, f"its day of connection {why_not}")
    every = told.get("every_days", "")
    if every and not re.fullmatch("[1-9][0-9]{0,4}", every):
        yield Remark(line, "its cadence is no number of days")
        every = ""
    emails, urls, phones = (_listed(told.get(column, "")) for column in ("emails", "urls", "phones"))
    company = told.get("organization")
    # The uid, where there is one: two contacts may share an address.
    key = f"uid:{uid}" if uid else values.external_id(name, emails, urls, company, phones)
    yield Person(
        line,
        key,
        name,
        urls=tuple(urls),
        emails=tuple(emails),
        company=company,
        title=told.get("title"),
        connected_on=connected_on,
        phones=tuple(phones),
        aliases=tuple(_listed(told.get("aliases", ""))),
        location=told.get("location"),
        birthday=birthday,
        note=told.get("note"),
        topics=tuple(_listed(told.get("topics", ""))),
        every_days=int(every) if every else None,
        archived=bool(told.get("archived_on")) or told.get("archived") == "true",
        uid=uid,
        met=told.get("met"),
    )


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part.strip()]
