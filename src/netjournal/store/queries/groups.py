"""Facts about groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


def groups(connection: ReadConnection) -> list[tuple[int, str, str]]:
    """(id, uid, name) of every group, by name."""
    return [
        (int(row[0]), str(row[1]), str(row[2]))
        for row in connection.rows("SELECT id, uid, name FROM contact_group ORDER BY name_key")
    ]


def members(connection: ReadConnection) -> dict[int, list[str]]:
    """The handles of each group's members, by name."""
    found: dict[int, list[str]] = {}
    for group_id, handle in connection.rows(
        "SELECT m.group_id, c.handle FROM group_member AS m JOIN contact AS c ON c.id = m.contact_id "
        "ORDER BY m.group_id, c.name_key, c.handle"
    ):
        found.setdefault(group_id, []).append(handle)
    return found
