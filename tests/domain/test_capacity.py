"""What one usually manages in a day, and cadences stretched until they fit."""

from __future__ import annotations

from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.capacity import Pledge, Stretch, asked_a_day, stretches, usual
from rows import rows
from tries import tries

often = settings(max_examples=tries(30), deadline=None, database=None)
pledges = st.lists(
    st.builds(Pledge, st.text("ab", min_size=1), st.integers(1, 400), st.integers(1, 60), st.booleans()), max_size=8
)


@rows(
    ("counts", "expected"),
    [([], 1), ([1], 1), ([2, 1], 2), ([1, 1, 2], 1), ([3, 3, 20], 3), ([20, 20, 1], 10), ([1, 2, 3, 4], 3)],
)
def test_what_one_usually_does_is_the_middle_of_the_active_days(counts: list[int], expected: int) -> None:
    assert usual(counts, 10) == expected


@often
@given(st.lists(st.integers(1, 30), min_size=1), st.integers(1, 12))
def test_what_one_usually_does_is_within_half_of_the_median_and_never_over_the_most(
    counts: list[int], most: int
) -> None:
    found = usual(counts, most)
    assert 1 <= found <= most
    assert found == most or 0 <= found - median(counts) <= 0.5


def test_cadences_ask_for_the_sum_of_one_over_every() -> None:
    assert asked_a_day([Pledge("inner", 21, 42, True), Pledge("dana", 7)]) == pytest.approx(2 + 1 / 7)
    assert asked_a_day([]) == 0


def test_the_fewest_cadences_are_stretched_and_no_more_than_is_needed() -> None:
    circles = [Pledge("active", 60, 120, True), Pledge("inner", 21, 21, True), Pledge("outer", 180, 18, True)]
    assert asked_a_day(circles) == pytest.approx(3.1)
    assert stretches(circles, 4) == ()
    # Rounded to whole months and weeks.
    assert stretches(circles, 3) == (Stretch(circles[0], 90),)
    assert stretches(circles, 2.2) == (Stretch(circles[0], 120),)
    assert stretches(circles, 2) == (Stretch(circles[0], 120), Stretch(circles[1], 35))
    assert stretches(circles, 1) == ()
    # A pace of neither weeks nor months is rounded up to days, and is a day longer at least.
    assert stretches([Pledge("dana", 10)], 1 / 13.5) == (Stretch(Pledge("dana", 10), 14),)
    assert stretches([Pledge("dana", 10)], 0.0999999) == (Stretch(Pledge("dana", 10), 11),)


@often
@given(pledges, st.floats(0.01, 20))
def test_the_stretched_cadences_fit_and_none_is_more_than_twice_as_long(given_: list[Pledge], room: float) -> None:
    found = stretches(given_, room)
    asked = asked_a_day(given_)
    if asked <= room:
        assert found == ()
    if not found:
        assert asked <= room + 1e-6 or asked / 2 > room - 1e-6
        return
    relief = sum(s.pledge.a_day - s.pledge.people / s.every_days for s in found)
    assert asked - relief <= room + 1e-6
    assert all(s.pledge.every_days < s.every_days <= 2 * s.pledge.every_days for s in found)
    # The same number less one, even of those that ask for most, all twice as long, would not do.
    most = sorted((p.a_day for p in given_), reverse=True)[: len(found) - 1]
    assert asked - sum(most) / 2 > room - 1e-6


def test_the_order_in_which_cadences_come_changes_nothing() -> None:
    some = [Pledge(f"c{n}", 10) for n in range(30)]
    assert stretches(some, 2) == stretches(some[::-1], 2)
