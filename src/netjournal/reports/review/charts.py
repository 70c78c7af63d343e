"""The figures that a chart draws: touches by day, and by week for each circle and objective."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import chart
from netjournal.domain.review import Span
from netjournal.reports.review.moments import links, moments
from netjournal.reports.review.rows import ChartRow
from netjournal.reports.support import implied_days
from netjournal.store.queries import charts as queries
from netjournal.store.queries import objectives as objective_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from netjournal.reports.review.moments import Moment
    from netjournal.store.connection import ReadConnection

#: Without --since a chart shows so many days.
YEAR_DAYS = 365

Counts = dict[date, int]


class Sums(NamedTuple):
    """How many touches there were on each day that had any."""

    all: Counts
    by_circle: Mapping[str, Counts]
    by_objective: Mapping[int, Counts]


def charts(connection: ReadConnection, days: int, today: date, client_id: int | None) -> tuple[ChartRow, ...]:
    """Touches by day of the last so many days, then by week for each circle and objective; of a client only theirs.

    Every day and week has its row, those without a touch too.
    """
    period = Span(today - timedelta(days=days - 1), today)
    facts = [o for o in objective_queries.objectives(connection) if client_id in (None, o.client_id)]
    sums = _of_all(connection, period) if client_id is None else _for_client(connection, period, [o.id for o in facts])
    span = [period.since + timedelta(days=n) for n in range(days)]
    rows = [ChartRow("touches", None, "day", day, sums.all.get(day, 0)) for day in span]
    weeks = chart.mondays(*period)
    for name in sorted(sums.by_circle, key=str.casefold):
        rows += _weekly("circle", name, sums.by_circle[name], weeks)
    for fact in facts:
        counts = sums.by_objective.get(fact.id, {})
        if fact.status == "active" or counts:
            rows += _weekly("objective", fact.key, counts, weeks)
    return tuple(rows)


def _of_all(connection: ReadConnection, period: Span) -> Sums:
    """The sums over everything, counted where it is stored: a year of a long log has too much to look at each."""
    since, until = period.since.isoformat(), period.until.isoformat()
    by_objective = queries.stated_by_day(connection, since, until)
    for objective_id, on in implied_days(connection, since):
        if on <= until:
            counts = by_objective.setdefault(objective_id, {})
            counts[on] = counts.get(on, 0) + 1
    by_circle = queries.touches_by_circle(connection, since, until)
    return Sums(
        _dated(queries.touches_by_day(connection, since, until)),
        {name: _dated(counts) for name, counts in by_circle.items()},
        {objective_id: _dated(counts) for objective_id, counts in by_objective.items()},
    )


def _for_client(connection: ReadConnection, period: Span, own: Sequence[int]) -> Sums:
    """The sums of what was for some objectives alone; a circle holds people, not what was done for a client."""
    known = links(connection, own, narrowed=True)
    found = [m for m in moments(connection, period, known) if not m.exposure]
    return Sums(_by_day(found), {}, {o: _by_day([m for m in found if o in m.objectives]) for o in own})


def _by_day(found: Iterable[Moment]) -> Counts:
    sums: dict[str, int] = {}
    for moment in found:
        sums[moment.on] = sums.get(moment.on, 0) + len(moment.contacts)
    return _dated(sums)


def _dated(sums: Mapping[str, int]) -> Counts:
    return {date.fromisoformat(on): count for on, count in sums.items() if count}


def _weekly(series: str, name: str, counts: Mapping[date, int], weeks: tuple[date, ...]) -> Iterator[ChartRow]:
    for week, count in zip(weeks, chart.by_week(counts, weeks), strict=True):
        yield ChartRow(series, name, "week", week, count)
