"""Measure the figures of the decision records: `python docs/decisions/measure.py 0001` in a checkout.

CPU is user + sys of a whole process (os.wait4), median of 20, in a clean environment; nothing here is timed in tests.
"""

from __future__ import annotations

import inspect
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from netjournal.store.sqlite import backup, changes, opener

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DAY = date(2026, 11, 23)


def cpu(argv: Sequence[str], home: Path, runs: int = 20) -> float:
    """Median CPU of a whole process in milliseconds."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "NETJ_DB": str(home / "journal.db"),
        "NETJ_CONFIG": str(home / "config.toml"),
        "NETJ_TODAY": DAY.isoformat(),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    found = []
    for run in range(runs + 2):
        with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:  # noqa: S603
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(argv[1:])} ended with {process.returncode}")
        if run > 1:
            found.append(1000 * (usage.ru_utime + usage.ru_stime))
    return statistics.median(found)


def took(action: Callable[[], object], runs: int = 20) -> float:
    """Median time of a call in milliseconds."""
    found = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found)


def say(label: str, value: float, unit: str = "ms") -> None:
    """One line of figures."""
    print(f"{label:<58}{value:>10,.2f} {unit}")  # noqa: T201  # printing is what this is for


def filled(path: Path, contacts: int, interactions: int) -> sqlite3.Connection:
    """A journal with many interactions, each with one contact, spread over ten years."""
    connection = opener.open_for_writing(path)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO contact (id, uid, handle, name, name_key, every_days, added_on, changed_at) VALUES (?,?,?,?,?,60,?,'')",
        ((n, f"{n:032x}", f"person-{n}", f"Person {n}", f"person {n}", "2016-01-01") for n in range(1, contacts + 1)),
    )
    days = [date.fromordinal(DAY.toordinal() - n).isoformat() for n in range(3650)]
    rows = [(n, f"{n:032x}", days[n * 7919 % 3650]) for n in range(1, interactions + 1)]
    connection.executemany(
        "INSERT INTO interaction (id, uid, on_day, kind, direction, summary, note, changed_at) "
        "VALUES (?, ?, ?, 'coffee', 'mutual', 'hiring plans for the year', 'a note of a few words about the team', '')",
        rows,
    )
    connection.executemany(
        "INSERT INTO touch (contact_id, interaction_id, on_day, exposure, kind, direction) "
        "VALUES (?, ?, ?, 0, 'coffee', 'mutual')",
        ((1 + n * 6007 % contacts, n, day) for n, _, day in rows),
    )
    connection.execute("COMMIT")
    return connection


def m0001(home: Path) -> None:
    """What the ORM costs a process."""
    python = [sys.executable, "-c"]
    netj = [sys.executable, "-m", "netjournal"]
    for code in ("pass", "import sqlite3", "import typer", "import rich.table", "import sqlmodel"):
        say(f'python -c "{code}"', cpu([*python, code], home))
    say("netj due -f json, empty journal", cpu([*netj, "due", "-f", "json"], home))
    with_orm = "import sqlmodel, sys; from netjournal.cli.app import run; sys.exit(run(['due', '-f', 'json']))"
    say("the same with sqlmodel imported first", cpu([*python, with_orm], home))


def m0002(home: Path) -> None:
    """What the Typer of this environment costs a reading command."""
    say('python -c "import typer"', cpu([sys.executable, "-c", "import typer"], home))
    say("netj due -f json, empty journal", cpu([sys.executable, "-m", "netjournal", "due", "-f", "json"], home))


def m0003(home: Path) -> None:
    """What dateutil's own parser makes of the phrases that the grammar is tested with."""
    from dateutil import parser

    table = Path(__file__).resolve().parents[2] / "tests" / "domain" / "dates.tsv"
    right = wrong = refused = guessed = 0
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        phrase, today, expected, *_ = line.split("\t")
        midnight = parser.isoparse(today)
        try:
            found = parser.parse(phrase, default=midnight).date().isoformat()
        except (ValueError, OverflowError):
            refused += expected != "ERROR"
            right += expected == "ERROR"
            continue
        guessed += expected == "ERROR"
        right += found == expected
        wrong += expected not in ("ERROR", found)
    for label, count in (("right", right), ("another day", wrong), ("refused", refused), ("guessed", guessed)):
        say(f"dateutil.parser: {label}", count, "phrases")
    for code in ("import re, datetime", "import netjournal.domain.dates", "import dateutil.parser"):
        say(f'python -c "{code}"', cpu([sys.executable, "-c", code], home))


def m0004(home: Path) -> None:
    """The newest touch of each contact, and what the touches of some were: read from the touch rows, and by a join."""
    newest = (
        "SELECT c.id, (SELECT max({}.on_day) FROM {} WHERE t.contact_id = c.id AND {}.exposure = 0) FROM contact AS c"
    )
    kinds = "SELECT t.contact_id, {0}.on_day, {0}.kind FROM {1} WHERE t.contact_id <= 1000 AND {0}.exposure = 0 ORDER BY 1, 2, 3"
    joined = "touch AS t JOIN interaction AS i ON i.id = t.interaction_id"
    with closing(filled(home / "journal.db", 10_000, 200_000)) as connection:
        for what, carried, other in (
            ("newest", newest.format("t", "touch AS t", "t"), newest.format("i", joined, "i")),
            ("kinds", kinds.format("t", "touch AS t"), kinds.format("i", joined)),
        ):
            same = connection.execute(carried).fetchall() == connection.execute(other).fetchall()
            say(
                f"{what}, both give the same: {same}; carried",
                took(lambda sql=carried: connection.execute(sql).fetchall()),
            )
            say(f"{what}, by a join with interaction", took(lambda sql=other: connection.execute(sql).fetchall()))


def m0005(home: Path) -> None:
    """What the change triggers cost a writing command."""
    with closing(opener.open_for_writing(home / "journal.db")) as connection:
        tables = changes.tracked_tables(connection)
        say("tracked tables", len(tables), "tables")

        def begin() -> None:
            connection.execute("BEGIN IMMEDIATE")
            changes.begin(connection, 1)
            connection.execute("ROLLBACK")

        say("BEGIN, three triggers a table, ROLLBACK", took(begin))


def m0006(home: Path) -> None:
    """What the text index costs in time and room."""
    for label, drop in (("with the search index", False), ("without it", True)):
        path = home / f"{drop}.db"
        with closing(opener.open_for_writing(path)) as connection:
            if drop:
                for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                    connection.execute(f"DROP TRIGGER {name}")
        begun = time.perf_counter()
        filled(path, 1_000, 50_000).close()
        say(f"50,000 interactions {label}", 1000 * (time.perf_counter() - begun))
        say(f"the file {label}", path.stat().st_size / 1e6, "MB")


def m0007(home: Path) -> None:
    """A name that nobody has, compared with ten thousand that are there."""
    del home
    from netjournal.domain import names

    known = [names.Known(n, f"dana-whitfield-{n}", (f"dana whitfield {n}",)) for n in range(9_999)]
    known.append(names.Known(9_999, "priya-nair", ("priya nair",)))
    for typed in ("priya", "prija nair"):
        found = names.find(typed, known)
        say(f"{typed}: {len(found.ids)} found, {len(found.alike)} alike", took(partial(names.find, typed, known), 5))


def m0010(home: Path) -> None:
    """What the day's first write pays after its receipt."""
    for interactions in (0, 10_000, 100_000):
        path = home / f"{interactions}.db"
        filled(path, 1_000, interactions).close()
        size = path.stat().st_size / 1e6
        say(f"backup of {size:,.1f} MB", took(partial(backup.back_up, path, "measured", DAY), 5))


def m0011(home: Path) -> None:
    """One short write in each journal mode, and what becomes of a counter that eight processes raise."""
    for mode, synchronous in (("DELETE", "EXTRA"), ("DELETE", "FULL"), ("WAL", "FULL")):
        path = home / f"{mode}-{synchronous}.db"

        def write(p: Path = path, m: str = mode, s: str = synchronous) -> None:
            with closing(sqlite3.connect(p, isolation_level=None)) as connection:
                connection.execute(f"PRAGMA journal_mode = {m}")
                connection.execute(f"PRAGMA synchronous = {s}")
                connection.execute("CREATE TABLE IF NOT EXISTS t (x TEXT)")
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO t VALUES ('one line')")
                connection.execute("COMMIT")

        write()
        say(f"open, write, commit, close: {mode}, {synchronous}", took(write, 200))
    for label, begin in (("by the driver", None), ("as IMMEDIATE", "BEGIN IMMEDIATE")):
        path = home / f"{begin}.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)")
        code = (
            "from __future__ import annotations\nimport sqlite3, time\n"
            + inspect.getsource(_raise_counter)
            + f"\n_raise_counter({str(path)!r}, {begin!r})"
        )
        writers = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(8)]  # noqa: S603
        failed = sum(writer.wait() != 0 for writer in writers)
        with closing(sqlite3.connect(path)) as connection:
            ((count,),) = connection.execute("SELECT n FROM t").fetchall()
        say(f"8 processes x 100 commits, begun {label}: lost", 800 - count, f"({failed} failed)")


def _raise_counter(path: str, begin: str | None) -> None:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None if begin else "DEFERRED")
    for _ in range(100):
        if begin:
            connection.execute(begin)
        (n,) = connection.execute("SELECT n FROM t").fetchone()
        time.sleep(0.001)
        connection.execute("UPDATE t SET n = ?", (n + 1,))
        connection.execute("COMMIT")


def m0022(home: Path) -> None:
    """Commands with and without the modules that are put off until they are looked into."""
    run = "from netjournal.cli.app import main; main({words!r})"
    eager = "from netjournal.cli import later; later.put_off = lambda modules: None; " + run
    netj = [sys.executable, "-m", "netjournal"]
    for words in (["objective", "add", "Platform role", "--key", "platform"], ["contact", "add", "Ada Reed"]):
        subprocess.run(  # noqa: S603
            [*netj, *words],
            check=True,
            stdout=subprocess.DEVNULL,
            env={"NETJ_DB": str(home / "journal.db"), **os.environ},
        )
    for words in (["due", "-f", "json"], ["log", "coffee with @ada-reed about the team +platform"]):
        for label, code in (("all loaded", eager), ("put off", run)):
            say(f"netj {words[0]}, {label}", cpu([sys.executable, "-c", code.format(words=words)], home))


def main(number: str) -> None:
    """Run the measurement of one record, in a folder of its own."""
    with tempfile.TemporaryDirectory() as home:
        globals()[f"m{number}"](Path(home))


if __name__ == "__main__":
    main(sys.argv[1])
