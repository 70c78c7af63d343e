"""Ours by `plan`: each morning the coming week is planned anew, and the first of it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from life import on
from orders import helping, silence, weigh

from netjournal.domain import capacity
from netjournal.domain import plan as rules
from netjournal.domain import score as scores
from netjournal.domain.plan import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from living import Order, Standing, World

    from netjournal.domain.plan import Reason
    from netjournal.domain.score import ObjectiveFacts, Weights

#: The days of a plan, and the setting `capacity`, as a new journal has them.
PLAN_DAYS: Final = 7
CAPACITY: Final = 10


def by_plan(weights: Weights = scores.WEIGHTS) -> Order:
    """Touches of the plan's first day, and the next where today has room."""

    def order(world: World, day: int) -> Iterable[int]:
        facts = world.facts(day)
        aims = sorted(facts, key=lambda key: (-scores.objective_value(facts[key], on(day)), key))
        helps = helping(world, facts)
        wishes = {}
        for one in world.present:
            wish = _wish(world, one, day, facts, helps, weights)
            if wish is not None:
                wishes[one] = wish
        for aim in aims:
            if not any(
                aim in w.serves and (w.reason == "promise" or min(w.first, w.free) == 0) for w in wishes.values()
            ):
                _add_helpers(world, aim, day, facts, helps, wishes, weights)
        # As many as the log shows one does on a day with touches.
        seen = [made for made in world.tally.made[-capacity.LOOK_BACK_DAYS :] if made]
        planned = rules.plan(list(wishes.values()), aims, capacity.usual(seen, CAPACITY), PLAN_DAYS)
        return [touch.key for touch in planned.touches]

    return order


def _wish(
    world: World,
    one: int,
    day: int,
    facts: dict[int, ObjectiveFacts],
    helps: dict[int, list[int]],
    weights: Weights,
) -> Wish | None:
    """What `plan` makes of one contact: of a promise of the days, and of the contact where `due` lists it for them."""
    promised = [by - day for by in world.promises.get(one, ()) if by - day < PLAN_DAYS]
    due_in = world.due[one] - day
    if not promised and due_in >= PLAN_DAYS and one not in world.asked:
        return None
    person = world.life.people[one]
    now = world.standing(one, day)
    serves = frozenset(helps.get(one, ()))
    known = [facts[key] for key in sorted(serves)]
    timed = _timed(now, due_in, person.cadence.every_days)
    scored = []
    if promised:
        scored.append(weigh(now, (), day, weights, promise_only=True))
    if timed is not None:
        scored.append(weigh(now, known, day, weights))
    if not scored:
        return None
    order = (-max(scored), 0, person.name, person.name)
    if promised:
        return Wish(one, "promise", order, 0, min(promised), serves, serves, 0)
    assert timed is not None
    reason, first, best = timed
    silent = None if world.last[one] is None else silence(world, one, day)
    free = rules.free_day(silent, person.cadence.every_days) if first else first
    return Wish(one, reason, order, first, best, serves, serves, free)


def _timed(now: Standing, due_in: int, every_days: int) -> tuple[Reason, int, int] | None:
    if now.standing == "overdue":
        return "overdue", 0, 0
    if now.reply_age is not None:
        return "reply", 0, 0
    if now.standing == "due":
        return "due", 0, 0
    if now.standing in ("soon", "on-track") and due_in < PLAN_DAYS:
        return "coming", rules.first_day(due_in, every_days), due_in
    return None


def _add_helpers(
    world: World,
    aim: int,
    day: int,
    facts: dict[int, ObjectiveFacts],
    helps: dict[int, list[int]],
    wishes: dict[int, Wish],
    weights: Weights,
) -> None:
    """Those linked to an objective who are not due, from the day on which they may be asked."""
    for one in sorted(world.life.objectives[aim].helpers):
        there = wishes.get(one)
        if one not in world.present or (there is not None and there.reason != "objective"):
            continue
        person = world.life.people[one]
        silent = None if world.last[one] is None else silence(world, one, day)
        free = rules.free_day(silent, person.cadence.every_days)
        if free >= PLAN_DAYS:
            continue
        serves = frozenset(helps[one])
        score = weigh(world.standing(one, day), [facts[key] for key in sorted(serves)], day, weights)
        last = world.last[one]
        order = (-score, -on(last).toordinal() if last is not None else 0, person.name, person.name)
        wishes[one] = Wish(one, "objective", order, free, None, serves, serves, free)
