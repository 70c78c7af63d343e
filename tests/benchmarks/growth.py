"""How the cost of a command grows with its journal: flat, or a straight line over contacts or interactions."""

from __future__ import annotations

from statistics import linear_regression, mean
from typing import TYPE_CHECKING, Final, NamedTuple

from generate import SIZES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from run import Line

#: What costs at L less than so much more than at the smallest size is called flat.
FLAT: Final = 1.1


class Growth(NamedTuple):
    """The cost by size in its yardstick's units; what it follows, with the slope in those units a thousand of it."""

    command: str
    ratios: dict[str, float]
    shape: str
    slope: float | None
    #: The largest distance of a size from the line, as a share of the cost there.
    miss: float


def grown(lines: Iterable[Line]) -> list[Growth]:
    """The growth of each command that was measured at three sizes or more against a yardstick that does not grow."""
    by_command: dict[str, dict[str, float]] = {}
    for line in lines:
        if line.size in SIZES and line.yardstick.startswith("import "):
            by_command.setdefault(line.command, {})[line.size] = line.ratio
    return [_fitted(command, ratios) for command, ratios in by_command.items() if len(ratios) > 2]


def _fitted(command: str, ratios: dict[str, float]) -> Growth:
    cost = list(ratios.values())
    if max(cost) <= FLAT * min(cost):
        return Growth(command, ratios, "flat", None, max(abs(c - mean(cost)) / c for c in cost))
    fits = []
    for name in ("contacts", "interactions"):
        size = [getattr(SIZES[s], name) / 1000 for s in ratios]
        slope, start = linear_regression(size, cost)
        fits.append(Growth(command, ratios, f"linear in {name}", slope, _miss(size, cost, slope, start)))
    return min(fits, key=lambda fit: fit.miss)


def _miss(size: Sequence[float], cost: Sequence[float], slope: float, start: float) -> float:
    return max(abs(start + slope * x - y) / y for x, y in zip(size, cost, strict=True))


def as_markdown(found: Iterable[Growth]) -> str:
    """One line a command."""
    found = list(found)
    sizes = [size for size in SIZES if any(size in one.ratios for one in found)]
    rows = [
        ["command", *sizes, "grows", "a thousand cost", "off the line"],
        ["---", *["---:"] * len(sizes), "---", "---:", "---:"],
    ]
    rows += [
        [
            f"`{one.command}`",
            *[f"{one.ratios[size]:.2f}" if size in one.ratios else "" for size in sizes],
            one.shape,
            "" if one.slope is None else f"{one.slope:.3f}",
            f"{one.miss:.0%}",
        ]
        for one in found
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"
