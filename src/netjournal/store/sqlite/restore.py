"""Putting a backup in the journal's place: whatever stops it, the old or the new journal is there, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from netjournal.errors import BusyError, ConflictError, JournalError, StorageError
from netjournal.store.sqlite import backup, opener, verify
from netjournal.store.sqlite.faults import user_error, user_errors
from netjournal.store.sqlite.opener import APPLICATION_ID, is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class _Present(NamedTuple):
    """What is in the journal's place."""

    is_whole: bool
    is_empty: bool
    #: Descriptors that may be closed only after the connection: closing one drops this process's locks on its file.
    open: list[int]


def restore(path: Path, source: Path, today: date, *, keep: int = 10) -> Path | None:
    """Put a checked copy of a file in the journal's place; return what the journal of today was kept as.

    Raises JournalError where the file is no whole journal, ConflictError where it is the journal itself, BusyError
    where somebody is writing, StorageError. A writer that waits meanwhile fails: it never writes to what was replaced.
    """
    real = Path(os.path.realpath(path))
    if source.exists() and real.exists() and real.samefile(source):
        raise ConflictError(f"{source} is the journal itself.", "`netj backup list` names the backups there are.")
    verify.check(source)
    real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with backup.alone(real.parent, f"{real.name}.restore") as is_alone:
        if not is_alone:
            raise BusyError("Another process is restoring this journal; try again.")
        with backup.draft_at(real.with_name(f".{real.name}.restore.part")) as draft:
            _checked_copy(source, draft)
            with _held(real) as present:
                kept = None
                if present is not None and not present.is_empty:
                    kept = _keep_aside(real, path, present, today)
                _clear_sidecars(real)
                try:
                    backup.place(draft, real, force=present is not None)
                except FileExistsError:
                    raise BusyError("Another process has just made this journal; try again.") from None
    if kept is not None:
        backup.thin(path, today, keep)
    return kept


def _checked_copy(source: Path, draft: Path) -> None:
    """Copy through SQLite, so that a writer at work in the source cannot tear the copy."""
    with user_errors(source), closing(opener.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(draft),))
    if verify.examine(draft).state != "ok":
        raise StorageError("The copy that was just written cannot be read back.")
    backup.sync(draft)


@contextmanager
def _held(real: Path) -> Iterator[_Present | None]:
    """What is in the journal's place, with its write lock for as long as the block lasts; None where no file is.

    A crashed write is rolled back first. Raises JournalError for another program's database, BusyError, StorageError.
    """
    with ExitStack() as stack:
        yield _take(real, stack)


def _take(real: Path, stack: ExitStack) -> _Present | None:
    """Look at what is there and lock it; `stack` lets go of it again."""
    if not os.path.lexists(real):
        return None
    if not real.is_file():
        raise JournalError(f"{real} is not a regular file, so it cannot be a journal.", "Name another with --db.")
    present = _Present(False, False, [])
    # Closed last: a descriptor's end takes this process's locks on its file along.
    stack.callback(_close, present.open)
    try:
        is_missing(real)
    except JournalError:
        return present
    try:
        connection = stack.enter_context(closing(opener.connect(real)))
        if _is_foreign(connection):
            raise JournalError(
                f"{real} is another program's database; it was left as it is.",
                "Name another with --db, or move it away.",
            )
        _lock(connection)
        is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        is_whole = connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.Error as error:
        shown = user_error(error, real)
        if isinstance(shown, JournalError):
            return present
        raise (shown or error) from None
    return present._replace(is_whole=is_whole, is_empty=is_empty)


def _close(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _lock(connection: sqlite3.Connection) -> None:
    # Another program may have left pages in a log beside the file.
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
        raise BusyError("The journal is open in another program; close it and try again.")
    connection.execute("BEGIN IMMEDIATE")


def _is_foreign(connection: sqlite3.Connection) -> bool:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError:
        return False  # what it is cannot be told
    return bool(application != APPLICATION_ID and tables)


def _keep_aside(real: Path, path: Path, present: _Present, today: date) -> Path:
    """Keep the journal of today in the folder of backups, byte for byte, with what SQLite left beside it."""
    folder = backup.folder_of(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    reason = backup.REPLACED if present.is_whole else backup.DAMAGED
    name = f"{path.stem}-{today.isoformat()}-{reason}"
    with backup.draft_at(folder / f".{name}.part") as draft:
        _copy_or_link(real, draft, present, linked=not present.is_whole)
        os.chmod(draft, 0o600)
        kept = backup.give_name(draft, folder, name)
    for suffix in backup.SIDECARS:
        beside = real.with_name(real.name + suffix)
        if beside.exists():
            _copy_or_link(beside, kept.with_name(kept.name + suffix), present, linked=True)
    backup.sync(folder)
    return kept


def _copy_or_link(file: Path, target: Path, present: _Present, *, linked: bool) -> None:
    """A second file with the same bytes; `linked` makes a second name, which needs no reading of a bad disk.

    A whole journal is copied: as long as the old one is in place, two names for it would be two journals.
    """
    if linked:
        try:
            target.unlink(missing_ok=True)
            os.link(file, target)
        except OSError:  # a file system without links, or another one
            pass
        else:
            return
    descriptor = os.open(file, os.O_RDONLY)
    present.open.append(descriptor)
    with open(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as copy:
        while piece := os.read(descriptor, 1 << 20):
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())


def _clear_sidecars(real: Path) -> None:
    """Take away what belongs to the old file before the new one has its name: SQLite would apply it to that."""
    beside = [real.with_name(real.name + suffix) for suffix in backup.SIDECARS]
    gone = [file for file in beside if file.exists()]
    for file in gone:
        file.unlink()
    if gone:
        backup.sync(real.parent)
