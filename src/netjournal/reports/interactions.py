"""Interactions with whom they touched and which objectives they support: stated, implied or none."""

from __future__ import annotations

from datetime import date
from heapq import merge
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import names, purpose
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.words import Depth, Direction, Handle, Key, Prose, Uid, prose
from netjournal.errors import NotFoundError, UnknownNameError
from netjournal.reports import find
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import interactions as queries
from netjournal.store.queries import names as name_queries
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries.lists import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.interactions import InteractionFacts


class InteractionRow(NamedTuple):
    """One interaction."""

    uid: Uid
    id: int
    on: date
    kind: str
    depth: Depth
    direction: Direction
    summary: Prose | None
    note: Prose | None
    contacts: tuple[Handle, ...]
    names: tuple[Prose, ...]
    objectives: tuple[Key, ...]
    implied: Key | None
    topics: tuple[str, ...]
    minutes: int | None
    gave: Prose | None
    got: Prose | None
    source: str
    none_on_purpose: bool
    notes: tuple[Prose, ...]
    touch_topics: tuple[str, ...]


def interaction_rows(connection: ReadConnection, facts: Iterable[InteractionFacts]) -> tuple[InteractionRow, ...]:
    """The rows of some interactions, in their order."""
    return tuple(each_row(connection, facts))


def each_row(connection: ReadConnection, facts: Iterable[InteractionFacts]) -> Iterator[InteractionRow]:
    """Yield the rows of any number of interactions, in their order; the journal must stay open meanwhile."""
    for page in pieces(facts):
        yield from _page(connection, page)


def _page(connection: ReadConnection, facts: Sequence[InteractionFacts]) -> Iterator[InteractionRow]:
    ids = [i.id for i in facts]
    people = queries.participants(connection, ids)
    stated = queries.stated_objectives(connection, ids)
    topics = queries.interaction_topics(connection, ids)
    notes = queries.touch_notes(connection, ids)
    theirs = queries.touch_topics(connection, ids)
    unsaid = {p.contact_id for i in ids if i not in stated for p in people.get(i, ())}
    linked = contact_queries.linked_objectives(connection, unsaid)
    for fact in facts:
        with_them = people.get(fact.id, [])
        keys = stated.get(fact.id, [])
        implied = (
            None
            if fact.exposure
            else purpose.implied(keys, bool(fact.none_on_purpose), [linked.get(p.contact_id, []) for p in with_them])
        )
        yield InteractionRow(
            Uid(fact.uid),
            fact.id,
            date.fromisoformat(fact.on_day),
            fact.kind,
            DEPTH_OF_KIND[fact.kind],
            fact.direction,
            prose(fact.summary),
            prose(fact.note),
            tuple(Handle(p.handle) for p in with_them),
            tuple(Prose(p.name) for p in with_them),
            tuple(Key(k) for k in keys),
            Key(implied) if implied else None,
            tuple(topics.get(fact.id, ())),
            fact.minutes,
            prose(fact.gave),
            prose(fact.got),
            fact.source,
            bool(fact.none_on_purpose),
            tuple(Prose(f"{handle}: {note}") for handle, note in notes.get(fact.id, ())),
            tuple(f"{handle} #{topic}" for handle, topic in theirs.get(fact.id, ())),
        )


def interaction_list(
    connection: ReadConnection, since: str | None, until: str | None, limit: int | None
) -> Iterator[InteractionRow]:
    """Yield the interactions of a span of days, newest first."""
    return each_row(connection, queries.interactions(connection, since=since, until=until, limit=limit))


def interaction(connection: ReadConnection, typed: str | None) -> InteractionRow:
    """One interaction by its short number, or the last one logged. Raises NotFoundError and UsageError."""
    return interaction_rows(connection, [stored_interaction(connection, typed)])[0]


def stored_interaction(connection: ReadConnection, typed: str | None) -> InteractionFacts:
    """The facts of one interaction by its short number, or of the last one. Raises NotFoundError and UsageError."""
    identity = find.number(typed, "an interaction") if typed is not None else queries.newest_id(connection)
    if identity is None:
        raise NotFoundError("Nothing is logged yet.", '`netj log "coffee with Dana"` logs an interaction.')
    facts = queries.interactions_by_id(connection, [identity])
    if not facts:
        raise NotFoundError(f"There is no interaction {identity}.", "`netj interaction list` shows their numbers.")
    return facts[0]


def for_client(connection: ReadConnection, rows: Iterable[InteractionRow], client_id: int) -> Iterator[InteractionRow]:
    """Yield those interactions that support an objective of a client, stated or implied; nobody else's key is on them."""
    keys = {o.key for o in objective_queries.objectives(connection) if o.client_id == client_id}
    for row in rows:
        if keys.intersection(row.objectives) or row.implied in keys:
            yield row._replace(objectives=tuple(key for key in row.objectives if key in keys))


def timeline(connection: ReadConnection, typed: str) -> Iterator[InteractionRow]:
    """The history of what was named: a contact, or with `+` an objective. Raises NotFoundError and AmbiguousError.

    A key of an objective means it without the `+` too, unless a contact has that very word as a handle; so does the
    beginning of one where nobody is called so.
    """
    keys = {key for _, key, _, _ in name_queries.objectives_named(connection)}
    if typed.startswith("+") or (typed in keys and name_queries.contact_with_handle(connection, typed) is None):
        return timeline_of_objective(connection, find.objective(connection, typed))
    try:
        contact_id = find.contact(connection, typed)
    except UnknownNameError:
        if sum(key.startswith(names.slug(typed) or " ") for key in keys) != 1:
            raise
        return timeline_of_objective(connection, find.objective(connection, typed))
    return timeline_of_contact(connection, contact_id)


def timeline_of_contact(connection: ReadConnection, contact_id: int) -> Iterator[InteractionRow]:
    """Yield every interaction with a contact, newest first, with the objectives each supports."""
    return each_row(connection, queries.interactions_of_contact(connection, contact_id))


def timeline_of_objective(connection: ReadConnection, objective_id: int) -> Iterator[InteractionRow]:
    """Yield every interaction that supports an objective, stated or implied, newest first."""
    key = objective_queries.objective(connection, objective_id).key
    stated = each_row(connection, queries.interactions_stating(connection, objective_id))
    unsaid = each_row(connection, queries.unsaid_interactions_of_linked(connection, objective_id))
    implied = (row for row in unsaid if row.implied == key)
    return merge(stated, implied, key=lambda row: (row.on, row.id), reverse=True)
