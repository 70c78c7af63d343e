"""Writing that does not wait for the disk: what survives a crash is proved in `tests/faults/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.store.sqlite.opener import open_for_writing

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

#: What is replaced by `open_hastily`.
OPENS: Final = "netjournal.store.unit_of_work.open_for_writing"


def open_hastily(path: Path) -> sqlite3.Connection:
    """Open for writing without waiting for the disk."""
    connection = open_for_writing(path)
    connection.execute("PRAGMA synchronous = OFF")
    return connection
