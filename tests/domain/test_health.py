"""Health of a tie: how much was said, how deep, how long ago."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.health import health, is_dormant, is_grown, two_way
from netjournal.domain.kinds import DEPTHS
from netjournal.domain.words import Depth, Direction
from rows import rows
from tries import tries

TODAY = date(2026, 3, 16)
quick = settings(max_examples=tries(20), deadline=None, database=None)
days = st.integers(0, 2000).map(lambda count: TODAY - timedelta(days=count))
touches = st.lists(st.tuples(days, st.sampled_from(DEPTHS)), max_size=6)


def ago(count: int) -> date:
    return TODAY - timedelta(days=count)


def test_nothing_written_down_is_no_health() -> None:
    assert health([], TODAY) == 0.0


@rows(("depth", "expected"), [("conversation", 1.0), ("exchange", 0.6), ("message", 0.3), ("broadcast", 0.0)])
def test_a_touch_today_counts_by_its_depth(depth: Depth, expected: float) -> None:
    assert health([(TODAY, depth)], TODAY) == expected


@rows(("age", "half_life", "expected"), [(90, 90, 0.5), (180, 90, 0.25), (30, 30, 0.5), (0, 30, 1)])
def test_a_touch_counts_half_after_each_half_life(age: int, half_life: float, expected: float) -> None:
    assert health([(ago(age), "conversation")], TODAY, half_life) == pytest.approx(expected)


def test_the_half_life_is_ninety_days_unless_said_otherwise() -> None:
    assert health([(ago(90), "conversation")], TODAY) == pytest.approx(0.5)


def test_touches_on_different_days_add_up() -> None:
    assert health([(TODAY, "conversation"), (ago(90), "exchange")], TODAY) == pytest.approx(1.3)


@rows("flip", [False, True])
def test_of_one_day_only_the_deepest_touch_counts(flip: bool) -> None:
    day: list[tuple[date, Depth]] = [(TODAY, "message"), (TODAY, "conversation"), (TODAY, "exchange")]
    assert health(reversed(day) if flip else day, TODAY) == 1.0


def test_a_touch_after_the_day_asked_about_does_not_count_yet() -> None:
    assert health([(TODAY + timedelta(days=1), "conversation")], TODAY) == 0.0


def test_the_order_of_logging_does_not_change_health_in_any_digit() -> None:
    log: list[tuple[date, Depth]] = [(ago(11 * n), DEPTHS[n % 3]) for n in range(20)]
    orders = [log[n:] + log[:n] for n in range(20)]
    assert len({health(order, TODAY) for order in orders + [order[::-1] for order in orders]}) == 1


@quick
@given(touches, days, st.sampled_from(DEPTHS))
def test_one_more_touch_never_lowers_health(log: list[tuple[date, Depth]], day: date, depth: Depth) -> None:
    assert health([*log, (day, depth)], TODAY) >= health(log, TODAY)


@quick
@given(touches, st.integers(0, 2000))
def test_health_left_alone_never_grows(log: list[tuple[date, Depth]], later: int) -> None:
    assert 0 <= health(log, TODAY + timedelta(days=later)) <= health(log, TODAY)


@rows(
    ("direction", "depth", "expected"),
    [
        ("mutual", "conversation", True),
        ("mutual", "exchange", True),
        ("mutual", "message", False),
        ("mutual", "broadcast", False),
        ("in", "exchange", False),
        ("out", "exchange", False),
        ("out", "conversation", False),
    ],
)
def test_two_way_is_mutual_and_an_exchange_or_deeper(direction: Direction, depth: Depth, expected: bool) -> None:
    assert two_way(direction, depth) is expected


@rows(
    ("ages", "expected"),
    [
        ([], False),
        ([0], False),
        ([0, 400], False),
        ([0, 0, 60], False),
        ([0, 30, 59], False),
        ([0, 30, 60], True),
        ([60, 0, 1], True),
        ([1000, 970, 930], True),
    ],
)
def test_a_tie_is_grown_by_three_days_that_span_sixty(ages: list[int], expected: bool) -> None:
    assert is_grown(ago(age) for age in ages) is expected


@rows(
    ("grown", "last_on", "expected"),
    [(True, ago(364), False), (True, ago(365), True), (False, ago(900), False), (True, None, False)],
)
def test_a_grown_tie_is_dormant_after_a_year_without_a_touch(grown: bool, last_on: date | None, expected: bool) -> None:
    assert is_dormant(grown, last_on, TODAY) is expected
