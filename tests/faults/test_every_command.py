"""Promises held by the table of commands, so that a new command is proved without a line here.

I9: to what only reads, a missing journal is an empty one, and stays missing. I8: whatever is wrong with the journal, no
message of any command holds a word of it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from examples import LINES, SECRET, WRITERS, told

from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from conftest import Netj, Result

READERS: Final = [line for name, line in LINES.items() if name not in WRITERS]
#: Options that make an answer of another kind.
MORE: Final = ["due --all --explain -f csv", "due --signals", "review --chart", "export --as markdown", "changes dana"]


@pytest.fixture
def journal(netj: Netj, environment: dict[str, str]) -> Path:
    """A journal in which every one of the commands has something to do."""
    return told(netj, Path(environment["NETJ_DB"]))


def run(netj: Netj, folder: Path, **env: str) -> dict[str, Result]:
    """How each example ends."""
    lines = [line.format(folder=folder) for line in LINES.values()]
    return {line: netj(line, env=env) for line in lines}


def test_to_a_command_that_only_reads_a_missing_journal_is_an_empty_one(netj: Netj, tmp_path: Path) -> None:
    deep = {"NETJ_DB": str(tmp_path / "no" / "folder" / "journal.db")}
    for line, env in [*[(line, {}) for line in (*READERS, *MORE)], *[(line, deep) for line in MORE]]:
        ended = netj(line, env=env)
        assert (line, ended.code in (0, 3)) == (line, True), ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_a_command_meets_in_a_damaged_journal_is_said_without_a_word_of_it(
    netj: Netj, journal: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'interaction'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with open(journal, "r+b") as file:
        file.seek((page - 1) * size)
        file.write((SECRET.encode() * size)[:size])
    damaged = 0
    for line, ended in run(netj, tmp_path, NETJ_DEBUG="1").items():
        # What needs nothing of that page may do its work.
        assert ended.code in (0, 3, 4, 5), (line, ended)
        assert "secret" not in ended.stderr, line
        assert "Traceback" not in ended.stderr, line
        damaged += ended.code == 5
    assert damaged > 10


def test_a_journal_that_is_held_is_busy_to_every_command_and_nothing_else_is_said(
    netj: Netj, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener, "TIMEOUT", 0)
    before = journal.read_bytes()
    busy = "The journal is busy: another process has held it for over 10 seconds; try again.\n"
    with closing(sqlite3.connect(journal, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        for line, ended in run(netj, tmp_path).items():
            assert (line, ended.code, ended.stdout) == (line, 8, "")
            assert ended.stderr == f"netj: {busy}", line
    assert journal.read_bytes() == before


@pytest.mark.usefixtures("journal")
def test_every_answer_of_another_kind_is_one(netj: Netj) -> None:
    for line in MORE:
        ended = netj(line)
        assert (line, ended.code) == (line, 0), ended.stderr
