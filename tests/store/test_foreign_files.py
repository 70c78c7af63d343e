"""What is no journal of this program: refused in its own words, and left to the byte as it was."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from everything import full, raw, read, state, write

from netjournal.errors import JournalError, StorageError
from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def foreign_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
        connection.commit()


def pragma(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        full(path)
        with raw(path) as connection:
            connection.execute(f"PRAGMA {text}")

    return make


def truncated(length: float) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        full(path)
        whole = path.read_bytes()
        path.write_bytes(whole[: int(length if length > 1 else len(whole) * length)])

    return make


def nothing_but_an_application_id(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 77")


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_text("Dana, Priya and Lena\n" * 400), "not a netjournal file"),
    "one character": (lambda path: path.write_text("x"), "not a netjournal file"),
    "random bytes": (lambda path: path.write_bytes(random.Random(7).randbytes(9000)), "not a netjournal file"),
    "a header and random bytes": (
        lambda path: path.write_bytes(b"SQLite format 3\x00" + random.Random(7).randbytes(9000)),
        "damaged",
    ),
    "a header and no more": (lambda path: path.write_bytes(b"SQLite format 3\x00"), "damaged"),
    "another program's tables": (foreign_table, "another program"),
    "another program's id": (nothing_but_an_application_id, "another program"),
    "our tables and another id": (pragma("application_id = 77"), "another program"),
    "a newer schema": (pragma(f"user_version = {opener.SCHEMA_VERSION + 1}"), "newer than this program"),
    "ten bytes of a journal": (truncated(10), "not a netjournal file"),
    "60 bytes of a journal": (truncated(60), "damaged"),
    "a page of a journal": (truncated(4096), "damaged"),
    "a page and a half of a journal": (truncated(6000), "damaged"),
    "half a journal": (truncated(0.5), "damaged"),
    "a journal without its end": (truncated(0.99), "damaged"),
    "a folder": (lambda path: path.mkdir(), "not a regular file"),
}


@pytest.mark.parametrize("act", [read, write])
@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_journal_is_refused_and_untouched(what: str, act: Callable[[Path], object], tmp_path: Path) -> None:
    make, words = REFUSED[what]
    make(tmp_path / "journal.db")
    before = state(tmp_path)
    with pytest.raises(JournalError, match=words) as caught:
        act(tmp_path / "journal.db")
    assert caught.value.code == 5
    assert caught.value.hint
    assert state(tmp_path) == before


@posix
@pytest.mark.parametrize("act", [read, write])
def test_a_named_pipe_is_refused_without_waiting_for_its_other_end(
    act: Callable[[Path], object], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "journal.db")
    with pytest.raises(JournalError, match="not a regular file"):
        act(tmp_path / "journal.db")


@pytest.mark.parametrize("act", [read, write])
@pytest.mark.parametrize("name", ["file/journal.db", f"{'n' * 300}.db", "loop"])
def test_a_path_that_cannot_be_is_a_storage_error(name: str, act: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(StorageError) as caught:
        act(tmp_path / name)
    assert caught.value.code == 9


def test_a_link_to_nothing_is_not_followed_into_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "journal.db").symlink_to("gone.db")
    with pytest.raises(StorageError):
        write(tmp_path / "journal.db")
    assert not (tmp_path / "gone.db").exists()
