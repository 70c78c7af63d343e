"""What the same answers cost by hand: scripts of `sqlite3` alone on the same journal, beside the commands.

    python tests/benchmarks/floors.py [--sizes M,L] [--runs 10] [--keep FOLDER] [--json FILE] [--markdown FILE]

A floor does the least that could be called the answer: no options, no formats, no messages, no undo, no checks.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

import options
from cases import LOOP, YARDSTICKS, Case, by_hand, netj
from history import COMMON, RARE
from measure import clean_environment
from run import in_turn, make_journals, write_down

if TYPE_CHECKING:
    from run import Line

#: The copy of the journal that `log` is written to, by hand and by the command.
WRITTEN: Final = "NETJ_BENCHMARK_WRITTEN"

_DUE: Final = """
import os, sqlite3
from datetime import date
connection = sqlite3.connect(os.environ["NETJ_DB"])
today = date.fromisoformat(os.environ["NETJ_TODAY"])
rows = []
for handle, name, every, last, first in connection.execute(
    "SELECT c.handle, c.name, coalesce(c.every_days, ci.every_days), (SELECT max(t.on_day) FROM touch AS t "
    "WHERE t.contact_id = c.id AND t.exposure = 0), c.first_due_on FROM contact AS c "
    "LEFT JOIN circle AS ci ON ci.id = c.circle_id WHERE c.archived_on IS NULL AND c.paused = 0 "
    "AND (c.snoozed_until IS NULL OR c.snoozed_until <= ?) AND (c.every_days IS NOT NULL OR c.circle_id IS NOT NULL)",
    (today.isoformat(),),
):
    late = (today - date.fromisoformat(last or first)).days - (every if last else 0)
    if late >= 0:
        rows.append((1 + late / every, handle, name, last))
rows.sort(reverse=True)
for row in rows[:20]:
    print(*row, sep="\\t")
"""
_SEARCH: Final = """
import os, sqlite3
connection = sqlite3.connect(os.environ["NETJ_DB"])
found = connection.execute(
    "SELECT bm25(search), rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 2000", ({word!r},)
).fetchall()
for rank, rowid in sorted(found)[:20]:
    (row,) = connection.execute("SELECT title, substr(body, 1, 80) FROM search WHERE rowid = ?", (rowid,))
    print(rank, *row, sep="\\t")
"""
_LOG: Final = """
import os, sqlite3
connection = sqlite3.connect(os.environ["NETJ_BENCHMARK_WRITTEN"], isolation_level=None)
for pragma in ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
    connection.execute("PRAGMA " + pragma)
today = os.environ["NETJ_TODAY"]
connection.execute("BEGIN IMMEDIATE")
people = connection.execute("SELECT id FROM contact WHERE handle IN (?, ?)", {who!r}).fetchall()
(objective,) = connection.execute("SELECT id FROM objective WHERE key = ?", ({key!r},)).fetchone()
interaction = connection.execute(
    "INSERT INTO interaction (uid, on_day, kind, direction, summary, changed_at) "
    "VALUES (?, ?, 'coffee', 'mutual', 'the new team', ?)",
    (os.urandom(16).hex(), today, today + "T09:00:00Z"),
).lastrowid
for (contact,) in people:
    connection.execute(
        "INSERT INTO touch (contact_id, interaction_id, on_day, exposure, kind, direction) "
        "VALUES (?, ?, ?, 0, 'coffee', 'mutual')",
        (contact, interaction, today),
    )
connection.execute("INSERT INTO support (interaction_id, objective_id) VALUES (?, ?)", (interaction, objective))
connection.execute("COMMIT")
"""


def cases_of(size: str, journal: Path, folder: Path) -> tuple[list[Case], str]:
    """The commands with their floors as yardsticks, and the copy that is written to."""
    copy = folder / f"floor-{size}.db"
    shutil.copyfile(journal, copy)
    connection = sqlite3.connect(journal)
    try:
        one, other = (row[0] for row in connection.execute("SELECT handle FROM contact ORDER BY id LIMIT 2"))
        (key,) = connection.execute("SELECT key FROM objective ORDER BY id").fetchone()
    finally:
        connection.close()
    scripts = {
        "due by hand": _DUE,
        "search by hand, 1/1,000": _SEARCH.replace("{word!r}", repr(RARE)),
        "search by hand, 1/2": _SEARCH.replace("{word!r}", repr(COMMON)),
        "log by hand": _LOG.replace("{who!r}", repr((one, other))).replace("{key!r}", repr(key)),
    }
    YARDSTICKS.update({name: by_hand(script) for name, script in scripts.items()})
    due, rare, common, log = scripts
    line = f"coffee with @{one}, @{other} about the new team +{key}"
    cases = [
        Case("due --limit 20 -f json", netj("due", "--limit", "20", "-f", "json"), None, due),
        Case("search, in 1/1,000 -f json", netj("search", RARE, "--limit", "20", "-f", "json"), None, rare),
        Case("search, in 1/2 -f json", netj("search", COMMON, "--limit", "20", "-f", "json"), None, common),
        Case("log", netj("log", line), None, log, environment={"NETJ_DB": str(copy)}),
        Case("export -f ndjson", netj("export", "-f", "ndjson"), None, LOOP, is_long=size == "L"),
    ]
    return cases, str(copy)


def measure(sizes: list[str], kept: Path, folder: Path, runs: int) -> list[Line]:
    """Every command beside its floor, in turn."""
    lines: list[Line] = []
    for size, journal in make_journals(sizes, kept).items():
        if size == "L90":
            continue
        cases, copy = cases_of(size, journal, folder)
        environment = {**clean_environment(folder, journal), WRITTEN: copy}
        lines += in_turn([case for case in cases if not case.is_long], size, environment, runs)
        lines += in_turn([case for case in cases if case.is_long], size, environment, 1)
    return lines


def main() -> None:
    """Make the journals, measure, and print the table."""
    parser = options.parser("Measure netj beside scripts by hand.", runs=10, sizes="M,L")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    given = parser.parse_args()
    with options.folders(given.keep) as (kept, temporary):
        lines = measure(given.sizes, kept, temporary, given.runs)
    write_down(lines, given.runs, given.json, given.markdown)


if __name__ == "__main__":
    main()
