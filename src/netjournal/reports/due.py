"""`due`: who to contact today and why, most urgent first."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import replies
from netjournal.domain import score as scores
from netjournal.domain.terms import total
from netjournal.domain.words import Handle, Key, Promise, Prose, Standing, Uid, prose
from netjournal.reports import reasons
from netjournal.reports.clock import Clock, clock, day, last_day
from netjournal.reports.due_facts import DueFacts, Wanted, gather
from netjournal.reports.promises import NOTHING, Promised, promised, spelled
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import due as queries
from netjournal.store.queries import interactions as interaction_queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.contacts import ContactFacts
    from netjournal.store.queries.followups import FollowupFacts
    from netjournal.store.queries.interactions import LastTouch


class DueRow(NamedTuple):
    """One reason to act today: a contact, or a promise of mine or theirs; `terms` are shown by --explain only."""

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
    terms: dict[str, float]


class Draft(NamedTuple):
    """A row before its words are fetched: all that filters and order need."""

    facts: ContactFacts | None
    promise: FollowupFacts | None
    clock: Clock | None
    terms: dict[str, float]
    score: float
    standing: Standing
    #: Days that a reply is owed, and days of silence of somebody who drifts.
    reply_age: int | None = None
    drifting: int | None = None


class Due(NamedTuple):
    """The answer: rows to show, how many there were, and whether one is overdue."""

    rows: tuple[DueRow, ...]
    total: int
    overdue: bool


def due(connection: ReadConnection, wanted: Wanted, today: date, limit: int | None = None) -> Due:
    """Who to contact today and why; `limit` cuts the rows, not the count."""
    facts = gather(connection, wanted, today)
    promises = promised(facts.followups, today)
    drafts = [
        *contact_drafts(facts, wanted, promises, today),
        *promise_drafts(facts, wanted, today),
    ]
    drafts.sort(key=_order)
    shown = drafts if limit is None else drafts[:limit]
    return Due(
        due_rows(connection, facts, shown, promises, today), len(drafts), any(d.standing == "overdue" for d in drafts)
    )


def untracked_count(connection: ReadConnection, answer: Due) -> int:
    """How many contacts have no cadence, where nobody has one."""
    if any(row.every_days for row in answer.rows) or queries.tracked_count(connection):
        return 0
    return queries.untracked_count(connection)


def _order(draft: Draft) -> tuple[float, str, str, str]:
    if draft.promise is not None:
        return scores.sort_key(draft.score, draft.promise.name_key or "", draft.promise.handle or "", draft.promise.uid)
    assert draft.facts is not None
    return scores.sort_key(draft.score, draft.facts.name_key, draft.facts.handle, draft.facts.uid)


def contact_drafts(facts: DueFacts, wanted: Wanted, promises: Mapping[int, Promised], today: date) -> list[Draft]:
    """A row for each contact that is listed; `promises` are all that are open, as a standing looks at every one."""
    found = []
    listed = {"due", "overdue", "snoozed", "paused"} if wanted.hidden else {"due", "overdue"}
    horizon = today + timedelta(days=wanted.within_days)
    told = told_promises(facts, promises, today)
    # Hundreds of rows owe a reply and nothing else: what weighs the same is weighed once.
    weighed: dict[scores.Pressure, tuple[dict[str, float], float]] = {}
    for contact in facts.contacts:
        if facts.chosen is not None and contact.id not in facts.chosen:
            continue
        with_them = promises.get(contact.id, NOTHING)
        now = clock(contact, today, with_them.ahead)
        reply = facts.replies.get(contact.id) if now.standing not in ("paused", "snoozed") else None
        signals = facts.signals.get(contact.id, ())
        drifting = facts.drifting.get(contact.id)
        is_listed = (
            now.standing in listed
            or (now.standing in ("soon", "on-track") and wanted.within_days and now.due_on and now.due_on <= horizon)
            or reply is not None
            or (wanted.everyone and now.cadence is not None)
        )
        if wanted.signals:
            is_listed = bool(signals) and (wanted.hidden or now.standing not in ("paused", "snoozed"))
        if wanted.drifting:
            is_listed = drifting is not None
        if not is_listed:
            continue
        with_them = told.get(contact.id, NOTHING)
        pressure = scores.Pressure(
            now.lateness or 0.0,
            with_them.mine_late,
            with_them.theirs_late,
            reply,
            facts.objectives_of(contact.id),
            len(signals),
        )
        scored = weighed.get(pressure)
        if scored is None:
            terms = scores.terms(pressure, today)
            scored = weighed[pressure] = terms, total(terms)
        found.append(Draft(contact, None, now, *scored, now.standing, reply, drifting))
    return found


def promise_drafts(facts: DueFacts, wanted: Wanted, today: date) -> list[Draft]:
    """A row for each promise of mine that is due, and of theirs that is past its day."""
    if wanted.signals or wanted.drifting:
        return []
    found = []
    for promise in facts.followups:
        days_late = (today - date.fromisoformat(promise.by_day)).days
        first = -wanted.within_days if promise.owner == "me" else 1 - wanted.within_days
        if days_late < first or not facts.chooses(promise):
            continue
        mine = promise.owner == "me"
        terms = scores.terms(
            scores.Pressure(
                my_promise_days_late=days_late if mine and days_late >= 0 else None,
                their_promise_days_late=days_late if not mine and days_late > 0 else None,
                objectives=facts.objectives_of_promise(promise),
            ),
            today,
        )
        standing: Standing = "overdue" if days_late > 0 else "due" if days_late == 0 else "soon"
        found.append(Draft(None, promise, None, terms, total(terms), standing))
    return found


def due_rows(
    connection: ReadConnection,
    facts: DueFacts,
    drafts: Sequence[Draft],
    promises: Mapping[int, Promised],
    today: date,
    days: Sequence[date] = (),
) -> tuple[DueRow, ...]:
    """The rows of the drafts to show: only these cost a look at last words and organizations.

    `days` says for each under which day it is read, where that is not today for all.
    """
    ids = {d.facts.id for d in drafts if d.facts} | {d.promise.contact_id for d in drafts if d.promise}
    shown = {i for i in ids if i is not None}
    missing = contact_queries.contacts_by_id(connection, shown - {c.id for c in facts.contacts})
    known = {c.id: c for c in facts.contacts if c.id in shown} | missing
    touched = {i: c.touched_on for i, c in known.items() if c.touched_on}
    words = interaction_queries.last_touches(connection, touched)
    work = contact_queries.current_organizations(connection, shown)
    promises = told_promises(facts, promises, today)
    rows = []
    for draft, on in zip(drafts, days or repeat(today), strict=False):
        contact = draft.facts or (known.get(draft.promise.contact_id or 0) if draft.promise else None)
        spoken = words.get(contact.id, []) if contact else []
        rows.append(_row(facts, draft, contact, spoken, work, promises, reasons.Under(today, on)))
    return tuple(rows)


def told_promises(facts: DueFacts, promises: Mapping[int, Promised], today: date) -> Mapping[int, Promised]:
    """The promises that may be told of: a standing looks at every one, words and terms with a client at theirs."""
    if facts.scope is None:
        return promises
    return promised([f for f in facts.followups if f.uid in facts.scope.followups], today)


def _row(
    facts: DueFacts,
    draft: Draft,
    contact: ContactFacts | None,
    spoken: Sequence[LastTouch],
    work: Mapping[int, tuple[str | None, str | None]],
    promises: Mapping[int, Promised],
    under: reasons.Under,
) -> DueRow:
    today = under.today
    last_on = day(last_day(contact)) if contact else None
    heard = spoken if facts.scope is None else [touch for touch in spoken if touch.uid in facts.scope.interactions]
    words = replies.last_words(heard)
    # A day told by --last is later than the log knows of: nothing is known of what was said on it.
    if words is not None and contact is not None and words.on_day != last_day(contact):
        words, spoken = None, ()
    # An answer given in somebody else's matter is one, but only what may be told of can wait for it.
    waiting = replies.waiting_days(last_on, spoken, today) if heard else None
    promise, now = draft.promise, draft.clock
    with_them = promises.get(contact.id, NOTHING) if contact else NOTHING
    signals = facts.signals.get(contact.id, ()) if contact else ()
    due_on = date.fromisoformat(promise.by_day) if promise else now.due_on if now else None
    return DueRow(
        type="followup" if promise else "contact",
        uid=Uid(promise.uid if promise else contact.uid if contact else ""),
        contact=Handle(contact.handle) if contact else None,
        name=Prose(contact.name) if contact else None,
        why=Prose(
            reasons.of_promise(promise, under)
            if promise
            else reasons.of_contact(draft, waiting, with_them, signals, under)
        ),
        organization=prose(work.get(contact.id, (None, None))[0]) if contact else None,
        standing=draft.standing,
        due_on=due_on,
        days_since=(today - last_on).days if last_on else None,
        days_late=(today - due_on).days if due_on else None,
        lateness=round(now.lateness, 3) if now and now.lateness is not None else None,
        every_days=now.cadence.every_days if now and now.cadence else None,
        latest_days=now.cadence.latest_days if now and now.cadence else None,
        last_on=last_on,
        last_kind=words.kind if words else None,
        last_summary=prose(words.summary) if words else None,
        objectives=facts.keys_of(contact.id if contact else None, promise),
        followups=(spelled(promise),) if promise else with_them.spelled,
        signals=tuple(Prose(s) for s in signals),
        waiting=waiting,
        score=draft.score,
        terms=draft.terms,
    )
