"""Contacts: the list, and one contact's own screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Key, Promise, Prose, Standing, Uid, prose
from netjournal.reports.clock import clock, day
from netjournal.reports.promises import NOTHING, promised
from netjournal.reports.work import spelled_work
from netjournal.store.queries import contacts as queries
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries.followups import open_followups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.reports.promises import Promised
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.contacts import ContactFacts


class ContactRow(NamedTuple):
    """One contact in a list."""

    uid: Uid
    contact: Handle
    name: Prose
    organization: Prose | None
    title: Prose | None
    circle: Prose | None
    every_days: int | None
    standing: Standing
    last_on: date | None
    due_on: date | None
    touch_count: int
    objectives: tuple[Key, ...]
    topics: tuple[str, ...]
    emails: tuple[Prose, ...]
    archived: bool


class ContactDetailRow(NamedTuple):
    """One contact with all that is stored of it; begins as a row of the list does."""

    uid: Uid
    contact: Handle
    name: Prose
    organization: Prose | None
    title: Prose | None
    circle: Prose | None
    every_days: int | None
    standing: Standing
    last_on: date | None
    due_on: date | None
    touch_count: int
    objectives: tuple[Key, ...]
    topics: tuple[str, ...]
    emails: tuple[Prose, ...]
    archived: bool
    latest_days: int | None
    aliases: tuple[Prose, ...]
    phones: tuple[Prose, ...]
    urls: tuple[Prose, ...]
    location: Prose | None
    birthday: str | None
    met: Prose | None
    introduced_by: Handle | None
    note: Prose | None
    affiliations: tuple[Prose, ...]
    groups: tuple[Prose, ...]
    followups: tuple[Promise, ...]
    snoozed_until: date | None
    paused: bool
    connected_on: date | None
    added_on: date
    last_kind: str | None
    last_summary: Prose | None
    never: bool


def contact_rows(connection: ReadConnection, facts: Sequence[ContactFacts], today: date) -> tuple[ContactRow, ...]:
    """The rows of some contacts, in their order."""
    return _rows(connection, facts, promised(open_followups(connection), today), today)


def _rows(
    connection: ReadConnection, facts: Sequence[ContactFacts], promises: Mapping[int, Promised], today: date
) -> tuple[ContactRow, ...]:
    ids = [f.id for f in facts]
    work = queries.current_organizations(connection, ids)
    counts = queries.touch_counts(connection, ids)
    objectives = queries.linked_objectives(connection, ids)
    topics = queries.topics(connection, ids)
    emails: dict[int, list[str]] = {}
    for method in queries.methods(connection, ids, "email"):
        emails.setdefault(method.contact_id, []).append(method.value)
    rows = []
    for fact in facts:
        now = clock(fact, today, promises.get(fact.id, NOTHING).ahead)
        organization, title = work.get(fact.id, (None, None))
        rows.append(
            ContactRow(
                Uid(fact.uid),
                Handle(fact.handle),
                Prose(fact.name),
                prose(organization),
                prose(title),
                prose(fact.circle),
                now.cadence.every_days if now.cadence else None,
                now.standing,
                now.last_on,
                now.due_on,
                counts.get(fact.id, 0),
                tuple(Key(k) for k in objectives.get(fact.id, ())),
                tuple(topics.get(fact.id, ())),
                tuple(Prose(e) for e in emails.get(fact.id, ())),
                fact.archived_on is not None,
            )
        )
    return tuple(rows)


def contact_detail(connection: ReadConnection, contact_id: int, today: date) -> ContactDetailRow:
    """All that is stored of one contact."""
    facts = queries.contacts_by_id(connection, [contact_id])[contact_id]
    promises = promised(open_followups(connection), today)
    (row,) = _rows(connection, [facts], promises, today)
    more = queries.details(connection, contact_id)
    methods = queries.methods(connection, [contact_id])
    now = clock(facts, today, promises.get(contact_id, NOTHING).ahead)
    spoken = (
        interaction_queries.last_touches(connection, {contact_id: facts.touched_on}).get(contact_id, [])
        if facts.touched_on
        else []
    )
    from netjournal.domain.replies import last_words

    words = last_words(spoken)
    return ContactDetailRow(
        *row,
        now.cadence.latest_days if now.cadence else None,
        tuple(Prose(a) for a in queries.aliases(connection, contact_id)),
        tuple(Prose(m.value) for m in methods if m.kind == "phone"),
        tuple(Prose(m.value) for m in methods if m.kind == "url"),
        prose(more.location),
        more.birthday,
        prose(more.met),
        Handle(more.introduced_by) if more.introduced_by else None,
        prose(more.note),
        spelled_work(queries.affiliations(connection, [contact_id]).get(contact_id, ())),
        tuple(Prose(g) for g in queries.groups(connection, contact_id)),
        promises.get(contact_id, NOTHING).spelled,
        day(facts.snoozed_until),
        bool(facts.paused),
        day(more.connected_on),
        date.fromisoformat(more.added_on),
        words.kind if words else None,
        prose(words.summary) if words else None,
        bool(more.never),
    )
