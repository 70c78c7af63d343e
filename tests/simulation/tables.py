"""The study's figures as Markdown, and where they stand in the page about them."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from measures import bootstrap, cost, paired

from netjournal.domain.score import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from life import Nature
    from measures import Beside, Interval, Told

#: The measures as the tables name them.
TITLES: Final = (
    "ties lost",
    "days beyond latest",
    "worst lateness",
    "objectives starved",
    "promises broken",
    "messages unanswered",
    "unevenness",
)
#: The simpler orders that ours is held against where lives differ.
SIMPLER: Final = ("lateness ratio", "debts, then ratio")
#: What life is like decides who wins: where a range is cut into thirds.
CUTS: Final = ("capacity", "hazard", "burstiness", "messages", "promise", "misjudged")


#: Sets of weights whose cost is within this share of the least are shown beside the best.
AS_GOOD: Final = 0.015
#: The weights before this study.
BEFORE: Final = (4.0, 3.0, 2.0, 2.0, 1.0)


class Tried(NamedTuple):
    """One set of weights of the search: what it cost on the lives it was tried on, and promises broken in each."""

    weights: tuple[float, ...]
    cost: float
    broken: float


class Study(NamedTuple):
    """Everything that was found: of each life its nature, and what came of it under each order."""

    runs: list[tuple[Nature, dict[str, Told], dict[str, Beside]]]
    orders: tuple[str, ...]
    varied: list[str]
    tried: list[Tried]
    train: int

    def told(self, order: str) -> list[Told]:
        """The measures of every life under one order."""
        return [told[order] for _, told, _ in self.runs]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def shown(value: float) -> str:
    """A figure with three digits or so."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def spelled(found: Interval) -> str:
    """A difference with its interval, bold where it excludes 0."""
    text = f"{shown(found.mean)} [{shown(found.low)}, {shown(found.high)}]".replace("-", "−")
    return f"**{text}**" if found.side else text


def means(study: Study) -> str:
    """Each order's measures, their mean over lives, and the cost in shares of calls at random."""
    yardstick = study.told("random")
    rows = []
    for order in study.orders:
        told = study.told(order)
        contact = fmean(beside[order].contact_lost for _, _, beside in study.runs)
        touches = fmean(beside[order].touches for _, _, beside in study.runs)
        figures = [shown(fmean(column)) for column in zip(*told, strict=True)]
        rows.append([order, *figures, f"{cost(told, yardstick):.2f}", shown(contact), shown(touches)])
    return table(["order", *TITLES, "cost", "contact lost", "touches"], rows)


def differences(study: Study, mine: str) -> str:
    """Ours less each other order, life by life, with 95 % intervals."""
    ours = list(zip(*study.told(mine), strict=True))
    rows = []
    for order in study.orders:
        if order not in ("due", "plan"):
            theirs = zip(*study.told(order), strict=True)
            rows.append([order, *(spelled(paired(a, b)) for a, b in zip(ours, theirs, strict=True))])
    return table([f"`{mine}` less ...", *TITLES], rows)


def shares(study: Study, order: str) -> list[float]:
    """For each life the cost of an order in shares of the mean of calls at random."""
    means = [fmean(column) for column in zip(*study.told("random"), strict=True)]
    return [fmean(value / mean for value, mean in zip(told, means, strict=True)) for told in study.told(order)]


def simplest(study: Study) -> str:
    """The cost of ours less that of each other order, and in how many lives it is the lower."""
    ours = {mine: shares(study, mine) for mine in ("due", "plan")}
    rows = []
    for order in study.orders:
        cells = [order]
        theirs = shares(study, order)
        for mine, costs in ours.items():
            better = fmean(a < b for a, b in zip(costs, theirs, strict=True))
            cells += [spelled(paired(costs, theirs)), f"{better:.0%}"] if order != mine else ["", ""]
        rows.append(cells)
    return table(["order", "`due` less it", "lives", "`plan` less it", "lives"], rows)


def where(study: Study) -> str:
    """The cost of ours less that of the best simpler orders, in thirds of what lives are like."""
    rows = []
    for cut in CUTS:
        values = [getattr(nature, cut) for nature, _, _ in study.runs]
        edges = sorted(values)
        low, high = edges[len(edges) // 3], edges[2 * len(edges) // 3]
        for name, kept in (
            (f"up to {low:.2f}", [v <= low for v in values]),
            ("between", [low < v <= high for v in values]),
            (f"above {high:.2f}", [v > high for v in values]),
        ):
            cells = [cut, name]
            for mine in ("due", "plan"):
                ours = shares(study, mine)
                for order in SIMPLER:
                    theirs = shares(study, order)
                    apart = [a - b for a, b, keep in zip(ours, theirs, kept, strict=True) if keep]
                    cells.append(spelled(bootstrap(apart)))
            rows.append(cells)
    head = [f"`{mine}` less {order}" for mine in ("due", "plan") for order in SIMPLER]
    return table(["of the life", "its third", *head], rows)


def sensitivity(study: Study) -> str:
    """Each weight half as large, and half as large again: the measures, and the cost less that of the product's."""
    yardstick = study.told("random")
    base = shares(study, "due")
    rows = []
    for name in ("due", *study.varied):
        told = study.told(name)
        apart = "" if name == "due" else spelled(paired(shares(study, name), base))
        figures = [shown(fmean(column)) for column in zip(*told, strict=True)]
        rows.append([name, *figures, f"{cost(told, yardstick):.3f}", apart])
    return table(["weights", *TITLES, "cost", "less `due`"], rows)


def chosen(study: Study) -> str:
    """The sets of weights that are nearly as good as the best of the search, and the product's."""
    least = study.tried[0].cost
    rows = []
    for place, one in enumerate(study.tried, 1):
        mark = {tuple(WEIGHTS): "in use", BEFORE: "before this study"}.get(one.weights, "")
        if mark or one.cost <= least * (1 + AS_GOOD):
            figures = [*(f"{w:g}" for w in one.weights), f"{one.cost:.3f}", shown(one.broken), mark]
            rows.append([str(place), *figures])
    head = ["place", *WEIGHTS._fields, "cost", "promises broken", ""]
    return f"{len(study.tried)} sets of weights on {study.train} lives, the least cost first:\n\n{table(head, rows)}"


def parts(study: Study) -> dict[str, str]:
    """Every table by the name of its place in the page."""
    found = {
        "means": means(study),
        "cost": simplest(study),
        "due": differences(study, "due"),
        "plan": differences(study, "plan"),
        "where": where(study),
        "sensitivity": sensitivity(study),
    }
    return found | ({"weights": chosen(study)} if study.tried else {})


def write(page: Path, parts: dict[str, str]) -> None:
    """Put each table between its marks in the page."""
    text = page.read_text(encoding="utf-8")
    for name, part in parts.items():
        begin, end = f"<!-- study: {name} -->\n", "\n<!-- end -->"
        before, found, rest = text.partition(begin)
        if not found:
            raise SystemExit(f"{page} has no place for {name}")
        text = before + begin + part + end + rest.partition(end)[2]
    page.write_text(text, encoding="utf-8")


def plain(study: Study) -> dict[str, Any]:
    """Everything, for another program."""
    return {
        "weights": WEIGHTS._asdict(),
        "tried": [one._asdict() for one in study.tried],
        "lives": [
            {"nature": nature._asdict(), "orders": {name: one._asdict() for name, one in told.items()}}
            for nature, told, _ in study.runs
        ],
    }
