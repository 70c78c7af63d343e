"""Promises, mine and theirs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Key, Owner, Prose, Uid, prose
from netjournal.store.queries import followups as queries
from netjournal.store.queries.scope import followups_of_client

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.followups import FollowupFacts


class FollowupRow(NamedTuple):
    """One promise."""

    uid: Uid
    id: int
    text: Prose
    owner: Owner
    by: date
    contact: Handle | None
    name: Prose | None
    objective: Key | None
    status: str
    days_late: int


class FollowupFilters(NamedTuple):
    """What a list of promises is narrowed by; ids of what was named."""

    owner: str | None = None
    contact_id: int | None = None
    objective_id: int | None = None
    client_id: int | None = None
    everything: bool = False


def followup_list(connection: ReadConnection, filters: FollowupFilters, today: date) -> tuple[FollowupRow, ...]:
    """The promises that pass every filter, the nearest day first; closed ones only when asked for."""
    facts = queries.followups(connection) if filters.everything else queries.open_followups(connection)
    theirs = None if filters.client_id is None else followups_of_client(connection, filters.client_id)
    return tuple(
        _row(fact, today)
        for fact in facts
        if filters.owner in (None, fact.owner)
        and filters.contact_id in (None, fact.contact_id)
        and filters.objective_id in (None, fact.objective_id)
        and (theirs is None or fact.uid in theirs)
    )


def followup_row(connection: ReadConnection, followup_id: int, today: date) -> FollowupRow:
    """One promise by its id."""
    fact = queries.followup(connection, followup_id)
    assert fact is not None
    return _row(fact, today)


def _row(fact: FollowupFacts, today: date) -> FollowupRow:
    by = date.fromisoformat(fact.by_day)
    return FollowupRow(
        Uid(fact.uid),
        fact.id,
        Prose(fact.text),
        fact.owner,
        by,
        Handle(fact.handle) if fact.handle else None,
        prose(fact.name),
        Key(fact.objective) if fact.objective else None,
        fact.status,
        (today - by).days,
    )
