"""`prep` of a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain.opportunities import is_open
from netjournal.domain.words import Handle, Prose, Uid, prose
from netjournal.reports.clock import clock
from netjournal.reports.prep import said
from netjournal.reports.prep.met import met
from netjournal.reports.prep.objectives import Bearing, in_view, objective_fields
from netjournal.reports.prep.row import PrepRow, dated
from netjournal.reports.prep.tie import tie
from netjournal.reports.promises import NOTHING, promised, spelled
from netjournal.reports.signals import SIGNAL_DAYS, birthday_signal
from netjournal.reports.work import spelled_work
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import prep as queries
from netjournal.store.queries.followups import open_followups

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from netjournal.reports.prep.row import Asked
    from netjournal.reports.promises import Promised
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.contacts import AffiliationFacts, ContactFacts
    from netjournal.store.queries.followups import FollowupFacts
    from netjournal.store.queries.prep import OpportunityFacts, TouchFacts

#: What was given and got, and notes on them: the last so many of each.
MOST_GIFTS: Final = 3
MOST_NOTES: Final = 3


def person(
    connection: ReadConnection, contact_id: int, asked: Asked, followups: Sequence[FollowupFacts], today: date
) -> tuple[PrepRow, Mapping[str, str]]:
    """The row of a contact, and the names of those it mentions; `followups` are the open promises that may be told.

    For a client only what is for an objective of theirs is told, and nothing that would name another client.
    """
    touches = queries.touches(connection, contact_id)
    told = _told(connection, contact_id, asked.client_id)
    kept = [t for t in touches if told is None or t.interaction_id in told]
    notes = {i: (on, note) for i, on, note in queries.notes_on(connection, contact_id) if told is None or i in told}
    came_up = [topic for topic, i in queries.topics_come_up(connection, contact_id) if told is None or i in told]
    last = said.talks(connection, [t.interaction_id for t in kept[: said.MOST_TALKS]], None)
    theirs = [f for f in followups if f.contact_id == contact_id]
    work = contact_queries.affiliations(connection, [contact_id]).get(contact_id, [])
    # The clock knows every promise, those for others than the client too.
    every = followups if asked.client_id is None else open_followups(connection)
    promises = promised(every, today).get(contact_id, NOTHING)
    row = _of_contact(connection, contact_id, touches, work, promises, asked, today)._replace(
        talks=tuple(said.spelled(row, notes.get(row.id, ("", None))[1]) for row in last),
        followups=tuple(spelled(f) for f in theirs),
        given=_gifts([(t.on_day, t.gave) for t in kept]),
        received=_gifts([(t.on_day, t.got) for t in kept]),
        came_up=tuple(dict.fromkeys(came_up)),
        touch_notes=_notes(notes, {row.id for row in last}),
        opportunities=opportunities(connection, _came_up(connection, contact_id, work), asked),
    )
    bearing = Bearing(
        queries.objectives_of(connection, contact_id),
        {*row.topics, *came_up, *asked.topics},
        {a.organization_id: a.organization for a in work if a.organization_id and a.organization},
        {f.id for f in theirs},
        client_id=contact_id,
    )
    row = row._replace(**objective_fields(connection, asked, bearing, followups)._asdict())
    if asked.client_id is not None:
        return row._replace(met=None, note=None), said.called(last)
    known = met(connection, contact_id)
    row = row._replace(
        introduced_by=known.chain[0] if known.chain else None,
        chain=known.chain,
        introductions=known.introductions,
        thanks=known.thanks,
        groups=tuple(Prose(group) for group in contact_queries.groups(connection, contact_id)),
    )
    return row, {**known.names, **said.called(last)}


def _of_contact(
    connection: ReadConnection,
    contact_id: int,
    touches: Sequence[TouchFacts],
    work: Sequence[AffiliationFacts],
    promises: Promised,
    asked: Asked,
    today: date,
) -> PrepRow:
    """Who they are and how things stand: what is told to whomever it is for."""
    facts = contact_queries.contacts_by_id(connection, [contact_id])[contact_id]
    more = contact_queries.details(connection, contact_id)
    now = clock(facts, today, promises.ahead)
    alive = tie(touches, today, asked.half_life_days)
    current = next((a for a in work if a.until is None), None)
    return PrepRow(
        "contact",
        True,
        Prose(facts.name),
        Uid(facts.uid),
        Handle(facts.handle),
        prose(current.organization) if current else None,
        prose(current.title) if current else None,
        now.standing,
        now.due_on,
        now.cadence.every_days if now.cadence else None,
        now.last_on,
        (today - now.last_on).days if now.last_on else None,
        alive.usual_days,
        len(touches),
        alive.health,
        alive.terms,
        alive.grown,
        alive.dormant,
        _signals(connection, facts, more.birthday, today),
        topics=tuple(contact_queries.topics(connection, [contact_id]).get(contact_id, ())),
        affiliations=spelled_work(work),
        location=prose(more.location),
        met=prose(more.met),
        note=prose(more.note),
        archived=facts.archived_on is not None,
    )


def opportunities(connection: ReadConnection, found: Collection[OpportunityFacts], asked: Asked) -> tuple[Prose, ...]:
    """Some opportunities, each as `ID STAGE DAY TITLE`: open ones first, then the newest; a client's alone for one."""
    if asked.client_id is not None:
        theirs = {o.id for o in in_view(connection, asked)}
        found = [o for o in found if o.objective_id in theirs]
    ordered = sorted(found, key=lambda o: (is_open(o.stage), o.opened_on, o.id), reverse=True)
    return tuple(Prose(f"{o.id} {o.stage} {o.opened_on} {o.title}") for o in ordered)


def _came_up(
    connection: ReadConnection, contact_id: int, work: Sequence[AffiliationFacts]
) -> Collection[OpportunityFacts]:
    """What came up with a contact, and what is open where they work now: whoever calls may call about it."""
    here = {a.organization_id for a in work if a.until is None and a.organization_id}
    found = [o for organization in here for o in queries.opportunities_at(connection, organization) if is_open(o.stage)]
    return {*found, *queries.opportunities_with(connection, contact_id)}


def _told(connection: ReadConnection, contact_id: int, client_id: int | None) -> set[int] | None:
    """The interactions that may be told of: for a client those for an objective of theirs; None is all."""
    if client_id is None:
        return None
    from netjournal.reports.interactions import for_client, timeline_of_contact

    return {row.id for row in for_client(connection, timeline_of_contact(connection, contact_id), client_id)}


def _signals(connection: ReadConnection, facts: ContactFacts, birthday: str | None, today: date) -> tuple[Prose, ...]:
    from datetime import timedelta

    since = (today - timedelta(days=SIGNAL_DAYS)).isoformat()
    found = queries.job_signals(connection, facts.id, since)
    born = birthday_signal(birthday, facts.touched_on, today) if birthday else None
    return tuple(Prose(text) for text in (*found, *([born] if born else [])))


def _gifts(pairs: Sequence[tuple[str, str | None]]) -> tuple[Prose, ...]:
    return tuple(dated(on, text) for on, text in pairs if text)[:MOST_GIFTS]


def _notes(notes: Mapping[int, tuple[str, str]], shown: Collection[int]) -> tuple[Prose, ...]:
    """The last notes on them that are not among the words of the interactions told."""
    return tuple(dated(*note) for i, note in notes.items() if i not in shown)[:MOST_NOTES]
