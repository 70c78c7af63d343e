"""The only place that opens the journal's file."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from netjournal.errors import JournalError, StorageError
from netjournal.store.sqlite.faults import user_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: "netj" in ASCII: says that a file is ours.
APPLICATION_ID = 0x6E65746A
#: The newest schema this program knows.
SCHEMA_VERSION = 4
#: The version of SQLite that this program runs with.
SQLITE_VERSION = sqlite3.sqlite_version
#: Seconds that another process may hold the journal.
TIMEOUT = 10.0
#: What every SQLite file begins with.
MAGIC = b"SQLite format 3\x00"
#: Of a file's header: how it begins, its user_version at 60 and its application id at 68.
_HEAD = struct.Struct(">16s44xI4xI")
_OLDEST_SQLITE = (3, 37, 0)


class SqliteReader:
    """A ReadConnection over one sqlite3 connection."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return every row of the answer."""
        return self._connection.execute(sql, parameters or {}).fetchall()

    def each(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the answer one at a time."""
        return iter(self._connection.execute(sql, parameters or {}))


#: The file behind each open connection of this process, by the connection's identity.
_open_here: dict[int, tuple[int, int]] = {}


class _Connection(sqlite3.Connection):
    """A connection that says when it is closed."""

    def close(self) -> None:
        _open_here.pop(id(self), None)
        super().close()


def is_missing(path: Path) -> bool:
    """Whether there is no journal yet: no file, or one of no length.

    Raises JournalError for anything that is not a regular SQLite file, StorageError where it cannot be looked at.
    """
    try:
        found = os.stat(path)
        magic = MAGIC
        # Closing any descriptor of a file drops all POSIX locks this process has on it: then SQLite alone may read it.
        unlocked = (found.st_dev, found.st_ino) not in _open_here.values()
        if stat.S_ISREG(found.st_mode) and found.st_size and unlocked:
            with open(path, "rb") as file:
                magic = file.read(len(MAGIC))
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        raise StorageError(f"The journal {path} cannot be opened: its folder is a file.") from None
    except PermissionError:
        raise StorageError(f"The journal {path} cannot be opened: permission is missing.") from None
    except OSError as error:
        raise StorageError(f"The journal {path} cannot be opened: {error.strerror}.") from None
    if not stat.S_ISREG(found.st_mode):
        raise JournalError(f"{path} is not a regular file, so it cannot be a journal.", "Name another with --db.")
    if found.st_size == 0:
        return True
    if magic != MAGIC:
        raise JournalError(
            f"{path} is not a netjournal file; it was left as it is.", "Name another with --db, or restore a backup."
        )
    return False


def upgrade_ahead(path: Path, *, fewest: int) -> tuple[int, int] | None:
    """Schema and bytes of a journal of at least `fewest` bytes that the next opening upgrades, by its header; else None."""
    with suppress(OSError):
        found = os.stat(path)
        # Before the file is opened here: see `is_missing`.
        if found.st_size >= fewest and stat.S_ISREG(found.st_mode) and not _open_here:
            with open(path, "rb") as file:
                head = file.read(_HEAD.size)
            magic, version, application = _HEAD.unpack(head)
            is_old = magic == MAGIC and application == APPLICATION_ID and 0 < version < SCHEMA_VERSION
            if is_old and is_writable(path):
                return version, found.st_size
    return None


def is_writable(path: Path) -> bool:
    """Whether a file may be changed here, and files made beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def is_sqlite(path: Path) -> bool:
    """Whether a file that is no open journal begins as SQLite's do; False where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def connect(path: Path) -> sqlite3.Connection:
    """Connect to an existing file and set what every connection needs."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise JournalError(f"SQLite {sqlite3.sqlite_version} is too old.", "netjournal needs SQLite 3.37 or newer.")
    # Not mode=ro: a read-only open fails on the hot journal that a crashed writer leaves behind.
    uri = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, timeout=TIMEOUT, isolation_level=None, check_same_thread=False, factory=_Connection
    )
    try:
        found = os.stat(path)
        _open_here[id(connection)] = (found.st_dev, found.st_ino)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def _marks(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Application id, schema version and number of tables, all of one moment.

    Read one by one, a first run of another process in between would look like somebody else's file.
    """
    alone = not connection.in_transaction
    if alone:
        connection.execute("BEGIN")
    try:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        if alone and connection.in_transaction:
            connection.execute("ROLLBACK")
    return application, version, tables


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of an open file; 0 for one without a schema.

    Raises JournalError if the file is another program's or newer than this one.
    """
    application, version, tables = _marks(connection)
    if application != APPLICATION_ID:
        if application or version or tables:
            raise JournalError(
                f"{path} is another program's database; it was left as it is.", "Name another with --db."
            )
        return 0
    if version > SCHEMA_VERSION:
        raise JournalError(
            f"{path} has schema {version}, newer than this program, which knows {SCHEMA_VERSION}.",
            "Upgrade netjournal.",
        )
    return int(version)


@contextmanager
def open_for_reading(path: Path) -> Iterator[SqliteReader]:
    """Open for one consistent answer: no byte is changed, a missing journal is an empty one in memory."""
    with user_errors(path):
        connection = empty_in_memory() if is_missing(path) else connect(path)
        try:
            version = version_of(connection, path)
            if version == 0:
                connection.close()
                connection = empty_in_memory()
            elif version < SCHEMA_VERSION:
                connection.close()
                connection = open_for_writing(path)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            yield SqliteReader(connection)
        finally:
            connection.close()


def empty_in_memory() -> sqlite3.Connection:
    """What a missing journal reads as."""
    from netjournal.store.sqlite.steps import create

    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    create(connection, None)
    connection.execute("COMMIT")
    return connection


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open for one transaction, making the file, its folder and its schema where they are missing.

    Raises JournalError, StorageError or BusyError.
    """
    with user_errors(path):
        if is_missing(path):
            _make_file(path)
        connection = connect(path)
        try:
            version = version_of(connection, path)
            _prepare_for_writing(connection)
            if version < SCHEMA_VERSION:
                from netjournal.store.sqlite.steps import upgrade

                upgrade(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare_for_writing(connection: sqlite3.Connection) -> None:
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "fullfsync = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if connection.execute("PRAGMA foreign_keys").fetchone() != (1,):
        raise JournalError("This SQLite was built without foreign keys.", "Use another build of Python or SQLite.")


def _make_file(path: Path) -> None:
    """Make an empty 0600 file in a 0700 folder; another process may be doing the same."""
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StorageError(f"The journal {path} cannot be made: {error.strerror}.", "Name another with --db.") from None
