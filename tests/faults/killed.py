"""Kills, and what they left: shared by the tests of kills and by the soak."""

from __future__ import annotations

import io
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from netjournal import store
from netjournal.interchange.ndjson import write_ndjson
from netjournal.store.queries.export import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forked import Warm

#: The kernel ends the process a moment after its COMMIT began: nothing of the program runs any more, as after SIGKILL,
#: but no clock outside could hit a stretch this short.
IN_COMMIT = """
import random, signal
from netjournal.store.sqlite import opener
prepare = opener._prepare_for_writing
def prepared(connection):
    prepare(connection)
    def look(statement):
        if statement.startswith("COMMIT"):
            signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-6, {seconds}))
    connection.set_trace_callback(look)
opener._prepare_for_writing = prepared
"""
ADD = "contact add 'Dana Whitfield' --circle inner"


class Killed(NamedTuple):
    """What became of logs of which most were killed."""

    tried: int
    killed: int
    #: Whose receipt was said.
    acknowledged: int
    stored: int
    #: Acknowledged and not there; there more than once.
    lost: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def kept_silently(self) -> int:
        """Stored, but killed before the receipt was said."""
        return self.stored - self.acknowledged + len(self.lost)


def spread(count: int, until: float) -> list[float]:
    """So many moments from 0 to `until` seconds: random, but no stretch of the time is left out."""
    moments = [(n + random.random()) / count * until for n in range(count)]
    random.shuffle(moments)
    return moments


def usual(warm: Warm, command: str | Sequence[str], lanes: int = 1) -> float:
    """The seconds that a command takes here and now, with as many at once."""
    taken = sorted(one.ok.seconds for lane in warm.lanes([[command] * 3] * lanes) for one in lane)
    return taken[len(taken) // 2]


def killed_logs(warm: Warm, path: Path, moments: Sequence[float | None], lanes: int, before: str = "") -> Killed:
    """Log once for each moment, each killed at its own, several at a time; what was acknowledged, and what is there."""
    named = {f"{n} {random.getrandbits(32):x}": moment for n, moment in enumerate(moments)}
    each = [list(named.items())[n::lanes] for n in range(lanes)]
    told = warm.lanes(
        [[["log", f"coffee with Dana about {name}"] for name, _ in lane] for lane in each],
        kills=[[moment for _, moment in lane] for lane in each],
        before=before,
    )
    ended = {
        name: one for lane, ends in zip(each, told, strict=True) for (name, _), one in zip(lane, ends, strict=True)
    }
    assert {(one.code, one.stderr) for one in ended.values() if one.code > 0} == set()
    said = {name for name, one in ended.items() if one.stdout}
    # The next reader after a kill takes back what was begun: by the program, not by this test.
    assert warm("due").ok
    with closing(sqlite3.connect(path)) as connection:
        rows = Counter(row[0] for row in connection.execute("SELECT summary FROM interaction") if row[0] in named)
    return Killed(
        len(named),
        sum(one.code < 0 for one in ended.values()),
        len(said),
        len(rows),
        tuple(sorted(said - rows.keys())),
        tuple(name for name, count in rows.items() if count > 1),
    )


def exported(path: Path) -> bytes:
    """The whole export."""
    out = io.BytesIO()
    with store.reading(path) as connection:
        write_ndjson(records(connection), out)
    return out.getvalue()


def damage(path: Path) -> list[str]:
    """What SQLite finds wrong with a journal: nothing."""
    with closing(sqlite3.connect(path)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        (untouched,) = connection.execute(
            "SELECT count(*) FROM interaction AS i WHERE i.exposure = 0"
            " AND NOT EXISTS (SELECT 1 FROM touch AS t WHERE t.interaction_id = i.id)"
        ).fetchone()
    return [
        *(one for one in found if one != "ok"),
        *map(str, broken),
        *(["a log without its touch"] if untouched else []),
    ]


def connections(folder: Path, count: int) -> Path:
    """A file of so many people to import."""
    rows = [f"Person{n},Aru,,p{n}@example.com,Acme {n % 7},Lead,01 Nov 2025" for n in range(count)]
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    file = folder / "Connections.csv"
    file.write_text("\n".join([head, *rows, ""]))
    return file
