"""Restoring and backing up while things go wrong: kills at every step, damaged files, hot journals, writers, full disks."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
import threading
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from forked import state

from hasty import once
from netjournal.store.sqlite import backup, restore
from netjournal.store.sqlite.backup import alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forked import Warm

pytest_plugins = ["warm"]

#: Kills the child before the nth line of the modules that copy and rename, or (n = 0) counts these in a file.
KILLED = """
import os, signal, sys
left = [{step}]
told = os.open({told!r}, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
def count(frame, event, _):
    if event == "call":
        return count if frame.f_code.co_filename.endswith(("/sqlite/restore.py", "/sqlite/backup.py")) else None
    if event == "line":
        left[0] -= 1
        if left[0] < 0:
            os.write(told, b".")
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
    return count
sys.settrace(count)
"""
#: Kills of each kind; all lines there are, where tests are given time.
KILLS = 5 * int(os.environ.get("NETJ_FUZZ") or 1)
IMPATIENT = "from netjournal.store.sqlite import opener; opener.TIMEOUT = 0.4"
NOBODY = """
import csv, fcntl, json, os, tempfile
from netjournal.store.sqlite import opener, restore, verify, doctor, index, salvage
opener.empty_in_memory().close()
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""


@pytest.fixture
def journal(warm: Warm) -> Path:
    """A journal with Dana in it and a backup, and Priya that only the journal has."""

    def make() -> None:
        for line in ("contact add 'Dana Whitfield' --note 'likes tea'", "backup", "contact add 'Priya Nair'"):
            assert warm(line).ok

    return once(Path(warm.environment["NETJ_DB"]), make)


def kept(journal: Path) -> list[Path]:
    """What restores have put aside."""
    return sorted((journal.parent / "backups").glob("*-before-restore*.db"))


def stored(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [row[0] for row in connection.execute("SELECT name FROM contact ORDER BY name")]


def noise(journal: Path, start: int = 0) -> bytes:
    content = bytearray(journal.read_bytes())
    content[start : start + 20_000] = random.Random(5).randbytes(20_000)
    journal.write_bytes(content)
    return bytes(content)


@pytest.mark.parametrize("start", [0, 100, 40_000])
def test_a_damaged_journal_is_restored_and_kept_aside_as_it_was(start: int, journal: Path, warm: Warm) -> None:
    whole = warm("export").ok.stdout
    assert warm("backup").ok
    damaged = noise(journal, start)
    (journal.parent / "journal.db-journal").write_bytes(b"not hot, but there")
    row = warm("restore latest --yes -f json").rows[0]
    assert warm("export").ok.stdout == whole
    (aside,) = kept(journal)
    assert row["kept"] == str(aside)
    assert aside.read_bytes() == damaged
    assert "damaged" in aside.name
    assert aside.stat().st_mode & 0o777 == 0o600
    if not start:  # what could not be opened: else SQLite itself takes such a file away
        assert aside.with_name(aside.name + "-journal").read_bytes() == b"not hot, but there"
    assert not (journal.parent / "journal.db-journal").exists()
    assert warm("log -w dana-whitfield hello").ok


@pytest.mark.parametrize("damaged", [False, True])
def test_killed_at_any_step_a_restore_leaves_the_old_or_the_new_journal(
    damaged: bool, journal: Path, warm: Warm, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if damaged:
        noise(journal)
        (journal.parent / "journal.db-journal").write_bytes(b"\0" * 600)
    before = state(journal.parent)
    old, copies = journal.read_bytes(), set((journal.parent / "backups").iterdir())
    told = str(tmp_path_factory.mktemp("told") / "steps")
    assert warm("restore latest --yes", before=KILLED.format(step=0, told=told)).ok
    lines = os.path.getsize(told)
    # Most lines copy; the last of them are those that put things in their places.
    steps = {*range(lines - 60, lines, 60 // KILLS or 1), *range(2, lines, lines // KILLS or 1)}
    outcomes = set()
    for step in sorted(steps):
        _put_back(journal.parent, before)
        assert warm("restore latest --yes", before=KILLED.format(step=step, told=told)).code == -9
        outcomes.add(_outcome(journal, old, damaged=damaged))
        assert copies < set((journal.parent / "backups").iterdir()) | {journal}
    assert outcomes == {"old", "new"}


def _put_back(folder: Path, before: dict[str, tuple[bytes, int]]) -> None:
    for name in state(folder):
        (folder / name).unlink()
    for name, (content, mode) in before.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(mode)


def _outcome(journal: Path, old: bytes, *, damaged: bool) -> str:
    """Which journal a kill left, by its bytes or what it holds; where it is the new one, the old was kept."""
    if journal.read_bytes() == old:
        if not damaged:
            assert stored(journal) == ["Dana Whitfield", "Priya Nair"]
        return "old"
    assert stored(journal) == ["Dana Whitfield"]
    assert [file.read_bytes() for file in kept(journal)] == [old]
    return "new"


def test_after_a_kill_the_next_restore_and_the_next_backup_are_not_in_its_way(journal: Path, warm: Warm) -> None:
    for step in (30, 60, 90):
        warm("restore latest --yes", before=KILLED.format(step=step, told=os.devnull))
    assert warm("restore latest --yes").ok
    assert stored(journal) == ["Dana Whitfield"]
    for step in (12, 20, 40):
        assert warm("backup", before=KILLED.format(step=step, told=os.devnull)).code == -9
    assert warm("backup").ok
    folder = journal.parent
    assert [f.name for f in folder.rglob(".*") if f.is_file() and f.name.endswith((".part", "-journal"))] == []


def test_while_one_process_makes_a_backup_another_does_not_make_the_same(journal: Path, warm: Warm) -> None:
    with alone(journal.parent / "backups", "journal-2026-11-23-manual") as mine:
        assert mine
        assert warm("backup").code == 9
    assert warm("backup").ok


def test_a_restore_waits_for_no_writer_longer_than_others_do(journal: Path, warm: Warm) -> None:
    before = state(journal.parent)
    with closing(sqlite3.connect(journal, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        ended = warm("restore latest --yes", before=IMPATIENT)
    assert (ended.code, ended.stdout, ended.stderr.count("\n")) == (8, "", 1)
    assert state(journal.parent) == before


def test_a_writer_that_waits_while_its_journal_is_replaced_loses_nothing_in_silence(journal: Path, warm: Warm) -> None:
    told: list[int] = []
    place = backup.place

    def while_it_waits(draft: Path, target: Path, *, force: bool) -> None:
        if target == journal:
            thread = threading.Thread(target=lambda: told.append(warm("log -w priya-nair 'hello'").code))
            thread.start()
            time.sleep(0.3)
            place(draft, target, force=force)
            waiting.append(thread)
        else:
            place(draft, target, force=force)

    waiting: list[threading.Thread] = []
    (source,) = (journal.parent / "backups").glob("*-manual.db")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(backup, "place", while_it_waits)
        aside = restore.restore(journal, source, date(2026, 11, 23))
    waiting[0].join()
    # It was refused, and neither what it had opened nor what took its place was written.
    assert told == [9]
    assert stored(journal) == ["Dana Whitfield"]
    assert aside is not None
    assert stored(aside) == ["Dana Whitfield", "Priya Nair"]
    assert os.listdir(journal.parent).count("journal.db-journal") == 0
    assert warm("log -w dana-whitfield 'hello'").ok


def hot(journal: Path) -> dict[str, bytes]:
    """The journal and what a writer that was killed in the middle leaves beside it."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE contact SET note = hex(zeroblob(20000))")
        left = {name: (journal.parent / name).read_bytes() for name in ("journal.db", "journal.db-journal")}
        connection.execute("ROLLBACK")
    return left


def test_a_write_that_was_cut_off_is_never_taken_back_in_the_restored_journal(journal: Path, warm: Warm) -> None:
    left = hot(journal)
    for head in (left["journal.db"], b"\xff" * 100 + left["journal.db"][100:]):
        journal.write_bytes(head)
        (journal.parent / "journal.db-journal").write_bytes(left["journal.db-journal"])
        assert warm("restore latest --yes").ok
        assert stored(journal) == ["Dana Whitfield"]
        assert not (journal.parent / "journal.db-journal").exists()
    whole, damaged = kept(journal)[::-1]
    # What could be opened was put right first; what could not, is kept with what may put it right.
    assert stored(whole) == ["Dana Whitfield", "Priya Nair"]
    assert damaged.with_name(damaged.name + "-journal").read_bytes() == left["journal.db-journal"]


def placed(path: Path) -> dict[str, str]:
    return {"NETJ_DB": str(path), "NETJ_CONFIG": str(path.with_name("no-config.toml"))}


@pytest.fixture
def elsewhere(journal: Path, warm: Warm) -> Iterator[Path]:
    """The journal and its backup in a folder that everybody can reach, owned by whoever the commands run as."""
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(journal.parent, folder / "kept")
        if os.getuid() == 0:
            for place in (folder, *folder.rglob("*")):
                os.chown(place, 65534, 65534)
        copy = folder / "kept" / "journal.db"
        if warm("contact list", env=placed(copy), before=NOBODY).code:
            pytest.skip("the user nobody cannot reach the program or the folder for temporary files")
        yield copy
    finally:
        for place in (folder, *folder.rglob("*")):
            if place.is_dir():
                place.chmod(0o700)
        shutil.rmtree(folder)


def test_where_nothing_can_be_written_looking_works_and_the_rest_is_9(elsewhere: Path, warm: Warm) -> None:
    for place in (elsewhere.parent / "backups", elsewhere.parent):
        place.chmod(0o500)
    before, environment = state(elsewhere.parent), placed(elsewhere)
    for command in ("doctor", "backup list", "backup verify all"):
        assert warm(command, env=environment, before=NOBODY).ok.stdout
    salvage = ["doctor", "--salvage", str(elsewhere.parent / "new.db")]
    for words in ("backup", ["backup", str(elsewhere.parent / "new.db")], "restore latest --yes", salvage):
        ended = warm(words, env=environment, before=NOBODY)
        assert (words, ended.code, ended.stdout) == (words, 9, "")
        assert "tea" not in ended.stderr
    assert state(elsewhere.parent) == before


def test_on_a_full_disk_the_old_journal_stays_and_no_half_file_is_left(journal: Path, warm: Warm) -> None:
    before = state(journal.parent)
    limit = journal.stat().st_size // 2
    small = f"import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    small += "; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    new = str(journal.parent / "new.db")
    for words in ("backup", ["backup", new], "restore latest --yes", ["doctor", "--salvage", new]):
        ended = warm(words, before=small)
        assert (words, ended.code, ended.stdout) == (words, 9, "")
        assert state(journal.parent) == before
