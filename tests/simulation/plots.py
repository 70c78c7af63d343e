"""The study's figures as SVG. Needs matplotlib: `pip install -e '.[study]'`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter
from measures import paired
from tables import TITLES, shares

if TYPE_CHECKING:
    from pathlib import Path

    from tables import Study

#: The same figures give the same bytes: no day, no chance in the names, letters as letters in whatever font there is.
STYLE: Final = {
    "svg.hashsalt": "netjournal",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
OURS, THEIRS, UNSURE = "#1b6ca8", "#b5442c", "#8a8a8a"


def draw(study: Study, folder: Path) -> None:
    """Both figures."""
    with mpl.rc_context(STYLE):
        _save(_costs(study), folder / "ranking-cost.svg")
        _save(_measures(study), folder / "ranking-measures.svg")


def _save(figure: Figure, path: Path) -> None:
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(path, format="svg", metadata=metadata, facecolor="white")


def _costs(study: Study) -> Figure:
    """The cost of each order over lives: the middle half as a bar, the median, and the mean as a dot."""
    figure = Figure(figsize=(7.2, 3.9), layout="constrained")
    axes: Any = figure.subplots()
    orders = sorted(study.orders, key=lambda order: -sum(shares(study, order)))
    axes.boxplot(
        [shares(study, order) for order in orders],
        orientation="horizontal",
        tick_labels=orders,
        whis=(5, 95),
        showfliers=False,
        showmeans=True,
        medianprops={"color": "black"},
        meanprops={"marker": "o", "markersize": 4, "markerfacecolor": OURS, "markeredgecolor": OURS},
    )
    axes.set_xscale("log")
    axes.set_xticks([0.5, 1, 2, 5], ["0.5", "1", "2", "5"])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.axvline(1, color=UNSURE, linewidth=0.8)
    axes.set_xlabel("cost of a life, in the mean cost of calls at random (less is better)")
    return figure


def _measures(study: Study) -> Figure:
    """`due` less each other order, measure by measure, with 95 % intervals, in units of what chance makes of it."""
    figure = Figure(figsize=(7.2, 7.6), layout="constrained")
    others = [order for order in study.orders if order not in ("due", "plan", "random", "growing interval")]
    grid: Any = figure.subplots(4, 2, sharey=True)
    spots = list(grid.flat)
    for axes, title, place in zip(spots, TITLES, range(len(TITLES)), strict=False):
        ours = [told[place] for told in study.told("due")]
        for row, order in enumerate(others):
            apart = paired(ours, [told[place] for told in study.told(order)])
            colour = (OURS, UNSURE, THEIRS)[apart.side + 1]
            axes.errorbar(
                apart.mean,
                row,
                xerr=[[apart.mean - apart.low], [apart.high - apart.mean]],
                fmt="o",
                markersize=3,
                color=colour,
            )
        axes.axvline(0, color=UNSURE, linewidth=0.8)
        axes.set_title(title, fontsize=9)
        axes.set_yticks(range(len(others)), others)
    for axes in spots[len(TITLES) :]:
        axes.set_visible(False)
    figure.supxlabel("`due` less the other order, mean and 95 % interval (left of 0 `due` is better)", fontsize=9)
    return figure
