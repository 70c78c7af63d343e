"""The door to backups: what there is, whether it is whole, and putting one in the journal's place."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from netjournal.errors import NotFoundError, StorageError

if TYPE_CHECKING:
    from netjournal.store.sqlite.backup import Backup

State = Literal["ok", "damaged", "foreign", "newer", "unreadable"]


class BackupRow(NamedTuple):
    """One backup; schema and records are None where they cannot be read."""

    file: str
    day: date | None
    reason: str
    size: int
    schema: int | None
    record_count: int | None
    #: When it was made, in the user's own hours: two of one day are told apart.
    time: str


class VerifiedRow(NamedTuple):
    """One file, read wholly; begins as a row of the list does."""

    file: str
    day: date | None
    reason: str
    size: int
    schema: int | None
    record_count: int | None
    state: State
    time: str


class RestoredRow(NamedTuple):
    """What was put in the journal's place, and what was there before."""

    file: str
    source: str
    day: date | None
    schema: int | None
    record_count: int | None
    kept: str | None


def backup_rows(path: Path) -> tuple[BackupRow, ...]:
    """The backups of a journal, newest first. Raises BusyError."""
    from netjournal.store.sqlite.backup import backups

    return tuple(_listed(found) for found in backups(path))


def make(path: Path, today: date, target: Path | None, *, force: bool, keep: int) -> BackupRow:
    """Make a checked copy of the journal, in a file or (without one) among the backups.

    Raises NotFoundError where there is no journal, ConflictError, JournalError, StorageError, BusyError.
    """
    from netjournal.store.sqlite import backup

    if target is not None:
        backup.copy_to(path, target, force=force)
        return _listed(backup.Backup(target, today.isoformat(), backup.MANUAL))
    if not path.exists() or not path.stat().st_size:
        raise NotFoundError(f"There is no journal at {path} yet.")
    made = backup.back_up(path, backup.MANUAL, today, keep=keep)
    if made is None:
        raise StorageError("Another process is making a backup just now; try again.")
    return _listed(backup.Backup(made, today.isoformat(), backup.MANUAL))


def verified(path: Path, typed: str | None) -> tuple[VerifiedRow, ...]:
    """Read backups wholly: the newest, `all`, or a file. Raises NotFoundError where there is none, BusyError."""
    from netjournal.store.sqlite.backup import backups

    found = backups(path)
    if typed is not None and typed != "all":
        chosen = [_named(path, typed)]
    else:
        chosen = found if typed else found[:1]
        if not chosen:
            raise NotFoundError("There are no backups yet.", "`netj backup` makes one.")
    return tuple(_seen(one, wholly=True) for one in chosen)


def newest_good(path: Path) -> Path:
    """The newest backup that is whole, other than what a restore kept aside. Raises NotFoundError, BusyError."""
    from netjournal.store.sqlite.backup import REPLACED, backups
    from netjournal.store.sqlite.verify import examine

    for one in backups(path):
        if not one.reason.startswith(REPLACED) and examine(one.path).state == "ok":
            return one.path
    raise NotFoundError("There is no good backup.", "`netj doctor --salvage NEW` reads what can be read.")


def chosen(path: Path, typed: str) -> Path:
    """The file to restore: `latest`, a path, or the name of a backup; it is checked.

    Raises NotFoundError, JournalError for what is no whole journal, StorageError, BusyError.
    """
    from netjournal.store.sqlite.verify import check

    if typed == "latest":
        return newest_good(path)
    file = _named(path, typed).path
    check(file)
    return file


def restored(path: Path, source: Path, today: date, *, keep: int) -> RestoredRow:
    """Put a file in the journal's place, and keep what was there.

    Raises JournalError, ConflictError, BusyError, StorageError: then nothing was changed.
    """
    from netjournal.store.sqlite.restore import restore

    kept = restore(path, source, today, keep=keep)
    seen = _seen(_named(path, str(source)), wholly=False)
    return RestoredRow(str(path), seen.file, seen.day, seen.schema, seen.record_count, str(kept) if kept else None)


def _named(path: Path, typed: str) -> Backup:
    """A file by its path, or by its name among the backups."""
    from netjournal.store.sqlite.backup import Backup, backups

    file = Path(typed).expanduser()
    for one in backups(path):
        if one.path == file or (one.path.name == typed and not file.exists()):
            return one
    if not file.exists():
        raise NotFoundError(f"There is no file {typed}.", "`netj backup list` names the backups there are.")
    return Backup(file, "", "")


def _listed(one: Backup) -> BackupRow:
    seen = _seen(one, wholly=False)
    return BackupRow(seen.file, seen.day, seen.reason, seen.size, seen.schema, seen.record_count, seen.time)


def _seen(one: Backup, *, wholly: bool) -> VerifiedRow:
    """What a file is: read wholly, or only its head and its counts."""
    from netjournal.store.sqlite.verify import examine

    found = examine(one.path, wholly=wholly)
    day = date.fromisoformat(one.day) if _is_day(one.day) else None
    about = one.path.stat()
    time = f"{datetime.fromtimestamp(about.st_mtime):%H:%M:%S}"  # noqa: DTZ006  # the user's own hours
    size, records = about.st_size, found.records
    return VerifiedRow(str(one.path), day, one.reason, size, found.schema, records, found.state, time)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
