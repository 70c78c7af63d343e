"""What supports objectives: touches and broadcasts that state one, and those that may imply one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import kinds
from netjournal.store.queries.lists import LINKED, listed, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.connection import ReadConnection

_BROADCASTS = listed(kinds.BROADCASTS)


def stated_since(connection: ReadConnection, since: str) -> list[tuple[int, str, str, int]]:
    """(objective id, day, kind, contact id) of every touch since a day that states an objective."""
    return [
        (int(row[0]), str(row[1]), str(row[2]), int(row[3]))
        for row in connection.rows(
            # Materialized: of those days there are few, of an objective there may be much of the log. The index of
            # days has all that is asked of an interaction.
            "WITH lately (id, on_day, kind) AS MATERIALIZED (SELECT i.id, i.on_day, i.kind FROM interaction AS i "
            "WHERE i.on_day >= :since AND i.exposure = 0) "
            "SELECT s.objective_id, n.on_day, n.kind, t.contact_id FROM lately AS n "
            "JOIN support AS s ON s.interaction_id = n.id JOIN touch AS t ON t.interaction_id = n.id",
            {"since": since},
        )
    ]


def newest_stated(connection: ReadConnection, objective_id: int) -> str | None:
    """The day of the newest touch that states an objective."""
    ((newest,),) = connection.rows(
        "SELECT max(t.on_day) FROM support AS s JOIN touch AS t ON t.interaction_id = s.interaction_id "
        "WHERE s.objective_id = :id AND t.exposure = 0",
        {"id": objective_id},
    )
    return None if newest is None else str(newest)


def unstated_together(connection: ReadConnection, objective_id: int | None = None) -> list[tuple[int, int]]:
    """Who met in interactions that state nothing with somebody linked to an active objective, or to one of them.

    Rows of (interaction id, contact id), for all participants of interactions with two or more; of some it was said
    that they are for nothing.
    """
    only = "" if objective_id is None else "AND o.id = :objective "
    return [
        (interaction_id, contact_id)
        for interaction_id, contact_id in connection.rows(
            # From indexes alone: the index of touches says who was not alone, and no interaction is read.
            "WITH met (id) AS MATERIALIZED (SELECT p.interaction_id FROM touch AS p WHERE p.interaction_id IN ("
            f"SELECT t.interaction_id FROM {LINKED} AS l JOIN objective AS o ON o.id = l.objective_id "
            f"JOIN touch AS t ON t.contact_id = l.contact_id WHERE o.status = 'active' {only}AND t.exposure = 0) "
            "GROUP BY p.interaction_id HAVING count(*) > 1) "
            "SELECT m.id, p.contact_id FROM met AS m JOIN touch AS p ON p.interaction_id = m.id "
            "WHERE NOT EXISTS (SELECT 1 FROM support AS s WHERE s.interaction_id = m.id)",
            {} if objective_id is None else {"objective": objective_id},
        )
    ]


def for_nothing(connection: ReadConnection, ids: Iterable[int]) -> set[int]:
    """Those of some interactions of which it was said that they are for no objective."""
    return {
        int(row[0])
        for row in rows_in(
            connection, "SELECT i.id FROM interaction AS i WHERE i.id IN ({values}) AND i.none_on_purpose = 1", ids
        )
    }


def exposure_counts(connection: ReadConnection, objective_id: int | None = None) -> dict[int, int]:
    """By objective, or of one: the interactions that were exposure and state it, or are broadcasts that share a topic."""
    stated = "" if objective_id is None else " WHERE s.objective_id = :id"
    about = "" if objective_id is None else "ot.objective_id = :id AND "
    return {
        int(row[0]): int(row[1])
        for row in connection.rows(
            # From any kind on: for the flag alone another index seems as good, and that one is as long as the log.
            "WITH sent (id, kind) AS MATERIALIZED (SELECT i.id, i.kind FROM interaction AS i "
            "WHERE i.exposure = 1 AND i.kind >= ''), exposed (objective_id, id) AS ("
            f"SELECT s.objective_id, n.id FROM sent AS n JOIN support AS s ON s.interaction_id = n.id{stated} UNION "
            "SELECT ot.objective_id, n.id FROM sent AS n JOIN interaction_topic AS it ON it.interaction_id = n.id "
            f"JOIN objective_topic AS ot ON ot.topic = it.topic WHERE {about}n.kind IN ({_BROADCASTS})) "
            "SELECT e.objective_id, count(*) FROM exposed AS e GROUP BY e.objective_id",
            {} if objective_id is None else {"id": objective_id},
        )
    }
