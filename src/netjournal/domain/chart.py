"""What a drawing of counts is made of: levels, bars and weeks; which characters draw them is not known here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEEKDAYS: Final = 7
#: Levels of a heat map above nothing.
HEAT_LEVELS: Final = 4
#: Heights of a sparkline above nothing.
BAR_LEVELS: Final = 8


def level(count: int, most: int, levels: int) -> int:
    """How high a count stands among `levels` equal steps up to the greatest one: 0 is nothing, all else at least 1."""
    if count <= 0 or most <= 0:
        return 0
    return min(levels, -(-count * levels // most))


def bars(counts: Sequence[int]) -> tuple[int, ...]:
    """A sparkline's heights, 0 to 8: each against the series' own greatest count."""
    most = max(counts, default=0)
    return tuple(level(count, most, BAR_LEVELS) for count in counts)


def heat(count: int, most: int) -> int:
    """A count's level in a heat map, 0 to 4: itself while no count is over 4, so that no level stands for nothing."""
    return level(count, max(most, HEAT_LEVELS), HEAT_LEVELS)


def heat_keys(most: int) -> tuple[tuple[int, int], ...]:
    """The counts that each level of a heat map stands for, as (least, greatest), from level 1 on."""
    by_level: dict[int, list[int]] = {}
    for count in range(1, most + 1):
        by_level.setdefault(heat(count, most), []).append(count)
    return tuple((counts[0], counts[-1]) for counts in by_level.values())


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def mondays(since: date, until: date) -> tuple[date, ...]:
    """The Mondays of every week that a span of days touches, the oldest first."""
    first = monday(since)
    return tuple(first + timedelta(days=7 * n) for n in range((monday(until) - first).days // 7 + 1))


def grid(counts: Mapping[date, int], since: date, until: date) -> tuple[tuple[int | None, ...], ...]:
    """Seven rows, Monday first, with the count of that day in every week; None for days outside the span."""
    weeks = mondays(since, until)
    return tuple(
        tuple(
            counts.get(day, 0) if since <= day <= until else None
            for day in (week + timedelta(days=weekday) for week in weeks)
        )
        for weekday in range(WEEKDAYS)
    )


def by_week(counts: Mapping[date, int], weeks: Sequence[date]) -> tuple[int, ...]:
    """The sum of each week's days."""
    sums = dict.fromkeys(weeks, 0)
    for day, count in counts.items():
        if (week := monday(day)) in sums:
            sums[week] += count
    return tuple(sums[week] for week in weeks)
