"""Facts about topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.store.queries.lists import pieces, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netjournal.store.connection import ReadConnection


#: So many of the last words of topics are looked through for the day on which each came up.
_LATELY: Final = 2000


class TopicTouch(NamedTuple):
    """One touch in which a topic came up."""

    contact_id: int
    on_day: str
    uid: str
    kind: str
    summary: str | None
    got: str | None
    #: What was noted of that contact.
    note: str | None
    #: Whether it came up with them alone: what was said of the whole is not theirs then.
    own: int


class TopicMention(NamedTuple):
    """One interaction of the newest day on which a topic came up, with one of those who were touched."""

    topic: str
    uid: str
    summary: str | None
    handle: str | None


def contact_counts(connection: ReadConnection) -> dict[str, int]:
    """How many contacts know about each topic."""
    return {
        str(row[0]): int(row[1]) for row in connection.rows("SELECT topic, count(*) FROM contact_topic GROUP BY topic")
    }


def interaction_counts(connection: ReadConnection) -> dict[str, int]:
    """How many interactions each topic came up in, with everybody or with one of them."""
    found = {
        str(row[0]): int(row[1])
        for row in connection.rows("SELECT topic, count(*) FROM interaction_topic GROUP BY topic")
    }
    for topic, count in connection.rows(
        "SELECT k.topic, count(DISTINCT k.interaction_id) FROM touch_topic AS k WHERE NOT EXISTS (SELECT 1 FROM "
        "interaction_topic AS it WHERE it.interaction_id = k.interaction_id AND it.topic = k.topic) GROUP BY k.topic"
    ):
        found[str(topic)] = found.get(str(topic), 0) + int(count)
    return found


def newest_days(connection: ReadConnection, topics: Iterable[str]) -> dict[str, str]:
    """The day on which each of some topics came up last, of those that did."""
    # Most topics came up lately; of the others there is seldom much, and only they are looked up one by one.
    lately = connection.rows(
        "SELECT it.topic, i.on_day FROM interaction AS i JOIN interaction_topic AS it ON it.interaction_id = i.id "
        "WHERE i.on_day >= '' ORDER BY i.on_day DESC LIMIT :most",
        {"most": _LATELY},
    )
    if len(lately) == _LATELY:
        # What came up with one of many counts where it is newer.
        lately += connection.rows(
            # Materialized: of those days there are few, of a topic there may be much of the log.
            "WITH n (id, on_day) AS MATERIALIZED (SELECT id, on_day FROM interaction WHERE on_day >= :since) "
            "SELECT k.topic, max(n.on_day) FROM n JOIN touch_topic AS k ON k.interaction_id = n.id GROUP BY k.topic",
            {"since": lately[-1][1]},
        )
    else:
        lately += _newest(connection, "touch_topic", topics)
    found: dict[str, str] = {}
    for topic, on in lately:
        found[topic] = max(found.get(topic, ""), on)
    rest = [topic for topic in topics if topic not in found]
    for table in ("interaction_topic", "touch_topic"):
        for topic, on in _newest(connection, table, rest):
            found[topic] = max(found.get(topic, ""), on)
    return found


def _newest(connection: ReadConnection, table: str, topics: Iterable[str]) -> list[tuple[str, str]]:
    """(topic, newest day) of some topics, by all interactions of a table in which they came up."""
    sql = f"SELECT k.topic, max(i.on_day) FROM {table} AS k JOIN interaction AS i ON i.id = k.interaction_id "
    return list(rows_in(connection, sql + "WHERE k.topic IN ({values}) GROUP BY k.topic", topics))


#: Those of some interactions in which a topic came up, and whom it touched: with all of them, or with one.
_SAID: Final = (
    "JOIN interaction_topic AS k ON k.interaction_id = i.id JOIN newest AS w ON w.topic = k.topic AND w.day = i.on_day "
    "LEFT JOIN touch AS t ON t.interaction_id = i.id AND t.exposure = 0",
    "JOIN touch_topic AS k ON k.interaction_id = i.id JOIN newest AS w ON w.topic = k.topic AND w.day = i.on_day "
    "LEFT JOIN touch AS t ON t.interaction_id = i.id AND t.contact_id = k.contact_id AND t.exposure = 0",
)


def mentions(connection: ReadConnection, days: Mapping[str, str]) -> list[TopicMention]:
    """What was said of each topic on the day given for it, the newest on which it came up; by topic, uid and name."""
    found: list[tuple[Any, ...]] = []
    for piece in pieces(days.items(), 400):
        values = ", ".join([f"(:t{n}, :d{n})" for n in range(len(piece))])
        parameters = {f"t{n}": topic for n, (topic, _) in enumerate(piece)}
        parameters |= {f"d{n}": day for n, (_, day) in enumerate(piece)}
        for said in _SAID:
            found += connection.rows(
                # Materialized: of those days there are few, of a topic there may be much of the log. Ordered, or SQLite
                # would go through that all the same.
                f"WITH newest (topic, day) AS (VALUES {values}), i AS MATERIALIZED (SELECT id, uid, on_day, summary "
                "FROM interaction WHERE on_day IN (SELECT day FROM newest)) "
                f"SELECT w.topic, i.uid, i.summary, c.handle, c.name_key FROM i {said} LEFT JOIN contact AS c "
                "ON c.id = t.contact_id ORDER BY w.topic, i.uid, c.name_key, c.handle",
                parameters,
            )
    found.sort(key=lambda row: (row[0], row[1], row[4] or "", row[3] or ""))
    return [TopicMention(*row[:4]) for row in found]


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
        "SELECT t.contact_id, i.on_day, i.uid, i.kind, i.summary, i.got, n.note, 0 FROM interaction_topic AS it "
        "JOIN interaction AS i ON i.id = it.interaction_id JOIN touch AS t ON t.interaction_id = i.id "
        "LEFT JOIN touch_note AS n ON n.contact_id = t.contact_id AND n.interaction_id = t.interaction_id "
        "WHERE it.topic = :topic AND t.exposure = 0 "
        "UNION ALL SELECT k.contact_id, i.on_day, i.uid, i.kind, i.summary, i.got, n.note, 1 FROM touch_topic AS k "
        "JOIN interaction AS i ON i.id = k.interaction_id LEFT JOIN touch_note AS n "
        "ON n.contact_id = k.contact_id AND n.interaction_id = k.interaction_id "
        "WHERE k.topic = :topic AND i.exposure = 0 AND NOT EXISTS (SELECT 1 FROM interaction_topic AS w "
        "WHERE w.interaction_id = k.interaction_id AND w.topic = k.topic)",
        {"topic": topic},
    ):
        found.setdefault(row[0], []).append(TopicTouch(*row))
    return found


def known_as(connection: ReadConnection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(handle, name) of some contacts by their ids."""
    return {
        row[0]: (row[1], row[2])
        for row in rows_in(connection, "SELECT id, handle, name FROM contact WHERE id IN ({values})", ids)
    }
