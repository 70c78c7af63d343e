"""A seeded generator of journals: the same size and seed give the same rows, whatever the machine.

    python tests/benchmarks/generate.py M journal.db [--cadence 0.15] [--seed 1]

Rows go in by plain `executemany`. The search index is filled by one statement a table, made from the schema's own
triggers, which are put back as they were: what comes out is a journal that the program could have written.
"""

from __future__ import annotations

import argparse
import random
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import words
from drawing import TODAY, Size
from history import History

from netjournal.store.sqlite.opener import open_for_writing

if TYPE_CHECKING:
    import sqlite3

#: K lies between M and L, to see how costs grow.
SIZES: Final = {"S": Size(0, 0), "M": Size(1_000, 10_000), "K": Size(3_000, 100_000), "L": Size(10_000, 1_000_000)}


def generate(path: Path, size: Size, *, cadence: float = 0.15, seed: int = 1) -> None:
    """Make a journal in a new file; `cadence` is the share of contacts that have one."""
    connection = open_for_writing(path)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA cache_size = -500000")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        triggers = _without_triggers(connection)
        _fill(History(connection, size, cadence, seed))
        _index(connection, triggers)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        connection.execute("COMMIT")
    finally:
        connection.close()


def _without_triggers(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Drop every trigger; return (table, statement) of each by name."""
    found = connection.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _, _ in found:
        connection.execute(f'DROP TRIGGER "{name}"')
    return {name: (table, sql) for name, table, sql in found}


def _index(connection: sqlite3.Connection, triggers: dict[str, tuple[str, str]]) -> None:
    """Do for all rows at once what each insert trigger does for one, and put the triggers back."""
    for name, (table, sql) in triggers.items():
        if name.endswith("_search_insert"):
            inserted = re.search(r"BEGIN\s+(INSERT INTO search .*?)VALUES\s*\((.*)\);\s*END$", sql, re.DOTALL)
            assert inserted, f"{name} is not the insert this generator knows how to repeat"
            connection.execute(f"{inserted[1]} SELECT {inserted[2]} FROM {table} AS new ORDER BY new.id")
        connection.execute(sql)


def _fill(journal: History) -> None:
    journal.begin()
    if journal.size.contacts:
        journal.add_people()
        journal.add_history()


def linkedin(path: Path, connections: int, seed: int = 1) -> None:
    """Write a LinkedIn `Connections.csv` of so many people."""
    chance = random.Random(f"linkedin {seed} {connections}")
    lines = ["Notes:", '"Some e-mail addresses are missing."', ""]
    lines.append("First Name,Last Name,URL,Email Address,Company,Position,Connected On")
    for n in range(connections):
        given, family = chance.choice(words.NAMES)
        day = (TODAY - timedelta(days=chance.randrange(3650))).strftime("%d %b %Y")
        firm = f"{chance.choice(words.ORG_FIRST)} {chance.choice(words.ORG_SECOND)}"
        mail = f"c{n}@example.com" if chance.random() < 0.1 else ""
        url = f"https://www.linkedin.com/in/c{n}"
        title = chance.choice(words.TITLES)
        lines.append(f"{chance.choice(given)},{chance.choice(family)},{url},{mail},{firm},{title},{day}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Make one journal from the command line."""
    parser = argparse.ArgumentParser(description="Make a seeded journal.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("path", type=Path)
    parser.add_argument("--cadence", type=float, default=0.15, help="share of contacts with a cadence")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.path, SIZES[given.size], cadence=given.cadence, seed=given.seed)


if __name__ == "__main__":
    main()
