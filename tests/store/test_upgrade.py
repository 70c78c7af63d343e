"""A journal of an older schema becomes one of the newest or stays what it was, and never anything between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from everything import Rows, contents, full, raw, writing

from netjournal import store
from netjournal.store.sqlite import opener, steps

posix = pytest.mark.skipif(sys.platform == "win32", reason="forks")

#: A step that rebuilds a parent of many tables by SQLite's recipe, and adds a table.
STEP = """
{unviewed}
CREATE TABLE contact_new ({columns}) STRICT;
INSERT INTO contact_new SELECT *, NULL FROM contact;
DROP TABLE contact;
ALTER TABLE contact_new RENAME TO contact;
{indexes}
{views}
CREATE TABLE pet (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL) STRICT;
"""
real_step = steps.step
#: The newest real schema, and the fake one after it.
KNOWN = opener.SCHEMA_VERSION
NEWER = KNOWN + 1


def second_step(path: Path, *, broken: str = "") -> str:
    """The text of the fake step, made from what the file says of its tables."""
    with raw(path) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'contact'").fetchone()
        rest = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = 'contact' AND type IN ('index', 'trigger') AND sql NOT NULL"
        ).fetchall()
        # A view over a table that is being replaced stops its renaming: they go first and come again.
        views = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid").fetchall()
    columns = made[made.index("(") + 1 : made.rindex(")")].rstrip() + ", pronouns TEXT"
    told = {
        "columns": columns,
        "indexes": "\n".join(f"{text};" for (text,) in rest),
        "unviewed": "\n".join(f"DROP VIEW {name};" for name, _ in views),
        "views": "\n".join(f"{text};" for _, text in views),
    }
    return STEP.format(**told) + broken


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of the newest real schema with rows in every table."""
    full(tmp_path / "journal.db")
    return tmp_path / "journal.db"


@pytest.fixture
def upgraded_program(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows one schema more."""
    text = second_step(journal)
    monkeypatch.setattr(opener, "SCHEMA_VERSION", NEWER)
    monkeypatch.setattr(steps, "step", lambda number: real_step(number) if number <= KNOWN else text)


def version(path: Path) -> int:
    with raw(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def without_pronouns(rows: Rows) -> Rows:
    return {**{k: v for k, v in rows.items() if k != "pet"}, "contact": [row[:-1] for row in rows["contact"]]}


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"backups/*before-schema-{NEWER}*.db"))


@pytest.mark.usefixtures("upgraded_program")
@pytest.mark.parametrize("reader", [True, False])
def test_the_first_run_of_a_newer_program_keeps_every_row_and_its_children(reader: bool, journal: Path) -> None:
    before = contents(journal)
    if reader:
        with store.reading(journal) as connection:
            assert connection.rows("SELECT pronouns FROM contact") == [(None,)] * 3
            assert connection.rows("SELECT count(*) FROM pet") == [(0,)]
    else:
        opener.open_for_writing(journal).close()
    assert version(journal) == NEWER
    assert without_pronouns(contents(journal)) == before


@pytest.mark.usefixtures("upgraded_program")
def test_an_upgraded_journal_keeps_its_children_from_then_on(journal: Path) -> None:
    with writing(journal) as uow:
        assert uow.raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
        uow.remove("contact", id=1)
    with raw(journal) as connection:
        assert connection.execute("SELECT count(*) FROM touch WHERE contact_id = 1").fetchone() == (0,)
    assert version(journal) == NEWER


@pytest.mark.usefixtures("upgraded_program")
def test_a_backup_of_the_older_journal_is_made_before(journal: Path) -> None:
    before = contents(journal)
    opener.open_for_writing(journal).close()
    (backup,) = backups(journal)
    assert version(backup) == KNOWN
    assert contents(backup) == before


@pytest.mark.usefixtures("upgraded_program")
def test_a_second_run_does_nothing(journal: Path) -> None:
    opener.open_for_writing(journal).close()
    before, made = journal.read_bytes(), backups(journal)
    opener.open_for_writing(journal).close()
    with store.reading(journal) as connection:
        connection.rows("SELECT 1")
    assert journal.read_bytes() == before
    assert backups(journal) == made


@pytest.mark.usefixtures("upgraded_program")
def test_a_new_journal_has_the_newest_schema_at_once_and_no_backup(tmp_path: Path) -> None:
    opener.open_for_writing(tmp_path / "new" / "journal.db").close()
    assert version(tmp_path / "new" / "journal.db") == NEWER
    assert os.listdir(tmp_path / "new") == ["journal.db"]


@pytest.mark.usefixtures("upgraded_program")
def test_a_draft_that_a_crashed_backup_left_does_not_keep_the_upgrade_from_its_backup(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from netjournal.store.sqlite import backup

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_copy", crash)
        patched.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            opener.open_for_writing(journal)
    assert version(journal) == KNOWN
    opener.open_for_writing(journal).close()
    assert version(journal) == NEWER
    assert [version(file) for file in backups(journal)] == [KNOWN]


BROKEN = {
    "loses a row": "DELETE FROM contact WHERE id = 3;",
    "leaves a child without its parent": "UPDATE contact SET id = 99 WHERE id = 1;",
    "fails": "INSERT INTO pet (id, name) VALUES (1, NULL);",
    "drops a table": "DROP TABLE signal;",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_step_that_goes_wrong_leaves_the_journal_as_it_was(
    what: str, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = second_step(journal, broken=BROKEN[what])
    monkeypatch.setattr(opener, "SCHEMA_VERSION", NEWER)
    monkeypatch.setattr(steps, "step", lambda number: real_step(number) if number <= KNOWN else text)
    before = journal.read_bytes()
    with pytest.raises(Exception, match=r"schema step|NOT NULL"):
        opener.open_for_writing(journal)
    assert journal.read_bytes() == before


#: A process that knows one schema more, opens the journal, and waits inside the step where that is wanted.
PROCESS = """
import sys, time
from pathlib import Path
from netjournal.store.sqlite import opener, steps
journal, script, ready, pause = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4])
known = opener.SCHEMA_VERSION
opener.SCHEMA_VERSION = known + 1
real_step, real_statements = steps.step, steps.statements
steps.step = lambda number: real_step(number) if number <= known else script.read_text()
def slow(text):
    for statement in real_statements(text):
        if pause:
            ready.touch()
            time.sleep(pause)
        yield statement
steps.statements = slow
opener.open_for_writing(journal).close()
"""


def processes(journal: Path, count: int, pause: float = 0.0) -> list[subprocess.Popen[bytes]]:
    script, ready = journal.with_name("step.sql"), journal.with_name("ready")
    script.write_text(second_step(journal))
    words = [sys.executable, "-c", PROCESS, str(journal), str(script), str(ready), str(pause)]
    return [subprocess.Popen(words, stderr=subprocess.PIPE) for _ in range(count)]


@posix
def test_eight_processes_that_upgrade_at_once_make_one_schema_and_one_backup(journal: Path) -> None:
    before = contents(journal)
    for process in processes(journal, 8):
        _, told = process.communicate(timeout=60)
        assert (process.returncode, told.decode()) == (0, "")
    assert version(journal) == NEWER
    assert without_pronouns(contents(journal)) == before
    assert len(backups(journal)) == 1


@posix
@pytest.mark.parametrize("statements", [0, 2, 4])
def test_a_kill_during_the_upgrade_leaves_the_older_journal_and_the_next_run_finishes(
    statements: int, journal: Path
) -> None:
    before = contents(journal)
    (process,) = processes(journal, 1, pause=0.02)
    while not journal.with_name("ready").exists():
        time.sleep(0.005)
    time.sleep(0.02 * statements)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)
    assert version(journal) == KNOWN
    assert contents(journal) == before
    (process,) = processes(journal, 1)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, b"")
    assert version(journal) == NEWER
    assert without_pronouns(contents(journal)) == before
