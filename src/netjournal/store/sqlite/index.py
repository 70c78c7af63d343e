"""Whether the search index says what the records say, and making it anew from them.

The index holds no texts, so it is compared with one made in memory: word by word, each with its documents and places.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from netjournal.store.sqlite.search import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Every place of every word, in sums that another place, word or document would change.
_SUMS: Final = (
    "SELECT term, count(*), sum(doc % 2147483647), sum(doc % 1000003 * (offset * 2 + (col = 'title') + 1)) "
    "FROM temp.words GROUP BY term ORDER BY term"
)
_WORDS: Final = "CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search, instance)"


def differing(connection: sqlite3.Connection) -> int:
    """How many documents the index misses, has too many, or knows by other words. Nothing is written."""
    (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").fetchone()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as anew:
        anew.execute(made)
        anew.execute("BEGIN")
        anew.executemany(
            "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)",
            (row for sql in _documents() for row in connection.execute(sql)),
        )
        anew.execute("COMMIT")
        found = _unequal(connection, anew, "SELECT id FROM search_docsize ORDER BY id")
        wrong = {row[0] for row in found}
        connection.execute(_WORDS)
        anew.execute(_WORDS)
        try:
            for term in {str(row[0]) for row in _unequal(connection, anew, _SUMS)}:
                places = "SELECT doc, col, offset FROM temp.words WHERE term = ? ORDER BY doc, col, offset"
                wrong |= {row[0] for row in _unequal(connection, anew, places, term)}
        finally:
            connection.execute("DROP TABLE temp.words")
    return len(wrong)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the records, inside the caller's transaction."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    for sql in _documents():
        connection.execute(f"INSERT INTO search (rowid, title, body) {sql}")


def _documents() -> Iterator[str]:
    """What each table's documents are, as the triggers write them."""
    for number, (table, title, body) in DOCUMENTS.items():
        heading = f"coalesce({title}, '')" if title else "''"
        texts = " || ' ' || ".join(f"coalesce({column}, '')" for column in body) or "''"
        yield f"SELECT ({number} << 40) + id, {heading}, {texts} FROM {table}"


def _unequal(one: sqlite3.Connection, other: sqlite3.Connection, sql: str, *given: str) -> set[tuple[object, ...]]:
    """The rows that only one of two ordered answers has, neither of them held in memory."""
    wrong: set[tuple[object, ...]] = set()
    left, right = one.execute(sql, given), other.execute(sql, given)
    a, b = left.fetchone(), right.fetchone()
    while a is not None or b is not None:
        if a == b:
            a, b = left.fetchone(), right.fetchone()
        elif b is None or (a is not None and a < b):
            wrong.add(a)
            a = left.fetchone()
        else:
            wrong.add(b)
            b = right.fetchone()
    return wrong
