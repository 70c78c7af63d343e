"""SQLite's failures in the user's words: never a value from the journal, and never SQLite's own text."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from netjournal.errors import BusyError, JournalError, NetjError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_STORAGE = {
    sqlite3.SQLITE_READONLY: "cannot be written: it is read-only here",
    sqlite3.SQLITE_IOERR: "could not be read or written: the disk gave an error or is full",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check the folder and its permissions",
    sqlite3.SQLITE_FULL: "could not be written: the disk is full",
    sqlite3.SQLITE_PERM: "cannot be opened: permission is missing",
}
#: Codes of a file that is damaged, or no database.
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def user_error(error: sqlite3.Error, path: Path) -> NetjError | None:
    """The error to show for a failure of the file or disk, or None where it is a bug of ours."""
    code = primary_code(error)
    if code in _BUSY:
        return BusyError("The journal is busy: another process has held it for over 10 seconds; try again.")
    if code in _STORAGE:
        return StorageError(f"The journal {path} {_STORAGE[code]}.")
    if code in DAMAGED:
        return JournalError(
            f"The journal {path} is damaged.",
            "Nothing was changed. `netj doctor` says what is wrong; `netj restore latest` puts back the newest good backup.",
        )
    return None


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code of a failure: extended ones keep it in their low byte; 0 where there is none."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


@contextmanager
def user_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's failures inside the block into the user's errors; bugs pass unchanged."""
    try:
        yield
    except sqlite3.Error as error:
        shown = user_error(error, path)
        if shown is None:
            raise
        raise shown from None
