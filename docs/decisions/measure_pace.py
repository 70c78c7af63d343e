"""How often a silence is called unusual, by how many gaps tell what is usual: `python docs/decisions/measure_pace.py`.

Made-up lives with gaps drawn from a gamma distribution (shape 2, whole days), the same for everybody by one seed.
"""

from __future__ import annotations

import random
from statistics import median
from typing import TYPE_CHECKING, Final

from netjournal.domain.rhythm import SHORTEST_SILENCE_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

PEOPLE: Final = 3000
SHAPE: Final = 2.0
#: How many gaps of which mean, in days, came one after the other.
LIVES: Final = {
    "60 days, always": ((60, 60),),
    "30 days, then 15 gaps of 120": ((60, 30), (15, 120)),
    "120 days, then 15 gaps of 30": ((30, 120), (15, 30)),
}
#: So many of the newest gaps, or all of them.
LOOKED_AT: Final = (None, 7, 11, 19, 29)


def gap(chance: random.Random, mean: int) -> int:
    """One silence, in whole days."""
    return max(1, round(chance.gammavariate(SHAPE, mean / SHAPE)))


def flagged(parts: Sequence[tuple[int, int]], newest: int | None) -> float:
    """The share of the days of the next silence, which is as usual, on which it is called unusual."""
    chance, days, of = random.Random(1), 0, 0  # noqa: S311  # made-up lives, the same each time
    for _ in range(PEOPLE):
        gaps = [gap(chance, mean) for count, mean in parts for _ in range(count)]
        silence = gap(chance, parts[-1][1])
        limit = max(SHORTEST_SILENCE_DAYS - 1, 2 * median(gaps if newest is None else gaps[-newest:]))
        days, of = days + max(0, silence - int(limit)), of + silence
    return days / of


if __name__ == "__main__":
    table = [("gaps looked at", *LIVES)]
    table += [(str(n or "all"), *(f"{flagged(parts, n):.0%}" for parts in LIVES.values())) for n in LOOKED_AT]
    for cells in table:
        print(f"| {' | '.join(cells)} |")  # noqa: T201  # printing is what this is for
