"""`contact list` and its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from netjournal.domain import names
from netjournal.domain.text import one_of
from netjournal.domain.text import topic as topic_of
from netjournal.domain.words import Standing
from netjournal.reports import find
from netjournal.reports.contacts import contact_rows
from netjournal.store.queries import contacts as queries
from netjournal.store.queries import names as name_queries
from netjournal.store.queries import objectives as objective_queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from netjournal.reports.contacts import ContactRow
    from netjournal.store.connection import ReadConnection


class Filters(NamedTuple):
    """What a list of contacts is narrowed by, as typed."""

    untracked: bool = False
    archived: bool = False
    circle: str | None = None
    org: str | None = None
    topic: str | None = None
    objective: str | None = None
    group: str | None = None
    standing: str | None = None


def contact_list(connection: ReadConnection, filters: Filters, today: date) -> tuple[ContactRow, ...]:
    """The contacts that pass every filter, by name; archived ones only when asked for."""
    if filters.standing is not None:
        one_of(filters.standing, get_args(Standing), "standing")
    chosen = _chosen(connection, filters)
    facts = [
        f
        for f in queries.contacts(connection)
        if (f.archived_on is not None) == filters.archived and (chosen is None or f.id in chosen)
    ]
    if filters.untracked:
        # What `keep -` reads must not undo an answer given to `keep`; by their standing they are found.
        never = queries.never_offered(connection)
        facts = [f for f in facts if f.id not in never]
    rows = contact_rows(connection, facts, today)
    standings = {filters.standing, "untracked" if filters.untracked else None} - {None}
    circle = names.fold(filters.circle) if filters.circle else None
    return tuple(
        row
        for row in rows
        if standings <= {row.standing} and (circle is None or names.fold(row.circle or "") == circle)
    )


def members(connection: ReadConnection, group: str, today: date) -> tuple[ContactRow, ...]:
    """The members of a group, archived ones too, by name."""
    facts = queries.contacts_by_id(connection, name_queries.group_members(connection, find.group(connection, group)))
    return contact_rows(connection, sorted(facts.values(), key=lambda f: (f.name_key, f.handle)), today)


def _chosen(connection: ReadConnection, filters: Filters) -> set[int] | None:
    sets: list[set[int]] = []
    if filters.circle is not None:
        find.circle(connection, filters.circle)
    if filters.objective is not None:
        sets.append(objective_queries.supporting_contacts(connection, find.objective(connection, filters.objective)))
    if filters.group is not None:
        sets.append(set(name_queries.group_members(connection, find.group(connection, filters.group))))
    if filters.topic is not None:
        sets.append(queries.knowing(connection, topic_of(filters.topic)))
    if filters.org is not None:
        sets.append(queries.working_at(connection, find.organization(connection, filters.org)))
    return set.intersection(*sets) if sets else None


def offered(connection: ReadConnection, today: date) -> tuple[ContactRow, ...]:
    """Contacts that `keep` may offer a cadence: without one, not archived, never said no to; the newest added first."""
    ids = queries.without_cadence(connection)
    facts = queries.contacts_by_id(connection, ids)
    return contact_rows(connection, [facts[i] for i in ids], today)


def with_handles(connection: ReadConnection, handles: Iterable[str], today: date) -> tuple[ContactRow, ...]:
    """Contacts by their handles, in no order; nobody for a handle that is not here."""
    ids = [found for handle in handles if (found := name_queries.contact_with_handle(connection, handle)) is not None]
    return contact_rows(connection, list(queries.contacts_by_id(connection, ids).values()), today)
