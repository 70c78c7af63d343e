"""Topics: who knows about each, what they told you, and when it last came up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Key, Prose, prose
from netjournal.errors import AmbiguousError, NotFoundError
from netjournal.reports.clock import day
from netjournal.store.queries import complete
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import topics as queries

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.topics import TopicMention, TopicTouch


class TopicRow(NamedTuple):
    """One topic."""

    topic: str
    contact_count: int
    interaction_count: int
    objectives: tuple[Key, ...]
    last_on: date | None
    last_contact: Handle | None
    last_summary: Prose | None


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
    told: Prose | None
    told_on: date | None
    note: Prose | None
    got: Prose | None


def topic_rows(connection: ReadConnection) -> tuple[TopicRow, ...]:
    """Every topic, by name."""
    knowing = queries.contact_counts(connection)
    spoken = queries.interaction_counts(connection)
    objectives = queries.objectives(connection)
    days = queries.newest_days(connection, spoken)
    newest: dict[str, TopicMention] = {}
    for mention in queries.mentions(connection, days):
        before = newest.get(mention.topic)
        # Of one day the last interaction, and of those who took part the first by name.
        if before is None or before.uid != mention.uid:
            newest[mention.topic] = mention
    rows = []
    for topic in sorted({*knowing, *spoken, *objectives}):
        last = newest.get(topic)
        rows.append(
            TopicRow(
                topic,
                knowing.get(topic, 0),
                spoken.get(topic, 0),
                tuple(Key(key) for key in objectives.get(topic, ())),
                day(days.get(topic)),
                Handle(last.handle) if last and last.handle else None,
                prose(last.summary) if last else None,
            )
        )
    return tuple(rows)


def topic_meant(connection: ReadConnection, typed: str) -> str:
    """The topic of that name, or the only one that begins so. Raises NotFoundError and AmbiguousError."""
    begun = [word.text for word in complete.topics(connection, typed)]
    if typed in begun or len(begun) == 1:
        return typed if typed in begun else begun[0]
    if begun:
        raise AmbiguousError(f"'{typed}' can mean {len(begun)} topics.", tuple(begun[:20]), "Type more of the name.")
    raise NotFoundError(f"There is no topic '{typed}'.", "`netj topic list` shows all.")


def topic_contacts(connection: ReadConnection, topic: str) -> tuple[TopicContactRow, ...]:
    """Who knows about a topic, those it came up with last first."""
    touched = queries.touches(connection, topic)
    knowing = contact_queries.knowing(connection, topic)
    people = queries.known_as(connection, knowing | touched.keys())
    work = contact_queries.current_organizations(connection, people)
    rows = []
    for contact_id, (handle, name) in people.items():
        theirs = sorted(touched.get(contact_id, ()), key=lambda t: (t.on_day, t.uid))
        last = theirs[-1] if theirs else None
        told = next((t for t in reversed(theirs) if _told(t)), None)
        organization = work.get(contact_id, (None, None))[0]
        rows.append(
            TopicContactRow(
                Handle(handle),
                Prose(name),
                prose(organization),
                contact_id in knowing,
                len(theirs),
                day(last.on_day) if last else None,
                last.kind if last else None,
                prose(last.summary) if last else None,
                prose(_told(told)) if told else None,
                day(told.on_day) if told else None,
                prose(told.note) if told else None,
                prose(told.got) if told and not told.own else None,
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.last_on is None, -(r.last_on or date.min).toordinal(), r.contact)))


def _told(touch: TopicTouch) -> str:
    """The words of one touch: what it was about, what was noted of the contact, what was got.

    Of what came up with them alone only their note: the rest is about the evening.
    """
    if touch.own:
        return touch.note or ""
    return "; ".join([words for words in (touch.summary, touch.note, touch.got) if words])
