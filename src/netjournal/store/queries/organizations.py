"""Facts about organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class OrganizationFacts(NamedTuple):
    """One organization; touches are those of the contacts who work there now."""

    id: int
    uid: str
    name: str
    name_key: str
    contact_count: int
    former_count: int
    touch_count: int
    last_on: str | None


_SELECT = (
    "SELECT o.id, o.uid, o.name, o.name_key, "
    "(SELECT count(DISTINCT a.contact_id) FROM affiliation AS a WHERE a.organization_id = o.id AND a.until IS NULL), "
    "(SELECT count(DISTINCT a.contact_id) FROM affiliation AS a WHERE a.organization_id = o.id AND a.until IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM affiliation AS n WHERE n.contact_id = a.contact_id "
    "AND n.organization_id = o.id AND n.until IS NULL)), "
    "(SELECT count(*) FROM touch AS t WHERE t.exposure = 0 AND t.contact_id IN (SELECT a.contact_id FROM affiliation AS a "
    "WHERE a.organization_id = o.id AND a.until IS NULL)), "
    "(SELECT max(t.on_day) FROM touch AS t WHERE t.exposure = 0 AND t.contact_id IN (SELECT a.contact_id "
    "FROM affiliation AS a WHERE a.organization_id = o.id AND a.until IS NULL)) FROM organization AS o"
)


def organizations(connection: ReadConnection) -> list[OrganizationFacts]:
    """Every organization, by name."""
    return [OrganizationFacts(*row) for row in connection.rows(f"{_SELECT} ORDER BY o.name_key")]


def organization(connection: ReadConnection, organization_id: int) -> OrganizationFacts:
    """One organization by its id."""
    (row,) = connection.rows(f"{_SELECT} WHERE o.id = :id", {"id": organization_id})
    return OrganizationFacts(*row)


def aliases(connection: ReadConnection, organization_id: int) -> list[str]:
    """The other names an organization answers to."""
    return [
        row[0]
        for row in connection.rows(
            "SELECT alias FROM organization_alias WHERE organization_id = :id ORDER BY alias_key",
            {"id": organization_id},
        )
    ]


def people(connection: ReadConnection, organization_id: int) -> list[tuple[str, str, str | None, str | None]]:
    """(handle, name, title, until) of those who work or worked there: current ones first."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in connection.rows(
            "SELECT c.handle, c.name, a.title, a.until FROM affiliation AS a JOIN contact AS c ON c.id = a.contact_id "
            "WHERE a.organization_id = :id ORDER BY CASE WHEN a.until IS NULL THEN 0 ELSE 1 END, c.name_key, a.id",
            {"id": organization_id},
        )
    ]


def names(connection: ReadConnection) -> list[tuple[int, str, str]]:
    """(id, folded name, name) of every organization and each of its aliases."""
    return [
        (int(row[0]), str(row[1]), str(row[2]))
        for row in connection.rows(
            "SELECT id, name_key, name FROM organization UNION ALL "
            "SELECT organization_id, alias_key, alias FROM organization_alias"
        )
    ]


def names_beginning(connection: ReadConnection, key: str) -> dict[int, str]:
    """By id, the name or alias of organizations whose folded name begins with a text; of several the last alias."""
    return {
        int(row[0]): str(row[1])
        for row in connection.rows(
            "SELECT id, name FROM organization WHERE substr(name_key, 1, :length) = :key UNION ALL "
            "SELECT organization_id, alias FROM organization_alias WHERE substr(alias_key, 1, :length) = :key",
            {"key": key, "length": len(key)},
        )
    }
