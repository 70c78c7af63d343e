"""Numbered schema steps: the only way a file gets or changes its schema."""

from __future__ import annotations

import sqlite3
from importlib import resources
from typing import TYPE_CHECKING

from netjournal.domain.cadence import STARTING_CIRCLES
from netjournal.errors import StorageError
from netjournal.store.sqlite import opener
from netjournal.store.uid import new_uid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements: `executescript` would commit the transaction we are in."""
    pending: list[str] = []
    for line in script.splitlines():
        if not pending and (not line.strip() or line.startswith("--")):
            continue
        pending.append(line)
        if line.rstrip().endswith(";") and sqlite3.complete_statement("\n".join(pending)):
            yield "\n".join(pending)
            pending = []
    if pending:
        raise ValueError("a schema step does not end in a semicolon")


def step(number: int) -> str:
    """The text of one step."""
    return resources.files(__package__).joinpath(f"step_{number:04}.sql").read_text(encoding="utf-8")


def create(connection: sqlite3.Connection, uid: str | None) -> None:
    """Give an empty database the newest schema, inside the caller's transaction.

    `uid` is None for the empty journal in memory that stands for a missing one.
    """
    for number in range(1, opener.SCHEMA_VERSION + 1):
        for statement in statements(step(number)):
            connection.execute(statement)
    if uid is not None:
        connection.execute("INSERT INTO journal (id, uid) VALUES (1, ?)", (uid,))
    for name, every_days in STARTING_CIRCLES:
        # The same record in every journal, so that merging two does not double it.
        circle_uid = name.encode().hex().ljust(32, "0")
        connection.execute(
            "INSERT INTO circle (uid, name, name_key, every_days, latest_days, changed_at) VALUES (?, ?, ?, ?, NULL, '')",
            (circle_uid, name, name, every_days),
        )
    connection.execute(f"PRAGMA application_id = {opener.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {opener.SCHEMA_VERSION}")


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an open file to the newest schema in one transaction, after a verified backup of an older one.

    A step may rebuild a table by SQLite's recipe (make, copy, drop, rename), but not lose a row.
    """
    # Dropping a parent table would delete its children; the pragma does nothing inside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again under the lock: another process may have been first.
        version = opener.version_of(connection, path)
        if version == 0:
            create(connection, new_uid())
        elif version < opener.SCHEMA_VERSION:
            if not opener.is_writable(path):
                # Said before a backup that would be for nothing, at each command.
                raise StorageError(
                    f"The journal {path} is of schema {version} and read-only here, so it cannot be upgraded.",
                    "Copy it to a folder of your own, and name the copy with --db.",
                )
            _back_up(path)
            _run_steps(connection, version)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _back_up(path: Path) -> None:
    from netjournal.store.sqlite.backup import back_up

    if back_up(path, f"before-schema-{opener.SCHEMA_VERSION}") is None:
        raise StorageError("The journal was not upgraded: no backup could be made.", "Try again.")


def _run_steps(connection: sqlite3.Connection, version: int) -> None:
    before = _row_counts(connection)
    for number in range(version + 1, opener.SCHEMA_VERSION + 1):
        for statement in statements(step(number)):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise RuntimeError("a schema step left a reference without its row")
    after = _row_counts(connection)
    if {table: after.get(table) for table in before} != before:
        raise RuntimeError("a schema step lost or doubled rows")


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each stored table holds (the search index is made from them)."""
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        for (table,) in connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
    }
