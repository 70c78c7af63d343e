"""A connection that other tests keep open is to a command what one of its own would be."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import kept
from hasty import MAKE_FILE, new_journal, open_hastily
from kept import Kept, open_for_reading, place, put_away
from netjournal.errors import JournalError
from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal whose first connection lies ready."""
    path = tmp_path / "journal.db"
    MAKE_FILE(path)
    path.write_bytes(new_journal())
    open_hastily(path).close()
    return path


def test_the_next_command_gets_the_same_one_and_nothing_is_left_of_the_last(journal: Path) -> None:
    first = open_hastily(journal)
    first.execute("BEGIN IMMEDIATE")
    first.execute("DELETE FROM circle")
    first.close()
    with open_for_reading(journal) as reader:
        assert len(reader.rows("SELECT name FROM circle")) == 4
        with pytest.raises(sqlite3.OperationalError):
            reader.rows("DELETE FROM circle")
    with closing(open_hastily(journal)) as second:
        assert second is first
        second.execute("DELETE FROM circle")


def test_what_was_closed_cannot_be_used(journal: Path) -> None:
    connection = open_hastily(journal)
    assert isinstance(connection, Kept)
    answer = connection.execute("SELECT name FROM circle")
    connection.close()
    connection.close()
    for use in (answer.fetchone, connection.cursor, lambda: connection.execute("SELECT 1")):
        with pytest.raises(sqlite3.ProgrammingError):
            use()
    with open_for_reading(journal) as reader:
        rows = reader.each("SELECT name FROM circle")
        next(rows)
    with pytest.raises(sqlite3.ProgrammingError):
        next(rows)


def test_no_other_process_is_kept_from_the_journal(journal: Path) -> None:
    with open_for_reading(journal) as reader:
        next(reader.each("SELECT name FROM circle"))
    with closing(sqlite3.connect(journal, timeout=0)) as other:
        other.execute("DELETE FROM circle")
        other.commit()
    with open_for_reading(journal) as reader:
        assert reader.rows("SELECT name FROM circle") == []


def test_what_became_of_the_file_is_seen(journal: Path) -> None:
    with closing(open_hastily(journal)) as connection:
        connection.execute("DELETE FROM circle")
    journal.unlink()
    journal.write_bytes(new_journal())
    with open_for_reading(journal) as reader:
        assert len(reader.rows("SELECT name FROM circle")) == 4
    before = journal.stat()
    journal.write_bytes(journal.read_bytes()[:4096] + bytes(before.st_size - 4096))
    # As if within one tick of the file system's clock.
    os.utime(journal, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(JournalError), open_for_reading(journal) as reader:
        reader.rows("SELECT name FROM circle")


def connection_to(path: Path) -> sqlite3.Connection:
    with closing(open_hastily(path)) as connection:
        assert connection.execute("SELECT count(*) FROM action").fetchone() == (0,)
        # A table without a trigger of the change record, which may be there from another test.
        connection.execute("INSERT INTO action (on_day, at, command) VALUES ('2026-11-23', '', 'test')")
    return connection


def test_a_journal_that_is_put_somewhere_comes_with_a_connection_which_nobody_else_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_spare", [])
    paths = [tmp_path / f"{n}.db" for n in range(3)]
    for path in paths[:2]:
        place(path, new_journal())
    first, second = map(connection_to, paths[:2])
    assert first is not second
    put_away()
    paths[1].unlink()
    place(paths[2], new_journal())
    # The first one's file is still somebody's.
    assert connection_to(paths[2]) is second
    with open_for_reading(paths[0]) as reader:
        assert reader.rows("SELECT count(*) FROM action") == [(1,)]
    assert (paths[2].stat().st_mode & 0o777, sorted(tmp_path.iterdir())) == (0o600, [paths[0], paths[2]])


def test_what_a_crash_left_beside_a_file_is_looked_at_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    place(path, new_journal())
    placed = connection_to(path)
    path.with_name("journal.db-journal").write_bytes(b"")
    with closing(open_hastily(path)) as anew:
        assert anew is not placed


def test_whoever_holds_the_journal_is_waited_for_as_long_as_the_program_would(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener, "TIMEOUT", 0.05)
    with closing(open_hastily(journal)) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (50,)
