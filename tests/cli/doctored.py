"""What the tests of `netj doctor` ask and break."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import story

from hasty import once

if TYPE_CHECKING:
    from conftest import Netj


def statuses(netj: Netj, command: str = "doctor") -> dict[str, str]:
    ended = netj(f"{command} --fields check,status --no-header")
    rows = dict(line.split("\t") for line in ended.stdout.splitlines())
    failed = [check for check, status in rows.items() if status == "failed"]
    assert ended.code == (5 if failed else 0)
    assert all(check in ended.stderr for check in failed)
    return rows


def damage(journal: Path, *statements: str) -> None:
    """Change the file behind the program's back: no foreign keys, no triggers."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def backed_up(netj: Netj, path: Path) -> Path:
    """The story's journal, with a backup."""

    def make() -> None:
        story.tell(netj, path)
        assert netj("backup").ok

    return once(path, make)
