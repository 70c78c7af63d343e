"""Bars, levels and grids of days, as figures before they are drawn."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain import chart
from tries import tries

quick = settings(max_examples=tries(30), deadline=None, database=None)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
spans = st.tuples(days, st.integers(1, 400)).map(lambda p: (p[0], p[0] + timedelta(days=p[1] - 1)))


@quick
@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 8))
def test_only_nothing_is_level_nothing_and_the_greatest_is_the_highest(count: int, more: int, levels: int) -> None:
    most = count + more
    found = chart.level(count, most, levels)
    assert (found == 0) == (count == 0)
    assert 0 <= found <= levels
    assert most == 0 or chart.level(most, most, levels) == levels
    assert found <= chart.level(min(count + 1, most), most, levels)


def test_bars_stand_against_their_own_greatest() -> None:
    assert chart.bars([0, 1, 2, 4, 8]) == (0, 1, 2, 4, 8)
    assert chart.bars([0, 1]) == (0, 8)
    assert chart.bars([0, 0]) == (0, 0)
    assert chart.bars([]) == ()


@quick
@given(st.integers(0, 300))
def test_the_keys_of_a_heat_map_cover_every_count_once_and_no_level_stands_for_nothing(most: int) -> None:
    keys = chart.heat_keys(most)
    covered = [n for low, high in keys for n in range(low, high + 1)]
    assert covered == list(range(1, most + 1))
    assert len(keys) == min(most, chart.HEAT_LEVELS)
    for place, (low, high) in enumerate(keys, start=1):
        assert chart.heat(low, most) == chart.heat(high, most) == place
    assert chart.heat(0, most) == 0


@quick
@given(spans)
def test_a_grid_holds_every_day_of_the_span_in_its_weekday_and_week(span: tuple[date, date]) -> None:
    since, until = span
    counts = {since + timedelta(days=n): n + 1 for n in range((until - since).days + 1)}
    grid = chart.grid(counts, since, until)
    weeks = chart.mondays(since, until)
    assert len(grid) == chart.WEEKDAYS
    assert {len(row) for row in grid} == {len(weeks)}
    found = {
        weeks[place] + timedelta(days=weekday): count
        for weekday, row in enumerate(grid)
        for place, count in enumerate(row)
        if count is not None
    }
    assert found == counts


@quick
@given(spans)
def test_the_weeks_add_up_to_the_days(span: tuple[date, date]) -> None:
    since, until = span
    counts = {since + timedelta(days=n): n % 5 for n in range((until - since).days + 1)}
    weeks = chart.mondays(since, until)
    assert all(week.weekday() == 0 for week in weeks)
    assert sum(chart.by_week(counts, weeks)) == sum(counts.values())


def test_a_year_touches_no_more_weeks_than_a_drawing_expects() -> None:
    until = date(2026, 11, 23)
    assert len(chart.mondays(until - timedelta(days=364), until)) <= 53
