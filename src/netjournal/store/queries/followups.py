"""Facts about promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netjournal.domain.words import Owner
    from netjournal.store.connection import ReadConnection


class FollowupFacts(NamedTuple):
    """One promise; `by_day` is ISO text, and a CHECK holds the owner to two words."""

    id: int
    uid: str
    text: str
    owner: Owner
    by_day: str
    contact_id: int | None
    handle: str | None
    name: str | None
    name_key: str | None
    objective: str | None
    objective_id: int | None
    status: str


_SELECT = (
    "SELECT f.id, f.uid, f.text, f.owner, f.by_day, f.contact_id, c.handle, c.name, c.name_key, o.key, f.objective_id, "
    "f.status FROM followup AS f LEFT JOIN contact AS c ON c.id = f.contact_id "
    "LEFT JOIN objective AS o ON o.id = f.objective_id"
)


def open_followups(connection: ReadConnection) -> list[FollowupFacts]:
    """Every open promise, the nearest day first."""
    return [
        FollowupFacts(*row) for row in connection.rows(f"{_SELECT} WHERE f.status = 'open' ORDER BY f.by_day, f.id")
    ]


def open_for_objectives(connection: ReadConnection) -> list[tuple[int, int]]:
    """(objective id, promise id) of every open promise: for its own objective, else all that it was made for."""
    return [
        (int(row[0]), int(row[1]))
        for row in connection.rows(
            "SELECT f.objective_id, f.id FROM followup AS f WHERE f.status = 'open' AND f.objective_id IS NOT NULL "
            "UNION ALL SELECT s.objective_id, f.id FROM followup AS f JOIN support AS s "
            "ON s.interaction_id = f.interaction_id WHERE f.status = 'open' AND f.objective_id IS NULL"
        )
    ]


def followup(connection: ReadConnection, followup_id: int) -> FollowupFacts | None:
    """One promise by its id."""
    found = connection.rows(f"{_SELECT} WHERE f.id = :id", {"id": followup_id})
    return FollowupFacts(*found[0]) if found else None


def made_in(connection: ReadConnection, interaction_id: int) -> set[int]:
    """The promises that were made in an interaction."""
    return {
        int(row[0])
        for row in connection.rows("SELECT id FROM followup WHERE interaction_id = :id", {"id": interaction_id})
    }


def followups(connection: ReadConnection) -> list[FollowupFacts]:
    """Every promise, open or closed, the nearest day first."""
    return [FollowupFacts(*row) for row in connection.rows(f"{_SELECT} ORDER BY f.by_day, f.id")]
