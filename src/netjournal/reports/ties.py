"""Which ties have grown. A tie is with a person: every touch counts, whatever it was for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from netjournal.domain import health
from netjournal.store.queries import ties as queries

if TYPE_CHECKING:
    from collections.abc import Collection

    from netjournal.store.connection import ReadConnection


def grown(connection: ReadConnection, people: Collection[int], on: date) -> set[int]:
    """Those of some contacts with whom a tie had grown by a day."""
    ends = queries.two_way_ends(connection, people, on.isoformat())
    return {who for who, days in ends.items() if health.is_grown(map(date.fromisoformat, days))}
