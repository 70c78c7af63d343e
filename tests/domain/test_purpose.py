"""What an interaction is for, stated or implied; what an objective lacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.purpose import gaps, implied, is_neglected
from rows import rows
from tries import tries

TODAY = date(2026, 3, 16)
quick = settings(max_examples=tries(20), deadline=None, database=None)
keys = st.sets(st.sampled_from(["platform-role", "speaking", "clients"]), max_size=3)


def ago(count: int) -> date:
    return TODAY - timedelta(days=count)


@rows(
    ("stated", "none_on_purpose", "linked", "expected"),
    [
        ([], False, [], None),
        ([], False, [[]], None),
        ([], False, [["role"]], "role"),
        ([], False, [["role"], [], ["role"]], "role"),
        ([], False, [["role"], ["talks"]], None),
        ([], False, [["role", "talks"]], None),
        (["talks"], False, [["role"]], None),
        (["role"], False, [["role"]], None),
        ([], True, [["role"]], None),
    ],
)
def test_an_objective_is_implied_only_when_nothing_is_said_and_it_is_the_only_one(
    stated: list[str], none_on_purpose: bool, linked: list[list[str]], expected: str | None
) -> None:
    assert implied(stated, none_on_purpose, linked) == expected


@quick
@given(keys, st.booleans(), st.lists(keys, max_size=4))
def test_what_is_implied_is_linked_and_never_beside_something_stated(
    stated: set[str], none_on_purpose: bool, linked: list[set[str]]
) -> None:
    key = implied(stated, none_on_purpose, linked)
    assert key == implied(stated, none_on_purpose, reversed(linked))
    if key is not None:
        assert not stated
        assert not none_on_purpose
        assert set().union(*linked) == {key}


@rows(
    ("status", "last_touch_on", "has_open_promise", "expected"),
    [
        ("active", None, False, True),
        ("active", ago(29), False, False),
        ("active", ago(30), False, True),
        ("active", ago(900), False, True),
        ("active", ago(900), True, False),
        ("active", None, True, False),
        ("paused", ago(900), False, False),
        ("achieved", None, False, False),
        ("dropped", None, False, False),
    ],
)
def test_an_active_objective_is_neglected_after_thirty_days_without_touch_or_promise(
    status: str, last_touch_on: date | None, has_open_promise: bool, expected: bool
) -> None:
    assert is_neglected(status, last_touch_on, has_open_promise, TODAY) is expected


#: An objective that lacks nothing; each case below takes something away.
WELL: dict[str, int] = {
    "contact_count": 3,
    "organization_count": 2,
    "touch_count": 5,
    "deep_touch_count": 2,
    "open_promise_count": 1,
    "exposure_count": 1,
    "grown_count": 1,
}


@rows(
    ("lacking", "expected"),
    [
        ({}, ()),
        ({"contact_count": 0, "organization_count": 0}, ("nobody is helping yet",)),
        ({"organization_count": 1}, ("only one organization",)),
        ({"organization_count": 1, "contact_count": 1}, ()),
        ({"organization_count": 0}, ()),
        ({"deep_touch_count": 0}, ("nothing deeper than messages",)),
        ({"deep_touch_count": 0, "touch_count": 0}, ()),
        ({"open_promise_count": 0}, ("no next step",)),
        ({"grown_count": 0}, ("exposure without a grown tie",)),
        ({"grown_count": 0, "exposure_count": 0}, ()),
        (
            {"organization_count": 1, "deep_touch_count": 0, "open_promise_count": 0, "grown_count": 0},
            (
                "only one organization",
                "nothing deeper than messages",
                "no next step",
                "exposure without a grown tie",
            ),
        ),
    ],
)
def test_gaps_name_what_an_active_objective_lacks_in_a_fixed_order(
    lacking: dict[str, int], expected: tuple[str, ...]
) -> None:
    counts: Any = WELL | lacking
    assert gaps("active", **counts) == expected


@rows("status", ["paused", "achieved", "dropped"])
def test_an_objective_that_is_not_active_has_no_gaps(status: str) -> None:
    assert gaps(status, **dict.fromkeys(WELL, 0)) == ()
    assert gaps("active", **dict.fromkeys(WELL, 0)) != ()
