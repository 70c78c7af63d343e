"""Groups and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Prose, Uid
from netjournal.store.queries import groups as queries

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class GroupRow(NamedTuple):
    """One group."""

    uid: Uid
    group: Prose
    contact_count: int
    contacts: tuple[Handle, ...]


def group_rows(connection: ReadConnection) -> tuple[GroupRow, ...]:
    """Every group, by name."""
    members = queries.members(connection)
    return tuple(
        GroupRow(Uid(uid), Prose(name), len(members.get(group, ())), tuple(Handle(h) for h in members.get(group, ())))
        for group, uid, name in queries.groups(connection)
    )


def group_row(connection: ReadConnection, group_id: int) -> GroupRow:
    """One group by its id."""
    uid = next(found for group, found, _ in queries.groups(connection) if group == group_id)
    return next(row for row in group_rows(connection) if row.uid == uid)
