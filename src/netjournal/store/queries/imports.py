"""What an import matches against: fetched once, whatever the size of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netjournal.store.connection import ReadConnection


class KnownPeople(NamedTuple):
    """Contacts by all that can identify them; values are contact ids."""

    by_external: Mapping[str, int]
    by_method: Mapping[tuple[str, str], int]
    by_name: Mapping[str, int]
    by_name_and_organization: Mapping[tuple[str, str], int]
    handles: Mapping[int, str]
    #: Where each works now: folded organization and title.
    work: Mapping[int, tuple[str | None, str | None]]
    #: Those whose day of connection is known.
    connected: frozenset[int]


def known_people(connection: ReadConnection, source: str) -> KnownPeople:
    """Everything that an import of one source matches by."""
    from netjournal.domain.names import fold

    people = connection.rows("SELECT id, handle, name_key, connected_on FROM contact ORDER BY id DESC")
    name_keys = {row[0]: row[2] for row in people}
    work: dict[int, tuple[str | None, str | None]] = {}
    by_both: dict[tuple[str, str], int] = {}
    for contact_id, organization, title, until in connection.rows(
        "SELECT a.contact_id, o.name_key, a.title, a.until FROM affiliation AS a "
        "LEFT JOIN organization AS o ON o.id = a.organization_id ORDER BY a.id"
    ):
        if until is None:
            work[contact_id] = (organization, fold(title) if title else None)
        if organization:
            by_both.setdefault((name_keys[contact_id], organization), contact_id)
    return KnownPeople(
        {
            str(row[0]): int(row[1])
            for row in connection.rows(
                "SELECT external_id, contact_id FROM contact_source WHERE source = :source", {"source": source}
            )
        },
        {
            (str(row[0]), str(row[1])): int(row[2])
            for row in connection.rows("SELECT kind, value_key, contact_id FROM contact_method ORDER BY id DESC")
        },
        {name_key: contact_id for contact_id, name_key in name_keys.items()},
        by_both,
        {row[0]: row[1] for row in people},
        work,
        frozenset(row[0] for row in people if row[3] is not None),
    )


def handles(connection: ReadConnection) -> set[str]:
    """Every handle in use."""
    return {row[0] for row in connection.rows("SELECT handle FROM contact")}


def organizations(connection: ReadConnection) -> dict[str, int]:
    """Every organization by each folded name it answers to."""
    return {
        str(row[0]): int(row[1])
        for row in connection.rows(
            "SELECT name_key, id FROM organization UNION ALL SELECT alias_key, organization_id FROM organization_alias"
        )
    }


def current_affiliations(connection: ReadConnection, contact_id: int) -> list[int]:
    """The affiliations of one contact that have no end."""
    return [
        int(row[0])
        for row in connection.rows(
            "SELECT id FROM affiliation WHERE contact_id = :id AND until IS NULL", {"id": contact_id}
        )
    ]


def method_count(connection: ReadConnection, contact_id: int) -> int:
    """How many ways there are to reach one contact."""
    ((count,),) = connection.rows("SELECT count(*) FROM contact_method WHERE contact_id = :id", {"id": contact_id})
    return int(count)
