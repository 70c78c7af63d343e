"""Every property of the suite, over and over with new seeds, until a time is up or one fails.

    python tests/fuzz.py --minutes 10

Each round runs all that hypothesis drives: the capture and date grammars, names, every reader of a format, what is typed
to any command, undo, redo, joining, order, crashes. NETJ_FUZZ says how many times as many examples as the suite a round
takes. The first failure ends it, with the line that repeats it.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

TESTS: Final = Path(__file__).resolve().parent
#: Times as many examples: the first round soon looks at everything once, later ones look longer.
MORE: Final = (1, 2, 5, 10)


class Round(NamedTuple):
    """How one round went; `told` is what pytest wrote, `failed` the tests, none where the time was up first."""

    seed: int
    times: int
    passed: int
    failed: tuple[str, ...]
    told: str
    is_whole: bool


def main() -> int:
    """Run rounds; the exit code is 1 where something failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=10, help="how long to go on (10)")
    asked.add_argument("--seed", type=int, help="the first round's seed; later ones follow from it")
    asked.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many at once (one a core)")
    asked.add_argument("only", nargs="*", help="files or folders of tests (all)")
    given = asked.parse_args()
    seeds = random.Random(given.seed if given.seed is not None else int.from_bytes(os.urandom(4), "big"))
    until = time.monotonic() + given.minutes * 60
    rounds = 0
    while until - time.monotonic() > 1:
        told = run(seeds.getrandbits(32), MORE[min(rounds, len(MORE) - 1)], until, given.processes, given.only)
        rounds += 1
        ending = "all pass" if told.is_whole else "the time is up"
        print(f"round {rounds}: seed {told.seed}, NETJ_FUZZ={told.times}: {told.passed} properties held; "
              f"{', '.join(told.failed) or ending}", flush=True)  # fmt: skip
        if told.failed:
            print(told.told)
            print("To repeat it:\n" + "\n".join(repeat(told, name) for name in told.failed))
            return 1
    return 0


def run(seed: int, times: int, until: float, processes: int, only: list[str]) -> Round:
    """One round, ended when the time is up."""
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "hypothesis",
        "-x",
        "-q",
        "-n",
        str(processes),
        "-rfE",
        "--no-header",
    ]
    words += [f"--hypothesis-seed={seed}", *(only or [str(TESTS)])]
    with subprocess.Popen(
        words,
        cwd=TESTS.parent,
        env={**os.environ, "NETJ_FUZZ": str(times)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as round_:
        try:
            told, _ = round_.communicate(timeout=until - time.monotonic())
        except subprocess.TimeoutExpired:
            # As Ctrl-C does: pytest takes its processes and folders away.
            round_.send_signal(2)
            told, _ = round_.communicate()
            return Round(seed, times, _passed(told), (), told, False)
    failed = tuple(re.findall(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", told, re.MULTILINE))
    if round_.returncode and not failed:
        failed = (f"pytest ended with {round_.returncode}",)
    return Round(seed, times, _passed(told), failed, told, True)


def _passed(told: str) -> int:
    found = re.findall(r"(\d+) passed", told)
    return int(found[-1]) if found else 0


def repeat(told: Round, name: str) -> str:
    """The line that runs one test as it ran."""
    return f"NETJ_FUZZ={told.times} python -m pytest -n 0 --hypothesis-seed={told.seed} '{name}'"


if __name__ == "__main__":
    sys.exit(main())
