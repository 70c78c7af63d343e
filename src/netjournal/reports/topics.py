"""Topics: who knows about each, and when it last came up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Key, Prose
from netjournal.errors import NotFoundError
from netjournal.reports.clock import day
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import topics as queries

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class TopicRow(NamedTuple):
    """One topic."""

    topic: str
    contact_count: int
    interaction_count: int
    objectives: tuple[Key, ...]
    last_on: date | None


class TopicContactRow(NamedTuple):
    """One contact who knows about a topic, or with whom it came up."""

    contact: Handle
    name: Prose
    organization: Prose | None
    knows: bool
    touch_count: int
    last_on: date | None
    last_kind: str | None
    last_summary: Prose | None


def topic_rows(connection: ReadConnection) -> tuple[TopicRow, ...]:
    """Every topic, by name."""
    knowing = queries.contact_counts(connection)
    spoken = queries.interaction_counts(connection)
    objectives = queries.objectives(connection)
    return tuple(
        TopicRow(
            topic,
            knowing.get(topic, 0),
            spoken.get(topic, (0, None))[0],
            tuple(Key(key) for key in objectives.get(topic, ())),
            day(spoken.get(topic, (0, None))[1]),
        )
        for topic in sorted({*knowing, *spoken, *objectives})
    )


def topic_contacts(connection: ReadConnection, topic: str) -> tuple[TopicContactRow, ...]:
    """Who knows about a topic, those it came up with last first. Raises NotFoundError."""
    touched = queries.touches(connection, topic)
    knowing = contact_queries.knowing(connection, topic)
    if not touched and not knowing and topic not in {row.topic for row in topic_rows(connection)}:
        raise NotFoundError(f"There is no topic '{topic}'.", "`netj topic list` shows all.")
    facts = contact_queries.contacts_by_id(connection, knowing | touched.keys())
    work = contact_queries.current_organizations(connection, facts)
    rows = []
    for contact_id, fact in facts.items():
        theirs = touched.get(contact_id, [])
        last = max(theirs, key=lambda t: (t.on_day, t.uid)) if theirs else None
        organization = work.get(contact_id, (None, None))[0]
        rows.append(
            TopicContactRow(
                Handle(fact.handle),
                Prose(fact.name),
                Prose(organization) if organization else None,
                contact_id in knowing,
                len(theirs),
                day(last.on_day) if last else None,
                last.kind if last else None,
                Prose(last.summary) if last and last.summary else None,
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.last_on is None, -(r.last_on or date.min).toordinal(), r.contact)))
