"""What must hold in every journal, looked at; and what can be made anew from the rest, made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import kinds, names
from netjournal.domain.methods import method_key
from netjournal.errors import JournalError
from netjournal.store.sqlite import changes, index, opener, verify
from netjournal.store.sqlite.faults import DAMAGED, primary_code, user_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Tables with a folded copy of a text: the text's column and the copy's.
_FOLDED: Final = (
    ("contact", "name", "name_key", names.fold),
    ("contact_alias", "alias", "alias_key", names.fold),
    ("circle", "name", "name_key", names.fold),
    ("contact_group", "name", "name_key", names.fold),
    ("organization", "name", "name_key", names.fold_organization),
    ("organization_alias", "alias", "alias_key", names.fold_organization),
)
_COPIES: Final = (
    "FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
    "WHERE (t.on_day, t.exposure, t.kind, t.direction) IS NOT (i.on_day, i.exposure, i.kind, i.direction)"
)


class Facts(NamedTuple):
    """What a journal is and holds; `wrong` is how many faults each check found, None where it could not be made."""

    schema: int
    counts: dict[str, int]
    last: tuple[str, str] | None
    broken: str | None
    wrong: dict[str, int | None]
    sqlite: str = opener.SQLITE_VERSION


def facts(path: Path) -> Facts:
    """Look at everything; no byte is changed. Raises JournalError for a file that is not ours, BusyError, StorageError."""
    with user_errors(path), closing(opener.connect(path)) as connection:
        schema = opener.version_of(connection, path)
        if not schema:
            return Facts(0, {}, None, None, {})
        # Tables in memory are needed, so this is no query_only connection: it never begins to write to the file.
        broken = _broken(connection)
        try:
            counts = {
                table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in verify.RECORDS
            }
            last = connection.execute("SELECT on_day, command FROM action ORDER BY id DESC LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            if broken is None:
                raise
            return Facts(schema, {}, None, broken or type(error).__name__, {})
        wrong = {} if schema < opener.SCHEMA_VERSION else _wrong(connection)
        return Facts(schema, counts, last, broken, wrong)


def _broken(connection: sqlite3.Connection) -> str | None:
    """The first fault in the file's structure, which names tables and pages and never a value; None where it is whole."""
    try:
        (first,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in DAMAGED:
            raise
        return "its pages do not fit together"
    return None if first == "ok" else " ".join(str(first).replace("*** in database main ***", "").split())


def _wrong(connection: sqlite3.Connection) -> dict[str, int | None]:
    checks: dict[str, Callable[[], int]] = {
        "references": lambda: len(connection.execute("PRAGMA foreign_key_check").fetchall()),
        "search index": lambda: index.differing(connection),
        "folded names": lambda: sum(1 for _ in _folded_wrongly(connection)),
        "exposure": lambda: sum(1 for _ in _exposed_wrongly(connection)),
        "touch days": lambda: int(connection.execute(f"SELECT count(*) {_COPIES}").fetchone()[0]),
        "handles": lambda: _handles(connection),
        "past": lambda: changes.damaged_count(connection),
        "organizations": lambda: int(
            connection.execute(
                "SELECT count(*) FROM organization_alias AS a JOIN organization AS o "
                "ON o.name_key = a.alias_key AND o.id <> a.organization_id"
            ).fetchone()[0]
        ),
    }
    found: dict[str, int | None] = {}
    for name, look in checks.items():
        # One moment for all that a check reads, and between two of them a writer has its turn.
        connection.execute("BEGIN")
        try:
            found[name] = look()
        except sqlite3.DatabaseError as error:
            # ERROR: a table or column that the check asks for is not there.
            if primary_code(error) not in {*DAMAGED, sqlite3.SQLITE_ERROR}:
                raise
            found[name] = None
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    return found


def _folded_wrongly(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int, str]]:
    """Table, column, id and right value of each folded copy that is not what the domain folds."""
    for table, text, key, fold in _FOLDED:
        for identity, value, stored in connection.execute(f"SELECT id, {text}, {key} FROM {table}"):
            if stored != (right := fold(value)):
                yield table, key, identity, right
    for identity, kind, value, stored in connection.execute("SELECT id, kind, value, value_key FROM contact_method"):
        if stored != (right := method_key(kind, value)):
            yield "contact_method", "value_key", identity, right


def _exposed_wrongly(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Id and right flag of each interaction that is exposure and is not said to be, or the reverse."""
    for identity, kind, direction, stored, people in connection.execute(
        "SELECT i.id, i.kind, i.direction, i.exposure, "
        "(SELECT count(*) FROM touch AS t WHERE t.interaction_id = i.id) FROM interaction AS i"
    ):
        if stored != (right := int(kinds.is_exposure(kind, direction, people))):
            yield identity, right


def _handles(connection: sqlite3.Connection) -> int:
    """Handles and keys that could not be typed, and records that have none of their own."""
    sql = "SELECT handle FROM contact UNION ALL SELECT key FROM objective"
    return sum(1 for (word,) in connection.execute(sql) if not names.is_slug(word))


def repair(path: Path, today: str, now: str) -> None:
    """Make anew what is made of the rest: the search index, folded names, exposure, what touches copy.

    One transaction and one step of undo. Raises JournalError, BusyError, StorageError.
    """
    with user_errors(path), closing(opener.open_for_writing(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        # Outside the step of undo: a touch that is not its interaction's cannot be put back.
        connection.execute(
            "UPDATE touch SET (on_day, exposure, kind, direction) = (SELECT i.on_day, i.exposure, i.kind, i.direction "
            "FROM interaction AS i WHERE i.id = touch.interaction_id) "
            f"WHERE (contact_id, interaction_id) IN (SELECT t.contact_id, t.interaction_id {_COPIES})"
        )
        row = (today, now, "doctor --repair")
        action = connection.execute("INSERT INTO action (on_day, at, command) VALUES (?, ?, ?)", row).lastrowid or 0
        changes.begin(connection, action)
        for identity, right in list(_exposed_wrongly(connection)):
            connection.execute("UPDATE interaction SET exposure = ? WHERE id = ?", (right, identity))
        for table, column, identity, key in list(_folded_wrongly(connection)):
            # Two that are one by their names stay two: which of them is meant is not for us to say.
            with suppress(sqlite3.IntegrityError):
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (key, identity))
        index.rebuild(connection)
        if not changes.count(connection, action):
            connection.execute("DELETE FROM action WHERE id = ?", (action,))
        _commit(connection)


def _commit(connection: sqlite3.Connection) -> None:
    if index.differing(connection):
        connection.execute("ROLLBACK")
        raise JournalError("The search index cannot be made anew.", "`netj doctor --salvage NEW` makes a new journal.")
    connection.execute("COMMIT")
