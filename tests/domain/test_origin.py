"""Where an opportunity came from."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from netjournal.domain.opportunities import ENDINGS, OPEN_STAGES, ORIGINS, is_exposed, is_introduced, is_open, origin
from rows import rows

OPENED = date(2026, 11, 10)


def before(days: int) -> date:
    return OPENED - timedelta(days=days)


@rows(
    ("introduced", "touched", "exposed", "expected"),
    [
        (True, True, True, "introduction"),
        (True, False, False, "introduction"),
        (False, True, True, "relationship"),
        (False, False, True, "exposure"),
        (False, False, False, "cold"),
    ],
)
def test_an_origin_is_the_first_of_what_came_before(
    introduced: bool, touched: bool, exposed: bool, expected: str
) -> None:
    assert origin(None, introduced=introduced, touched=touched, exposed=exposed) == expected


def test_what_was_said_of_an_origin_is_never_derived_anew() -> None:
    for said, facts in product(ORIGINS, product((True, False), repeat=3)):
        assert origin(said, introduced=facts[0], touched=facts[1], exposed=facts[2]) == said


@rows(("days", "expected"), [([], False), ([before(0)], True), ([before(90)], True), ([before(91), before(-1)], False)])
def test_a_broadcast_counts_from_ninety_days_before_to_the_day_itself(days: list[date], expected: bool) -> None:
    assert is_exposed(days, OPENED) is expected


@rows(
    ("logged", "told", "expected"),
    [
        ([], True, True),
        ([], False, False),
        ([before(0)], False, True),
        ([before(-1)], True, False),
        ([before(-1), before(400)], True, True),
    ],
)
def test_an_introduction_counts_unless_the_log_says_that_it_was_later(
    logged: list[date], told: bool, expected: bool
) -> None:
    assert is_introduced(logged, told, OPENED) is expected


def test_a_stage_is_open_or_an_ending() -> None:
    assert all(map(is_open, OPEN_STAGES))
    assert not any(map(is_open, ENDINGS))
