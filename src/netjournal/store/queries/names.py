"""What contacts, organizations, objectives and circles answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.store.queries.lists import rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.domain.names import Known
    from netjournal.store.connection import ReadConnection


class Named(NamedTuple):
    """A record's id beside the word that scripts use for it."""

    id: int
    word: str


#: The columns of a `Known` over `contact AS c`, its aliases apart: the last says whether they have a cadence or a touch.
KNOWN = (
    "c.id, c.handle, c.name_key, "
    "CASE WHEN c.every_days IS NOT NULL OR c.circle_id IS NOT NULL OR c.told_last_on IS NOT NULL THEN 1 "
    "WHEN EXISTS (SELECT 1 FROM touch AS t WHERE t.contact_id = c.id AND t.exposure = 0) THEN 1 ELSE 0 END"
)


def known_contacts(connection: ReadConnection) -> list[Known]:
    """Every contact with what it answers to, and whether it has a cadence or an earlier touch."""
    from netjournal.domain.names import Known

    aliases: dict[int, list[str]] = {}
    for contact_id, alias_key in connection.rows("SELECT contact_id, alias_key FROM contact_alias ORDER BY id"):
        aliases.setdefault(contact_id, []).append(alias_key)
    return [
        Known(row[0], row[1], (row[2], *aliases.get(row[0], ())), bool(row[3]))
        for row in connection.rows(f"SELECT {KNOWN} FROM contact AS c ORDER BY c.id")
    ]


def contact_with_handle(connection: ReadConnection, handle: str) -> int | None:
    """The contact with exactly this handle."""
    found = connection.rows("SELECT id FROM contact WHERE handle = :handle", {"handle": handle})
    return int(found[0][0]) if found else None


def contacts_with_email(connection: ReadConnection, address: str) -> tuple[int, ...]:
    """The contacts that have an e-mail address."""
    from netjournal.domain.methods import method_key

    sql = "SELECT DISTINCT contact_id FROM contact_method WHERE kind = 'email' AND value_key = :key"
    return tuple(int(row[0]) for row in connection.rows(sql, {"key": method_key("email", address)}))


def handles(connection: ReadConnection) -> set[str]:
    """Every handle in use."""
    return {row[0] for row in connection.rows("SELECT handle FROM contact")}


def handles_of(connection: ReadConnection, ids: Iterable[int]) -> dict[int, str]:
    """The handles of some contacts."""
    return dict(rows_in(connection, "SELECT id, handle FROM contact WHERE id IN ({values})", ids))


def names_of(connection: ReadConnection, handles: Iterable[str]) -> dict[str, str]:
    """The display names of some contacts by their handles."""
    return dict(rows_in(connection, "SELECT handle, name FROM contact WHERE handle IN ({values})", handles))


def organization_with_key(connection: ReadConnection, name_key: str) -> int | None:
    """The organization that answers to a folded name, by itself or by an alias."""
    found = connection.rows(
        "SELECT id FROM organization WHERE name_key = :key "
        "UNION ALL SELECT organization_id FROM organization_alias WHERE alias_key = :key",
        {"key": name_key},
    )
    return int(found[0][0]) if found else None


def objectives_named(connection: ReadConnection) -> list[tuple[int, str, str, str]]:
    """Every objective: id, key, title, status."""
    return [
        (int(row[0]), str(row[1]), str(row[2]), str(row[3]))
        for row in connection.rows("SELECT id, key, title, status FROM objective ORDER BY key")
    ]


def circles_named(connection: ReadConnection) -> list[Named]:
    """Every circle with its folded name."""
    return [Named(*row) for row in connection.rows("SELECT id, name_key FROM circle ORDER BY id")]


def groups_named(connection: ReadConnection) -> list[Named]:
    """Every group with its folded name."""
    return [Named(*row) for row in connection.rows("SELECT id, name_key FROM contact_group ORDER BY name_key")]


def group_members(connection: ReadConnection, group_id: int) -> list[int]:
    """The contacts in a group."""
    return [
        int(row[0])
        for row in connection.rows(
            "SELECT contact_id FROM group_member WHERE group_id = :id ORDER BY contact_id", {"id": group_id}
        )
    ]
