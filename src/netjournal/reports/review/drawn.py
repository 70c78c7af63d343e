"""The rows of a chart as what is drawn of them: levels, heights and labels; the characters are the renderer's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import chart
from netjournal.domain.dates import show_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.reports.review.rows import ChartRow


class Heat(NamedTuple):
    """A heat map: seven rows of levels by week (None: outside the span), each with its label and sum."""

    labels: tuple[str, ...]
    levels: tuple[tuple[int | None, ...], ...]
    sums: tuple[int, ...]
    #: The month that begins in a week, or nothing.
    months: tuple[str, ...]
    #: What each level stands for, from 1 on.
    keys: tuple[str, ...]


class Spark(NamedTuple):
    """One series as heights by week, with what it is of and its sum."""

    series: str
    label: str
    heights: tuple[int, ...]
    sum: int


def heat(rows: Sequence[ChartRow]) -> Heat:
    """The heat map of the rows by day."""
    counts = {r.on: r.touch_count for r in rows if r.unit == "day"}
    since, until = min(counts), max(counts)
    grid = chart.grid(counts, since, until)
    most = max(counts.values())
    weeks = chart.mondays(since, until)
    first = chart.monday(until)
    return Heat(
        tuple(show_day(date.fromordinal(first.toordinal() + n))[:3] for n in range(chart.WEEKDAYS)),
        tuple(tuple(None if count is None else chart.heat(count, most) for count in line) for line in grid),
        tuple(sum(count or 0 for count in line) for line in grid),
        tuple(_month(week) for week in weeks),
        tuple(str(low) if low == high else f"{low}-{high}" for low, high in chart.heat_keys(most)),
    )


def sparks(rows: Sequence[ChartRow]) -> tuple[Spark, ...]:
    """A sparkline of each series by week, in their order."""
    series: dict[tuple[str, str], list[int]] = {}
    for told in rows:
        if told.unit == "week":
            series.setdefault((told.series, told.name or ""), []).append(told.touch_count)
    return tuple(Spark(what, name, chart.bars(counts), sum(counts)) for (what, name), counts in series.items())


def _month(week: date) -> str:
    """The month whose first day is in a week that begins on a Monday."""
    ends = date.fromordinal(week.toordinal() + chart.WEEKDAYS - 1)
    return show_day(ends).split()[2] if ends.day <= chart.WEEKDAYS else ""
