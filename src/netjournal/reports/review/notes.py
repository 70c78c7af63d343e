"""The words of a page to hand over: what was for one client, and nothing in which another client has a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.names import fold
from netjournal.reports.interactions import interaction_rows
from netjournal.reports.review.rows import NO_FIGURES, row
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries import review as queries
from netjournal.store.queries.contacts import aliases, contacts_by_id, methods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.reports.interactions import InteractionRow
    from netjournal.reports.review.moments import Moment
    from netjournal.reports.review.rows import ReviewRow
    from netjournal.store.connection import ReadConnection


class _Others(NamedTuple):
    """What must not be handed over: the other clients, their objectives, and the words that name either."""

    clients: frozenset[int]
    objectives: frozenset[int]
    words: tuple[str, ...]
    #: How an objective that is not the client's is marked in a line of capture.
    marks: tuple[str, ...]


def note_rows(connection: ReadConnection, moments: Sequence[Moment], client_id: int) -> tuple[list[ReviewRow], int]:
    """What was said in a client's interactions, newest first, and how many were left out as shared with another."""
    others = _others(connection, client_id)
    stated = queries.stated_by(connection, [m.id for m in moments])
    own = {o.id: o.key for o in objective_queries.objectives(connection) if o.client_id == client_id}
    # A broadcast that shares no more than a topic is for everybody.
    theirs = [m for m in moments if not m.exposure or not own.keys().isdisjoint(stated.get(m.id, ()))]
    alone = [
        m
        for m in theirs
        if others.objectives.isdisjoint(stated.get(m.id, ())) and others.clients.isdisjoint(m.contacts)
    ]
    facts = interaction_queries.interactions_by_id(connection, [m.id for m in alone])
    told = []
    for said in interaction_rows(connection, facts):
        text = _spelled(said)
        if not _names(text, others):
            key = next((k for k in (*said.objectives, said.implied) if k in own.values()), None)
            told.append(row("note", said.kind, NO_FIGURES, "words", subject=key, text=text))
    return told, len(theirs) - len(told)


def _spelled(said: InteractionRow) -> str:
    who = f" with {', '.join(said.names)}" if said.names else ""
    words = [said.summary, said.note, *said.notes, said.gave and f"gave: {said.gave}", said.got and f"got: {said.got}"]
    told = "\n".join(word for word in words if word)
    return f"{said.on} {said.kind}{who}" + (f": {told}" if told else "")


def _others(connection: ReadConnection, client_id: int) -> _Others:
    objectives = [o for o in objective_queries.objectives(connection) if o.client_id != client_id]
    theirs = [o for o in objectives if o.client_id is not None]
    clients = {o.client_id for o in theirs if o.client_id is not None}
    people = contacts_by_id(connection, clients).values()
    called = [w for p in people for w in (p.name, p.handle, *aliases(connection, p.id))]
    called += [method.value for method in methods(connection, clients, "email")]
    words = {fold(w) for w in (*called, *(w for o in theirs for w in (o.key, o.title)))}
    marks = tuple(f"+{o.key}" for o in objectives)
    return _Others(frozenset(clients), frozenset(o.id for o in theirs), tuple(words), marks)


def _names(text: str, others: _Others) -> bool:
    """Whether a text names what must not be handed over, without regard to case, accents and signs."""
    plain = f" {fold(text)} "
    return any(f" {word} " in plain for word in others.words) or any(m in text.casefold() for m in others.marks)
