"""What bare `netj` needs beside `due`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from netjournal.store.connection import ReadConnection


def is_empty(connection: ReadConnection) -> bool:
    """Whether nobody has written down a contact, an objective or an interaction yet."""
    return not any(
        connection.rows(f"SELECT 1 FROM {table} LIMIT 1") for table in ("contact", "objective", "interaction")
    )


def touched_this_week(connection: ReadConnection, today: date) -> tuple[int, int]:
    """Touches since Monday, and how many objectives they state."""
    since = {"since": (today - timedelta(days=today.weekday())).isoformat()}
    ((touches,),) = connection.rows(
        "SELECT count(*) FROM interaction AS i JOIN touch AS t ON t.interaction_id = i.id "
        "WHERE i.on_day >= :since AND i.exposure = 0",
        since,
    )
    ((objectives,),) = connection.rows(
        # Materialized: of a week there is little, of all that states an objective there may be much of the log.
        "WITH lately (id) AS MATERIALIZED (SELECT i.id FROM interaction AS i WHERE i.on_day >= :since AND i.exposure = 0) "
        "SELECT count(DISTINCT s.objective_id) FROM lately AS n JOIN support AS s ON s.interaction_id = n.id",
        since,
    )
    return int(touches), int(objectives)
