"""Why items of files are left out or doubted, where several formats say the same: alike, they are counted as one."""

from __future__ import annotations

from typing import Final

from netjournal.domain.counts import counted

ASSUMED: Final = "not UTF-8: read as Windows-1252"
FUTURE: Final = "in the future"
OUTSIDE: Final = "outside --since and --until"
TWICE: Final = "told twice"
DRAFT: Final = "draft"
SPAM: Final = "spam"
UNREAD: Final = "a file of it cannot be read"


def left_out(files: int) -> str:
    """How many files of a folder or zip are of another kind."""
    return f"{counted(files, 'other file')} left out"
