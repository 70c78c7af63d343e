"""Sums of touches that a chart draws: how many on each day, of everybody, of each circle, for each objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


def touches_by_day(connection: ReadConnection, since: str, until: str) -> dict[str, int]:
    """How many touches each day of a span had, of those that had any."""
    return dict(
        connection.rows(
            "SELECT i.on_day, count(*) FROM interaction AS i JOIN touch AS t ON t.interaction_id = i.id "
            "WHERE i.on_day >= :since AND i.on_day <= :until AND i.exposure = 0 GROUP BY i.on_day",
            {"since": since, "until": until},
        )
    )


def touches_by_circle(connection: ReadConnection, since: str, until: str) -> dict[str, dict[str, int]]:
    """By circle with somebody in it: how many touches with its people each day of a span had, if any."""
    found: dict[str, dict[str, int]] = {}
    for name, on, count in connection.rows(
        # Without a touch there is one row for somebody, of no day.
        "SELECT ci.name, t.on_day, count(*) FROM circle AS ci JOIN contact AS c ON c.circle_id = ci.id "
        "LEFT JOIN touch AS t ON t.contact_id = c.id AND t.exposure = 0 AND t.on_day >= :since AND t.on_day <= :until "
        "WHERE c.archived_on IS NULL GROUP BY ci.name, t.on_day",
        {"since": since, "until": until},
    ):
        days = found.setdefault(name, {})
        if on is not None:
            days[on] = count
    return found


def stated_by_day(connection: ReadConnection, since: str, until: str) -> dict[int, dict[str, int]]:
    """By objective that is stated: how many touches of each day of a span state it."""
    found: dict[int, dict[str, int]] = {}
    for objective_id, on, count in connection.rows(
        # Materialized: of those days there are few, of an objective there may be much of the log.
        "WITH lately (id, on_day) AS MATERIALIZED (SELECT i.id, i.on_day FROM interaction AS i "
        "WHERE i.on_day >= :since AND i.on_day <= :until AND i.exposure = 0) "
        "SELECT s.objective_id, n.on_day, count(*) FROM lately AS n JOIN support AS s ON s.interaction_id = n.id "
        "JOIN touch AS t ON t.interaction_id = n.id GROUP BY s.objective_id, n.on_day",
        {"since": since, "until": until},
    ):
        found.setdefault(objective_id, {})[on] = count
    return found
