"""The ranking study: every order on the same made-up lives, the weights of the score, and what a change of them does.

    python tests/simulation/study.py [--lives 200] [--train 60] [--processes 2] [--docs docs/explanation] [--json FILE]

Lives 0, 1, ... are those that results are told of; lives 1000, 1001, ... are those on which weights are chosen. The same
numbers give the same figures on any machine. `--docs` writes the tables and figures into the page about them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from functools import partial
from itertools import product
from multiprocessing import Pool
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Final, NamedTuple

import tables
from life import life
from living import World
from measures import Beside, Told, cost
from orders import ORDERS, ours
from planned import by_plan
from tables import BEFORE, Tried

from netjournal.domain.score import WEIGHTS, Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from life import Nature
    from living import Order

#: The first of the lives on which weights are chosen; none of them is among those told of.
TRAIN_FROM: Final = 1000
#: What is tried, each with each; lateness is the unit, and signals bring nothing in these lives.
GRID: Final[dict[str, tuple[float, ...]]] = {
    "promise": (1, 2, 3, 4, 5, 6, 8),
    "reply": (1.5, 2, 2.5, 3),
    "objective": (0, 1, 2, 3),
}
ALL: Final = (*ORDERS, "plan")


class Run(NamedTuple):
    """What came of one life under every order that was asked for."""

    number: int
    nature: Nature
    told: dict[str, Told]
    beside: dict[str, Beside]


class Asked(NamedTuple):
    """Orders by name, and score weights by a name of their own."""

    orders: tuple[str, ...] = ()
    weights: tuple[tuple[str, Weights], ...] = ()

    def made(self) -> Iterable[tuple[str, Order]]:
        """Fresh orders: some remember what they saw."""
        for name in self.orders:
            yield name, by_plan() if name == "plan" else ORDERS[name]()
        for name, weights in self.weights:
            yield name, ours(weights)


def lived(number: int, asked: Asked) -> Run:
    """One life under each order."""
    one = life(number)
    found = {name: World(one).live(order) for name, order in asked.made()}
    told = {name: pair[0] for name, pair in found.items()}
    return Run(number, one.nature, told, {name: pair[1] for name, pair in found.items()})


def lived_all(numbers: Sequence[int], asked: Asked, processes: int) -> list[Run]:
    """Many lives, in the order of their numbers whatever the number of processes."""
    work = partial(lived, asked=asked)
    if processes < 2:
        return [work(number) for number in numbers]
    with Pool(processes) as pool:
        return pool.map(work, numbers, chunksize=4)


def search(numbers: Sequence[int], processes: int) -> list[Tried]:
    """Every set of weights of the grid, the least cost first; the cost is by the measures of calls at random."""
    sets = [WEIGHTS._replace(**dict(zip(GRID, map(float, values), strict=True))) for values in product(*GRID.values())]
    named = tuple((str(weights), weights) for weights in dict.fromkeys([WEIGHTS, Weights(*BEFORE), *sets]))
    runs = lived_all(numbers, Asked(("random",), named), processes)
    yardstick = [run.told["random"] for run in runs]
    tried = []
    for name, weights in named:
        told = [run.told[name] for run in runs]
        tried.append(Tried(tuple(weights), cost(told, yardstick), fmean(one.broken for one in told)))
    return sorted(tried, key=lambda one: (one.cost, one.weights))


def varied() -> tuple[tuple[str, Weights], ...]:
    """The product's weights with each one half as large, and half as large again."""
    return tuple(
        (f"{name} {sign}50 %", WEIGHTS._replace(**{name: getattr(WEIGHTS, name) * factor}))
        for name in WEIGHTS._fields
        for sign, factor in (("−", 0.5), ("+", 1.5))
    )


def study(lives: int, train: int, processes: int) -> tables.Study:
    """The whole of it."""
    say = partial(print, file=sys.stderr, flush=True)
    say(f"searching for weights on {train} lives ...")
    tried = search(range(TRAIN_FROM, TRAIN_FROM + train), processes) if train else []
    say(f"{lives} lives under {len(ALL)} orders and {len(varied())} other weights ...")
    runs = lived_all(range(lives), Asked(ALL, varied()), processes)
    return tables.Study(
        runs=[(run.nature, run.told, run.beside) for run in runs],
        orders=ALL,
        varied=[name for name, _ in varied()],
        tried=tried,
        train=train,
    )


def cpu_seconds() -> float:
    """CPU of this process and of those it started, in seconds."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main() -> None:
    """Run the study and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lives", type=int, default=200)
    parser.add_argument("--train", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--docs", type=Path, help="write tables and figures into ranking.md of this folder")
    parser.add_argument("--json", type=Path, help="write every figure of every life to this file")
    given = parser.parse_args()
    found = study(given.lives, given.train, given.processes)
    parts = tables.parts(found)
    for name, text in parts.items():
        print(f"## {name}\n\n{text}\n")
    if given.json:
        given.json.write_text(json.dumps(tables.plain(found), indent=1), encoding="utf-8")
    if given.docs:
        import plots

        tables.write(given.docs / "ranking.md", parts)
        plots.draw(found, given.docs)
    print(f"{cpu_seconds():.0f} s of CPU", file=sys.stderr)


if __name__ == "__main__":
    main()
