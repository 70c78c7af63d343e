"""Connections that stay open from one command of a test to its next: to read the schema anew takes a third of a command.

To a command they look like its own: what was closed cannot be used, an open transaction is rolled back, no page of the
file is remembered. A file that was replaced meanwhile, or written by something else, is opened anew.

A few stay open from one test to the next as well. Each has a file of its own; what a test finds in its folder is a second
name of that file, which was given the content that the test asked for.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from collections.abc import Iterator

#: As the program has them.
CONNECT: Final = opener.connect
OPEN_FOR_READING: Final = opener.open_for_reading


#: Where files of their own lie, whatever a test takes for the folder of temporary files.
HOMES: Final = tempfile.gettempdir()


class Kept(opener._Connection):
    """A connection that lies ready where it is closed, until it is lent again."""

    def __init__(self, *place: Any, **settings: Any) -> None:
        super().__init__(*place, **settings)
        #: What the triggers of the change record write their notes under.
        self.action_id = 0
        self.name = ""
        #: The file of its own, where it has one.
        self.home: Path | None = None
        self._cursors: list[weakref.ref[sqlite3.Cursor]] = []
        self._is_lent = True
        self._patience = opener.TIMEOUT

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
        if self._patience != opener.TIMEOUT:
            self._be_patient()
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
        if self.home is not None:
            self.home.unlink()
            self.home.parent.rmdir()

    def hold(self, content: bytes) -> None:
        """Have the file of its own hold this, and lie ready."""
        assert self.home is not None
        self.home.chmod(0o600)
        self.home.write_bytes(content)
        self._is_lent = False
        opener._open_here.pop(id(self), None)

    def _be_patient(self) -> None:
        """Wait as long for somebody else as the program does now."""
        self._patience = opener.TIMEOUT
        self.execute(f"PRAGMA busy_timeout = {int(1000 * opener.TIMEOUT)}")

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


#: Those with a file of their own that no test has.
_spare: Final[list[Kept]] = []
#: More than one test needs at once; a property opens a hundred, one after another.
MOST: Final = 4


def _keep(connection: Kept) -> None:
    _put_away(connection.name)
    if len(_ready) >= MOST:
        _put_away(next(iter(_ready)))
    try:
        _ready[connection.name] = connection, _mark(connection.name)
    except OSError:
        _spare_or_end(connection)


def _put_away(name: str) -> None:
    if name in _ready:
        connection, _ = _ready.pop(name)
        _spare_or_end(connection)


def _spare_or_end(connection: Kept) -> None:
    if connection.home is None:
        connection.end()
        return
    _spare.append(connection)
    if len(_spare) > MOST:
        # Rather than the newest: of the oldest, a test may keep the file for ever.
        _spare.pop(0).end()


def _connect(path: Path) -> sqlite3.Connection:
    name = os.path.abspath(path)
    # What a crash left beside a file is looked for under the name by which the file was opened.
    if name in _ready and (_ready[name][1] != _mark(name) or os.path.exists(f"{name}-journal")):
        _put_away(name)
    connection = _ready.pop(name)[0] if name in _ready else _opened(path)
    connection.lend(name)
    return connection


def _opened(path: Path) -> Kept:
    with patch.object(opener, "_Connection", Kept):
        connection = CONNECT(path)
    assert isinstance(connection, Kept)
    return connection


#: Whether this test may have files of two names; those that look at files themselves may not.
shares_files = False


def place(path: Path, content: bytes) -> None:
    """Put a journal at a path, and have an open connection to it lie ready where this test may."""
    name = os.path.abspath(path)
    _put_away(name)
    path.unlink(missing_ok=True)
    if shares_files:
        # Somebody may still look at a file whose connection was put away.
        free = next((n for n, spare in enumerate(_spare) if spare.home and spare.home.stat().st_nlink == 1), None)
        connection = _new_spare(content) if free is None else _spare.pop(free)
        connection.hold(content)
        assert connection.home is not None
        try:
            os.link(connection.home, path)
        except OSError:
            # The test's folder lies on another file system.
            _spare_or_end(connection)
        else:
            _ready[name] = connection, _mark(name)
            return
    path.write_bytes(content)
    path.chmod(0o600)


def _new_spare(content: bytes) -> Kept:
    home = Path(tempfile.mkdtemp(prefix="kept-", dir=HOMES)) / "journal.db"
    home.write_bytes(content)
    connection = _opened(home)
    connection.home = home
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


def put_away() -> None:
    """Have nothing lie ready any more."""
    for name in list(_ready):
        _put_away(name)


def _forget() -> None:
    """Close all, and leave the files to the parent, which would not know of what a child does with a connection."""
    for connection in (*(connection for connection, _ in _ready.values()), *_spare):
        sqlite3.Connection.close(connection)
    _ready.clear()
    _spare.clear()


os.register_at_fork(after_in_child=_forget)
