"""Text search: what only SQLite's FTS5 understands. Whether the index is true is for `index.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain.searching import forms
from netjournal.store.connection import Text
from netjournal.store.queries.lists import rows_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from netjournal.store.connection import ReadConnection

#: Documents by the number in their rowid: its type, the table and the columns of title and body.
DOCUMENTS: Final = {
    1: ("contact", "name", ("location", "met", "note")),
    2: ("contact_alias", "alias", ()),
    3: ("organization", "name", ()),
    4: ("interaction", "summary", ("note", "gave", "got")),
    5: ("touch_note", None, ("note",)),
    6: ("followup", "text", ()),
    7: ("objective", "title", ("why", "looking_for", "done_when", "outcome")),
    8: ("opportunity", "title", ("note",)),
    9: ("affiliation", "title", ()),
}
#: Only the newest so many matches of a type are ranked: to rank all costs as much as reading half the journal.
RANKED: Final = 2_000


def table_of(document: int) -> str:
    """The table whose rows are the documents of one type."""
    return DOCUMENTS[document][0]


def match_expression(words: Sequence[str], *, beginnings: bool) -> str:
    """The words as FTS5 reads them: each quoted, so that none is an operator; `beginnings` lets the last one go on."""
    quoted = [['"' + form.replace('"', '""') + '"' for form in forms(word)] for word in words]
    if beginnings:
        quoted[-1] = [form + "*" for form in quoted[-1]]
    return " AND ".join(alike[0] if len(alike) == 1 else f"({' OR '.join(alike)})" for alike in quoted)


def ranked(
    connection: ReadConnection, document: int, expression: str, among: Collection[int] | None
) -> list[tuple[int, float]]:
    """(id, bm25, the lower the better) of the newest documents of one type that match; `among` narrows the ids."""
    low = document << 40
    parameters = {
        "words": expression,
        "low": low,
        "high": low + (1 << 40),
        "most": RANKED if among is None else 1 << 62,
    }
    if among is None:
        found = connection.rows(
            "SELECT rowid, bm25(search, 4.0, 1.0) FROM search WHERE search MATCH :words AND rowid >= :low "
            "AND rowid < :high ORDER BY rowid DESC LIMIT :most",
            parameters,
        )
        return [(int(row[0]) - low, float(row[1])) for row in found]
    every = connection.rows(
        "SELECT rowid FROM search WHERE search MATCH :words AND rowid >= :low AND rowid < :high ORDER BY rowid DESC "
        "LIMIT :most",
        parameters,
    )
    kept = [row[0] for row in every if row[0] - low in among][:RANKED]
    return [(int(rowid) - low, 0.0) for rowid in kept]


def scan(connection: ReadConnection, document: int, literal: str) -> list[tuple[int, float]]:
    """The newest documents of one type that hold a text which has no word in it, such as `*`."""
    table, title, body = DOCUMENTS[document]
    where = " OR ".join(f"instr({column}, :literal)" for column in (title, *body) if column)
    found = connection.rows(
        f"SELECT id FROM {table} WHERE {where} ORDER BY id DESC LIMIT :most", {"literal": literal, "most": RANKED}
    )
    return [(int(row[0]), 0.0) for row in found]


def texts(connection: ReadConnection, document: int, ids: Iterable[int]) -> dict[int, Text]:
    """Title and body of some documents of one type."""
    table, title, body = DOCUMENTS[document]
    columns = ", ".join([title or "NULL", *body])
    found = rows_in(connection, f"SELECT id, {columns} FROM {table} WHERE id IN ({{values}})", ids)
    return {int(row[0]): Text(row[1] or "", " ".join(part for part in row[2:] if part)) for row in found}
