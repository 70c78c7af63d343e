"""The active objectives a conversation bears on: those supported, those that could be, and what to ask for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Key, Promise, Prose
from netjournal.errors import NotFoundError
from netjournal.reports.promises import spelled
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries import prep as queries
from netjournal.store.queries.followups import open_for_objectives

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from netjournal.reports.prep.row import Asked
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.followups import FollowupFacts
    from netjournal.store.queries.objectives import ObjectiveFacts

#: Promises for the objectives that are not with the contact: so many of the nearest.
MOST_STEPS = 5


class Bearing(NamedTuple):
    """What of the journal touches objectives: whose support there is, topics, and organizations by id."""

    supported: Collection[int]
    topics: Collection[str]
    organizations: Mapping[int, str]
    #: Promises that are shown elsewhere.
    shown: Collection[int] = ()
    #: Every objective counts, although nothing is shared: for somebody unknown.
    every: bool = False
    #: The contact talked to: what is pursued for them comes first.
    client_id: int | None = None


class ObjectiveFields(NamedTuple):
    """The part of a row that tells of objectives; its fields are the row's."""

    objectives: tuple[Key, ...]
    could: tuple[Key, ...]
    common: tuple[Prose, ...]
    targets: tuple[Prose, ...]
    whys: tuple[Prose, ...]
    sought: tuple[Prose, ...]
    questions: tuple[Prose, ...]
    next_steps: tuple[Promise, ...]
    next_with: tuple[Handle, ...]
    shared_topics: tuple[str, ...]
    pursued: tuple[Key, ...]


def in_view(connection: ReadConnection, asked: Asked) -> list[ObjectiveFacts]:
    """The objectives that may be told of: active ones and those named, a client's alone where one was named.

    Those named come first, then the nearest target day. Raises NotFoundError for one named that is not the client's.
    """
    facts = objective_queries.active_objectives(connection)
    known = {fact.id for fact in facts}
    facts += [objective_queries.objective(connection, i) for i in asked.objective_ids if i not in known]
    if asked.client_id is not None:
        for fact in facts:
            if fact.id in asked.objective_ids and fact.client_id != asked.client_id:
                raise NotFoundError(f"'{fact.key}' is not an objective of that client.")
        facts = [fact for fact in facts if fact.client_id == asked.client_id]
    return sorted(facts, key=lambda f: (f.id not in asked.objective_ids, f.by_day or "9999", f.key))


def objective_fields(
    connection: ReadConnection,
    asked: Asked,
    bearing: Bearing,
    followups: Sequence[FollowupFacts],
) -> ObjectiveFields:
    """What is to be known of each objective that a conversation bears on; `followups` are the open promises."""
    facts = in_view(connection, asked)
    common, shared = _common(connection, {fact.id for fact in facts}, bearing)
    supported, could = [], []
    for fact in facts:
        if bearing.every or fact.id in asked.objective_ids or fact.id in bearing.supported:
            supported.append(fact)
        elif fact.id in common:
            could.append(fact)
    if bearing.client_id is not None:
        supported.sort(key=lambda f: (f.id not in asked.objective_ids, f.client_id != bearing.client_id))
    if bearing.every:
        # What the words touch first; the sort keeps the order otherwise.
        supported.sort(key=lambda f: (f.id not in asked.objective_ids, f.id not in common))
    told = [*supported, *could]
    keys = {fact.id: fact.key for fact in told}
    asks: dict[int, list[str]] = {}
    for objective_id, ask in queries.asks(connection, keys):
        asks.setdefault(objective_id, []).append(ask)
    # What was promised in a conversation for several is a step for each of them, as where neglect is told.
    for_them = {promise for objective, promise in open_for_objectives(connection) if objective in keys} if keys else ()
    steps = [f for f in followups if f.id in for_them and f.id not in bearing.shown]
    return ObjectiveFields(
        tuple(Key(fact.key) for fact in supported),
        tuple(Key(fact.key) for fact in could),
        _spelled((fact.key, what) for fact in told for what in common.get(fact.id, ())),
        _spelled((fact.key, fact.by_day) for fact in told),
        _spelled((fact.key, fact.why) for fact in told),
        _spelled((fact.key, fact.looking_for) for fact in told),
        _spelled((fact.key, ask) for fact in told for ask in asks.get(fact.id, ())),
        tuple(spelled(f) for f in steps[:MOST_STEPS]),
        tuple(Handle(f.handle or "-") for f in steps[:MOST_STEPS]),
        tuple(sorted(shared)),
        tuple(Key(fact.key) for fact in supported if bearing.client_id and fact.client_id == bearing.client_id),
    )


def _common(
    connection: ReadConnection, objectives: Collection[int], bearing: Bearing
) -> tuple[dict[int, list[str]], set[str]]:
    """By objective, each topic (`#sre`) and organization (`@Acme`) that it has in common with them; and the topics."""
    common: dict[int, list[str]] = {}
    shared = set()
    for objective_id, topic in queries.objective_topics(connection):
        if objective_id in objectives and topic in bearing.topics:
            common.setdefault(objective_id, []).append(f"#{topic}")
            shared.add(topic)
    for objective_id, organization_id in queries.objective_organizations(connection):
        if objective_id in objectives and organization_id in bearing.organizations:
            common.setdefault(objective_id, []).append(f"@{bearing.organizations[organization_id]}")
    return common, shared


def _spelled(pairs: Iterable[tuple[str, str | None]]) -> tuple[Prose, ...]:
    return tuple(Prose(f"{key} {text}") for key, text in pairs if text)
