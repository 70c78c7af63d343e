"""The usual gap between touches, and drifting past it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.rhythm import is_drifting, usual_gap
from rows import rows
from tries import tries

START = date(2026, 1, 1)
quick = settings(max_examples=tries(20), deadline=None, database=None)
offsets = st.lists(st.integers(0, 900), max_size=30)


def on(*counts: int) -> list[date]:
    return [START + timedelta(days=count) for count in counts]


@rows(
    ("days", "expected"),
    [
        ([], None),
        (on(0, 10, 20), None),
        (on(0, 10, 20, 20), None),
        (on(0, 10, 20, 30), 10.0),
        (on(30, 0, 20, 10, 10), 10.0),
        (on(0, 1, 3, 103), 2.0),
        (on(0, 4, 9, 19, 119), 7.5),
        # Of 13 days the first is no longer known: five gaps of 10 and six of 20 are left.
        (on(0, 10, 20, 30, 40, 50, 60, 80, 100, 120, 140, 160, 180), 20.0),
        # A pace of 2 days that was given up: 12 days with a touch later it is no longer known of.
        (on(0, 2, 4, 6, 8, 10, *range(100, 1200, 100), 1300), 100.0),
        (on(0, 2, 4, 6, 8, 10, *range(100, 500, 100)), 2.0),
    ],
)
def test_the_usual_gap_is_the_median_between_four_to_twelve_newest_days(
    days: list[date], expected: float | None
) -> None:
    assert usual_gap(days) == expected


@quick
@given(offsets)
def test_the_usual_gap_agrees_with_the_standard_median(counts: list[int]) -> None:
    ordered = sorted(set(counts))[-12:]
    lengths = [later - earlier for earlier, later in pairwise(ordered)]
    assert usual_gap(on(*counts)) == (median(lengths) if len(ordered) >= 4 else None)


# The usual gap is 10 days and the last touch on day 30; then 3 days, and day 9.
@rows(
    ("days", "silence", "expected"),
    [
        (on(0, 10, 20, 30), 20, False),
        (on(0, 10, 20, 30), 21, True),
        (on(30, 20, 10, 0), 20, False),
        (on(30, 20, 10, 0), 21, True),
        (on(0, 3, 6, 9), 13, False),
        (on(0, 3, 6, 9), 14, True),
        (on(0, 10, 20), 900, False),
        ([], 900, False),
    ],
)
def test_a_contact_drifts_past_twice_the_usual_gap_and_two_weeks(
    days: list[date], silence: int, expected: bool
) -> None:
    last_on = max(days, default=START)
    assert is_drifting(days, last_on + timedelta(days=silence)) is expected


@quick
@given(offsets, st.integers(0, 2000), st.integers(0, 2000))
def test_once_drifting_only_a_touch_ends_it(counts: list[int], first: int, second: int) -> None:
    days = on(*counts)
    sooner, later = (START + timedelta(days=900 + n) for n in sorted((first, second)))
    assert is_drifting(days, later) >= is_drifting(days, sooner)
    assert not is_drifting([*days, later], later)
