"""A journal held by a write from outside; a module of its own, for pytest takes a plugin only before it is imported."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def hold(path: Path) -> sqlite3.Connection:
    """Take a journal for a write, which another thread may end."""
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("UPDATE contact SET location = 'not yet committed'")
    return holder
