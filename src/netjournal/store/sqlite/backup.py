"""Backups: whole, checked copies of the journal in a folder `backups` beside it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.errors import JournalError, StorageError
from netjournal.store.sqlite.faults import user_errors
from netjournal.store.sqlite.opener import connect, is_missing

if TYPE_CHECKING:
    from pathlib import Path

#: Reason of the backup at the first write of a day.
DAILY: Final = "daily"
#: Bytes that all backups of a journal may take together.
ROOM: Final = 1 << 30
#: Good backups that are kept whatever they take.
LEAST: Final = 2


class Backup(NamedTuple):
    """One backup's file, by what its name says."""

    path: Path
    day: str
    reason: str


def folder_of(path: Path) -> Path:
    """Where the backups of a journal are."""
    return path.parent / "backups"


def backups(path: Path) -> list[Backup]:
    """The backups of a journal, newest first."""
    pattern = re.compile(re.escape(path.stem) + r"-(\d{4}-\d\d-\d\d)-([a-z0-9-]+?)(?:\.(\d+))?\.db")
    found = []
    folder = folder_of(path)
    for name in os.listdir(folder) if folder.is_dir() else ():
        match = pattern.fullmatch(name)
        if match:
            found.append((match[1], int(match[3] or 1), Backup(folder / name, match[1], match[2])))
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
    if is_missing(path):
        return None
    folder = folder_of(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    size = path.stat().st_size
    if shutil.disk_usage(folder).free < 2 * size:
        raise StorageError("There is too little room on the disk for a backup.")
    # An upgrade on opening does not know the day.
    day = today or date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012  # the user's own calendar
    name = f"{path.stem}-{day.isoformat()}-{reason}"
    draft = folder / f".{name}.part"
    try:
        # The draft's name is the lock: who makes it makes the backup.
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return None
    try:
        _copy(path, draft)
        made = _settle(draft, folder, name)
    finally:
        draft.unlink(missing_ok=True)
    _thin(path, day, keep)
    return made


def _copy(path: Path, draft: Path) -> None:
    with user_errors(path):
        connection = connect(path)
        try:
            if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise JournalError(f"The journal {path} is damaged; it was not copied over a good backup.")
            connection.execute("VACUUM INTO ?", (str(draft),))
        finally:
            connection.close()
        copy = sqlite3.connect(draft, isolation_level=None)
        try:
            if copy.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise StorageError("The backup that was just written cannot be read back.")
        finally:
            copy.close()
    _sync(draft)


def _settle(draft: Path, folder: Path, name: str) -> Path:
    """Give the finished draft its name; a second backup for one reason on one day gets a number."""
    number = 1
    while True:
        made = folder / (f"{name}.db" if number == 1 else f"{name}.{number}.db")
        try:
            os.link(draft, made)
        except FileExistsError:
            number += 1
            continue
        except OSError:
            # A file system without links.
            os.replace(draft, made)
        _sync(folder)
        return made


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _thin(path: Path, today: date, keep: int) -> None:
    """Remove the oldest: daily ones over `keep`, then any over the room there is; and drafts that a crash left."""
    found = backups(path)
    daily = [b for b in found if b.reason == DAILY]
    gone = set(daily[max(keep, LEAST) :])
    kept = [b for b in found if b not in gone]
    total = 0
    for place, backup in enumerate(kept):
        total += backup.path.stat().st_size
        if total > ROOM and place >= LEAST:
            gone.add(backup)
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    for draft in folder_of(path).glob(f".{path.stem}-*.part"):
        if today.isoformat() not in draft.name:
            draft.unlink(missing_ok=True)
