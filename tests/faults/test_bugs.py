"""A bug in the store, under every command there is: one line without values, and frames only where they are asked for."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from examples import LINES, SECRET, WITHOUT_STORE, WRITERS, told
from forked import state
from sqlalchemy.orm import Session

from netjournal.cli import lazy, tree
from netjournal.store.sqlite.opener import SqliteReader

if TYPE_CHECKING:
    from forked import State, Warm

    from conftest import Netj, Result

pytest_plugins = ["warm"]


def fail_reading(patch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of the store fails, with a message that quotes a note and a cause that does too."""

    def fail(*given: object, **values: object) -> None:
        note = SECRET
        try:
            raise ValueError(note)
        except ValueError as cause:
            raise RuntimeError("while storing " + note) from cause

    patch.setattr(SqliteReader, "rows", fail)
    patch.setattr(SqliteReader, "each", fail)


def fail_writing(patch: pytest.MonkeyPatch) -> None:
    """Reading works; the first row that is written meets a constraint whose message quotes it."""

    def fail(*given: object, **values: object) -> None:
        raise sqlite3.IntegrityError(f"CHECK constraint failed: {SECRET}")

    patch.setattr(Session, "execute", fail)
    patch.setattr(Session, "flush", fail)


#: The same of reading, with an error of the file itself, for a process of its own.
MISREADING: Final = f"""
import sqlite3
from netjournal.store.sqlite.opener import SqliteReader
def fail(self, *given, **values):
    raise sqlite3.OperationalError("while storing " + {SECRET!r})
SqliteReader.rows = SqliteReader.each = fail
"""
WRITING: Final = f"""
import sqlite3
from sqlalchemy.orm import Session
def fail(self, *given, **values):
    raise sqlite3.IntegrityError("CHECK constraint failed: {SECRET}")
Session.execute = Session.flush = fail
"""


def every_line() -> set[str]:
    """Every command, or its verbs, as the program itself lists them."""
    group = lazy.group(tree.TABLE)
    return {
        f"{name} {verb}".strip()
        for name in tree.TABLE
        for verb in getattr(group.commands[name], "commands", None) or [""]
    }


def records(folder: Path) -> State:
    """The files of a folder but for backups, which a command may make before it fails."""
    return {name: file for name, file in state(folder).items() if not name.startswith("backups")}


def stamped(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file of a folder with its bytes, its mode, and when it was changed."""
    return {name: (*file, (folder / name).stat().st_mtime_ns) for name, file in state(folder).items()}


def all_of_them(netj: Netj, folder: Path, debug: str = "0") -> dict[str, Result]:
    """How each example ends, where none of them can write."""
    return {name: netj(line.format(folder=folder), env={"NETJ_DEBUG": debug}) for name, line in LINES.items()}


@pytest.fixture
def journal(netj: Netj, environment: dict[str, str]) -> Path:
    """A journal in which every one of the commands has something to do."""
    return told(netj, Path(environment["NETJ_DB"]))


def test_every_command_has_its_example_here() -> None:
    assert every_line() - WITHOUT_STORE == set(LINES)


def test_every_example_does_what_it_should_and_only_those_that_write_change_a_byte(
    netj: Netj, journal: Path, tmp_path: Path
) -> None:
    whole = journal.read_bytes()
    for name, line in LINES.items():
        before = stamped(tmp_path)
        ended = netj(line.format(folder=tmp_path))
        assert (name, ended.code, ended.stderr if ended.code else "") == (name, 0, "")
        assert (name, stamped(tmp_path) != before) == (name, name in WRITERS)
        journal.write_bytes(whole)


@pytest.mark.usefixtures("journal")
def test_a_bug_in_the_store_is_one_line_without_values_whatever_the_command(
    netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = records(tmp_path)
    fail_reading(monkeypatch)
    for name, ended in all_of_them(netj, tmp_path).items():
        assert (name, ended.code, ended.stdout) == (name, 1, "")
        assert re.fullmatch(
            r"netj: an internal error \(RuntimeError in netjournal\.[a-z_.]+:\d+\); set NETJ_DEBUG=1 for the frames\n",
            ended.stderr,
        ), (name, ended.stderr)
    assert records(tmp_path) == before


@pytest.mark.usefixtures("journal")
def test_the_frames_of_a_bug_hold_no_values(netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_reading(monkeypatch)
    for name, ended in all_of_them(netj, tmp_path, "1").items():
        assert (name, ended.code, ended.stdout) == (name, 1, "")
        first, *frames = ended.stderr.splitlines()
        assert first.startswith("netj: an internal error (RuntimeError in netjournal.")
        assert [frame.strip() for frame in frames if not frame.startswith("    ")] == ["RuntimeError", "ValueError"]
        assert any("/netjournal/cli/" in frame and " in " in frame for frame in frames), name
        assert "secret" not in ended.stderr
        assert "Traceback" not in ended.stderr


@pytest.mark.usefixtures("journal")
def test_the_frames_of_a_refused_row_hold_no_values_whatever_the_command(
    netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = records(tmp_path)
    written = 0
    fail_writing(monkeypatch)
    for name, ended in all_of_them(netj, tmp_path, "1").items():
        assert "secret" not in ended.stderr, name
        if ended.code:
            written += 1
            if name in ("undo", "redo"):
                # Here a refused row says that later records are in the way: the user's to mend.
                assert (ended.code, ended.stdout) == (4, "")
                continue
            assert (name, ended.code, ended.stdout) == (name, 1, "")
            assert ended.stderr.startswith("netj: an internal error (IntegrityError in netjournal."), name
            assert "Traceback" not in ended.stderr, name
    assert written > len(LINES) / 2
    assert records(tmp_path) == before


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("command", ["log", "due", "export"])
def test_an_error_or_a_refusal_of_the_database_is_one_line_without_values(command: str, warm: Warm) -> None:
    for before in (MISREADING, WRITING) if command == "log" else (MISREADING,):
        ended = warm(LINES[command], before=before)
        assert (ended.code, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
        assert "secret" not in ended.stderr
