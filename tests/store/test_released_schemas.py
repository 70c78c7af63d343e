"""A journal that an earlier release made: it is upgraded whole, after a backup, once, and also under a kill.

`fixtures/journal-schema-N.db.gz` was written by the release that had schema N, with two rows or more in each table
(`everything.fill`), from 2 on with changes after that which can be undone (`everything.act`). A new schema adds a file;
none is ever made again.
"""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from everything import Rows, contents, raw, writing

from netjournal import store
from netjournal.journal.undo import redo, undo
from netjournal.store.sqlite import index, opener

if TYPE_CHECKING:
    from conftest import Netj

FIXTURES = Path(__file__).parent / "fixtures"
RELEASED = range(1, opener.SCHEMA_VERSION)
#: What each later schema added: tables, and columns by the table they stand at the end of.
ADDED_TABLES = {2: {"contact_card"}, 4: {"touch_topic"}}
ADDED_COLUMNS = {2: {"contact_source": 1}}
#: And copies of columns of the row that a row is tied to: the table, how many, and what they are.
COPIED_COLUMNS = {
    3: ("touch", 2, "SELECT i.kind, i.direction FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id")
}


def released(number: int, folder: Path) -> Path:
    """A fresh copy of the journal that the release of one schema wrote."""
    path = folder / "journal.db"
    path.write_bytes(gzip.decompress((FIXTURES / f"journal-schema-{number}.db.gz").read_bytes()))
    path.chmod(0o600)
    return path


def as_of(number: int, path: Path) -> Rows:
    """The rows of an upgraded journal without what later schemas added, which must be empty, or the copy that it is."""
    rows = contents(path)
    for later in range(number + 1, opener.SCHEMA_VERSION + 1):
        for table in ADDED_TABLES.get(later, ()):
            assert rows.pop(table) == []
        for table, count in ADDED_COLUMNS.get(later, {}).items():
            assert {row[-count:] for row in rows[table]} == {(None,) * count}
            rows[table] = [row[:-count] for row in rows[table]]
        if later in COPIED_COLUMNS:
            table, count, sql = COPIED_COLUMNS[later]
            with raw(path) as connection:
                assert sorted(row[-count:] for row in rows[table]) == sorted(connection.execute(sql))
            rows[table] = [row[:-count] for row in rows[table]]
    return rows


def sound(path: Path) -> int:
    with raw(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.parametrize("number", RELEASED)
@pytest.mark.parametrize("reader", [True, False])
def test_every_row_of_a_released_schema_is_kept_and_a_second_run_does_nothing(
    number: int, reader: bool, tmp_path: Path
) -> None:
    journal = released(number, tmp_path)
    before = contents(journal)
    assert all(len(rows) >= 2 for name, rows in before.items() if name != "journal")
    if reader:
        with store.reading(journal) as connection:
            assert connection.rows("SELECT count(*) FROM contact") == [(3,)]
    else:
        opener.open_for_writing(journal).close()
    assert sound(journal) == opener.SCHEMA_VERSION
    assert as_of(number, journal) == before
    with raw(journal) as connection:
        # What a later schema indexes too, such as titles, is found at once.
        assert index.differing(connection) == 0
    (backup,) = journal.parent.glob("backups/*before-schema*.db")
    assert sound(backup) == number
    assert contents(backup) == before
    kept = journal.read_bytes()
    opener.open_for_writing(journal).close()
    assert journal.read_bytes() == kept


def touches_noted(path: Path) -> list[tuple[Any, ...]]:
    """The touches of the interactions that `everything.act` made or changed."""
    with raw(path) as connection:
        return connection.execute("SELECT * FROM touch WHERE interaction_id <> 2 ORDER BY 2, 1").fetchall()


@pytest.mark.parametrize("number", [2, 3])
def test_what_an_older_schema_noted_is_undone_and_done_again(number: int, tmp_path: Path) -> None:
    journal = released(number, tmp_path)
    now, first = (
        [(who, 1, "2026-11-01", 0, *said) for who in (1, 2)] for said in (("call", "out"), ("coffee", "mutual"))
    )
    third = [(who, 3, "2026-11-03", 0, "coffee", "mutual") for who in (1, 2)]
    own, other, handed = ((who, 4, "2026-11-04", 0, "coffee", "mutual") for who in (1, 2, 3))
    states = [now, first, [*first, other, handed], [*first, own, other], [*first, *third, own, other]]
    opener.open_for_writing(journal).close()
    assert touches_noted(journal) == now
    for state in states[1:]:
        with writing(journal, "undo") as uow:
            undo(uow)
        assert touches_noted(journal) == state
        assert sound(journal) == opener.SCHEMA_VERSION
    for state in reversed(states[:-1]):
        with writing(journal, "redo") as uow:
            redo(uow)
        assert touches_noted(journal) == state


PROCESS = """
import sys, time
from pathlib import Path
from netjournal.store.sqlite import opener, steps
real_statements = steps.statements
def slow(text):
    for statement in real_statements(text):
        Path(sys.argv[2]).touch()
        time.sleep(float(sys.argv[3]))
        yield statement
steps.statements = slow
opener.open_for_writing(Path(sys.argv[1])).close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills")
@pytest.mark.parametrize("number", RELEASED)
def test_a_kill_in_the_middle_leaves_the_older_journal_whole(number: int, tmp_path: Path) -> None:
    journal = released(number, tmp_path)
    before, ready = contents(journal), tmp_path / "ready"
    words = [sys.executable, "-c", PROCESS, str(journal), str(ready), "0.02"]
    process = subprocess.Popen(words)
    while not ready.exists():
        time.sleep(0.005)
    time.sleep(0.03)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    assert sound(journal) == number
    assert contents(journal) == before
    opener.open_for_writing(journal).close()
    assert sound(journal) == opener.SCHEMA_VERSION
    assert as_of(number, journal) == before


def test_an_upgrade_that_takes_long_is_told_before_it_begins_and_once(
    netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = released(2, tmp_path)
    long = path.stat().st_size
    monkeypatch.setattr("netjournal.cli.context._LONG_UPGRADE", long + 1)
    assert netj("due").ok.stderr.count("upgraded") == 0
    monkeypatch.setattr("netjournal.cli.context._LONG_UPGRADE", long)
    for command in ("due -f json", "contact add 'Xu Li'"):
        path = released(2, tmp_path)
        said = netj(command).ok.stderr
        assert said.startswith(
            f"The journal (0 MB) is upgraded from schema 2 to {opener.SCHEMA_VERSION}, once and after a"
        )
        assert said.count("upgraded") == 1
        assert netj(command).stderr.count("upgraded") == 0
