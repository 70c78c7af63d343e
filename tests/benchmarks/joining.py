"""What reading an export of 100,000 interactions into an empty journal costs, beside a bare loop of `executemany`.

    python tests/benchmarks/joining.py [--contacts 5000] [--interactions 100000] [--runs 3] [--json FILE]

The loop writes the same rows of every table, search and change rows included, under the same pragmas. Bounds: three
times its CPU time, and 120 MiB at the most for the whole process.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from drawing import TABLES, TODAY, Size
from generate import generate
from measure import clean_environment, cost, machine

from netjournal import store
from netjournal.interchange.ndjson import read_records, write_ndjson
from netjournal.interchange.sources import open_source
from netjournal.journal.joining.join import join
from netjournal.store.queries.export import records
from netjournal.store.sqlite.changes import tracked_tables
from netjournal.store.sqlite.opener import open_for_writing

BOUND: Final = 3.0
PEAK_MIB: Final = 120.0
NOW: Final = f"{TODAY.isoformat()}T10:00:00Z"


def bare(made: Path, target: Path) -> None:
    """Copy every row by `executemany`, with a change row for each; the tables' own triggers write the search rows."""
    source, connection = sqlite3.connect(made), open_for_writing(target)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM circle")
    connection.execute("INSERT INTO action (on_day, at, command) VALUES (?, ?, 'import')", (TODAY.isoformat(), NOW))
    columns = tracked_tables(connection)
    for table in TABLES.split():
        names, keys = [c.name for c in columns[table]], [c.name for c in columns[table] if c.key]
        marks = ", ".join("?" * len(names))
        found = source.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY {', '.join(keys)}")
        connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", found)
        connection.executemany(
            "INSERT INTO change (action_id, table_name, op, key) VALUES (1, ?, 'insert', ?)",
            (
                (table, json.dumps(dict(zip(keys, row, strict=True))))
                for row in source.execute(f"SELECT {', '.join(keys)} FROM {table}")
            ),
        )
    connection.execute("COMMIT")
    connection.close()


def ours(exported: Path, target: Path) -> None:
    """What `netj import netjournal FILE` does."""
    source = open_source(str(exported), None)
    with store.writing(target, "import netjournal", TODAY, NOW) as uow:
        join(uow, lambda kinds: read_records(source, kinds))


def _export(journal: Path, to: Path) -> None:
    with store.reading(journal) as connection, to.open("wb") as file:
        write_ndjson(records(connection), file)


def measure(folder: Path, size: Size, runs: int) -> dict[str, float]:
    """Run both in turn in processes of their own, print what they cost, and return it."""
    made, exported, target = folder / "made.db", folder / "made.ndjson", folder / "new.db"
    given = [str(size.contacts), str(size.interactions)]
    # In a process of its own: what this one holds would count in its children's peaks.
    subprocess.run([sys.executable, __file__, "make", str(made), str(exported), *given], check=True)
    environment = clean_environment(folder, target)
    spent: dict[str, list[float]] = {"bare": [], "ours": []}
    peak = 0.0
    for _ in range(runs):
        for name, source in (("bare", made), ("ours", exported)):
            target.unlink(missing_ok=True)
            found = cost([sys.executable, __file__, name, str(source), str(target)], environment)
            spent[name].append(found.cpu_ms)
            peak = max(peak, found.peak_mib) if name == "ours" else peak
    again = folder / "again.ndjson"
    _export(target, again)
    assert again.read_bytes() == exported.read_bytes(), "the export of what was read is not the file"
    loop, mine = median(spent["bare"]), median(spent["ours"])
    print(f"{machine()}; file of {exported.stat().st_size / 1e6:.0f} MB, median of {runs} runs")
    print(f"bare executemany {loop:.0f} ms; import {mine:.0f} ms: {mine / loop:.2f} (bound {BOUND:g})")
    print(f"peak {peak:.0f} MiB (bound {PEAK_MIB:g})")
    return {"bare_ms": round(loop), "import_ms": round(mine), "ratio": round(mine / loop, 2), "peak_mib": round(peak)}


def main() -> None:
    """Measure; the first word names the part that a process of its own does."""
    parts = {"bare": bare, "ours": ours}
    if sys.argv[1:2] == ["make"]:
        made, exported, contacts, interactions = sys.argv[2:6]
        generate(Path(made), Size(int(contacts), int(interactions)))
        _export(Path(made), Path(exported))
        return
    if sys.argv[1:2] and sys.argv[1] in parts:
        parts[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description="Measure reading an export back.")
    parser.add_argument("--contacts", type=int, default=5_000)
    parser.add_argument("--interactions", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = measure(Path(folder), Size(given.contacts, given.interactions), given.runs)
    if given.json:
        given.json.write_text(json.dumps(found) + "\n", encoding="utf-8")
    sys.exit(0 if found["ratio"] <= BOUND and found["peak_mib"] <= PEAK_MIB else 1)


if __name__ == "__main__":
    main()
