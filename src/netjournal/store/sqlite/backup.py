"""Backups: whole, checked copies of the journal in a folder `backups` beside it, or wherever one is asked for."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.errors import ConflictError, JournalError, NotFoundError, StorageError
from netjournal.store.sqlite import opener
from netjournal.store.sqlite.faults import user_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Reason of the backup at the first write of a day.
DAILY: Final = "daily"
#: Reason of one that was asked for: the last to be thinned.
MANUAL: Final = "manual"
#: Reason of what a restore kept aside, whole and damaged.
REPLACED: Final = "before-restore"
DAMAGED: Final = "before-restore-damaged"
#: Bytes that all backups of a journal may take together.
ROOM: Final = 1 << 30
#: Good backups that are kept whatever they take.
LEAST: Final = 2
#: What SQLite keeps beside a database; one file's must never be taken for another's.
SIDECARS: Final = ("-journal", "-wal", "-shm")


class Backup(NamedTuple):
    """One backup's file, by what its name says."""

    path: Path
    day: str
    reason: str


def folder_of(path: Path) -> Path:
    """Where the backups of a journal are."""
    return path.parent / "backups"


def backups(path: Path) -> list[Backup]:
    """The backups of a journal, newest first: by day, and within a day by when they were made."""
    pattern = re.compile(re.escape(path.stem) + r"-(\d{4}-\d\d-\d\d)-([a-z0-9-]+?)(?:\.(\d+))?\.db")
    found = []
    folder = folder_of(path)
    for name in os.listdir(folder) if folder.is_dir() else ():
        match = pattern.fullmatch(name)
        if match:
            try:
                made = os.stat(folder / name).st_mtime_ns
            except FileNotFoundError:  # another process has just thinned it
                continue
            found.append((match[1], made, int(match[3] or 1), Backup(folder / name, match[1], match[2])))
    return [backup for *_, backup in sorted(found, reverse=True)]


def needs_daily(path: Path, today: date) -> bool:
    """Whether there is no backup of this day yet."""
    return not (folder_of(path) / f"{path.stem}-{today.isoformat()}-{DAILY}.db").exists()


def back_up(path: Path, reason: str, today: date | None = None, *, keep: int = 10) -> Path | None:
    """Make a checked copy of the journal; return its file, or None where another process is making the same one.

    Without `today` its name tells the day of the journal's last change.

    Raises JournalError for a damaged journal, StorageError where there is no room, BusyError. Older backups are
    thinned: `keep` daily ones, 1 GiB in all, never fewer than two.
    """
    if opener.is_missing(path):
        return None
    folder = folder_of(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    size = path.stat().st_size
    if shutil.disk_usage(folder).free < 2 * size:
        raise StorageError("There is too little room on the disk for a backup.")
    # An upgrade on opening does not know the day.
    day = today or date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012  # the user's own calendar
    name = f"{path.stem}-{day.isoformat()}-{reason}"
    with alone(folder, name) as is_alone:
        # Whoever held the lock a moment ago may have made it.
        if not is_alone or (reason == DAILY and not needs_daily(path, day)):
            return None
        with draft_at(folder / f".{name}.part") as draft:
            _copy(path, draft)
            made = give_name(draft, folder, name)
    thin(path, day, keep)
    return made


def copy_to(path: Path, target: Path, *, force: bool) -> None:
    """Make a checked copy of the journal in a file of any name, 0600, whole or not at all.

    Raises ConflictError where there is a folder, or a file and not `force`; NotFoundError without a journal; JournalError,
    StorageError, BusyError.
    """
    if opener.is_missing(path):
        raise NotFoundError(f"There is no journal at {path} yet.")
    if target.is_dir():
        raise ConflictError(f"{target} is a folder.", "Name a file in it.")
    beside = [target.with_name(target.name + suffix) for suffix in SIDECARS]
    if target.exists() and target.samefile(path):
        raise ConflictError(f"{target} is the journal itself.", "Name another file.")
    taken = [found for found in (target, *beside) if os.path.lexists(found)]
    if taken and not force:
        raise ConflictError(f"{taken[0]} exists.", "Name another file, or replace that one with --force.")
    try:
        _clear(target)
        with draft_at(target.with_name(f".{target.name}.{os.getpid()}.part")) as draft:
            _copy(path, draft)
            for found in beside:
                found.unlink(missing_ok=True)
            place(draft, target, force=force)
    except FileExistsError:
        raise ConflictError(f"{target} exists.", "Name another file, or replace that one with --force.") from None
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror}.") from None


def _clear(target: Path) -> None:
    """Remove the drafts of a file whose processes are gone: a crash left a private copy under a hidden name."""
    draft = re.compile(rf"\.{re.escape(target.name)}\.(\d{{1,9}})\.part.*")
    for name in os.listdir(target.parent):
        if match := draft.fullmatch(name):
            try:
                os.kill(int(match[1]), 0)
            except ProcessLookupError:
                target.with_name(name).unlink(missing_ok=True)
            except OSError:  # somebody else's process: it may be at work
                continue


@contextmanager
def alone(folder: Path, name: str) -> Iterator[bool]:
    """Whether no other process is doing what `name` says in this folder; until the block ends none begins it.

    The kernel's lock goes with its process, so that nothing which a crash leaves stands in the way of the next.
    """
    import fcntl

    lock = folder / f".{name}.lock"
    while True:
        descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            yield False
            return
        except OSError:  # a file system without locks: links still let only one take a name
            break
        try:
            mine = os.path.samestat(os.fstat(descriptor), os.stat(lock))
        except FileNotFoundError:
            mine = False
        if mine:
            break
        # Its last holder has removed it meanwhile.
        os.close(descriptor)
    try:
        yield True
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


@contextmanager
def draft_at(draft: Path) -> Iterator[Path]:
    """An empty 0600 file for the block to fill, without what a crash left under its name; it is gone afterwards."""
    drafts = [draft, *(draft.with_name(draft.name + suffix) for suffix in SIDECARS)]
    try:
        for found in drafts:
            found.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield draft
    finally:
        for found in drafts:
            found.unlink(missing_ok=True)


def _copy(path: Path, draft: Path) -> None:
    with user_errors(path):
        connection = opener.connect(path)
        try:
            if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise JournalError(
                    f"The journal {path} is damaged; it was not copied over a good backup.",
                    "`netj doctor` says what is wrong, `netj restore latest` puts the newest good backup in its place.",
                )
            connection.execute("VACUUM INTO ?", (str(draft),))
        finally:
            connection.close()
        copy = sqlite3.connect(draft, isolation_level=None)
        try:
            if copy.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise StorageError("The backup that was just written cannot be read back.")
        finally:
            copy.close()
    sync(draft)


def give_name(draft: Path, folder: Path, name: str) -> Path:
    """Give the finished draft its name; a second backup for one reason on one day gets a number."""
    number = 1
    while True:
        made = folder / (f"{name}.db" if number == 1 else f"{name}.{number}.db")
        try:
            place(draft, made, force=False)
        except FileExistsError:
            number += 1
            continue
        return made


def place(draft: Path, target: Path, *, force: bool) -> None:
    """Give a finished draft the name of a file, for good; raises FileExistsError where there is one and not `force`."""
    if force:
        os.replace(draft, target)
    else:
        try:
            os.link(draft, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if os.path.lexists(target):
                raise FileExistsError from None
            os.replace(draft, target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def thin(path: Path, today: date, keep: int) -> None:
    """Remove the oldest: daily ones over `keep`, then any over the room there is; and drafts that a crash left.

    The two newest good ones stay, and what was asked for goes after all that was made by itself.
    """
    found = backups(path)
    daily = [b for b in found if b.reason == DAILY]
    gone = set(daily[max(keep, LEAST) :])
    kept = [b for b in found if b not in gone]
    safe = [b for b in kept if b.reason != DAMAGED][:LEAST]
    total = 0
    for backup in sorted(kept, key=lambda b: (b not in safe, b.reason != MANUAL)):
        total += backup.path.stat().st_size
        if total > ROOM and backup not in safe:
            gone.add(backup)
    for backup in gone:
        for suffix in ("", *SIDECARS):
            backup.path.with_name(backup.path.name + suffix).unlink(missing_ok=True)
    for draft in folder_of(path).glob(f".{path.stem}-*.part*"):
        if today.isoformat() not in draft.name:
            draft.unlink(missing_ok=True)
