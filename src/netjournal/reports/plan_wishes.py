"""Whom a plan could hold: those that `due` lists for its days, and for an objective that nobody serves who could help."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import plan as rules
from netjournal.domain import score as scores
from netjournal.domain.terms import total
from netjournal.domain.words import Prose
from netjournal.reports.clock import clock, day, last_day
from netjournal.reports.due import Draft, contact_drafts, promise_drafts, told_promises
from netjournal.reports.due_facts import gather
from netjournal.reports.promises import NOTHING, promised
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries import plan as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from netjournal.domain.plan import Reason, Wish
    from netjournal.reports.clock import Clock
    from netjournal.reports.due_facts import ActiveObjective, DueFacts, Wanted
    from netjournal.reports.promises import Promised
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.contacts import ContactFacts

#: Of those who could help with an objective so many are weighed: linked ones first, then the last touched.
MOST_HELPERS = 50
_NONE: frozenset[int] = frozenset()


class Possible(NamedTuple):
    """What a plan is made of; maps are by the key of a wish: a contact's id, or minus that of a promise with nobody."""

    wishes: list[Wish]
    #: The most pressing first.
    objectives: list[ActiveObjective]
    #: What `due` knows of each wish, what fixes its day first.
    drafts: dict[int, list[Draft]]
    #: By contact and objective, in words, how somebody who is not linked to it, or not due, could help.
    helping: dict[tuple[int, int], str]
    #: By objective, who could help but was in touch too lately to be asked in these days.
    resting: dict[int, list[Resting]]
    facts: DueFacts
    promises: Mapping[int, Promised]


class Resting(NamedTuple):
    """Somebody who is in touch just now, and the day from which they may be asked again."""

    name: Prose
    free_on: date


class _Found(NamedTuple):
    """The answer while it is put together."""

    connection: ReadConnection
    facts: DueFacts
    promises: Mapping[int, Promised]
    #: Those of them that may be told of.
    told: Mapping[int, Promised]
    today: date
    wishes: dict[int, Wish]
    drafts: dict[int, list[Draft]]
    helping: dict[tuple[int, int], str]
    resting: dict[int, list[Resting]]


def possible(connection: ReadConnection, wanted: Wanted, today: date) -> Possible:
    """Everybody whom the days up to `wanted.within_days` could hold."""
    facts = gather(connection, wanted, today)
    promises = promised(facts.followups, today)
    drafts: dict[int, list[Draft]] = {}
    for draft in promise_drafts(facts, wanted, today):
        if draft.promise and draft.promise.owner == "me":
            drafts.setdefault(_key(draft), []).append(draft)
    for draft in contact_drafts(facts, wanted, promises, today):
        put_off = draft.standing == "paused" or (
            draft.standing == "snoozed" and not _is_back(draft, wanted.within_days, today)
        )
        if not put_off:
            drafts.setdefault(_key(draft), []).append(draft)
    for draft in promise_drafts(facts, wanted, today):
        if draft.promise and draft.promise.owner == "them":
            drafts.setdefault(_key(draft), []).append(draft)
    objectives = _objectives(facts, wanted, today)
    within = frozenset(objective.id for objective in objectives)
    wishes = {key: _wish(key, group, facts, within, today) for key, group in drafts.items()}
    found = _Found(connection, facts, promises, told_promises(facts, promises, today), today, wishes, drafts, {}, {})
    for objective in objectives:
        if not _is_served(objective, wishes.values()):
            _add_helpers(found, objective, wanted.within_days)
    return Possible(list(wishes.values()), objectives, drafts, found.helping, found.resting, facts, promises)


def _key(draft: Draft) -> int:
    if draft.facts is not None:
        return draft.facts.id
    assert draft.promise is not None
    return -draft.promise.id if draft.promise.contact_id is None else draft.promise.contact_id


def _is_back(draft: Draft, within_days: int, today: date) -> bool:
    """Whether somebody put off is back and due within the days of the plan."""
    assert draft.facts is not None
    assert draft.clock is not None
    days = (day(draft.facts.snoozed_until), draft.clock.due_on)
    return all(on is not None and (on - today).days <= within_days for on in days)


def _objectives(facts: DueFacts, wanted: Wanted, today: date) -> list[ActiveObjective]:
    """The active objectives that pass the filters, the most pressing first."""
    found = [
        objective
        for objective in facts.objectives.values()
        if wanted.objective_id in (None, objective.id) and wanted.client_id in (None, objective.client_id)
    ]
    return sorted(found, key=lambda objective: (-scores.objective_value(objective.facts, today), objective.key))


def _wish(key: int, drafts: Sequence[Draft], facts: DueFacts, objectives: frozenset[int], today: date) -> Wish:
    """What all that is known of one contact, or of one promise with nobody, asks of the days."""
    leading, linked = drafts[0], _NONE
    if key in facts.links:
        # A client's own objective still wants somebody who helps with it.
        linked = frozenset(o for o in facts.links[key] if o in objectives and facts.objectives[o].client_id != key)
    if leading.promise is None and len(drafts) == 1:
        # Most are this, and there may be thousands.
        reason, first, best = _timed(leading, today)
        serves = linked
    else:
        reason, first, best = min((_timed(draft, today) for draft in drafts), key=lambda timed: timed[1])
        if leading.promise is not None and leading.promise.owner == "me":
            reason, first, best = "promise", 0, _days_to(leading.promise.by_day, today)
        own = {d.promise.objective_id for d in drafts if d.promise and d.promise.objective_id in objectives}
        serves = frozenset(o for o in own if o is not None) or linked
    free = _free(leading.facts, leading.clock, today) if first and leading.facts and leading.clock else first
    return rules.Wish(key, reason, _order(drafts), first, best, serves, linked, free)


def _timed(draft: Draft, today: date) -> tuple[Reason, int, int]:
    """Why one draft is here, the first day on which it makes sense, and the day it is best done on."""
    if draft.promise is not None:
        # Theirs: asked after from the day after it.
        late = max(0, _days_to(draft.promise.by_day, today) + 1)
        return "due", late, late
    now = draft.clock
    assert now is not None
    if draft.standing == "snoozed" and draft.facts is not None and draft.facts.snoozed_until is not None:
        back = _days_to(draft.facts.snoozed_until, today)
        due_in = (now.due_on - today).days if now.due_on else 0
        if due_in <= back or now.cadence is None:
            return "due", back, back
        return "coming", max(back, rules.first_day(due_in, now.cadence.every_days)), due_in
    if draft.standing == "overdue":
        return "overdue", 0, 0
    if draft.reply_age is not None:
        return "reply", 0, 0
    if draft.standing == "due" or now.due_on is None or now.cadence is None:
        return "due", 0, 0
    due_in = (now.due_on - today).days
    return "coming", rules.first_day(due_in, now.cadence.every_days), due_in


def _order(drafts: Sequence[Draft]) -> tuple[float | str, ...]:
    """As `due` orders: by score, the highest where there are several, then by name."""
    first = drafts[0]
    score = first.score if len(drafts) == 1 else max(draft.score for draft in drafts)
    if first.facts is not None:
        return (-score, 0, first.facts.name_key, first.facts.handle)
    assert first.promise is not None
    return (-score, 0, first.promise.name_key or "", first.promise.handle or "")


def _days_to(on_day: str, today: date) -> int:
    return (date.fromisoformat(on_day) - today).days


def _free(facts: ContactFacts, now: Clock, today: date) -> int:
    """The first day on which somebody may be asked for an objective's sake."""
    last = last_day(facts)
    return rules.free_day(None if last is None else -_days_to(last, today), now.cadence and now.cadence.every_days)


def _is_served(objective: ActiveObjective, wishes: Iterable[Wish]) -> bool:
    """Whether somebody who is due anyway, and is linked to an objective, can be asked from today on."""
    return any(objective.id in w.serves and (w.reason == "promise" or min(w.first, w.free) == 0) for w in wishes)


def _add_helpers(found: _Found, objective: ActiveObjective, within_days: int) -> None:
    """Everybody who could help with an objective: those who are due anyway are marked, the best of others join them."""
    helpers = _helpers(found, objective)
    others = []
    for contact_id in helpers.touched:
        there = found.wishes.get(contact_id)
        if there is None or there.reason == "objective":
            others.append(contact_id)
        elif objective.id not in there.serves:
            found.helping[contact_id, objective.id] = _could_help(objective, helpers.common.get(contact_id, ()))
            found.wishes[contact_id] = there._replace(helps=there.helps | {objective.id})
    # Linked ones first, of those whom one touched last, then by number: a later sort keeps the order of the one before.
    others.sort()
    others.sort(key=lambda i: helpers.touched[i], reverse=True)
    others.sort(key=lambda i: i not in helpers.linked)
    known = contact_queries.contacts_by_id(found.connection, others[:MOST_HELPERS])
    for contact_id in others[:MOST_HELPERS]:
        found.helping[contact_id, objective.id] = _could_help(objective, helpers.common.get(contact_id, ()))
        _add_helper(found, objective, known[contact_id], contact_id in helpers.linked, within_days)


class _Helpers(NamedTuple):
    """Who could help with one objective: the day of each one's last touch, what they share with it, who is linked."""

    touched: dict[int, str]
    common: dict[int, list[str]]
    linked: set[int]


def _helpers(found: _Found, objective: ActiveObjective) -> _Helpers:
    """Who is linked to an objective or shares a topic or an organization with it; where nobody does, who helped before."""
    helpers = _Helpers({}, {}, set())
    for fact in queries.helpers(found.connection, objective.id, objective.client_id, found.today.isoformat()):
        helpers.touched[fact.contact_id] = fact.touched_on or ""
        helpers.common.setdefault(fact.contact_id, []).extend([fact.common] if fact.common else [])
        if fact.common is None:
            helpers.linked.add(fact.contact_id)
    if helpers.touched:
        return helpers
    helped = objective_queries.supporting_contacts(found.connection, objective.id) - {objective.client_id}
    facts = contact_queries.contacts_by_id(found.connection, helped)
    touched = {i: f.touched_on or "" for i, f in facts.items() if _is_in_view(f, found.today)}
    return _Helpers(touched, {}, set(touched))


def _could_help(objective: ActiveObjective, common: Sequence[str]) -> str:
    return f"could help with {objective.key}" + (f" ({', '.join(common)})" if common else "")


def _is_in_view(facts: ContactFacts, today: date) -> bool:
    is_put_off = facts.snoozed_until is not None and facts.snoozed_until > today.isoformat()
    return facts.archived_on is None and not facts.paused and not is_put_off


def _add_helper(
    found: _Found, objective: ActiveObjective, contact: ContactFacts, is_linked: bool, within_days: int
) -> None:
    """Somebody who is not due, as a touch for an objective; not within days of the last one."""
    with_them = found.told.get(contact.id, NOTHING)
    now = clock(contact, found.today, found.promises.get(contact.id, NOTHING).ahead)
    free = _free(contact, now, found.today)
    if free > within_days:
        rested = Resting(Prose(contact.name), found.today + timedelta(days=free))
        found.resting.setdefault(objective.id, []).append(rested)
        return
    there = found.wishes.get(contact.id)
    serves = (there.serves if there else frozenset()) | ({objective.id} if is_linked else set())
    helps = (there.helps if there else frozenset()) | {objective.id}
    pressure = scores.Pressure(
        now.lateness or 0.0,
        with_them.mine_late,
        with_them.theirs_late,
        objectives=tuple(found.facts.objectives[o].facts for o in sorted(helps)),
        signals=len(found.facts.signals.get(contact.id, ())),
    )
    terms = scores.terms(pressure, found.today)
    score = total(terms)
    last = last_day(contact)
    # Of equals those in touch last: a warm tie is the easier one to ask.
    order = (-score, -date.fromisoformat(last).toordinal() if last else 0, contact.name_key, contact.handle)
    found.wishes[contact.id] = rules.Wish(contact.id, "objective", order, free, None, serves, helps, free)
    found.drafts[contact.id] = [Draft(contact, None, now, terms, score, now.standing)]
