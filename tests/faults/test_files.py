"""What happens to the file on the disk: folders that cannot be written, files that are no journal, full disks, modes."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from forked import state

from hasty import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forked import Warm

    from conftest import Spawn

pytest_plugins = ["warm"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")

READS = ["contact list -f json", "due -f json", "timeline dana -f json", "interaction list", "export", "next"]
WRITES = [
    "log @dana-whitfield",
    "contact add 'Priya Nair'",
    "keep dana --circle outer",
    "undo",
    "objective add 'New role'",
]
#: The user that owns nothing, where the tests run as the one who may do everything; what is imported late is imported
#: before, since Python itself may lie where nobody else can read.
NOBODY = """
import csv, json, os
from netjournal.store.sqlite import opener
opener.empty_in_memory().close()
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""


@pytest.fixture
def journal(warm: Warm) -> Path:
    """A journal with Dana in it."""

    def make() -> None:
        assert warm("contact add 'Dana Whitfield' --circle inner --note 'likes tea'").ok
        assert warm("log @dana-whitfield about hiring").ok

    return once(Path(warm.environment["NETJ_DB"]), make)


def placed(journal: Path) -> dict[str, str]:
    return {"NETJ_DB": str(journal), "NETJ_CONFIG": str(journal.parent / "no-config.toml")}


@pytest.fixture
def elsewhere(journal: Path, warm: Warm) -> Iterator[Path]:
    """The journal in a folder that everybody can reach, owned by whoever the commands run as."""
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "kept").mkdir()
        copy = Path(shutil.copy(journal, folder / "kept" / "journal.db"))
        if os.getuid() == 0:
            for place in (folder, folder / "kept", copy):
                os.chown(place, 65534, 65534)
        if warm("contact list", env=placed(copy), before=NOBODY).code:
            pytest.skip("the user nobody cannot reach the program or the folder for temporary files")
        yield copy
    finally:
        for place in (folder, folder / "kept"):
            place.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize(("folder", "file"), [(0o500, 0o600), (0o700, 0o400), (0o500, 0o400)])
def test_in_a_read_only_folder_reading_works_and_writing_is_9(
    folder: int, file: int, elsewhere: Path, warm: Warm
) -> None:
    elsewhere.chmod(file)
    elsewhere.parent.chmod(folder)
    before, environment = state(elsewhere.parent), placed(elsewhere)
    # Every command where nothing may be written; where one of the two may, those that go by another way to the file.
    all_of_them = folder == 0o500 and file == 0o400
    for command in READS if all_of_them else READS[:2]:
        assert warm(command, env=environment, before=NOBODY).ok.stdout
    for command in WRITES if all_of_them else ("log @dana-whitfield", "undo"):
        ended = warm(command, env=environment, before=NOBODY)
        assert (command, ended.code, ended.stdout) == (command, 9, "")
        assert ended.stderr.startswith(f"netj: The journal {elsewhere} ")
        assert "tea" not in ended.stderr
    assert state(elsewhere.parent) == before


def test_an_older_journal_that_is_read_only_is_9_and_nothing_is_made_beside_it(elsewhere: Path, warm: Warm) -> None:
    with closing(sqlite3.connect(elsewhere)) as connection:
        connection.executescript("DROP TABLE touch_topic; PRAGMA user_version = 3")
    elsewhere.chmod(0o400)
    for folder in (0o700, 0o500):
        elsewhere.parent.chmod(folder)
        before = state(elsewhere.parent)
        for command in [READS[0], WRITES[0]]:
            ended = warm(command, env=placed(elsewhere), before=NOBODY)
            assert (ended.code, ended.stdout) == (9, "")
            assert ended.stderr.startswith(f"netj: The journal {elsewhere} is of schema 3 and read-only here, ")
        assert state(elsewhere.parent) == before


def test_a_journal_that_may_not_be_read_is_9(elsewhere: Path, warm: Warm) -> None:
    elsewhere.chmod(0)
    before = elsewhere.stat()
    for command in [READS[0], WRITES[0]]:
        ended = warm(command, env=placed(elsewhere), before=NOBODY)
        assert ended.code == 9
        assert ended.stderr == f"netj: The journal {elsewhere} cannot be opened: permission is missing.\n"
    assert elsewhere.stat().st_mtime_ns == before.st_mtime_ns


def test_a_journal_that_cannot_be_made_is_9(elsewhere: Path, warm: Warm) -> None:
    elsewhere.parent.chmod(0o500)
    for place in (elsewhere.with_name("new.db"), elsewhere.parent / "deep" / "new.db"):
        assert warm("contact list", env=placed(place), before=NOBODY).code == 0
        ended = warm("contact add Ana", env=placed(place), before=NOBODY)
        assert (ended.code, ended.stdout) == (9, "")
        assert "cannot be made" in ended.stderr


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version + 1}")


def overwritten(path: Path) -> None:
    """Noise over a page that every command needs: the first one of the table of contacts."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'contact'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(random.Random(1).randbytes(size))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_text("To do: call Dana\n" * 1000), "is not a netjournal file"),
    "random bytes": (lambda path: path.write_bytes(random.Random(3).randbytes(50_000)), "is not a netjournal file"),
    "half a store": (lambda path: os.truncate(path, path.stat().st_size // 2), "is damaged"),
    "a page of a store": (lambda path: os.truncate(path, 4096), "is damaged"),
    "a store with noise in it": (overwritten, "is damaged"),
    "a newer store": (newer, "newer than this program"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_is_no_journal_of_ours_is_5_and_left_as_it_is(what: str, journal: Path, warm: Warm) -> None:
    damage, words = DAMAGE[what]
    damage(journal)
    before = state(journal.parent)
    for command in ["contact list", "export", "log @dana-whitfield", "contact add Ana"]:
        ended = warm(command)
        assert (command, ended.code, ended.stdout) == (command, 5, "")
        assert words in ended.stderr
        assert ended.stderr.count("\n") == 2
        assert "tea" not in ended.stderr
    assert state(journal.parent) == before


def test_a_spawned_command_refuses_a_text_file_as_a_forked_one_does(spawn: Spawn, warm: Warm) -> None:
    Path(warm.environment["NETJ_DB"]).write_text("To do: call Dana\n")
    forked, spawned = warm("contact list"), spawn("contact list")
    assert forked[:3] == tuple(spawned)
    assert spawned.code == 5


@pytest.mark.parametrize("mask", ["0o000", "0o022"])
def test_whatever_the_umask_files_are_0600_and_folders_0700(mask: str, warm: Warm, tmp_path: Path) -> None:
    place = tmp_path / "data" / "netjournal" / "journal.db"
    environment = {"NETJ_DB": str(place)}
    # SQLite's own journal exists only while a transaction lasts: the folder is looked at after each row.
    seen = tmp_path / "seen"
    look = f"""
import os
os.umask({mask})
from netjournal.store.unit_of_work import UnitOfWork
add = UnitOfWork.add
def add_and_look(self, *given, **values):
    found = add(self, *given, **values)
    with os.scandir({str(place.parent)!r}) as files, open({str(seen)!r}, "a") as told:
        for file in files:
            if file.is_file():
                told.write(f"{{file.name}} {{file.stat().st_mode & 0o777:o}}\\n")
    return found
UnitOfWork.add = add_and_look
"""
    for command in [
        "contact add 'Dana Whitfield'",
        "log @dana-whitfield",
        f"export --to {place.parent}/all.ndjson",
        "undo",
    ]:
        assert warm(command, env=environment, before=look).ok
    assert set(seen.read_text().splitlines()) >= {"journal.db 600", "journal.db-journal 600"}
    assert {line.split()[1] for line in seen.read_text().splitlines()} == {"600"}
    modes = {str(file.relative_to(tmp_path)): file.stat().st_mode & 0o777 for file in (tmp_path / "data").rglob("*")}
    assert len(modes) >= 3
    for name, mode in {**modes, "data": (tmp_path / "data").stat().st_mode & 0o777}.items():
        wanted = 0o700 if (tmp_path / name).is_dir() else 0o600
        assert (name, oct(mode)) == (name, oct(wanted))


def test_a_disk_that_is_full_is_9_and_keeps_the_old_data(journal: Path, warm: Warm) -> None:
    before = warm("export").ok.stdout
    limit = journal.stat().st_size + 4096
    small = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    small += "; import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    ended = warm(["log", "@dana-whitfield", "--note", "tea " * 20_000], before=small)
    assert (ended.code, ended.stdout) == (9, "")
    assert ended.stderr.startswith("netj: The journal ")
    assert "tea" not in ended.stderr
    assert warm("export").ok.stdout == before
    assert warm("log @dana-whitfield").ok


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that holds little more than a journal."""
    place = tmp_path / "tiny"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=640k,mode=700", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_file_system_without_room_is_9_and_keeps_the_old_data(tiny: Path, journal: Path, warm: Warm) -> None:
    copy = Path(shutil.copy(journal, tiny / "journal.db"))
    before = warm("export", env=placed(copy)).ok.stdout
    ended = warm(["log", "@dana-whitfield", "--note", "tea " * 24_000], env=placed(copy))
    while ended.code == 0:
        before = warm("export", env=placed(copy)).ok.stdout
        ended = warm(["log", "@dana-whitfield", "--note", "tea " * 24_000], env=placed(copy))
    assert (ended.code, ended.stdout) == (9, "")
    assert ended.stderr.startswith("netj: ")
    assert "tea" not in ended.stderr
    assert warm("export", env=placed(copy)).ok.stdout == before
    for backup in (tiny / "backups").glob("*"):
        backup.unlink()
    assert warm("log @dana-whitfield", env=placed(copy)).ok
