"""Which records a part of the journal holds: those of a client, those about one contact, those of a span of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class Scope(NamedTuple):
    """The uids that belong to a part of the journal, by type."""

    contacts: frozenset[str]
    objectives: frozenset[str]
    interactions: frozenset[str]
    organizations: frozenset[str]
    followups: frozenset[str]
    opportunities: frozenset[str]


def of_client(connection: ReadConnection, contact_id: int) -> Scope:
    """A client's objectives, what states them, and the people in it."""
    client = {"id": contact_id}
    mine = "(SELECT id FROM objective WHERE client_id = :id)"
    return Scope(
        _uids(
            connection,
            "SELECT c.uid FROM contact AS c WHERE c.id = :id OR c.id IN (SELECT contact_id FROM contact_objective "
            f"WHERE objective_id IN {mine}) OR c.id IN (SELECT t.contact_id FROM support AS s JOIN touch AS t "
            f"ON t.interaction_id = s.interaction_id WHERE s.objective_id IN {mine})",
            client,
        ),
        _uids(connection, "SELECT uid FROM objective WHERE client_id = :id", client),
        _uids(
            connection,
            "SELECT i.uid FROM interaction AS i WHERE i.id IN (SELECT interaction_id FROM support "
            f"WHERE objective_id IN {mine})",
            client,
        ),
        _uids(
            connection,
            "SELECT o.uid FROM organization AS o WHERE o.id IN (SELECT organization_id FROM objective_organization "
            f"WHERE objective_id IN {mine})",
            client,
        ),
        followups_of_client(connection, contact_id),
        _uids(connection, f"SELECT uid FROM opportunity WHERE objective_id IN {mine}", client),
    )


def followups_of_client(connection: ReadConnection, contact_id: int) -> frozenset[str]:
    """The promises made in a client's matter: one for somebody else's objective is theirs, wherever it was made.

    One with the client is in it too, unless what it was made in was for others alone.
    """
    mine = "(SELECT id FROM objective WHERE client_id = :id)"
    return _uids(
        connection,
        f"SELECT f.uid FROM followup AS f WHERE f.objective_id IN {mine} OR (f.objective_id IS NULL "
        f"AND (f.interaction_id IN (SELECT interaction_id FROM support WHERE objective_id IN {mine}) "
        f"OR (f.contact_id = :id AND EXISTS {mine} "
        "AND NOT EXISTS (SELECT 1 FROM support AS s WHERE s.interaction_id = f.interaction_id))))",
        {"id": contact_id},
    )


def other_clients(connection: ReadConnection, contact_id: int) -> frozenset[str]:
    """The uids of all clients but one."""
    return _uids(
        connection,
        "SELECT c.uid FROM contact AS c WHERE c.id <> :id AND c.id IN (SELECT client_id FROM objective)",
        {"id": contact_id},
    )


def of_contact(connection: ReadConnection, contact_id: int) -> Scope:
    """One contact, the interactions with them, what those state, and where they work."""
    one = {"id": contact_id}
    return Scope(
        _uids(connection, "SELECT uid FROM contact WHERE id = :id", one),
        _uids(
            connection,
            "SELECT o.uid FROM objective AS o WHERE o.id IN (SELECT objective_id FROM contact_objective "
            "WHERE contact_id = :id) OR o.id IN (SELECT s.objective_id FROM touch AS t JOIN support AS s "
            "ON s.interaction_id = t.interaction_id WHERE t.contact_id = :id)",
            one,
        ),
        _uids(
            connection,
            "SELECT i.uid FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id WHERE t.contact_id = :id",
            one,
        ),
        _uids(
            connection,
            "SELECT o.uid FROM affiliation AS a JOIN organization AS o ON o.id = a.organization_id "
            "WHERE a.contact_id = :id",
            one,
        ),
        _uids(connection, "SELECT uid FROM followup WHERE contact_id = :id", one),
        _uids(connection, "SELECT uid FROM opportunity WHERE through_id = :id", one),
    )


def _uids(connection: ReadConnection, sql: str, parameters: dict[str, int]) -> frozenset[str]:
    return frozenset(str(row[0]) for row in connection.rows(sql, parameters))
