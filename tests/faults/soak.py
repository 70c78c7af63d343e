"""A long run of what the fault tests do for seconds: a thousand kills, and two thousand logs by eight writers.

    python tests/faults/soak.py

It prints its figures as Markdown and ends with 1 where anything was lost, doubled or damaged. A few minutes; `--folder`
says on which disk, `--kills` and `--logs` make it shorter or longer, `--minutes` is the longest it may take.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from forked import Warm
from killed import ADD, IN_COMMIT, Killed, connections, damage, exported, killed_logs, spread, usual

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WRITERS: Final = 8
#: How a command ends that waited over ten seconds for another one: on a machine with much else to do.
BUSY: Final = 8
READERS: Final = 3
LOG: Final = "log coffee with Dana"
#: Kills between two looks at the whole file.
BATCH: Final = 50


class Line(NamedTuple):
    """One line of the figures; `wrong` is what must be empty."""

    what: str
    figures: str
    wrong: list[str]
    seconds: float


def main() -> int:
    """Run all of it and print the figures; the exit code is 1 where something was lost."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--logs", type=int, default=250, help="by each of the eight writers")
    asked.add_argument("--minutes", type=float, default=20, help="begin nothing new after this")
    asked.add_argument("--folder", type=Path, help="where the journals lie (a temporary folder)")
    given = asked.parse_args()
    until = time.monotonic() + given.minutes * 60
    lines = []
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        warm = Warm({})
        try:
            for line in measured(warm, Path(folder), given.kills, given.logs):
                lines.append(line)
                print(f"{line.what}: {line.figures} ({line.seconds:.0f} s)", file=sys.stderr, flush=True)
                if time.monotonic() > until:
                    print("The time is up: the rest was left out.", file=sys.stderr)
                    break
        finally:
            warm.close()
    print(page(lines))
    return int(any(line.wrong for line in lines))


def measured(warm: Warm, folder: Path, kills: int, logs: int) -> Iterator[Line]:
    """Each part, one after another, each with a journal of its own."""
    for what, part, count in (
        ("`log` killed at a random moment", _killed_anywhere, kills * 6 // 10),
        ("`log` ended within its commit", _ended_in_commit, kills * 2 // 10),
        ("`import` of 40 people killed at a random moment", _killed_import, kills // 10),
        ("`undo` of that import killed at a random moment", _killed_undo, kills - kills * 9 // 10),
        (f"{WRITERS} writers with {logs} logs each, {READERS} readers beside", _writers, logs),
    ):
        place = folder / str(abs(hash(what)))
        place.mkdir()
        warm.environment = _environment(place)
        assert warm(ADD).ok
        started = time.monotonic()
        figures, wrong = part(warm, place / "journal.db", count)
        yield Line(what, figures, wrong + damage(place / "journal.db"), time.monotonic() - started)


def _environment(place: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    named = {"NETJ_DB": place / "journal.db", "NETJ_CONFIG": place / "none.toml", "HOME": place}
    return {**kept, **{name: str(path) for name, path in named.items()}, "NETJ_TODAY": "2026-11-23", "NO_COLOR": "1"}


def _killed_anywhere(warm: Warm, path: Path, count: int) -> tuple[str, list[str]]:
    told: list[Killed] = []
    while (left := count - sum(one.killed for one in told)) > 0:
        moments = spread(min(left, BATCH), 1.2 * usual(warm, LOG, 2))
        told.append(killed_logs(warm, path, moments, lanes=2))
    return _summed(told)


def _ended_in_commit(warm: Warm, path: Path, count: int) -> tuple[str, list[str]]:
    told: list[Killed] = []
    while (left := count - sum(one.killed for one in told)) > 0:
        # From a commit in memory to one that waits for a disk.
        before = IN_COMMIT.format(seconds=random.choice((2e-4, 1e-3, 4e-3, 1e-2)))
        told.append(killed_logs(warm, path, [None] * min(left, BATCH), lanes=1, before=before))
    return _summed(told)


def _summed(told: Sequence[Killed]) -> tuple[str, list[str]]:
    figures = {
        name: sum(getattr(one, name) for one in told) for name in ("tried", "killed", "acknowledged", "kept_silently")
    }
    wrong = [f"{name} lost" for one in told for name in one.lost]
    wrong += [f"{name} there twice" for one in told for name in one.doubled]
    text = "{tried} tried, {killed} killed, {acknowledged} acknowledged and all there, {kept_silently} there unsaid"
    return text.format(**figures), wrong


def _killed_import(warm: Warm, path: Path, count: int) -> tuple[str, list[str]]:
    command = ["import", "linkedin", str(connections(path.parent, 40))]
    before, seconds, wrong, whole, tried, killed = exported(path), warm(command).ok.seconds, [], 0, 0, 0
    assert warm("undo").ok
    while killed < count:
        ((ended,),) = warm.lanes([[command]], kills=[[random.uniform(0, 1.2 * seconds)]])
        tried += 1
        killed += ended.code < 0
        if exported(path) != before:
            whole += 1
            if len(warm("contact list -f json").rows) != 41:
                wrong.append("an import is there by half")
            assert warm("undo").ok
        elif ended.stdout:
            wrong.append("an acknowledged import is lost")
        if exported(path) != before:
            wrong.append("undo of a killed import left something")
    return f"{tried} tried, {killed} killed, {whole} there whole, {tried - whole} not at all", wrong


def _killed_undo(warm: Warm, path: Path, count: int) -> tuple[str, list[str]]:
    before = exported(path)
    assert warm(["import", "linkedin", str(connections(path.parent, 40))]).ok
    after, wrong, undone, tried, killed = exported(path), [], 0, 0, 0
    seconds = warm("undo").ok.seconds
    while killed < count:
        if exported(path) == before:
            assert warm("redo").ok
        ((ended,),) = warm.lanes([["undo"]], kills=[[random.uniform(0, 1.2 * seconds)]])
        tried += 1
        killed += ended.code < 0
        undone += exported(path) == before
        if exported(path) not in (before, after):
            wrong.append("an undo is there by half")
        if ended.stdout and exported(path) != before:
            wrong.append("an acknowledged undo is lost")
    return f"{tried} tried, {killed} killed, {undone} undone whole, {tried - undone} not at all", wrong


def _writers(warm: Warm, path: Path, logs: int) -> tuple[str, list[str]]:
    lanes: list[list[list[str]]] = [
        [["log", f"coffee with Dana about {lane} {n}"] for n in range(logs)] for lane in range(WRITERS)
    ]
    reads = [["due", "-f", "json"], ["contact", "list", "-f", "json"], ["export"], ["timeline", "dana", "-f", "json"]]
    lanes += [[reads[n % len(reads)] for n in range(logs)] for _ in range(READERS)]
    told = warm.lanes(lanes)
    wrong = [f"{one.code}: {one.stderr.strip()}" for lane in told for one in lane if one.code not in (0, BUSY)]
    # Who was told that the journal is busy has written nothing, and knows it.
    said = [(code, f"{lane} {n}") for lane in range(WRITERS) for n, code in enumerate(one.code for one in told[lane])]
    written, busy = [[text for code, text in said if code == wanted] for wanted in (0, BUSY)]
    wrong += [f"a reader was told: {one.stderr.strip()}" for lane in told[WRITERS:] for one in lane if one.code == BUSY]
    with sqlite3.connect(path) as connection:
        rows = [row[0] for row in connection.execute("SELECT summary FROM interaction")]
        (actions,) = connection.execute("SELECT count(DISTINCT id) FROM action").fetchone()
    connection.close()
    if sorted(rows) != sorted(written):
        wrong.append(f"{len(rows)} logs, {len(set(rows))} of them different, of {len(written)} acknowledged")
    if actions != len(written) + 1:
        wrong.append(f"{actions} actions")
    waits = [sorted(one.seconds for lane in part for one in lane) for part in (told[:WRITERS], told[WRITERS:])]
    slowest = " and ".join(f"{name} at most {part[-1]:.1f} s (median {part[len(part) // 2] * 1000:.0f} ms)"
                           for name, part in zip(("a log", "a reader"), waits, strict=True))  # fmt: skip
    refused = f", {len(busy)} told that it is busy" if busy else ""
    return f"{len(rows)} of {WRITERS * logs} there{refused}, {READERS * logs} answers; {slowest}", wrong


def page(lines: Sequence[Line]) -> str:
    """The figures as Markdown."""
    rows = [f"| {one.what} | {one.figures} | {len(one.wrong)} | {one.seconds:.0f} |" for one in lines]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
    wrong = sorted({found for line in lines for found in line.wrong})
    return "\n".join([
        f"{machine}SQLite {sqlite3.sqlite_version}.",
        "",
        "| what | came of it | lost, doubled, damaged | seconds |",
        "| --- | --- | ---: | ---: |",
        *rows,
        *(f"\n- {found}" for found in wrong[:20]),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
