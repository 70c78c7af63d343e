"""Facts about topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class TopicTouch(NamedTuple):
    """One touch in which a topic came up."""

    contact_id: int
    on_day: str
    uid: str
    kind: str
    summary: str | None


def contact_counts(connection: ReadConnection) -> dict[str, int]:
    """How many contacts know about each topic."""
    return {
        str(row[0]): int(row[1]) for row in connection.rows("SELECT topic, count(*) FROM contact_topic GROUP BY topic")
    }


def interaction_counts(connection: ReadConnection) -> dict[str, tuple[int, str | None]]:
    """How many interactions each topic came up in, and on which day last."""
    return {
        str(row[0]): (int(row[1]), row[2])
        for row in connection.rows(
            "SELECT it.topic, count(*), max(i.on_day) FROM interaction_topic AS it "
            "JOIN interaction AS i ON i.id = it.interaction_id GROUP BY it.topic"
        )
    }


def objectives(connection: ReadConnection) -> dict[str, list[str]]:
    """The keys of the objectives that are about each topic."""
    found: dict[str, list[str]] = {}
    for topic, key in connection.rows(
        "SELECT t.topic, o.key FROM objective_topic AS t JOIN objective AS o ON o.id = t.objective_id ORDER BY o.key"
    ):
        found.setdefault(topic, []).append(key)
    return found


def touches(connection: ReadConnection, topic: str) -> dict[int, list[TopicTouch]]:
    """The touches in which a topic came up, by contact."""
    found: dict[int, list[TopicTouch]] = {}
    for row in connection.rows(
        "SELECT t.contact_id, i.on_day, i.uid, i.kind, i.summary FROM interaction_topic AS it "
        "JOIN interaction AS i ON i.id = it.interaction_id JOIN touch AS t ON t.interaction_id = i.id "
        "WHERE it.topic = :topic AND t.exposure = 0",
        {"topic": topic},
    ):
        found.setdefault(row[0], []).append(TopicTouch(*row))
    return found
