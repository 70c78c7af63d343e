"""The one opener: what it refuses, what it leaves untouched, and what is in force on a connection it gives."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from everything import fill, raw, read, state, write

from netjournal import store
from netjournal.errors import BusyError, JournalError, NetjError
from netjournal.store.sqlite import faults, opener

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    fill(tmp_path / "journal.db")
    return tmp_path / "journal.db"


def test_a_missing_journal_reads_as_empty_and_is_not_made(tmp_path: Path) -> None:
    assert read(tmp_path / "no" / "journal.db") == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_no_length_reads_as_empty_and_is_left_so(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    before = state(tmp_path)
    assert read(tmp_path / "journal.db") == []
    assert state(tmp_path) == before


def test_a_file_of_no_length_becomes_a_journal_when_written(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    write(tmp_path / "journal.db")
    assert read(tmp_path / "journal.db") == []
    with raw(tmp_path / "journal.db") as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x6E65746A,)
        assert connection.execute("PRAGMA user_version").fetchone() == (opener.SCHEMA_VERSION,)
        assert connection.execute("SELECT length(uid), substr(uid, 13, 1) FROM journal").fetchall() == [(32, "4")]


def test_a_reader_changes_no_byte_and_no_time_and_makes_no_file(journal: Path) -> None:
    before = state(journal.parent)
    assert len(read(journal)) == 3
    assert state(journal.parent) == before


def test_a_reader_cannot_write(journal: Path) -> None:
    with (
        store.reading(journal) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.rows("DELETE FROM contact")


@pytest.mark.parametrize("name", ["a b.db", "100%41.db", "what?mode=memory.db", "#1.db", "Zoë.db", "file:x.db"])
def test_a_journal_may_have_any_name(name: str, tmp_path: Path) -> None:
    fill(tmp_path / name)
    assert len(read(tmp_path / name)) == 3
    assert os.listdir(tmp_path) == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_a_journal_may_have_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.db"))
    fill(path)
    assert len(read(path)) == 3


def settings_of(connection: sqlite3.Connection, *names: str) -> dict[str, object]:
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


def test_the_settings_of_a_writing_connection_are_in_force(journal: Path) -> None:
    with closing(opener.open_for_writing(journal)) as connection:
        found = settings_of(
            connection,
            *("foreign_keys", "cell_size_check", "temp_store", "journal_mode", "synchronous", "fullfsync"),
            *("secure_delete", "query_only", "busy_timeout"),
        )
    assert found == {
        "foreign_keys": 1,
        "cell_size_check": 1,
        "temp_store": 2,
        "journal_mode": "delete",
        "synchronous": 3,
        "fullfsync": 1,
        "secure_delete": 1,
        "query_only": 0,
        "busy_timeout": 10_000,
    }


def test_the_settings_of_a_reading_connection_are_in_force(journal: Path) -> None:
    with opener.open_for_reading(journal) as reader:
        names = ("foreign_keys", "cell_size_check", "temp_store", "query_only", "busy_timeout")
        found = {name: reader.rows(f"PRAGMA {name}")[0][0] for name in names}
    assert found == dict(zip(names, (1, 1, 2, 1, 10_000), strict=True))


def test_a_reader_sees_one_state_of_the_journal_however_long_it_reads(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener, "TIMEOUT", 0.1)
    with store.reading(journal) as connection:
        assert connection.rows("SELECT count(*) FROM organization") == [(2,)]
        with pytest.raises(BusyError):
            write(journal)
        assert connection.rows("SELECT count(*) FROM organization") == [(2,)]


WRITER = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
"""


@posix
def test_a_look_at_the_file_does_not_cost_this_process_its_lock(journal: Path) -> None:
    # POSIX: closing any descriptor of a file drops every lock that the process has on it.
    with closing(opener.open_for_writing(journal)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert not opener.is_missing(journal)
        assert len(read(journal)) == 3
        ended = subprocess.run(
            [sys.executable, "-c", WRITER, str(journal)], capture_output=True, text=True, check=False
        )
    assert ended.stderr.splitlines()[-1:] == ["sqlite3.OperationalError: database is locked"]


@posix
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_and_folders_are_their_owners_alone_whatever_the_umask(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "new" / "journal.db")
    finally:
        os.umask(before)
    assert oct((tmp_path / "new").stat().st_mode & 0o777) == "0o700"
    assert oct((tmp_path / "new" / "journal.db").stat().st_mode & 0o777) == "0o600"


def test_a_file_of_an_older_sqlite_is_refused(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 9))
    with pytest.raises(JournalError, match="too old"):
        read(journal)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (sqlite3.SQLITE_BUSY, 8),
        (sqlite3.SQLITE_BUSY | 1 << 8, 8),
        (sqlite3.SQLITE_LOCKED, 8),
        (sqlite3.SQLITE_READONLY, 9),
        (sqlite3.SQLITE_READONLY | 6 << 8, 9),
        (sqlite3.SQLITE_IOERR | 3 << 8, 9),
        (sqlite3.SQLITE_CANTOPEN, 9),
        (sqlite3.SQLITE_FULL, 9),
        (sqlite3.SQLITE_CORRUPT | 1 << 8, 5),
        (sqlite3.SQLITE_NOTADB, 5),
        (sqlite3.SQLITE_CONSTRAINT, None),
        (sqlite3.SQLITE_ERROR, None),
    ],
)
def test_a_failure_of_sqlite_ends_with_its_exit_code_and_without_its_words(code: int, wanted: int | None) -> None:
    error = sqlite3.OperationalError("secret note text")
    error.sqlite_errorcode = code
    shown = faults.user_error(error, Path("journal.db"))
    assert (shown.code if shown else None) == wanted
    assert "secret" not in f"{shown and (shown.sentence, shown.hint)}"
    if shown is not None:
        with pytest.raises(NetjError), faults.user_errors(Path("journal.db")):
            raise error


def test_a_hot_journal_left_by_a_crash_is_rolled_back_by_the_next_reader(journal: Path) -> None:
    whole = journal.read_bytes()
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE contact SET note = hex(zeroblob(20000))")
        left = {name: (journal.parent / name).read_bytes() for name in ("journal.db", "journal.db-journal")}
        connection.execute("ROLLBACK")
    for name, data in left.items():
        (journal.parent / name).write_bytes(data)
    assert left["journal.db"] != whole
    assert len(read(journal)) == 3
    assert journal.read_bytes() == whole
    assert os.listdir(journal.parent) == ["journal.db"]
