"""Backups: when they are made, that they are whole, and what is thinned."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import namedtuple
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from netjournal.errors import JournalError, StorageError
from netjournal.store.sqlite import backup
from netjournal.store.sqlite.opener import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Netj

TODAY = date(2026, 11, 23)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    open_for_writing(path).close()
    return path


def names(journal: Path) -> list[str]:
    folder = backup.folder_of(journal)
    return sorted(found.name for found in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def netj(netj: Netj) -> Netj:
    """The same, with backups."""
    return partial(netj, backups=True)


def test_the_first_write_of_a_day_makes_one_backup_and_reading_none(netj: Netj, environment: dict[str, str]) -> None:
    folder = os.path.join(os.path.dirname(environment["NETJ_DB"]), "backups")
    assert netj("due").ok
    assert not os.path.exists(folder)
    assert netj("circle add mentors --every 6w").ok
    assert netj("circle add press --every 6w").ok
    assert os.listdir(folder) == ["journal-2026-11-23-daily.db"]
    assert netj("circle add peers --every 6w", env={"NETJ_TODAY": "2026-11-24"}).ok
    assert sorted(os.listdir(folder)) == ["journal-2026-11-23-daily.db", "journal-2026-11-24-daily.db"]
    with_three = sqlite3.connect(os.path.join(folder, "journal-2026-11-24-daily.db"))
    assert with_three.execute("SELECT count(*) FROM circle").fetchone() == (7,)
    with_three.close()


def test_an_import_and_a_merge_are_preceded_by_a_backup(netj: Netj, tmp_path: Path) -> None:
    assert netj("contact add 'Dana Whitfield'").ok
    assert netj("contact add 'Dee Whitfield'").ok
    file = tmp_path / "Connections.csv"
    file.write_text("First Name,Last Name,Connected On\nBo,Li,02 Jan 2024\n")
    assert netj(["import", "linkedin", str(file)]).ok
    assert netj(["import", "linkedin", str(file)]).ok
    # Nor has a merge with nobody.
    assert netj("contact merge dana-whitfield nobody").code == 3
    assert netj("contact merge dana-whitfield dee-whitfield").ok
    found = [b.reason for b in backup.backups(tmp_path / "journal.db")]
    # The second import had nothing to change.
    assert sorted(found) == ["before-import", "before-merge", "daily"]


def test_a_backup_is_a_private_journal_with_the_same_rows(journal: Path) -> None:
    made = backup.back_up(journal, "daily", TODAY)
    assert made is not None
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    one, other = sqlite3.connect(journal), sqlite3.connect(made)
    # A copy is written with its indexes before its triggers, whichever were made first.
    assert sorted(one.iterdump()) == sorted(other.iterdump())
    assert other.execute("PRAGMA application_id").fetchone() == one.execute("PRAGMA application_id").fetchone()
    one.close()
    other.close()


def test_a_damaged_journal_is_not_copied(journal: Path) -> None:
    content = bytearray(journal.read_bytes())
    content[4096 * 3 : 4096 * 9] = os.urandom(4096 * 6)
    journal.write_bytes(content)
    with pytest.raises(JournalError):
        backup.back_up(journal, "daily", TODAY)
    assert names(journal) == []


def test_a_missing_journal_has_no_backup(tmp_path: Path) -> None:
    assert backup.back_up(tmp_path / "none.db", "daily", TODAY) is None
    assert names(tmp_path / "none.db") == []


def test_without_twice_the_room_there_is_no_backup(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(0, 0, 2 * journal.stat().st_size - 1))
    with pytest.raises(StorageError):
        backup.back_up(journal, "daily", TODAY)
    assert names(journal) == []


def test_a_backup_that_cannot_be_made_holds_up_no_note(netj: Netj, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("in the way")
    result = netj("circle add mentors --every 6w", backups=True)
    assert result.code == 0
    assert result.stderr.startswith("No backup was made: ")
    assert "mentors" in netj("circle list").ok.stdout


def test_two_for_one_reason_on_one_day_are_both_kept(journal: Path) -> None:
    for _ in range(3):
        backup.back_up(journal, "before-import", TODAY)
    assert names(journal) == [
        "journal-2026-11-23-before-import.2.db",
        "journal-2026-11-23-before-import.3.db",
        "journal-2026-11-23-before-import.db",
    ]


def test_the_newest_ten_of_a_day_stay_and_others_are_not_counted_among_them(journal: Path) -> None:
    backup.back_up(journal, "before-merge", TODAY)
    for n in range(13):
        backup.back_up(journal, "daily", TODAY + timedelta(days=n))
    kept = backup.backups(journal)
    assert [b.day for b in kept if b.reason == "daily"] == [
        (TODAY + timedelta(days=n)).isoformat() for n in range(12, 2, -1)
    ]
    assert [b.reason for b in kept if b.reason != "daily"] == ["before-merge"]


def test_over_the_room_the_oldest_go_but_two_stay(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "ROOM", 1)
    for n in range(4):
        backup.back_up(journal, "before-import", TODAY + timedelta(days=n))
    assert [b.day for b in backup.backups(journal)] == ["2026-11-26", "2026-11-25"]


def test_files_of_other_journals_are_left_alone(journal: Path) -> None:
    folder = backup.folder_of(journal)
    folder.mkdir()
    (folder / "other-2020-01-01-daily.db").write_text("")
    (folder / "journal-notes.db").write_text("")
    for n in range(12):
        backup.back_up(journal, "daily", TODAY + timedelta(days=n), keep=2)
    assert {"other-2020-01-01-daily.db", "journal-notes.db"} < set(names(journal))
    assert len(backup.backups(journal)) == 2


def test_what_was_asked_for_is_thinned_after_what_was_made_by_itself(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "ROOM", 3 * journal.stat().st_size + 1)
    backup.back_up(journal, "manual", TODAY)
    for n in range(1, 5):
        backup.back_up(journal, "before-import", TODAY + timedelta(days=n))
    assert [b.day for b in backup.backups(journal)] == ["2026-11-27", "2026-11-26", "2026-11-23"]


def test_a_damaged_journal_that_was_kept_aside_is_not_one_of_the_two_good_ones(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "ROOM", 1)
    for n in range(2):
        backup.back_up(journal, "before-import", TODAY + timedelta(days=n))
    for n in (2, 3):
        kept = backup.folder_of(journal) / f"journal-2026-11-{23 + n}-before-restore-damaged.db"
        kept.write_bytes(b"noise")
        kept.with_name(kept.name + "-journal").write_bytes(b"noise")
    backup.thin(journal, TODAY, 10)
    assert names(journal) == ["journal-2026-11-23-before-import.db", "journal-2026-11-24-before-import.db"]


def test_a_draft_that_a_crash_left_stands_in_nobodys_way(journal: Path) -> None:
    folder = backup.folder_of(journal)
    folder.mkdir()
    for left in (".journal-2026-11-23-daily.part", ".journal-2026-11-23-daily.lock"):
        (folder / left).write_bytes(b"half")
    assert backup.back_up(journal, "daily", TODAY) is not None
    assert names(journal) == ["journal-2026-11-23-daily.db"]


def test_a_named_copy_takes_away_what_crashed_ones_left_and_no_other_draft(journal: Path) -> None:
    gone = os.fork()
    if not gone:
        os._exit(0)
    os.waitpid(gone, 0)
    for owner in (
        f"copy.db.{gone}.part",
        f"copy.db.{gone}.part-journal",
        f"copy.db.{os.getppid()}.part",
        "copy.db.x.part",
    ):
        journal.with_name(f".{owner}").write_bytes(b"half")
    backup.copy_to(journal, journal.with_name("copy.db"), force=False)
    left = sorted(found.name for found in journal.parent.iterdir())
    assert left == [f".copy.db.{os.getppid()}.part", ".copy.db.x.part", "copy.db", "journal.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks")
def test_of_many_processes_one_makes_the_backup_of_the_day(journal: Path) -> None:
    children = []
    for _ in range(8):
        child = os.fork()
        if not child:
            code = 70
            try:
                code = int(backup.back_up(journal, "daily", TODAY) is not None)
            finally:
                os._exit(code)
        children.append(child)
    made = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert sorted(made) == [0] * 7 + [1]
    assert names(journal) == ["journal-2026-11-23-daily.db"]
