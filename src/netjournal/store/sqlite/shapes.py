"""How each table's rows lie in a file, and which rows name which: what a salvage has to know of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from netjournal.store.sqlite.pages import Row


class Shape(NamedTuple):
    """How a table's rows lie in the file."""

    name: str
    #: Columns in the order of the record, and the place of the one that is the rowid.
    columns: tuple[str, ...]
    rowid_at: int | None
    key: tuple[str, ...]
    #: Each index with its columns; None stands for the rowid.
    indexes: tuple[tuple[str, tuple[str | None, ...]], ...]


def shapes(connection: sqlite3.Connection) -> tuple[Shape, ...]:
    """Every table of an open journal but the search index."""
    tables = connection.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return tuple(_shape(connection, name, is_keyed=bool(is_keyed)) for name, is_keyed in tables)


def _shape(connection: sqlite3.Connection, name: str, *, is_keyed: bool) -> Shape:
    columns = connection.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)).fetchall()
    key = tuple(column for column, place in sorted(columns, key=lambda column: column[1]) if place)
    names = tuple(column for column, _ in columns)
    if is_keyed:  # its key comes first in the record
        names = (*key, *(column for column in names if column not in key))
    indexes = tuple(
        (index, tuple(row[0] for row in connection.execute("SELECT name FROM pragma_index_xinfo(?)", (index,))))
        for (index,) in connection.execute("SELECT name FROM pragma_index_list(?)", (name,)).fetchall()
    )
    return Shape(name, names, None if is_keyed else names.index(key[0]), key, indexes)


def fits(shape: Shape, rows: list[Row], known: set[int] | None) -> bool:
    """Whether a page's rows can be a table's: as many columns, an empty one for the rowid, an id that is missing."""
    at = shape.rowid_at or 0
    return all(
        len(row.values) == len(shape.columns) and row.values[at] is None and (not known or row.rowid in known)
        for row in rows
    )


def mend_references(connection: sqlite3.Connection, tables: list[str]) -> None:
    """Empty each reference to what is lost, or drop its row where it must refer to something, until none is left."""
    while connection.execute("PRAGMA foreign_key_check").fetchone():
        for table in tables:
            keys: dict[int, list[tuple[str, str, str]]] = {}
            for number, _, parent, own, theirs, *_ in connection.execute(f"PRAGMA foreign_key_list({table})"):
                keys.setdefault(number, []).append((parent, own, theirs))
            needed = {row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[3] or row[5]}
            for pairs in keys.values():
                own = [own for _, own, _ in pairs]
                same = " AND ".join(f"p.{theirs} = {table}.{own}" for _, own, theirs in pairs)
                there = " AND ".join(f"{column} IS NOT NULL" for column in own)
                lost = f"{there} AND NOT EXISTS (SELECT 1 FROM {pairs[0][0]} AS p WHERE {same})"
                if not needed & set(own):
                    emptied = ", ".join(f"{column} = NULL" for column in own)
                    # Where a row without it would say nothing, its own rule refuses that.
                    connection.execute(f"UPDATE OR IGNORE {table} SET {emptied} WHERE {lost}")
                connection.execute(f"DELETE FROM {table} WHERE {lost}")
