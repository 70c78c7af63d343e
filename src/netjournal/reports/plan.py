"""`plan`: who on which of the coming days and for which objective, within what one can do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import capacity
from netjournal.domain import plan as rules
from netjournal.domain.counts import counted
from netjournal.domain.words import Handle, Key, Promise, Prose, Standing, Uid
from netjournal.reports.due import due_rows
from netjournal.reports.due_facts import Wanted
from netjournal.reports.plan_wishes import Possible, Resting, possible
from netjournal.reports.reasons import MY_PROMISE, THEIR_PROMISE
from netjournal.store.queries import plan as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.domain.plan import Touch
    from netjournal.reports.due import DueRow
    from netjournal.reports.due_facts import ActiveObjective
    from netjournal.store.connection import ReadConnection


class PlanRow(NamedTuple):
    """One touch of the coming days: its day, then as `due` has it, then why it is in the plan and what it is for."""

    day: date
    type: str
    uid: Uid
    contact: Handle | None
    name: Prose | None
    why: Prose
    organization: Prose | None
    standing: Standing
    due_on: date | None
    days_since: int | None
    days_late: int | None
    lateness: float | None
    every_days: int | None
    latest_days: int | None
    last_on: date | None
    last_kind: str | None
    last_summary: Prose | None
    objectives: tuple[Key, ...]
    followups: tuple[Promise, ...]
    signals: tuple[Prose, ...]
    waiting: int | None
    score: float
    reason: str
    for_objectives: tuple[Key, ...]


#: To stretch more single cadences than these is no longer a change that anybody makes.
MOST_SINGLE = 200


class Asked(NamedTuple):
    """What `plan` was asked for; `per_day` is None where the log is to tell, and then it tells `most` at most."""

    days: int
    per_day: int | None
    most: int
    objective_id: int | None = None
    client_id: int | None = None


class Overload(NamedTuple):
    """That all cadences ask for more touches a day than one does, and the fewest changes that mend it, if any do."""

    asked_a_day: float
    stretches: tuple[capacity.Stretch, ...]


class Plan(NamedTuple):
    """The answer, and what is to be said beside it."""

    rows: tuple[PlanRow, ...]
    per_day: int
    #: How many fall due in these days and found no room.
    left_count: int
    #: Active objectives without a touch in the plan: those somebody could help with, those whose helpers were all in touch
    #: just now (those who may be asked first come first), and the others.
    starved: tuple[Key, ...]
    resting: dict[Key, tuple[Resting, ...]]
    helpless: tuple[Key, ...]
    overload: Overload | None


def plan(connection: ReadConnection, asked: Asked, today: date) -> Plan:
    """The coming days, a pure function of what is stored, the day and what was asked for."""
    per_day = asked.per_day or _usual(connection, asked.most, today)
    wanted = Wanted(asked.days - 1, asked.objective_id, asked.client_id, hidden=True)
    found = possible(connection, wanted, today)
    objectives = {objective.id: objective for objective in found.objectives}
    planned = rules.plan(found.wishes, list(objectives), per_day, asked.days)
    reasons = {wish.key: wish.reason for wish in found.wishes}
    rows = _rows(connection, found, planned.touches, reasons, today)
    able = {objective for wish in found.wishes for objective in wish.serves | wish.helps}
    is_whole = asked.objective_id is None and asked.client_id is None
    return Plan(
        tuple(
            _planned(touch, row, reasons[touch.key], objectives, today)
            for touch, row in zip(planned.touches, rows, strict=True)
        ),
        per_day,
        planned.left_count,
        tuple(objectives[o].key for o in planned.starved if o in able),
        {
            objectives[o].key: tuple(sorted(found.resting[o], key=lambda rested: rested.free_on))
            for o in planned.starved
            if o not in able and o in found.resting
        },
        tuple(objectives[o].key for o in planned.starved if o not in able and o not in found.resting),
        _overload(connection, per_day) if is_whole else None,
    )


def _usual(connection: ReadConnection, most: int, today: date) -> int:
    """What the log shows one does on an active day; today is not over, so it does not count."""
    days = [(today - timedelta(days=n)).isoformat() for n in range(1, capacity.LOOK_BACK_DAYS + 1)]
    return capacity.usual(queries.people_a_day(connection, days, most), most)


def _overload(connection: ReadConnection, per_day: int) -> Overload | None:
    circles = [
        capacity.Pledge(name, every, people, is_circle=True)
        for name, every, people in queries.pledged_circles(connection)
    ]
    own = [capacity.Pledge("", every, people) for every, people in queries.pledged_counts(connection)]
    asked = capacity.asked_a_day([*circles, *own])
    if asked <= per_day:
        return None
    single = [capacity.Pledge(handle, every) for handle, every in queries.pledged_contacts(connection, MOST_SINGLE)]
    listed = [*circles, *single]
    unlisted = asked - capacity.asked_a_day(listed)
    return Overload(asked, capacity.stretches(listed, per_day - unlisted))


def _rows(
    connection: ReadConnection, found: Possible, touches: Sequence[Touch], reasons: Mapping[int, str], today: date
) -> list[DueRow]:
    """For each touch the row that `due` has on it; where there are several on one contact they become one."""
    drafts = [draft for touch in touches for draft in found.drafts[touch.key]]
    days = [today + timedelta(days=touch.day) for touch in touches for _ in found.drafts[touch.key]]
    told = iter(due_rows(connection, found.facts, drafts, found.promises, today, days))
    rows = []
    for touch in touches:
        row, why = _joined([next(told) for _ in found.drafts[touch.key]])
        helping = [found.helping[touch.key, o] for o in touch.objectives if (touch.key, o) in found.helping]
        # What it is here for comes first.
        said = [*helping, *why] if reasons[touch.key] == "objective" else [*why, *helping]
        rows.append(row._replace(why=Prose("; ".join(said))))
    return rows


#: What `due` says of a contact's promises where it does not tell them.
_TOLD = (MY_PROMISE, THEIR_PROMISE)


#: Promises of one contact that are told in words.
_MOST_TOLD = 3


def _joined(rows: Sequence[DueRow]) -> tuple[DueRow, list[str]]:
    """The rows of one contact as one, and its reasons."""
    row = rows[0]
    reasons: list[str] = []
    # A few promises are told; a pile of them is one reason, and `followups` has each.
    promises = [one for one in rows if one.type != "contact"]
    pile = promises[_MOST_TOLD:]
    for one in rows:
        if one in pile:
            continue
        is_told = one.type == "contact" and len(rows) > 1
        reasons += [part for part in one.why.split("; ") if part not in _TOLD] if is_told else [one.why]
    if pile:
        reasons.insert(_MOST_TOLD, counted(len(pile), "more promise"))
    contact = next((one for one in rows if one.type == "contact"), row)
    joined = row._replace(
        lateness=contact.lateness,
        every_days=contact.every_days,
        latest_days=contact.latest_days,
        objectives=tuple(dict.fromkeys(key for one in rows for key in one.objectives)),
        followups=tuple(dict.fromkeys(text for one in rows for text in one.followups)),
        score=max(one.score for one in rows),
    )
    return joined, [reason for reason in reasons if reason]


def _planned(touch: Touch, row: DueRow, reason: str, objectives: dict[int, ActiveObjective], today: date) -> PlanRow:
    keys = tuple(objectives[objective].key for objective in touch.objectives)
    return PlanRow(today + timedelta(days=touch.day), *row[:-1], reason, keys)
