"""The study in short: a few lives, enough to see that the order of `due` is worth its place, and that it is that order."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import planned
import pytest
from life import Life, life, on
from living import World
from measures import Told, bootstrap, cost, paired
from orders import ORDERS, helping, ours
from planned import by_plan

from netjournal.domain import score as scores
from netjournal.domain.words import Key
from netjournal.reports import plan_wishes
from netjournal.reports.due import contact_drafts, promise_drafts
from netjournal.reports.due_facts import ActiveObjective, DueFacts, Wanted
from netjournal.reports.promises import promised
from netjournal.store.queries.contacts import ContactFacts
from netjournal.store.queries.followups import FollowupFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from living import Order

    from netjournal.domain.plan import Wish
    from netjournal.reports.due import Draft

LIVES: Final = tuple(life(number) for number in range(4))


@cache
def lived(make: Callable[[], Order]) -> list[Told]:
    return [World(one).live(make())[0] for one in LIVES]


def turned_round() -> Order:
    """Ours from the bottom: what a sign lost somewhere would make of it."""
    due = ours()
    return lambda world, day: list(due(world, day))[::-1]


def test_the_order_of_due_serves_a_life_better_than_chance_and_turned_round_much_worse() -> None:
    chance, due, reverse = lived(ORDERS["random"]), lived(ours), lived(turned_round)
    assert cost(due, chance) < 1
    assert cost(reverse, chance) > 1.5 * cost(due, chance)
    for a, b in zip(due, reverse, strict=True):
        assert a.beyond < b.beyond
        assert a.worst < b.worst


def test_a_plan_keeps_promises_and_starves_no_more_objectives_than_the_list() -> None:
    due, plan = lived(ours), lived(by_plan)
    assert sum(one.broken for one in plan) < sum(one.broken for one in due)
    assert sum(one.starved for one in plan) < sum(one.starved for one in due)


def test_the_same_number_is_the_same_life_and_another_is_another() -> None:
    assert life(2) == LIVES[2] != LIVES[3]
    assert World(LIVES[0]).live(ours()) == World(LIVES[0]).live(ours())


# --- that it is the very order of `due`


def facts_of(world: World, day: int) -> DueFacts:
    """What the journal of that morning would hold, as `due` gathers it."""
    standings = {one: world.standing(one, day) for one in world.present}
    links: dict[int, tuple[int, ...]] = {}
    for key in world.active(day):
        for one in world.life.objectives[key].helpers:
            links[one] = (*links.get(one, ()), key + 1)
    return DueFacts(
        tuple(contact_of(world, one) for one in world.present),
        tuple(promises_of(world)),
        {one: now.reply_age for one, now in standings.items() if now.reply_age is not None},
        {one: ("news",) * now.signals for one, now in standings.items() if now.signals},
        {},
        links,
        # What is stored counts from 1.
        {key + 1: ActiveObjective(key + 1, Key(str(key)), known, None) for key, known in world.facts(day).items()},
        None,
        None,
        None,
        True,
    )


def contact_of(world: World, one: int) -> ContactFacts:
    person, last = world.life.people[one], world.last[one]
    first_due = None if person.first_due is None else on(person.first_due).isoformat()
    touched = None if last is None else on(last).isoformat()
    every = person.cadence.every_days
    return ContactFacts(
        one, str(one), person.name, person.name, person.name, person.circle, None, None, every, None, first_due,
        None, None, 0, None, touched,
    )  # fmt: skip


def promises_of(world: World) -> Iterator[FollowupFacts]:
    open_ones = ((one, by) for one in world.present for by in world.promises.get(one, ()))
    for number, (one, by) in enumerate(open_ones):
        name = world.life.people[one].name
        yield FollowupFacts(number, str(one), "", "me", on(by).isoformat(), one, name, name, name, None, None, "open")


def rows_of_due(world: World, day: int) -> list[int]:
    """Whom `due` would name that morning, from the top, each once."""
    facts, today, wanted = facts_of(world, day), on(day), Wanted()
    drafts = contact_drafts(facts, wanted, promised(facts.followups, today), today)
    drafts += promise_drafts(facts, wanted, today)

    def place(draft: Draft) -> tuple[float, str, str, str]:
        uid = draft.facts.uid if draft.facts else draft.promise.uid if draft.promise else ""
        name = world.life.people[int(uid)].name
        return scores.sort_key(draft.score, name, name, uid)

    named = (d.facts.id if d.facts else d.promise and d.promise.contact_id for d in sorted(drafts, key=place))
    return [one for one in dict.fromkeys(named) if one is not None]


@pytest.mark.parametrize("number", [0, 2])
def test_the_order_in_the_study_is_the_order_of_due(number: int) -> None:
    due = ours()
    compared = 0

    def watched(world: World, day: int) -> Iterable[int]:
        nonlocal compared
        found = list(due(world, day))
        if day % 60 == 59 or day > 530:
            assert found == rows_of_due(world, day)
            compared += len(found)
        return found

    World(LIVES[number]).live(watched)
    assert compared > 20


def wishes_of_plan(world: World, day: int) -> dict[int, Wish]:
    """What `plan` would make of everybody it finds for the week, before it looks for helpers."""
    facts, today, wanted = facts_of(world, day), on(day), Wanted(planned.PLAN_DAYS - 1, hidden=True)
    drafts: dict[int, list[Draft]] = {}
    for draft in promise_drafts(facts, wanted, today):
        assert draft.promise is not None
        drafts.setdefault(draft.promise.contact_id or 0, []).append(draft)
    for draft in contact_drafts(facts, wanted, promised(facts.followups, today), today):
        assert draft.facts is not None
        drafts.setdefault(draft.facts.id, []).append(draft)
    aims = frozenset(facts.objectives)
    return {one: plan_wishes._wish(one, group, facts, aims, today) for one, group in drafts.items()}


def test_what_the_study_plans_from_is_what_plan_plans_from() -> None:
    due = ours()
    compared = 0

    def watched(world: World, day: int) -> Iterable[int]:
        nonlocal compared
        if day % 45 == 44:
            active = world.facts(day)
            helps = helping(world, active)
            found = {one: planned._wish(world, one, day, active, helps, scores.WEIGHTS) for one in world.present}
            for one, theirs in wishes_of_plan(world, day).items():
                mine = found.pop(one)
                assert mine is not None
                shifted = frozenset(key + 1 for key in mine.serves)
                assert mine._replace(serves=shifted, helps=shifted) == theirs
                compared += 1
            assert set(found.values()) <= {None}
        return due(world, day)

    World(LIVES[1]).live(watched)
    assert compared > 50


def test_the_weights_in_use_are_those_of_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/cadence-and-score.md").read_text(encoding="utf-8")
    table = page.partition("## Score")[2].partition("\n## ")[0]
    told = re.findall(r"^\| (\w+) \| ([\d.]+) \|", table, re.MULTILINE)
    assert {name: float(weight) for name, weight in told} == scores.WEIGHTS._asdict()


# --- the measures


def small(**changed: float) -> Told:
    return Told(**{**dict.fromkeys(Told._fields, 1.0), **changed})


def test_the_cost_is_the_mean_of_each_measures_share_of_the_yardstick() -> None:
    assert cost([small(), small(lost=3.0)], [small(), small()]) == pytest.approx((6 + 2) / 7)


def test_a_difference_is_paired_life_by_life_and_its_interval_is_the_same_each_time() -> None:
    theirs = [float(n * n % 97) for n in range(200)]
    found = paired([value - 1 + n % 2 / 10 for n, value in enumerate(theirs)], theirs)
    assert found == paired([value - 1 + n % 2 / 10 for n, value in enumerate(theirs)], theirs)
    assert found.mean == pytest.approx(-0.95)
    assert -0.96 < found.low < found.mean < found.high < -0.94
    assert found.side == -1
    assert bootstrap([-1.0, 1.0] * 50).side == 0


def test_somebody_lost_answers_no_more_and_is_put_away_by_the_call_in_vain() -> None:
    one: Life = LIVES[0]
    world = World(one)
    person = world.present[0]
    world.lost.add(person)
    world._touch(person, 0)
    assert person not in world.present
