"""A look at the journal that may fail but never disturbs: for what a shell asks while somebody types."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from netjournal.store.sqlite import opener
from netjournal.store.sqlite.faults import user_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from netjournal.store.connection import ReadConnection

#: Milliseconds that another process may hold the journal: nobody waits for a list of words.
PATIENCE: Final = 200


@contextmanager
def glance(path: Path) -> Iterator[ReadConnection | None]:
    """Open an existing journal of this program's own schema for one answer, or give None: nothing is made or upgraded.

    Raises JournalError, BusyError (after 0.2 seconds) or StorageError.
    """
    if opener.is_missing(path):
        yield None
        return
    with user_errors(path):
        connection = opener.connect(path)
        try:
            connection.execute(f"PRAGMA busy_timeout = {PATIENCE}").fetchall()
            if opener.version_of(connection, path) != opener.SCHEMA_VERSION:
                yield None
                return
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            yield opener.SqliteReader(connection)
        finally:
            connection.close()
