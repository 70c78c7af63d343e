"""The change record: TEMP triggers note each row a command changes, and undo replays the notes backwards.

Triggers see what ORM events do not: cascades and set-based statements. They live in the writing connection
only, so readers pay nothing. An insert notes its key, an update or delete the whole row as it was.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from netjournal.store.queries import changes as record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    #: Records by table and id, with the stamp that each had before; None where its own row was not written.
    Edited = dict[str, dict[int, str | None]]

_UNTRACKED = ("action", "change")
#: Columns of a later schema: a row that an older one noted gets them from the row it is tied to at that moment.
_LATER = {"touch": (("kind", "direction"), "SELECT kind, direction FROM main.interaction WHERE id = :interaction_id")}
#: Stands for the number of the action.
_ACTION = "<action>"


class Column(NamedTuple):
    """One column of a tracked table; `key` is its place in the primary key, 0 outside it."""

    name: str
    key: int


class Change(NamedTuple):
    """One noted change of one row."""

    id: int
    table: str
    op: str
    key: dict[str, Any]
    before: dict[str, Any] | None


def tracked_tables(connection: sqlite3.Connection) -> dict[str, list[Column]]:
    """Every table whose rows undo looks after, with its columns: all but the record itself and the search index."""
    tables: dict[str, list[Column]] = {}
    # Not `pragma_table_list`, which works out the columns of every view: a tenth of what a write costs.
    for name, column, key in connection.execute(
        "SELECT t.name, c.name, c.pk FROM main.sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c "
        "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND NOT EXISTS (SELECT 1 FROM main.sqlite_schema AS v "
        "WHERE v.sql LIKE 'CREATE VIRTUAL%' AND t.name IN "
        "(v.name || '_data', v.name || '_idx', v.name || '_content', v.name || '_docsize', v.name || '_config')) "
        "ORDER BY t.name, c.cid"
    ):
        if name not in _UNTRACKED:
            tables.setdefault(name, []).append(Column(column, key))
    return tables


def begin(connection: sqlite3.Connection, action_id: int) -> None:
    """Note every change of this connection's transaction under an action, from now on."""
    for table, columns in tracked_tables(connection).items():
        for statement in _triggers(table, tuple(columns)):
            connection.execute(statement.replace(_ACTION, str(action_id)))


def end(connection: sqlite3.Connection) -> None:
    """Stop noting: drop the triggers that `begin` made."""
    for (name,) in connection.execute("SELECT name FROM sqlite_temp_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER temp."{name}"')


@cache
def _triggers(table: str, columns: tuple[Column, ...]) -> list[str]:
    """The statements that note the changes of a table, with a mark where the action's number goes."""
    names = [column.name for column in columns]
    keys = [column.name for column in columns if column.key]

    def packed(row: str, chosen: list[str]) -> str:
        return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in chosen) + ")"

    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)
    into = "INSERT INTO change (action_id, table_name, op, key, before)"
    return [
        f'CREATE TEMP TRIGGER "{table}_inserted" AFTER INSERT ON main."{table}" BEGIN '
        f"{into} VALUES ({_ACTION}, '{table}', 'insert', {packed('NEW', keys)}, NULL); END",
        f'CREATE TEMP TRIGGER "{table}_updated" AFTER UPDATE ON main."{table}" WHEN {differs} BEGIN '
        f"{into} VALUES ({_ACTION}, '{table}', 'update', {packed('NEW', keys)}, {packed('OLD', names)}); END",
        f'CREATE TEMP TRIGGER "{table}_deleted" AFTER DELETE ON main."{table}" BEGIN '
        f"{into} VALUES ({_ACTION}, '{table}', 'delete', {packed('OLD', keys)}, {packed('OLD', names)}); END",
    ]


def count(connection: sqlite3.Connection, action_id: int) -> int:
    """How many changes an action made."""
    (found,) = connection.execute("SELECT count(*) FROM change WHERE action_id = ?", (action_id,)).fetchone()
    return int(found)


def edited(connection: sqlite3.Connection, action_id: int) -> Edited:
    """The records that an action changed, in their own row or in what belongs to them; not those that it made."""
    tables = connection.execute("SELECT DISTINCT table_name FROM change WHERE action_id = ?", (action_id,)).fetchall()
    told = {table: record.TOLD_TABLES[table] for (table,) in tables if table in record.TOLD_TABLES}
    found: Edited = {}
    for table, its in told.items():
        if its.parent is not None:
            column, parent = its.parent
            found.setdefault(parent, {}).update(dict.fromkeys(_parents(connection, action_id, table, column)))
    for table, its in told.items():
        if its.parent is None and table != "journal":
            _with_stamps(connection, action_id, table, found.setdefault(table, {}))
    return found


def _parents(connection: sqlite3.Connection, action_id: int, table: str, column: str) -> Iterator[int]:
    """Whose part the changed rows of a table are, and whose they were."""
    keys = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk", (table,))]
    mine = f"FROM change AS c{{}} WHERE c.action_id = {action_id} AND c.table_name = '{table}'"
    sql = f"SELECT c.before ->> '{column}' {mine.format('')} AND c.op <> 'insert'"
    if column in keys:
        sql += f" UNION SELECT c.key ->> '{column}' {mine.format('')}"
    else:
        same = " AND ".join(f"r.\"{name}\" = c.key ->> '{name}'" for name in keys)
        # The rows of a bulk load come in the order of the record: the other way round would read the whole table.
        present = mine.format(f' CROSS JOIN main."{table}" AS r ON {same}')
        sql += f" UNION SELECT r.\"{column}\" {present} AND c.op <> 'delete'"
    return (int(row[0]) for row in connection.execute(sql))


def _with_stamps(connection: sqlite3.Connection, action_id: int, table: str, found: dict[int, str | None]) -> None:
    """Give the records of a table that were written themselves their first stamp, and drop those that were made."""
    seen: set[int] = set()
    for identity, op, stamp in connection.execute(
        "SELECT key ->> 'id', op, before ->> 'changed_at' FROM change WHERE action_id = ? AND table_name = ? ORDER BY id",
        (action_id, table),
    ):
        if identity in seen:
            continue
        seen.add(identity)
        if op == "insert":
            found.pop(identity, None)
        else:
            found[identity] = stamp


def stamp(connection: sqlite3.Connection, records: Edited, now: str) -> None:
    """Make each record newer than it was: by now, or by a second where its stamp is not behind the clock."""
    for table, ids in records.items():
        # An empty one costs a statement too.
        if not ids:
            continue
        connection.executemany(
            f'UPDATE main."{table}" SET changed_at = '
            "max(:now, coalesce(strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(:was, changed_at), '+1 second'), :was, changed_at)) "
            "WHERE id = :id AND changed_at <= coalesce(:was, changed_at)",
            # Named, not numbered: Python 3.12.0 to 3.12.3 take `?1` for a name, and warn.
            ({"now": now, "id": identity, "was": was} for identity, was in ids.items()),
        )


def replay_backwards(connection: sqlite3.Connection, action_id: int) -> None:
    """Put back each row an action changed, newest change first; the caller's triggers note this in turn."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    found = connection.execute(
        "SELECT id, table_name, op, key, before FROM change WHERE action_id = ? ORDER BY id DESC", (action_id,)
    ).fetchall()
    columns = _columns(connection)
    noted = [_noted(row, columns) for row in found]
    if None in noted:
        # The file was written by something else: names that it made up must never become a statement.
        raise record.damaged()
    for change in filter(None, noted):
        _put_back(connection, change)


def damaged_count(connection: sqlite3.Connection) -> int:
    """How many noted changes this program did not write: of no table or column it knows, or no JSON."""
    columns = _columns(connection)
    rows = connection.execute("SELECT id, table_name, op, key, before FROM change")
    return sum(_noted(row, columns) is None for row in rows)


def _columns(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
    return {table: frozenset(column.name for column in of) for table, of in tracked_tables(connection).items()}


def _noted(row: tuple[Any, ...], columns: dict[str, frozenset[str]]) -> Change | None:
    """A noted change, or None where it cannot be one of ours."""
    identity, table, op, *texts = row
    try:
        key, before = (json.loads(text) if text is not None else None for text in texts)
    except ValueError:
        return None
    if table not in columns or op not in ("insert", "update", "delete") or not isinstance(key, dict) or not key:
        return None
    if (op == "insert") != (before is None) or not isinstance(before, dict | None):
        return None
    if not columns[table].issuperset((*key, *(before or ()))):
        return None
    return Change(identity, table, op, key, before)


def _put_back(connection: sqlite3.Connection, change: Change) -> None:
    found = " AND ".join(f'"{name}" = :key_{name}' for name in change.key)
    parameters = {f"key_{name}": value for name, value in change.key.items()}
    if change.before is None:
        connection.execute(f'DELETE FROM main."{change.table}" WHERE {found}', parameters)
        return
    parameters |= change.before
    if change.op == "delete":
        before = _completed(connection, change.table, change.before)
        names = list(before)
        listed, values = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
        connection.execute(f'INSERT INTO main."{change.table}" ({listed}) VALUES ({values})', before)
    else:
        names = list(change.before)
        changed = ", ".join(f'"{name}" = :{name}' for name in names)
        connection.execute(f'UPDATE main."{change.table}" SET {changed} WHERE {found}', parameters)


def _completed(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row to add again, with the columns that its table did not have yet when it was noted."""
    columns, sql = _LATER.get(table, ((), ""))
    if row.keys() >= set(columns) or (found := connection.execute(sql, row).fetchone()) is None:
        return row
    return {**dict(zip(columns, found, strict=True)), **row}


def strays(connection: sqlite3.Connection, action_id: int, undo_id: int) -> bool:
    """Whether an undo changed a row that its action never touched (it may touch one row more often than the action).

    A touch whose key stays only follows its interaction, and before schema 3 it did not follow the kind.
    """
    sql = "SELECT table_name, key, before FROM change WHERE action_id = ?"
    mine = set()
    for table, key, before in connection.execute(sql, (action_id,)):
        named = json.loads(key)
        mine.add((table, *named.values()))
        if before is not None:
            # A changed primary key: the row had another name before.
            row = json.loads(before)
            mine.add((table, *[row[name] for name in named]))
    followed = f"{sql} AND NOT (table_name = 'touch' AND op = 'update' AND json_patch(before, key) = before)"
    return any(
        (table, *json.loads(key).values()) not in mine for table, key, _ in connection.execute(followed, (undo_id,))
    )
