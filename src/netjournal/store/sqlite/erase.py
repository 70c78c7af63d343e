"""Erasing somebody from what only SQLite understands: the change record, the search index, free pages, backups."""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from netjournal.store.queries.forget import SPOKEN
from netjournal.store.sqlite.backup import folder_of
from netjournal.store.sqlite.changes import tracked_tables
from netjournal.store.sqlite.faults import user_errors
from netjournal.store.sqlite.opener import is_sqlite, open_for_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path


class Erased(NamedTuple):
    """What went: rows by table, changes in the record, and how many actions can no longer be undone."""

    rows: dict[str, int]
    change_count: int
    action_count: int


class Holders(NamedTuple):
    """Copies of the journal that still hold somebody, and those that cannot be read."""

    holding: tuple[Path, ...]
    unreadable: tuple[Path, ...]


def erase(
    connection: sqlite3.Connection, action_id: int, contacts: Collection[int], is_named: Callable[[str], bool]
) -> Erased:
    """Erase the past of everything that an action removed, and of all that ever belonged to some contacts.

    A row that belonged to them, changed with them or named them loses its whole past, not single changes: an action
    that is not marked here then has all its changes, and nothing in between is missing where undo looks for conflicts.
    """
    rows = dict(
        connection.execute(
            "SELECT table_name, count(DISTINCT key) FROM change WHERE action_id = ? AND op = 'delete' GROUP BY table_name",
            (action_id,),
        ).fetchall()
    )
    connection.execute(
        "CREATE TEMP TABLE erased (table_name TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (table_name, key)) "
        "WITHOUT ROWID"
    )
    into = "INSERT OR IGNORE INTO temp.erased (table_name, key)"
    connection.execute(f"{into} SELECT table_name, key FROM change WHERE action_id = ?", (action_id,))
    connection.execute(
        f"{into} SELECT table_name, key FROM change WHERE {_belonging(connection)}",
        {"contacts": json.dumps(sorted(contacts)), "interactions": json.dumps(_gone_with(connection, contacts))},
    )
    connection.executemany(f"{into} VALUES (?, ?)", list(_naming(connection, is_named)))
    # Whoever was one with them once, by a merge undone since, may have been told what was meant of them.
    connection.execute(
        f"{into} SELECT 'contact', json_object('id', json_extract(before, '$.contact_id')) FROM change "
        "WHERE table_name = 'contact_alias' AND before IS NOT NULL "
        "AND (table_name, key) IN (SELECT table_name, key FROM temp.erased)"
    )
    actions = _mark(connection, action_id)
    held = "(table_name, key) IN (SELECT table_name, key FROM temp.erased)"
    changes = connection.execute(f"DELETE FROM change WHERE {held} AND action_id <> ?", (action_id,)).rowcount
    connection.execute("DELETE FROM change WHERE action_id = ?", (action_id,))
    connection.execute("DROP TABLE temp.erased")
    # What was deleted lives on in older segments of the index until they are merged.
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    return Erased(rows, changes, actions)


def _referring(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """(table, column) wherever the id of one table's rows stands."""
    yield table, "id"
    for name, columns in tracked_tables(connection).items():
        referring = {
            row[0]
            for row in connection.execute(
                'SELECT "from" FROM pragma_foreign_key_list(?) WHERE "table" = ? AND "to" = \'id\'', (name, table)
            )
        }
        # A touch's note refers to its touch.
        referring |= {column.name for column in columns if column.name == f"{table}_id"}
        yield from ((name, column) for column in sorted(referring))


def _belonging(connection: sqlite3.Connection) -> str:
    """The condition on a change: its row is or names, or was or named, one of `:contacts` or `:interactions`."""
    conditions: dict[str, list[str]] = {}
    for parent, ids in (("contact", ":contacts"), ("interaction", ":interactions")):
        for table, column in _referring(connection, parent):
            conditions.setdefault(table, []).extend(
                f"json_extract({half}, '$.{column}') IN (SELECT value FROM json_each({ids}))"
                for half in ("key", "before")
            )
    return " OR ".join(f"(table_name = '{table}' AND ({' OR '.join(tests)}))" for table, tests in conditions.items())


def _gone_with(connection: sqlite3.Connection, contacts: Collection[int]) -> list[int]:
    """Interactions that some contacts ever took part in and that are deleted by now."""
    ids = json.dumps(sorted(contacts))
    found = connection.execute(
        "SELECT DISTINCT json_extract(key, '$.interaction_id') FROM change WHERE table_name = 'touch' AND ("
        "json_extract(key, '$.contact_id') IN (SELECT value FROM json_each(:ids)) OR "
        "json_extract(before, '$.contact_id') IN (SELECT value FROM json_each(:ids)))",
        {"ids": ids},
    ).fetchall()
    alive = "SELECT 1 FROM interaction WHERE id = ?"
    return sorted(row[0] for row in found if connection.execute(alive, row).fetchone() is None)


def _naming(connection: sqlite3.Connection, is_named: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Rows of the change record whose texts name somebody."""
    for table, spoken in SPOKEN.items():
        columns = (*spoken.free, *spoken.fixed)
        for key, before in connection.execute("SELECT key, before FROM change WHERE table_name = ?", (table,)):
            if before is None and spoken.key == "id":
                continue
            row = {**json.loads(before or "{}"), **json.loads(key)}
            if any(isinstance(row.get(column), str) and is_named(row[column]) for column in columns):
                yield table, key


def _mark(connection: sqlite3.Connection, action_id: int) -> int:
    """Mark every action that loses a change, what it undoes and what undoes it; return how many besides this one."""
    connection.execute("UPDATE action SET forgotten = 1 WHERE id = ?", (action_id,))
    marked = connection.execute(
        "UPDATE action SET forgotten = 1 WHERE forgotten = 0 AND id IN (SELECT c.action_id FROM change AS c "
        "JOIN temp.erased AS e ON e.table_name = c.table_name AND e.key = c.key)"
    ).rowcount
    chained = (
        "UPDATE action SET forgotten = 1 WHERE forgotten = 0 AND ("
        "undoes_id IN (SELECT id FROM action WHERE forgotten = 1) OR "
        "id IN (SELECT undoes_id FROM action WHERE forgotten = 1))"
    )
    while more := connection.execute(chained).rowcount:
        marked += more
    return marked


def sweep(path: Path) -> None:
    """Write the journal's file anew without free pages and what moved rows left behind: after the erasing is committed.

    Raises BusyError or StorageError; the journal is whole either way.
    """
    with user_errors(path):
        connection = open_for_writing(path)
        try:
            # In memory a lifetime's journal would be 800 MB; here it is a file beside it, unlinked as soon as it is open.
            os.environ["SQLITE_TMPDIR"] = str(path.parent.absolute())
            connection.execute("PRAGMA temp_store = FILE")
            connection.execute("VACUUM")
        finally:
            connection.close()


def holders(path: Path, uids: Collection[str]) -> Holders:
    """The backups of a journal, and other copies beside it, that hold one of some records now or in their past."""
    folder = folder_of(path)
    beside = [file for file in path.parent.iterdir() if file.name.startswith(path.name) or file.suffix == path.suffix]
    copies = [*(folder.iterdir() if folder.is_dir() else ()), *(file for file in beside if file != path)]
    holding, unreadable = [], []
    for file in sorted(copies):
        if not file.is_file() or not is_sqlite(file):
            continue
        try:
            if _holds(file, uids):
                holding.append(file)
        except sqlite3.Error:
            unreadable.append(file)
    return Holders(tuple(holding), tuple(unreadable))


def _holds(file: Path, uids: Collection[str]) -> bool:
    from contextlib import closing
    from urllib.parse import quote

    # Nobody writes to a copy: so nothing is locked, and no file is made beside it.
    with closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1", uri=True)) as connection:
        return any(
            connection.execute("SELECT 1 FROM contact WHERE uid = ?", (uid,)).fetchone()
            or connection.execute(
                "SELECT 1 FROM change WHERE table_name = 'contact' AND instr(before, ?) LIMIT 1", (uid,)
            ).fetchone()
            for uid in uids
        )
