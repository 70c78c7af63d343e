"""I1: a command is one transaction, whole or absent: whatever is written lies in it, and broken off it has done nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from acts import ACTS, Act, contents, examples, exported, journal, perform
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from hasty import BEGIN
from netjournal.store import unit_of_work
from netjournal.store.sqlite import changes, opener

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Steps of SQLite's own machine between two looks.
STRIDE = 50
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


class Watched:
    """A command's statements, and how often it was looked at; it is broken off once, at the look `stop_at`."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.stop_at = stop_at
        self.looks = 0
        self.said: list[str] = []

    def open(self, path: Path) -> sqlite3.Connection:
        connection = opener.open_for_writing(path)
        connection.execute("PRAGMA synchronous = OFF")
        connection.set_trace_callback(self.said.append)
        connection.set_progress_handler(self._look, STRIDE)
        return connection

    def _look(self) -> bool:
        self.looks += 1
        return self.looks == self.stop_at


@contextmanager
def watched(stop_at: int | None = None) -> Iterator[Watched]:
    """Watch the commands of this block, which begin as the program begins."""
    found = Watched(stop_at)
    with patch.object(unit_of_work, "open_for_writing", found.open), patch.object(changes, "begin", BEGIN):
        yield found


def hold_one_transaction(said: list[str]) -> None:
    marks = [n for n, text in enumerate(said) if text.split(" ")[0] in ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT")]
    assert [said[n] for n in marks] in (["BEGIN IMMEDIATE", "COMMIT"], ["BEGIN IMMEDIATE", "ROLLBACK"])
    first, last = marks
    # What a trigger does is told as a remark; what makes the triggers is in memory, but inside all the same.
    outside = [text for text in (*said[:first], *said[last:]) if text.lstrip().upper().startswith(WRITES)]
    assert outside == []


@examples(5)
@given(st.lists(st.tuples(ACTS, st.floats(0, 1, exclude_max=True)), min_size=1, max_size=3))
def test_a_command_that_is_broken_off_anywhere_has_done_nothing(acts: list[tuple[Act, float]]) -> None:
    with journal() as path:
        for act, moment in acts:
            bytes_before, rows_before = exported(path), contents(path)
            copy = path.with_name("copy.db")
            shutil.copy(path, copy)
            with watched() as whole:
                perform(copy, act)
            hold_one_transaction(whole.said)
            with watched(1 + int(moment * whole.looks)) as broken:
                try:
                    perform(path, act)
                except (sqlite3.OperationalError, DBAPIError):
                    is_broken = True
                else:
                    is_broken = False
            if is_broken:
                assert broken.looks >= (broken.stop_at or 0)
                assert exported(path) == bytes_before
                assert contents(path) == rows_before
                perform(path, act)


def test_a_write_outside_the_transaction_would_be_seen() -> None:
    for wrong in (
        ["INSERT INTO a VALUES (1)", "BEGIN IMMEDIATE", "COMMIT"],
        ["BEGIN IMMEDIATE", "COMMIT", "UPDATE a SET b = 1"],
        ["BEGIN IMMEDIATE", "COMMIT", "BEGIN IMMEDIATE", "COMMIT"],
        ["BEGIN", "COMMIT"],
    ):
        try:
            hold_one_transaction(wrong)
        except AssertionError:
            continue
        raise AssertionError(wrong)
