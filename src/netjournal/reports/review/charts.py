"""The figures that a chart draws: touches by day, and by week for each circle and objective."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from netjournal.domain import chart
from netjournal.domain.review import Span
from netjournal.reports.review.moments import links, moments
from netjournal.reports.review.rows import ChartRow
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries import review as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netjournal.reports.review.moments import Moment
    from netjournal.store.connection import ReadConnection

#: Without --since a chart shows so many days.
YEAR_DAYS = 365

Counts = dict[date, int]


def charts(connection: ReadConnection, days: int, today: date, client_id: int | None) -> tuple[ChartRow, ...]:
    """Touches by day of the last so many days, then by week for each circle and objective; of a client only theirs.

    Every day and week has its row, those without a touch too.
    """
    period = Span(today - timedelta(days=days - 1), today)
    facts = [o for o in objective_queries.objectives(connection) if client_id in (None, o.client_id)]
    known = links(connection, [o.id for o in facts], narrowed=client_id is not None)
    found = [m for m in moments(connection, period, known) if not m.exposure]
    span = [period.since + timedelta(days=n) for n in range(days)]
    all_days = _by_day((m, len(m.contacts)) for m in found)
    rows = [ChartRow("touches", None, "day", day, all_days.get(day, 0)) for day in span]
    weeks = chart.mondays(*period)
    # A circle holds people, not what was done for a client.
    for name, counts in _by_circle(connection, found).items() if client_id is None else ():
        rows += _weekly("circle", name, counts, weeks)
    for fact in facts:
        counts = _by_day((m, len(m.contacts)) for m in found if fact.id in m.objectives)
        if fact.status == "active" or counts:
            rows += _weekly("objective", fact.key, counts, weeks)
    return tuple(rows)


def _by_circle(connection: ReadConnection, found: Iterable[Moment]) -> dict[str, Counts]:
    circles = queries.circles_of(connection)
    by_name: dict[str, Counts] = {name: {} for name in sorted(set(circles.values()), key=str.casefold)}
    days: dict[str, date] = {}
    for moment in found:
        for who in moment.contacts:
            if name := circles.get(who):
                on = days.setdefault(moment.on, date.fromisoformat(moment.on))
                by_name[name][on] = by_name[name].get(on, 0) + 1
    return by_name


def _by_day(counted: Iterable[tuple[Moment, int]]) -> Counts:
    sums: dict[str, int] = {}
    for moment, touches in counted:
        sums[moment.on] = sums.get(moment.on, 0) + touches
    return {date.fromisoformat(on): count for on, count in sums.items() if count}


def _weekly(series: str, name: str, counts: Mapping[date, int], weeks: tuple[date, ...]) -> Iterator[ChartRow]:
    for week, count in zip(weeks, chart.by_week(counts, weeks), strict=True):
        yield ChartRow(series, name, "week", week, count)
