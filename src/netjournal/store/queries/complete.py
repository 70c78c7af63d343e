"""What a word on the command line may become: words beside what describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection

#: Handles, keys and topics are made of what comes before this character.
_AFTER_Z: Final = "{"

_TOPICS: Final = """
WITH RECURSIVE spoken (topic) AS (
    -- One step by index for each topic, however often it came up.
    SELECT min(topic) FROM interaction_topic WHERE topic >= :first AND topic < :last
    UNION ALL
    SELECT (SELECT min(t.topic) FROM interaction_topic AS t WHERE t.topic > s.topic AND t.topic < :last)
    FROM spoken AS s WHERE s.topic IS NOT NULL
), heard (topic) AS (
    SELECT min(topic) FROM touch_topic WHERE topic >= :first AND topic < :last
    UNION ALL
    SELECT (SELECT min(t.topic) FROM touch_topic AS t WHERE t.topic > h.topic AND t.topic < :last)
    FROM heard AS h WHERE h.topic IS NOT NULL
)
SELECT topic FROM spoken WHERE topic IS NOT NULL
UNION SELECT topic FROM heard WHERE topic IS NOT NULL
UNION SELECT topic FROM contact_topic WHERE topic >= :first AND topic < :last
UNION SELECT topic FROM objective_topic WHERE topic >= :first AND topic < :last
ORDER BY 1
"""


class Word(NamedTuple):
    """What can be typed, and what it stands for as stored: not yet fit for a terminal."""

    text: str
    meaning: str


def handles(connection: ReadConnection, begun: str) -> list[Word]:
    """The contacts whose handle begins so."""
    return [
        Word(*row)
        for row in connection.rows(
            "SELECT handle, name FROM contact WHERE handle >= :first AND handle < :last ORDER BY handle", _range(begun)
        )
    ]


def objectives(connection: ReadConnection) -> list[Word]:
    """Every objective, those still pursued first."""
    return [
        Word(key, title if status == "active" else f"{title} ({status})")
        for key, title, status in connection.rows(
            "SELECT key, title, status FROM objective "
            "ORDER BY CASE status WHEN 'active' THEN 0 WHEN 'paused' THEN 1 ELSE 2 END, key"
        )
    ]


def topics(connection: ReadConnection, begun: str) -> list[Word]:
    """The topics of contacts, objectives and interactions that begin so."""
    return [Word(row[0], "") for row in connection.rows(_TOPICS, _range(begun))]


def circles(connection: ReadConnection) -> list[Word]:
    """Every circle, by its folded name."""
    return [
        Word(key, f"every {days} days")
        for key, days in connection.rows("SELECT name_key, every_days FROM circle ORDER BY every_days, name_key")
    ]


def groups(connection: ReadConnection) -> list[Word]:
    """Every group, by its folded name."""
    return [Word(*row) for row in connection.rows("SELECT name_key, name FROM contact_group ORDER BY name_key")]


def organizations(connection: ReadConnection, begun: str) -> list[Word]:
    """The organizations whose folded name begins so."""
    return [
        Word(*row)
        for row in connection.rows(
            "SELECT name_key, name FROM organization WHERE name_key >= :first AND name_key < :last ORDER BY name_key",
            _range(begun),
        )
    ]


def promises(connection: ReadConnection) -> list[Word]:
    """Every open promise, by its number, the first one due first."""
    return [
        Word(str(number), f"{owner} {by_day} {text}")
        for number, owner, by_day, text in connection.rows(
            "SELECT id, owner, by_day, text FROM followup WHERE status = 'open' ORDER BY by_day, id"
        )
    ]


def interactions(connection: ReadConnection, most: int) -> list[Word]:
    """The newest interactions, by their number."""
    return [
        Word(str(number), f"{on_day} {kind} {summary or ''}".rstrip())
        for number, on_day, kind, summary in connection.rows(
            "SELECT id, on_day, kind, summary FROM interaction ORDER BY on_day DESC, id DESC LIMIT :most",
            {"most": most},
        )
    ]


def opportunities(connection: ReadConnection) -> list[Word]:
    """Every opportunity, by its number, the newest first."""
    return [
        Word(str(number), f"{stage} {title}")
        for number, stage, title in connection.rows("SELECT id, stage, title FROM opportunity ORDER BY id DESC")
    ]


def _range(begun: str) -> dict[str, str]:
    return {"first": begun, "last": begun + _AFTER_Z}
