"""Facts about circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class CircleFacts(NamedTuple):
    """One circle and how many contacts are in it."""

    id: int
    uid: str
    name: str
    every_days: int
    latest_days: int | None
    contact_count: int


def circles(connection: ReadConnection) -> list[CircleFacts]:
    """Every circle, the most frequent first."""
    return [
        CircleFacts(*row)
        for row in connection.rows(
            "SELECT ci.id, ci.uid, ci.name, ci.every_days, ci.latest_days, "
            "(SELECT count(*) FROM contact AS c WHERE c.circle_id = ci.id) "
            "FROM circle AS ci ORDER BY ci.every_days, ci.name_key"
        )
    ]
