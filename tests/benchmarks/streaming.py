"""Memory that does not grow with what is written or read, and what a progress bar costs.

    python tests/benchmarks/streaming.py [--runs 5] [--keep FOLDER] [--json FILE]

Exports of M, K and L with their peaks; exports and imports with four times the interactions of the same people, and with
four times the people of as many interactions, to tell the two apart; and a mailbox of 100 MB read with a terminal to draw
the bar on, and without one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Final

import options
from cases import netj
from measure import clean_environment, cost, machine
from run import make_journals

JOINING: Final = str(Path(__file__).parent / "joining.py")
#: Contacts and interactions.
_SHAPES: Final = ((1_250, 25_000), (1_250, 100_000), (5_000, 25_000))
#: A message of some 10 kB: only its head is looked at.
_MESSAGE: Final = (
    "From sender@example.org Mon Nov 23 10:00:00 2026\n"
    "From: Sender {n} <sender{n}@example.org>\nTo: me@example.com\nSubject: Number {n}\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0000\nMessage-ID: <{n}@example.org>\n\n" + "a line of a letter\n" * 500 + "\n"
)


def peaks(kept: Path, folder: Path, sizes: list[str]) -> dict[str, float]:
    """The largest memory of exports and imports, in MiB."""
    found = {}
    for size, journal in make_journals(sizes, kept).items():
        if size != "L90":
            ran = cost(netj("export", "-f", "ndjson"), clean_environment(folder, journal))
            found[f"export of {size}"] = round(ran.peak_mib, 1)
    for contacts, interactions in _SHAPES:
        made, exported, target = folder / "made.db", folder / "made.ndjson", folder / "new.db"
        for file in (made, exported, target):
            file.unlink(missing_ok=True)
        words = ["make", str(made), str(exported), str(contacts), str(interactions)]
        subprocess.run([sys.executable, JOINING, *words], check=True)
        shape = f"{interactions:,} interactions with {contacts:,} people"
        ran = cost(netj("export", "-f", "ndjson"), clean_environment(folder, made))
        found[f"export of {shape}"] = round(ran.peak_mib, 1)
        ran = cost([sys.executable, JOINING, "ours", str(exported), str(target)], clean_environment(folder, target))
        found[f"import of {shape}"] = round(ran.peak_mib, 1)
    return found


def bar(folder: Path, runs: int) -> dict[str, float]:
    """CPU time of reading a mailbox without and with a progress bar, in milliseconds: median of the runs."""
    mailbox, journal = folder / "letters.mbox", folder / "mail.db"
    with mailbox.open("w", encoding="ascii") as file:
        file.writelines(_MESSAGE.format(n=n) for n in range(10_000))
    words = netj("import", "mail", str(mailbox), "--me", "me@example.com", "--dry-run")
    spent: dict[str, list[float]] = {"without": [], "with": []}
    for turn in range(runs + 1):
        for name, costs in spent.items():
            ran = cost(words, clean_environment(folder, journal), terminal=True, asking=name == "with")
            costs.extend([ran.cpu_ms] if turn else [])
    return {name: round(median(costs), 1) for name, costs in spent.items()}


def main() -> None:
    """Measure, and print what was found."""
    parser = options.parser("Measure memory by size, and the progress bar.", runs=5, sizes="M,K,L")
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    with options.folders(given.keep) as (kept, folder):
        drawn = bar(folder, given.runs)
        memory = peaks(kept, folder, given.sizes)
    print(machine())
    for name, peak in memory.items():
        print(f"{name}: {peak:g} MiB")
    more = drawn["with"] / drawn["without"] - 1
    print(f"mailbox of 100 MB: {drawn['without']:.0f} ms, with a progress bar {drawn['with']:.0f} ms ({more:+.1%})")
    if given.json:
        record = {"machine": machine(), "peak_mib": memory, "progress_ms": drawn}
        given.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
