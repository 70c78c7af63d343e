"""What tests in this process do without, for it takes long and is proved elsewhere.

That is in tests/store, and in all that runs in a process of its own. A journal is made from one that was made once: a
hundred tables take longer than most tests. It stays open from one command to the next (tests/kept.py), with the triggers
of the change record in it. Writing waits for no disk (tests/faults proves what survives a crash). The tree of commands is
built once: a process builds one, but a suite would build thousands.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kept
from kept import Kept, keeping, open_for_reading, place
from netjournal.cli import lazy
from netjournal.cli.tree import TABLE
from netjournal.store import unit_of_work
from netjournal.store.sqlite import changes, opener

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pytest

    from netjournal.cli.tree import Entry

#: As the program has them.
MAKE_FILE: Final = opener._make_file
EMPTY_IN_MEMORY: Final = opener.empty_in_memory
BEGIN: Final = changes.begin
GROUP: Final = lazy.group


def hasten(monkeypatch: pytest.MonkeyPatch, *, shares_files: bool) -> Iterator[None]:
    """Do without all of it, until the end of a test."""
    monkeypatch.setattr(kept, "shares_files", shares_files)
    monkeypatch.setattr(opener, "_make_file", _make_file)
    monkeypatch.setattr(opener, "empty_in_memory", _empty_in_memory)
    monkeypatch.setattr(opener, "open_for_reading", open_for_reading)
    monkeypatch.setattr(unit_of_work, "open_for_writing", open_hastily)
    monkeypatch.setattr(changes, "begin", begin)
    monkeypatch.setattr(lazy, "group", _group)
    yield
    kept.put_away()


@functools.cache
def new_journal() -> bytes:
    """A journal as the program makes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        MAKE_FILE(path)
        opener.open_for_writing(path).close()
        return path.read_bytes()


def _make_file(path: Path) -> None:
    there = path.exists()
    MAKE_FILE(path)
    if not there:
        place(path, new_journal())


@functools.cache
def _no_journal() -> bytes:
    """What a missing journal reads as, as the program makes it."""
    with contextlib.closing(EMPTY_IN_MEMORY()) as connection:
        return connection.serialize()


def _empty_in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_no_journal())
    return connection


def open_hastily(path: Path) -> sqlite3.Connection:
    """Open for writing without waiting for the disk."""
    with keeping():
        connection = opener.open_for_writing(path)
    connection.execute("PRAGMA synchronous = OFF")
    return connection


#: What `changes.begin` made of the tables of a schema: name, table and text of each trigger.
_TRIGGERS: Final[dict[tuple[str, ...], list[tuple[str, str, str]]]] = {}
#: Where a trigger has the number of its action, and where it asks its connection for it.
_NUMBER: Final = "VALUES ({}, "
_ASKED: Final = "VALUES (action_here(), "


def begin(connection: sqlite3.Connection, action_id: int) -> None:
    """Have the triggers of the change record, which a connection that is kept has already: 87 statements take 4.5 ms."""
    if not isinstance(connection, Kept):
        BEGIN(connection, action_id)
        return
    connection.action_id = action_id
    tables = tuple(sql for (sql,) in connection.execute("SELECT sql FROM main.sqlite_schema WHERE type = 'table'"))
    if tables not in _TRIGGERS:
        _TRIGGERS[tables] = _triggers(connection, action_id)
    elif connection.execute("SELECT count(*) FROM temp.sqlite_schema").fetchone() == (len(_TRIGGERS[tables]),):
        return
    # By one reading of the schema.
    connection.create_function("action_here", 0, lambda: connection.action_id)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM temp.sqlite_schema")
    connection.executemany("INSERT INTO temp.sqlite_schema VALUES ('trigger', ?, ?, 0, ?)", _TRIGGERS[tables])
    connection.execute("PRAGMA writable_schema = RESET")


def _triggers(connection: sqlite3.Connection, action_id: int) -> list[tuple[str, str, str]]:
    BEGIN(connection, action_id)
    number = _NUMBER.format(action_id)
    made = connection.execute("SELECT name, tbl_name, sql FROM temp.sqlite_schema WHERE type = 'trigger'").fetchall()
    assert all(number in sql for _, _, sql in made)
    return [(name, table, sql.replace(number, _ASKED)) for name, table, sql in made]


@functools.cache
def _built() -> Any:
    return GROUP(TABLE)


def _group(table: Mapping[str, Entry], make: Callable[..., Any] = GROUP) -> Any:
    return _built() if table is TABLE else make(table)


#: What each maker left beside its journal, by its name, with modes.
_ONCE: Final[dict[str, dict[Path, tuple[bytes, int]]]] = {}


def once(journal: Path, make: Callable[[], object]) -> Path:
    """Have the journal that a function makes, and what it leaves beside it: run for the first who asks, copied for the rest."""
    name = f"{make.__module__}.{make.__qualname__}"
    folder = journal.parent
    if name not in _ONCE:
        before = _files(folder)
        make()
        _ONCE[name] = {file: found for file, found in _files(folder).items() if before.get(file) != found}
    else:
        for file, (content, mode) in _ONCE[name].items():
            (folder / file).parent.mkdir(mode=0o700, exist_ok=True)
            if folder / file == journal:
                place(journal, content)
            else:
                (folder / file).write_bytes(content)
            (folder / file).chmod(mode)
    return journal


def _files(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): (path.read_bytes(), path.stat().st_mode & 0o777) for path in files}
