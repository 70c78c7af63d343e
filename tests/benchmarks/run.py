"""Measure every command that exists against the bounds of the design, and print the table.

    python tests/benchmarks/run.py --sizes S,M,L --runs 10 [--json FILE] [--markdown FILE] [--keep FOLDER]

Whole processes, CPU time (user and system, from wait4), median of the runs. Yardsticks are measured in the same run,
in turn with the commands, in the same clean environment. Journals are made by `generate.py` in a temporary folder.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import growth
import options
from cases import SMALL_JOURNAL, SQLITE, YARDSTICKS, Case, cases_of
from generate import SIZES
from measure import Cost, clean_environment, cost, machine

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE: Final = Path(__file__).parent
#: Runs of what takes a minute: the spread of so long a process is small.
LONG_RUNS: Final = 3


class Line(NamedTuple):
    """One line of the table; times in milliseconds, memory in MiB, a ratio in units of its yardstick."""

    command: str
    size: str
    cpu_ms: float
    yardstick: str
    yardstick_ms: float
    ratio: float
    bound: float | None
    met: bool | None
    peak_mib: float
    peak_bound_mib: float | None


def make_journals(sizes: Iterable[str], folder: Path) -> dict[str, Path]:
    """The journals to measure on, made in processes of their own: this one stays small, for its children's peaks."""
    found = {}
    for size in sizes:
        # At L the share of contacts with a cadence decides what `due` costs: both are reported.
        for name, share in ((size, 0.15), *([("L90", 0.9)] if size == "L" else [])):
            found[name] = folder / f"{name}.db"
            if not found[name].exists():
                print(f"making {name} ...", file=sys.stderr)
                words = [size, str(found[name]), "--cadence", str(share)]
                subprocess.run([sys.executable, str(HERE / "generate.py"), *words], check=True)
    return found


def measure(journals: dict[str, Path], folder: Path, runs: int, only: str, without: str = "") -> list[Line]:
    """Run every case of every size whose name holds one text and not the other, each yardstick beside its cases."""
    lines: list[Line] = []
    for size, journal in journals.items():
        cases = [case for case in cases_of(size, journal, folder) if only in case.name]
        cases = [case for case in cases if not without or without not in case.name]
        environment = {**clean_environment(folder, journal), SMALL_JOURNAL: str(folder / "small.db")}
        short = [case for case in cases if not case.is_long]
        lines += in_turn(short, size, environment, runs)
        for case in cases:
            if case.is_long:
                lines += in_turn([case], size, environment, min(runs, LONG_RUNS))
    return lines


def in_turn(cases: list[Case], size: str, environment: dict[str, str], runs: int) -> list[Line]:
    """The cases one after the other, round after round, so that a busy moment of the machine hits all alike."""
    needed = dict.fromkeys([SQLITE, *(case.yardstick for case in cases)]) if cases else {}
    yard: dict[str, list[Cost]] = {name: [] for name in needed}
    spent: list[list[Cost]] = [[] for _ in cases]
    for turn in range(runs + 1):
        for name in needed:
            given = cost(YARDSTICKS[name], environment)
            yard[name] += [given] if turn else []
        for case, costs in zip(cases, spent, strict=True):
            if case.prepare:
                case.prepare()
            print(f"\r{size} {turn}/{runs} {case.name:<40}", end="", file=sys.stderr)
            given = cost(case.words, {**environment, **case.environment}, terminal=case.terminal)
            # The first round only warms the caches.
            if turn:
                costs.append(given)
    print(file=sys.stderr)
    return [_line(case, size, costs, yard[case.yardstick]) for case, costs in zip(cases, spent, strict=True)]


def _line(case: Case, size: str, spent: list[Cost], yard: list[Cost]) -> Line:
    cpu, unit = median(c.cpu_ms for c in spent), median(c.cpu_ms for c in yard)
    ratio = round(cpu / unit, 2)
    peak = max(c.peak_mib for c in spent)
    met = None if case.bound is None and case.peak is None else True
    if (case.bound is not None and ratio > case.bound) or (case.peak is not None and peak > case.peak):
        met = False
    return Line(
        case.name,
        size,
        round(cpu, 1),
        case.yardstick,
        round(unit, 1),
        ratio,
        case.bound,
        met,
        round(peak, 1),
        case.peak,
    )


def as_markdown(lines: list[Line], told: str, runs: int) -> str:
    """The table, with the machine above it."""
    head = ["command", "size", "CPU ms", "yardstick", "its ms", "ratio", "bound", "peak MiB", "bound", ""]
    rows = [
        [
            f"`{line.command}`", line.size, f"{line.cpu_ms:.0f}", line.yardstick, f"{line.yardstick_ms:.0f}", f"{line.ratio:.2f}",
            "" if line.bound is None else f"{line.bound:g}", f"{line.peak_mib:.0f}",
            "" if line.peak_bound_mib is None else f"{line.peak_bound_mib:g}",
            {True: "met", False: "**missed**", None: ""}[line.met],
        ]
        for line in lines
    ]  # fmt: skip
    table = [head, ["---", "---", *["---:"] * 1, "---", *["---:"] * 5, "---"], *rows]
    text = "\n".join("| " + " | ".join(row) + " |" for row in table)
    how = f"CPU time of whole processes, median of {runs} runs (of {min(runs, LONG_RUNS)} where one takes a minute)"
    return f"{told}; {how}.\n\n{text}\n"


def write_down(lines: list[Line], runs: int, to_json: Path | None, to_markdown: Path | None) -> None:
    """Print the table, and write it where it is wanted."""
    told = machine()
    text = as_markdown(lines, told, runs)
    if len({line.size for line in lines} & SIZES.keys()) > 2:
        text += "\n" + growth.as_markdown(growth.grown(lines))
    print(text, end="")
    if to_markdown:
        to_markdown.write_text(text, encoding="utf-8")
    if to_json:
        record = {"machine": told, "runs": runs, "lines": [line._asdict() for line in lines]}
        to_json.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Make the journals, measure, and print the table."""
    parser = options.parser("Measure netj against its bounds.", runs=10, sizes="S,M,L")
    parser.add_argument("--only", default="", help="only commands whose name holds this text")
    parser.add_argument("--without", default="", help="no command whose name holds this text")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    given = parser.parse_args()
    with options.folders(given.keep) as (kept, temporary):
        lines = measure(make_journals(given.sizes, kept), temporary, given.runs, given.only, given.without)
    write_down(lines, given.runs, given.json, given.markdown)


if __name__ == "__main__":
    main()
