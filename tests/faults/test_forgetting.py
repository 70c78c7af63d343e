"""A forgetting that is killed at any statement leaves the journal as it was, or without them: never in between."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from killed import exported

if TYPE_CHECKING:
    from forked import Warm

pytest_plugins = ["warm"]

#: Kills the process when the statement of one number is about to run.
KILLED = """
import os, signal
from netjournal.store.sqlite import opener
made = opener.connect
count = 0
def traced(path):
    connection = made(path)
    def seen(statement):
        global count
        count += 1
        if count == {number}:
            os.kill(os.getpid(), signal.SIGKILL)
    connection.set_trace_callback(seen)
    return connection
opener.connect = traced
"""


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def timeless(export: bytes) -> bytes:
    """An export without when each record was last changed: another run is another time."""
    return re.sub(rb'"changed_at": "[^"]*"', b"", export)


def test_a_killed_forgetting_is_whole_or_absent(warm: Warm) -> None:
    path = Path(warm.environment["NETJ_DB"])
    for line in (
        "contact add 'Dana Whitfield' --note secret",
        "contact add 'Lena Ortiz'",
        "log coffee with @dana-whitfield, @lena-ortiz about rent",
        "log call @dana-whitfield",
    ):
        assert warm(line).ok
    held = path.read_bytes()
    full = timeless(exported(path))
    ended = warm("forget dana-whitfield --yes")
    assert ended.code == 0
    without = timeless(exported(path))
    assert without != full
    codes: list[int] = []
    seen, number = set(), 1
    while not codes or codes[-1] != 0:
        path.write_bytes(held)
        codes.append(warm("forget dana-whitfield --yes", before=KILLED.format(number=number)).code)
        # To read it takes back what was begun.
        text = timeless(exported(path))
        seen.add(text)
        assert text in (full, without), number
        if text == without:
            assert not any("secret" in str(row) for row in rows(path, "SELECT key, before FROM change")), number
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        number += 17
    assert seen == {full, without}
    assert set(codes) == {-9, 0}
    assert warm("forget --sweep").ok
    assert b"secret" not in path.read_bytes()
