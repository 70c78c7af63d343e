"""The orders that are compared. Each answers the same question: whom to call today, the most urgent first."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from life import on

from netjournal.domain import score as scores
from netjournal.domain.terms import total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from life import Person
    from living import Order, Standing, World

    from netjournal.domain.score import ObjectiveFacts, Weights

    Key = Callable[[World, int, int, Standing], float]

#: How much a circle counts in whodex (inner, close, loose) and in pagen (strong, medium, weak).
WHODEX_TIER: Final = {"inner": 2.0, "active": 1.3, "outer": 1.0, "yearly": 1.0}
WHODEX_CAP: Final = 3.0
PAGEN_STRENGTH: Final = {"inner": 2.0, "active": 1.5, "outer": 1.0, "yearly": 1.0}
#: The boxes of a learner's card index, in days.
BOXES: Final = (7, 14, 28, 56, 112, 224, 365)


def silence(world: World, person_id: int, day: int) -> int:
    """Days since the newest touch; since they came into the journal where there is none."""
    last = world.last[person_id]
    return day - (world.life.people[person_id].since if last is None else last)


def by(key: Key) -> Callable[[], Order]:
    """The order of everybody on the list by a key, the greatest first, equals by name."""

    def order(world: World, day: int) -> Iterable[int]:
        people = world.life.people
        listed = world.listed(day)
        keys = {one: (-key(world, one, day, now), people[one].name, one) for one, now in listed.items()}
        return sorted(keys, key=keys.__getitem__)

    return lambda: order


def at_random() -> Order:
    """Whoever comes to mind."""
    draw = Random("at random")

    def order(world: World, day: int) -> Iterable[int]:
        listed = list(world.listed(day))
        draw.shuffle(listed)
        return listed

    return order


def oldest(world: World, one: int, day: int, now: Standing) -> float:
    """Days since the last touch."""
    return silence(world, one, day)


def overdue(world: World, one: int, day: int, now: Standing) -> float:
    """Days past the due day."""
    return day - world.due[one]


def ratio(world: World, one: int, day: int, now: Standing) -> float:
    """Lateness in cadences."""
    return now.lateness


def whodex(world: World, one: int, day: int, now: Standing) -> float:
    """Silence in cadences, at most 3, and 3 for somebody never touched, with half a point for news, times the tier."""
    person = world.life.people[one]
    never = world.last[one] is None
    late = WHODEX_CAP if never else min(WHODEX_CAP, silence(world, one, day) / person.cadence.every_days)
    return (late + 0.5 * now.signals) * WHODEX_TIER[person.circle]


def pagen(world: World, one: int, day: int, now: Standing) -> float:
    """Two points a day past the cadence, times the strength; none for somebody never touched."""
    person = world.life.people[one]
    if world.last[one] is None:
        return 0.0
    return 2 * max(0, silence(world, one, day) - person.cadence.every_days) * PAGEN_STRENGTH[person.circle]


def taskwarrior(world: World, one: int, day: int, now: Standing) -> float:
    """12 × (0.2 to 1.0, from 14 days before the due day to 7 after it); a promise is a task with its own day."""
    late = [day - world.due[one]] if now.is_due else []
    late += [now.promise_late] if now.promise_late is not None else []
    past = max(late, default=-15)
    return 12 * (1.0 if past >= 7 else 0.2 if past < -14 else (past + 14) * 0.8 / 21 + 0.2)


def promises_first(world: World, one: int, day: int, now: Standing) -> float:
    """The plainest order that knows promises: those first, the rest by lateness in cadences."""
    return (1000 if now.promise_late is not None else 0) + now.lateness


def debts_first(world: World, one: int, day: int, now: Standing) -> float:
    """Promises first, then replies owed, then the rest by lateness in cadences."""
    return (1000 if now.promise_late is not None else 500 if now.reply_age is not None else 0) + now.lateness


def growing() -> Order:
    """A card index: touched in time the next gap is twice as long, touched late it is a week again; no cadence."""
    box: dict[int, int] = {}
    seen: dict[int, int | None] = {}

    def gap(person: Person) -> int:
        nearest = min(range(len(BOXES)), key=lambda b: abs(BOXES[b] - person.cadence.every_days))
        return box.setdefault(person.id, nearest)

    def order(world: World, day: int) -> Iterable[int]:
        past: dict[int, float] = {}
        for one in world.present:
            person = world.life.people[one]
            place = gap(person)
            if world.last[one] != seen.get(one, person.last):
                before = seen.get(one, person.last)
                waited = (world.last[one] or 0) - (person.since if before is None else before)
                place = box[one] = min(place + 1, len(BOXES) - 1) if waited <= 2 * BOXES[place] else 0
                seen[one] = world.last[one]
            late = silence(world, one, day) / BOXES[place]
            if late >= 1:
                past[one] = late
        people = world.life.people
        return sorted(past, key=lambda one: (-past[one], people[one].name, one))

    return order


# --- ours: the functions of the product itself


def weigh(
    now: Standing, objectives: Iterable[ObjectiveFacts], day: int, weights: Weights, *, promise_only: bool = False
) -> float:
    """The score of somebody on the list; a promise of somebody not due is a row with its promise alone."""
    pressure = scores.Pressure(
        0.0 if promise_only else now.lateness,
        now.promise_late,
        None,
        None if promise_only else now.reply_age,
        tuple(objectives),
        0 if promise_only else now.signals,
    )
    return total(scores.terms(pressure, on(day), weights))


def scored(world: World, day: int, weights: Weights) -> dict[int, float]:
    """Everybody on the list with their score, as `due` gives it."""
    facts = world.facts(day)
    helps = helping(world, facts)
    found = {}
    for one, now in world.listed(day).items():
        # A promise's own row has the promise's objective, and promises here have none.
        alone = not now.is_due and now.reply_age is None
        known = () if alone else [facts[key] for key in helps.get(one, ())]
        found[one] = weigh(now, known, day, weights, promise_only=alone)
    return found


def helping(world: World, active: Iterable[int]) -> dict[int, list[int]]:
    """For each who can help, the active objectives they are linked to."""
    found: dict[int, list[int]] = {}
    for key in active:
        for one in world.life.objectives[key].helpers:
            found.setdefault(one, []).append(key)
    return found


def ours(weights: Weights = scores.WEIGHTS) -> Order:
    """The rows of `due`, from the top."""

    def order(world: World, day: int) -> Iterable[int]:
        people = world.life.people
        found = scored(world, day, weights)
        return sorted(found, key=lambda one: scores.sort_key(found[one], people[one].name, people[one].name, str(one)))

    return order


ORDERS: Final[dict[str, Callable[[], Order]]] = {
    "random": at_random,
    "oldest first": by(oldest),
    "most days overdue": by(overdue),
    "lateness ratio": by(ratio),
    "whodex": by(whodex),
    "pagen": by(pagen),
    "taskwarrior": by(taskwarrior),
    "growing interval": growing,
    "promises, then ratio": by(promises_first),
    "debts, then ratio": by(debts_first),
    "due": ours,
}
