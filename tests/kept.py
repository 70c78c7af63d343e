"""Connections that stay open from one command of a test to its next: to read the schema anew takes a third of a command.

To a command they look like its own: what was closed cannot be used, an open transaction is rolled back, no page of the
file is remembered. A file that was replaced meanwhile, or written by something else, is opened anew.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: As the program has them.
CONNECT: Final = opener.connect
OPEN_FOR_READING: Final = opener.open_for_reading


class Kept(opener._Connection):
    """A connection that lies ready where it is closed, until it is lent again."""

    def __init__(self, *place: Any, **settings: Any) -> None:
        super().__init__(*place, **settings)
        #: What the triggers of the change record write their notes under.
        self.action_id = 0
        self.name = ""
        self._cursors: list[weakref.ref[sqlite3.Cursor]] = []
        self._is_lent = True

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        self._must_be_open()
        return self._watched(super().execute(*statement))

    def executemany(self, *statement: Any) -> sqlite3.Cursor:
        self._must_be_open()
        return self._watched(super().executemany(*statement))

    def cursor(self, *factory: Any) -> Any:
        self._must_be_open()
        return self._watched(super().cursor(*factory))

    def lend(self, name: str) -> None:
        """Be a command's own; `name` is the file's."""
        self.name, self._is_lent = name, True
        device, inode, *_ = _mark(name)
        opener._open_here[id(self)] = device, inode

    def close(self) -> None:
        """Seem closed."""
        if not self._is_lent:
            return
        for known in self._cursors:
            if (cursor := known()) is not None:
                cursor.close()
        self._cursors.clear()
        if self.in_transaction:
            self.execute("ROLLBACK")
        self.execute("PRAGMA query_only = OFF")
        # Else what a test does to the bytes of the file would go unseen.
        self.execute("PRAGMA shrink_memory")
        self._is_lent = False
        opener._open_here.pop(id(self), None)
        _keep(self)

    def end(self) -> None:
        """Close indeed."""
        self._is_lent = False
        super().close()

    def _must_be_open(self) -> None:
        if not self._is_lent:
            raise sqlite3.ProgrammingError("Cannot operate on a closed database.")

    def _watched(self, cursor: sqlite3.Cursor) -> sqlite3.Cursor:
        self._cursors.append(weakref.ref(cursor))
        return cursor


#: What tells one state of a file from another: where it lies, its length and its time.
_Mark = tuple[int, int, int, int]
#: The connections that lie ready, by the names of their files.
_ready: Final[dict[str, tuple[Kept, _Mark]]] = {}


def _mark(name: str) -> _Mark:
    found = os.stat(name)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


#: More than one test needs at once; a property opens a hundred, one after another.
MOST: Final = 4


def _keep(connection: Kept) -> None:
    other, _ = _ready.pop(connection.name, (None, None))
    if other is None and len(_ready) >= MOST:
        other, _ = _ready.pop(next(iter(_ready)))
    if other is not None:
        other.end()
    try:
        _ready[connection.name] = connection, _mark(connection.name)
    except OSError:
        connection.end()


def _connect(path: Path) -> sqlite3.Connection:
    name = os.path.abspath(path)
    connection, mark = _ready.pop(name, (None, None))
    if connection is not None and mark != _mark(name):
        connection.end()
        connection = None
    if connection is None:
        with patch.object(opener, "_Connection", Kept):
            opened = CONNECT(path)
        assert isinstance(opened, Kept)
        connection = opened
    connection.lend(name)
    return connection


@contextmanager
def keeping() -> Iterator[None]:
    """Have what is opened meanwhile be kept; what looks at a file in another way opens it itself."""
    with patch.object(opener, "connect", _connect):
        yield


@contextmanager
def open_for_reading(path: Path) -> Iterator[opener.SqliteReader]:
    """Open as the program does, with a connection that is kept."""
    with ExitStack() as stack:
        with keeping():
            reader = stack.enter_context(OPEN_FOR_READING(path))
        yield reader


def end_all() -> None:
    """Close all that lie ready."""
    while _ready:
        _, (connection, _) = _ready.popitem()
        connection.end()


# What a child does with a connection, its parent would not know of.
os.register_at_fork(after_in_child=end_all)
