"""The facts that `plan` needs beside those of `due`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.store.queries.contacts import NEWEST_TOUCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.connection import ReadConnection


class HelperFacts(NamedTuple):
    """What a contact has in common with an objective: `#topic`, `@Organization`, or None for a link to it."""

    contact_id: int
    common: str | None
    #: Day of the newest touch.
    touched_on: str | None


_IN_VIEW = "c.archived_on IS NULL AND c.paused = 0"


def people_a_day(connection: ReadConnection, days: Iterable[str], most: int) -> list[int]:
    """How many contacts were touched on each of some days that has a touch, counted up to `most`."""
    sql = (
        "SELECT DISTINCT t.contact_id FROM interaction AS i JOIN touch AS t ON t.interaction_id = i.id "
        "WHERE i.on_day = :day AND i.exposure = 0 LIMIT :most"
    )
    # Day by day, as the count of a busy one may stop early: all at once would read every touch of the span.
    counts = (len(connection.rows(sql, {"day": day, "most": most})) for day in days)
    return [count for count in counts if count]


def pledged_circles(connection: ReadConnection) -> list[tuple[str, int, int]]:
    """(circle, its cadence, how many have it from the circle alone) of every circle with somebody in it."""
    return [
        (str(row[0]), int(row[1]), int(row[2]))
        for row in connection.rows(
            "SELECT ci.name, ci.every_days, count(*) FROM circle AS ci JOIN contact AS c ON c.circle_id = ci.id "
            f"WHERE c.every_days IS NULL AND {_IN_VIEW} GROUP BY ci.id, ci.name, ci.every_days ORDER BY ci.name"
        )
    ]


def pledged_counts(connection: ReadConnection) -> list[tuple[int, int]]:
    """(cadence, how many have it of their own)."""
    return [
        (int(row[0]), int(row[1]))
        for row in connection.rows(
            f"SELECT c.every_days, count(*) FROM contact AS c WHERE c.every_days IS NOT NULL AND {_IN_VIEW} "
            "GROUP BY c.every_days ORDER BY c.every_days"
        )
    ]


def pledged_contacts(connection: ReadConnection, most: int) -> list[tuple[str, int]]:
    """(handle, cadence) of contacts with a cadence of their own, the shortest first."""
    return [
        (str(row[0]), int(row[1]))
        for row in connection.rows(
            f"SELECT c.handle, c.every_days FROM contact AS c WHERE c.every_days IS NOT NULL AND {_IN_VIEW} "
            "ORDER BY c.every_days, c.handle LIMIT :most",
            {"most": most},
        )
    ]


def helpers(connection: ReadConnection, objective_id: int, client_id: int | None, today: str) -> list[HelperFacts]:
    """Who is linked to an objective or shares a topic or an organization with it, and may be asked today.

    Once for each thing in common. The client whose objective it is cannot be asked to help.
    """
    return [
        HelperFacts(*row)
        for row in connection.rows(
            f"SELECT h.contact_id, h.common, {NEWEST_TOUCH} FROM ("
            "SELECT l.contact_id AS contact_id, NULL AS common FROM contact_objective AS l WHERE l.objective_id = :id "
            "UNION SELECT k.contact_id, '#' || k.topic FROM objective_topic AS o JOIN contact_topic AS k "
            "ON k.topic = o.topic WHERE o.objective_id = :id "
            "UNION SELECT a.contact_id, '@' || g.name FROM objective_organization AS o JOIN organization AS g "
            "ON g.id = o.organization_id JOIN affiliation AS a ON a.organization_id = g.id AND a.until IS NULL "
            "WHERE o.objective_id = :id) AS h JOIN contact AS c ON c.id = h.contact_id "
            f"WHERE {_IN_VIEW} AND (c.snoozed_until IS NULL OR c.snoozed_until <= :today) AND c.id <> :client "
            "ORDER BY h.contact_id, coalesce(h.common, '')",
            {"id": objective_id, "client": client_id or 0, "today": today},
        )
    ]
