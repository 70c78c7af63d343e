"""The coming days: who on which day, within what one can do, and no objective left out.

Days are whole numbers from today, which is 0. Nothing here depends on anything but its arguments. The order of the
steps, and why capacity added never drops anybody, is in docs/explanation/plan.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from netjournal.domain.cadence import SOON_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Reason = Literal["promise", "overdue", "reply", "due", "coming", "objective"]

#: Who is taken first where not all fit, and who chooses a day first.
_RANK: Final[dict[Reason, int]] = {"overdue": 0, "reply": 0, "due": 1, "coming": 2, "objective": 3, "promise": -1}


class Wish(NamedTuple):
    """One touch that the coming days could hold; `key` says whom it is with, and nobody is planned twice."""

    key: int
    reason: Reason
    #: The smaller, the sooner: what weighs most comes first.
    order: tuple[float | str, ...]
    #: The first day on which it makes sense.
    first: int = 0
    #: The day it is best done on, for a promise its own, negative where that is past; None is the emptiest day.
    day: int | None = 0
    #: Objectives the touch is for, by what was said of it.
    serves: frozenset[int] = frozenset()
    #: Others it could help with.
    helps: frozenset[int] = frozenset()
    #: The first day on which they may be asked for an objective's sake.
    free: int = 0


class Touch(NamedTuple):
    """One touch of the plan: its day, whom it is with, and the objectives it is for, the most pressing first."""

    day: int
    key: int
    objectives: tuple[int, ...]


class Planned(NamedTuple):
    """The plan, the objectives with no touch in it, and how many that fall due found no room."""

    touches: tuple[Touch, ...]
    starved: tuple[int, ...]
    left_count: int


def first_day(due_in: int, every_days: int) -> int:
    """The first day on which to plan a contact that falls due in so many days: when its standing becomes `soon`."""
    return max(0, due_in - min(SOON_DAYS, every_days // 4))


def free_day(silent_days: int | None, every_days: int | None) -> int:
    """The first day on which to ask somebody for an objective's sake: a week after the last touch.

    A quarter of the cadence where that is less; today for one with no touch yet, `silent_days` None.
    """
    rest = SOON_DAYS if every_days is None else min(SOON_DAYS, every_days // 4)
    return 0 if silent_days is None else max(0, rest - silent_days)


def plan(wishes: Sequence[Wish], objectives: Sequence[int], per_day: int, days: int) -> Planned:
    """Spread wishes over days; `objectives` are the active ones, the most pressing first.

    Promises are all kept, the latest on their own day, and count; nothing else is put on a day with `per_day` touches.
    """
    ordered = sorted(wishes, key=lambda w: (_RANK[w.reason], w.order, w.key))
    promises = [w for w in ordered if w.reason == "promise"]
    others = [w._replace(free=w.first) if w.free > w.first else w for w in ordered if w.reason != "promise"]
    load = [0] * days
    placed = _keep_promises(promises, load, per_day)
    chosen = _helpers(promises, others, objectives)
    # For an objective one may be asked before the own day comes near.
    wanted = {w.key: w._replace(first=w.free) for w in others if w.key in chosen}
    queue = [wanted[key] for key in chosen]
    queue += [w for w in others if w.key not in chosen and w.reason != "objective"]
    room = [max(0, per_day - there) for there in load]
    accepted, spare = _accept(queue, room)
    accepted.sort(key=lambda w: (_RANK[w.reason], w.order, w.key))
    placed |= _lay_out(accepted, room, spare, load)
    touches = _touches([*promises, *accepted], placed, chosen, objectives)
    served = {objective for touch in touches for objective in touch.objectives}
    return Planned(touches, tuple(o for o in objectives if o not in served), len(queue) - len(accepted))


def _keep_promises(promises: Iterable[Wish], load: list[int], per_day: int) -> dict[int, int]:
    """Each promise on its own day, or before it where that is full; those past their day as soon as there is room.

    Where there is no room at all, on its day (today for one past it) all the same: a word given is not dropped.
    """
    placed = {}
    dated = [(w, w.day or 0) for w in promises]
    # The latest first: one that must be earlier finds the days before it as empty as can be.
    for wish, by in sorted((pair for pair in dated if pair[1] >= 0), key=lambda pair: -pair[1]):
        placed[wish.key] = next((day for day in range(by, -1, -1) if load[day] < per_day), by)
        load[placed[wish.key]] += 1
    for wish, _ in (pair for pair in dated if pair[1] < 0):
        placed[wish.key] = next((day for day, there in enumerate(load) if there < per_day), 0)
        load[placed[wish.key]] += 1
    return placed


def _helpers(promises: Sequence[Wish], others: Sequence[Wish], objectives: Iterable[int]) -> dict[int, list[int]]:
    """For each objective without a promise the one to reach for it: free soonest, linked, due anyway, not yet taken.

    No capacity is asked after here, so that more of it cannot change the choice; and who is free soonest finds a day
    if anybody does.
    """
    chosen: dict[int, list[int]] = {}
    for objective in objectives:
        if any(objective in w.serves for w in promises):
            continue
        able = [w for w in others if objective in w.serves or objective in w.helps]
        if able:
            best = min(
                able,
                key=lambda w: (w.free, objective not in w.serves, w.reason == "objective", w.key in chosen, w.order),
            )
            chosen.setdefault(best.key, []).append(objective)
    return chosen


def _accept(queue: Iterable[Wish], room: Sequence[int]) -> tuple[list[Wish], list[int]]:
    """Those of the queue who all find a day, the earlier in it the surer; and the room that is left from each day on.

    One who makes sense from a day on needs room on that day or after: it is there while every span of days up to the
    last one has more room than people who cannot come before it.
    """
    spare = [sum(room[day:]) for day in range(len(room))]
    accepted = []
    for wish in queue:
        if not spare[0]:
            break
        if wish.first < len(room) and all(spare[: wish.first + 1]):
            accepted.append(wish)
            for day in range(wish.first + 1):
                spare[day] -= 1
    return accepted, spare


def _lay_out(accepted: Iterable[Wish], room: list[int], spare: list[int], load: list[int]) -> dict[int, int]:
    """A day for each, in turn: the best that is left which takes no day from one who cannot come before it."""
    placed = {}
    for wish in accepted:
        open_days = []
        for day in range(wish.first, len(room)):
            if day > wish.first and not spare[day]:
                break
            if room[day]:
                open_days.append(day)
        best = wish.day
        day = min(open_days, key=lambda d: (load[d], d) if best is None else (d > best, abs(best - d)))
        placed[wish.key] = day
        room[day] -= 1
        load[day] += 1
        for later in range(wish.first + 1, day + 1):
            spare[later] -= 1
    return placed


def _touches(
    wishes: Sequence[Wish], placed: Mapping[int, int], chosen: Mapping[int, list[int]], objectives: Sequence[int]
) -> tuple[Touch, ...]:
    """The plan in its order: by day, what weighs most first."""
    meant = {w.key: w.serves | frozenset(chosen.get(w.key, ())) for w in wishes}
    served = frozenset().union(*meant.values())
    for objective in objectives:
        able = () if objective in served else (w for w in wishes if objective in w.helps)
        for wish in sorted(able, key=lambda w: w.order)[:1]:
            meant[wish.key] |= {objective}
    ordered = sorted(wishes, key=lambda w: (placed[w.key], w.order, w.key))
    return tuple(Touch(placed[w.key], w.key, tuple(o for o in objectives if o in meant[w.key])) for w in ordered)
