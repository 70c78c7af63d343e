"""A week's plan: who, on which day, for which objective."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.plan import Planned, Reason, Wish, first_day, free_day, plan
from rows import rows
from tries import tries

if TYPE_CHECKING:
    from collections.abc import Sequence

often = settings(max_examples=tries(30), deadline=None, database=None)

PROMISE: Reason = "promise"
OTHERS: tuple[Reason, ...] = ("overdue", "reply", "due", "coming", "objective")


def wish(key: int, reason: Reason = "due", **more: Any) -> Wish:
    """A wish that comes after those with smaller keys."""
    return Wish(key, reason, (0.0, key, "", ""))._replace(**more)


def days_of(planned: Planned) -> dict[int, int]:
    return {touch.key: touch.day for touch in planned.touches}


class Week(NamedTuple):
    """Anything that a plan may be asked for."""

    wishes: list[Wish]
    objectives: list[int]
    per_day: int
    days: int

    def planned(self, more: int = 0) -> Planned:
        return plan(self.wishes, self.objectives, self.per_day + more, self.days)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    days = draw(st.integers(1, 6))
    objectives = draw(st.permutations(range(1, draw(st.integers(1, 5)))))
    some = st.frozensets(st.sampled_from(objectives), max_size=2) if objectives else st.just(frozenset())
    day = st.integers(0, days)
    wishes = []
    for key in range(draw(st.integers(0, 14))):
        order = (-draw(st.sampled_from((0.5, 1.0, 2.0))), 0, f"n{key}", "")
        if draw(st.integers(0, 3)) == 0:
            wishes.append(Wish(key, PROMISE, order, 0, draw(st.integers(-3, days - 1)), draw(some), draw(some)))
            continue
        reason = draw(st.sampled_from(OTHERS))
        first = draw(day)
        best = None if reason == "objective" else first + draw(st.integers(0, 3))
        wishes.append(Wish(key, reason, order, first, best, draw(some), draw(some), draw(day)))
    return Week(wishes, list(objectives), draw(st.integers(1, 3)), days)


@often
@given(weeks())
def test_no_day_holds_more_than_one_can_do_unless_promises_alone_do(week: Week) -> None:
    reasons = {w.key: w.reason for w in week.wishes}
    by_day: dict[int, list[Reason]] = {}
    for touch in week.planned().touches:
        assert 0 <= touch.day < week.days
        by_day.setdefault(touch.day, []).append(reasons[touch.key])
    for there in by_day.values():
        assert len(there) <= week.per_day or set(there) == {PROMISE}


@often
@given(weeks())
def test_nobody_is_planned_twice(week: Week) -> None:
    assert max(Counter(touch.key for touch in week.planned().touches).values(), default=1) == 1


@often
@given(weeks())
def test_every_promise_is_kept_and_on_its_day_at_the_latest(week: Week) -> None:
    days = days_of(week.planned())
    for promise in (w for w in week.wishes if w.reason == PROMISE):
        assert promise.day is not None
        assert promise.day < 0 or days[promise.key] <= promise.day
        assert promise.key in days


@often
@given(weeks())
def test_nobody_is_planned_before_it_makes_sense(week: Week) -> None:
    wishes = {w.key: w for w in week.wishes}
    for touch in week.planned().touches:
        there = wishes[touch.key]
        earliest = min(there.first, there.free) if touch.objectives else there.first
        assert there.reason == PROMISE or touch.day >= earliest


@often
@given(weeks(), st.randoms(use_true_random=False))
def test_the_same_wishes_give_the_same_plan_whatever_their_order(week: Week, chance: random.Random) -> None:
    shuffled = list(week.wishes)
    chance.shuffle(shuffled)
    assert plan(shuffled, week.objectives, week.per_day, week.days) == week.planned()


@often
@given(weeks(), st.integers(1, 3))
def test_to_do_more_in_a_day_never_drops_anybody(week: Week, more: int) -> None:
    before, after = week.planned(), week.planned(more)
    assert days_of(before).keys() <= days_of(after).keys()
    assert set(after.starved) <= set(before.starved)
    assert after.left_count <= before.left_count


@often
@given(weeks())
def test_an_objective_is_starved_only_where_promises_and_objectives_fill_every_day_of_its_helpers(week: Week) -> None:
    planned = week.planned()
    reasons = {w.key: w.reason for w in week.wishes}
    served = {objective for touch in planned.touches for objective in touch.objectives}
    assert set(planned.starved) == set(week.objectives) - served
    filled = Counter(t.day for t in planned.touches if reasons[t.key] == PROMISE or t.objectives)
    for objective in planned.starved:
        for helper in (w for w in week.wishes if objective in w.serves | w.helps):
            assert helper.reason != PROMISE
            window = range(min(helper.first, helper.free), week.days)
            assert sum(filled[day] for day in window) >= week.per_day * len(window)


@often
@given(weeks())
def test_an_objective_is_served_by_somebody_who_can_help_it(week: Week) -> None:
    wishes = {w.key: w for w in week.wishes}
    for touch in week.planned().touches:
        assert set(touch.objectives) <= wishes[touch.key].serves | wishes[touch.key].helps


@often
@given(weeks())
def test_who_finds_no_room_could_be_put_nowhere_without_taking_somebodys_place(week: Week) -> None:
    """By trying: with the promises where they are, no larger part of those who are due fits."""
    due = [w for w in week.wishes if w.reason not in (PROMISE, "objective")][:7]
    promises = [w for w in week.wishes if w.reason == PROMISE]
    planned = plan([*promises, *due], [], week.per_day, week.days)
    kept = Counter(t.day for t in planned.touches if t.key in {p.key for p in promises})
    room = [max(0, week.per_day - kept[day]) for day in range(week.days)]
    most = max(n for n in range(len(due) + 1) if any(_fits(some, room) for some in combinations(due, n)))
    assert len(planned.touches) - len(promises) == most == len(due) - planned.left_count


def _fits(wishes: Sequence[Wish], room: Sequence[int]) -> bool:
    left = list(room)
    for there in sorted(wishes, key=lambda w: -w.first):
        day = next((d for d in range(len(left) - 1, there.first - 1, -1) if left[d]), None)
        if day is None:
            return False
        left[day] -= 1
    return True


def test_the_overdue_and_replies_come_first_whatever_they_weigh() -> None:
    wishes = [wish(1, "coming", day=0), wish(2), wish(3, "reply"), wish(4, "overdue")]
    assert days_of(plan(wishes, [], 1, 4)) == {3: 0, 4: 1, 2: 2, 1: 3}
    assert days_of(plan(wishes, [], 1, 2)) == {3: 0, 4: 1}
    assert plan(wishes, [], 1, 2).left_count == 2


def test_who_falls_due_is_planned_for_the_day_itself_and_earlier_where_that_is_full() -> None:
    coming = [wish(n, "coming", first=1, day=3) for n in range(1, 5)]
    assert days_of(plan(coming, [], 1, 7)) == {1: 3, 2: 2, 3: 1, 4: 4}


def test_an_early_day_is_left_to_one_who_cannot_come_later_only_where_there_is_no_other() -> None:
    # The first could have day 1, which is all that the second has.
    wishes = [wish(1, "overdue", first=0, day=1), wish(2, "coming", first=1, day=1)]
    assert days_of(plan(wishes, [], 1, 2)) == {1: 0, 2: 1}
    assert days_of(plan(wishes, [], 1, 3)) == {1: 1, 2: 2}


def test_of_two_days_that_would_do_one_leaves_the_only_day_of_another() -> None:
    wishes = [wish(1, "coming", day=2), wish(2, "coming", day=2), wish(3, "coming", first=1, day=1)]
    assert days_of(plan(wishes, [], 1, 3)) == {1: 2, 2: 0, 3: 1}


def test_where_a_day_is_full_of_promises_each_is_kept_as_little_before_its_own_as_can_be() -> None:
    promises = [wish(1, PROMISE, day=1), wish(2, PROMISE, day=2), wish(3, PROMISE, day=2)]
    assert days_of(plan(promises, [], 1, 3)) == {1: 0, 2: 2, 3: 1}


def test_who_is_here_for_an_objective_goes_on_the_emptiest_day() -> None:
    wishes = [wish(1), wish(2, "coming", first=2, day=2), wish(3, "objective", day=None, serves=frozenset({7}))]
    assert days_of(plan(wishes, [7], 2, 3)) == {1: 0, 2: 2, 3: 1}


def test_for_an_objective_one_who_may_be_asked_soonest_is_reached_as_only_they_may_find_room() -> None:
    linked = wish(1, "objective", first=1, free=1, day=None, serves=frozenset({7}))
    could = wish(2, "objective", day=None, helps=frozenset({7}))
    assert days_of(plan([wish(3, PROMISE, day=1), linked, could], [7], 1, 2)) == {3: 1, 2: 0}


def test_promises_count_and_are_never_dropped() -> None:
    promises = [wish(n, PROMISE, day=1) for n in range(1, 5)]
    planned = plan([*promises, wish(9, "overdue")], [], 1, 3)
    # Two fit up to their day; the others are kept on it all the same, and the overdue one goes after.
    assert days_of(planned) == {1: 1, 2: 0, 3: 1, 4: 1, 9: 2}
    assert plan([*promises, wish(9, "overdue")], [], 1, 2).left_count == 1


def test_promises_past_their_day_are_spread_from_today_on() -> None:
    late = [wish(n, PROMISE, day=-n) for n in range(1, 5)]
    assert days_of(plan([*late, wish(9, PROMISE, day=1)], [], 1, 3)) == {1: 0, 9: 1, 2: 2, 3: 0, 4: 0}


def test_for_an_objective_one_linked_and_due_is_reached_before_anybody_else() -> None:
    linked, shares = frozenset({7}), frozenset({7})
    due = wish(4, serves=linked)
    outside = wish(3, "objective", day=None, serves=linked)
    could = wish(2, helps=shares)
    stranger = wish(1, "objective", day=None, helps=shares)
    for wishes, chosen in (
        ([due, outside, could, stranger], 4),
        ([outside, could, stranger], 3),
        ([could, stranger], 2),
        ([stranger], 1),
    ):
        planned = plan(wishes, [7], 5, 3)
        assert [t.key for t in planned.touches if t.objectives] == [chosen]
        # Nobody else is troubled for it.
        assert {t.key for t in planned.touches} == {w.key for w in wishes if w.reason != "objective"} | {chosen}


def test_a_promise_for_an_objective_is_its_touch() -> None:
    promise = wish(1, PROMISE, day=2, serves=frozenset({7}))
    planned = plan([promise, wish(2, "objective", day=None, serves=frozenset({7}))], [7], 2, 3)
    assert [(t.key, t.day, t.objectives) for t in planned.touches] == [(1, 2, (7,))]


def test_an_objective_comes_before_the_overdue_where_not_both_fit_but_not_on_an_earlier_day() -> None:
    wishes = [wish(1, "overdue"), wish(2, "overdue"), wish(3, "objective", day=None, serves=frozenset({7}))]
    assert days_of(plan(wishes, [7], 1, 2)) == {1: 0, 3: 1}
    assert days_of(plan(wishes, [7], 1, 3)) == {1: 0, 2: 1, 3: 2}


def test_one_contact_serves_two_objectives_where_each_has_nobody_else() -> None:
    both = frozenset({7, 8})
    planned = plan([wish(1, "objective", day=None, serves=both)], [8, 7], 1, 1)
    assert planned.touches[0].objectives == (8, 7)
    two = plan([wish(n, "objective", day=None, serves=both) for n in (1, 2)], [8, 7], 1, 2)
    assert [t.key for t in two.touches] == [1, 2]
    assert two.starved == ()


def test_an_objective_with_nobody_or_without_room_is_named() -> None:
    wishes = [wish(n, "objective", day=None, serves=frozenset({n})) for n in (1, 2, 3)]
    assert plan(wishes, [3, 1, 2, 9], 1, 2).starved == (2, 9)


@rows(
    ("due_in", "every", "expected"),
    [(0, 7, 0), (6, 7, 5), (6, 3, 6), (6, 60, 0), (9, 28, 2), (9, 365, 2), (30, 365, 23), (1, 1, 1)],
)
def test_a_contact_may_be_planned_from_the_day_it_is_due_soon(due_in: int, every: int, expected: int) -> None:
    assert first_day(due_in, every) == expected


@rows(
    ("silent", "every", "expected"),
    [(None, None, 0), (None, 60, 0), (0, None, 7), (3, None, 4), (7, None, 0), (90, None, 0), (0, 8, 2), (1, 4, 0)],
)
def test_nobody_is_asked_again_within_days_of_the_last_touch(
    silent: int | None, every: int | None, expected: int
) -> None:
    assert free_day(silent, every) == expected
