"""Whether a file is a whole journal that this program can use: a look that changes nothing in it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from netjournal.errors import JournalError, NotFoundError, StorageError
from netjournal.store.sqlite import opener
from netjournal.store.sqlite.faults import user_errors

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

State = Literal["ok", "damaged", "foreign", "newer", "unreadable"]

#: The tables whose rows are records: what an export holds as lines of their own.
RECORDS: Final = (
    *("contact", "organization", "circle", "contact_group", "objective"),
    *("interaction", "followup", "opportunity", "signal"),
)
#: What is wrong, as a sentence goes on after the file's name.
_WRONG: Final[dict[State, str]] = {
    "damaged": "is damaged",
    "foreign": "is not a netjournal file",
    "newer": "has a schema newer than this program knows",
    "unreadable": "cannot be read",
}


class Examined(NamedTuple):
    """What a file turned out to be; schema and records are None where they could not be read."""

    state: State
    schema: int | None
    records: int | None


def examine(path: Path, *, wholly: bool = True) -> Examined:
    """Look at a file; `wholly` reads all of it, else only its head and its counts.

    Raises NotFoundError where there is none, BusyError.
    """
    if not path.exists():
        raise NotFoundError(f"There is no file {path}.", "`netj backup list` names the backups there are.")
    schema: int | None = None
    if not path.is_file():
        return Examined("foreign", None, None)
    try:
        if opener.is_missing(path):
            return Examined("foreign", None, None)
        with user_errors(path), closing(opener.connect(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (schema,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute("PRAGMA query_only = ON")
            if application != opener.APPLICATION_ID or not schema:
                # The first of these reads nothing but the head; a damaged one is told by the rest.
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
                return Examined("foreign", None, None)
            if schema > opener.SCHEMA_VERSION:
                return Examined("newer", schema, None)
            if wholly and not _is_whole(connection):
                return Examined("damaged", schema, None)
            return Examined("ok", schema, count(connection))
    except StorageError:
        return Examined("unreadable", schema, None)
    except JournalError:
        return Examined("foreign" if schema is None and not opener.is_sqlite(path) else "damaged", schema, None)


def check(path: Path) -> Examined:
    """Examine a file wholly. Raises JournalError for any that is not a whole journal of a known schema."""
    found = examine(path)
    if found.state == "unreadable":
        raise StorageError(f"{path} cannot be read.")
    if found.state != "ok":
        mend = "Upgrade netjournal." if found.state == "newer" else "`netj backup list` names the backups there are."
        raise JournalError(f"{path} {_WRONG[found.state]}; nothing was changed.", mend)
    return found


def count(connection: sqlite3.Connection) -> int:
    """How many records an open journal holds."""
    return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in RECORDS)


def _is_whole(connection: sqlite3.Connection) -> bool:
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        return False
    return connection.execute("PRAGMA foreign_key_check").fetchone() is None
