"""Organizations, and who works there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Prose, Uid
from netjournal.reports.clock import day
from netjournal.store.queries import organizations as queries

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.organizations import OrganizationFacts


class OrganizationRow(NamedTuple):
    """One organization in a list."""

    uid: Uid
    organization: Prose
    contact_count: int
    former_count: int
    touch_count: int
    last_on: date | None


class OrganizationDetailRow(NamedTuple):
    """One organization with its people; begins as a row of the list does."""

    uid: Uid
    organization: Prose
    contact_count: int
    former_count: int
    touch_count: int
    last_on: date | None
    aliases: tuple[Prose, ...]
    contacts: tuple[Handle, ...]
    former: tuple[Handle, ...]


def organization_rows(connection: ReadConnection) -> tuple[OrganizationRow, ...]:
    """Every organization, by name."""
    return tuple(_row(fact) for fact in queries.organizations(connection))


def organization_row(connection: ReadConnection, organization_id: int) -> OrganizationRow:
    """One organization by its id."""
    return _row(queries.organization(connection, organization_id))


def organization_detail(connection: ReadConnection, organization_id: int) -> OrganizationDetailRow:
    """One organization with its people."""
    people = queries.people(connection, organization_id)
    current = dict.fromkeys(handle for handle, _, _, until in people if until is None)
    former = dict.fromkeys(handle for handle, _, _, until in people if until is not None and handle not in current)
    return OrganizationDetailRow(
        *organization_row(connection, organization_id),
        tuple(Prose(alias) for alias in queries.aliases(connection, organization_id)),
        tuple(Handle(handle) for handle in current),
        tuple(Handle(handle) for handle in former),
    )


def _row(fact: OrganizationFacts) -> OrganizationRow:
    return OrganizationRow(
        Uid(fact.uid), Prose(fact.name), fact.contact_count, fact.former_count, fact.touch_count, day(fact.last_on)
    )
