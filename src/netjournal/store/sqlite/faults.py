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
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def user_error(error: sqlite3.Error, path: Path) -> NetjError | None:
    """The error to show for a failure of the file or disk, or None where it is a bug of ours."""
    # Extended codes keep the primary code in their low byte.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _BUSY:
        return BusyError("The journal is busy: another process has held it for over 10 seconds; try again.")
    if code in _STORAGE:
        return StorageError(f"The journal {path} {_STORAGE[code]}.")
    if code in _DAMAGED:
        return damaged(path)
    return None


def damaged(path: Path) -> JournalError:
    """The file is ours no longer, or never was."""
    return JournalError(
        f"The journal {path} is damaged.",
        "Nothing was changed. Put the newest file of its folder `backups` in its place.",
    )


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
