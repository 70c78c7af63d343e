"""Facts about interactions and whom they touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from netjournal.domain import kinds
from netjournal.store.queries.lists import LINKED, listed, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netjournal.domain.words import Direction
    from netjournal.store.connection import ReadConnection


class InteractionFacts(NamedTuple):
    """One interaction; `on_day` is ISO text, and a CHECK holds the direction to three words."""

    id: int
    uid: str
    on_day: str
    kind: str
    direction: Direction
    exposure: int
    summary: str | None
    note: str | None
    minutes: int | None
    gave: str | None
    got: str | None
    none_on_purpose: int
    no_reply: int
    source: str


class Participant(NamedTuple):
    """One contact in one interaction."""

    interaction_id: int
    contact_id: int
    handle: str
    name: str


class LastTouch(NamedTuple):
    """One interaction of a contact's newest day: last words, waiting and replies owed come from these."""

    contact_id: int
    on_day: str
    uid: str
    kind: str
    direction: str
    summary: str | None
    note: str | None
    no_reply: int


class ReplyFacts(NamedTuple):
    """One interaction of a contact's newest day, without its words: what says whether a reply is owed."""

    contact_id: int
    on_day: str
    uid: str
    kind: str
    direction: str
    no_reply: int


_COLUMNS = (
    "i.id, i.uid, i.on_day, i.kind, i.direction, i.exposure, i.summary, i.note, i.minutes, i.gave, i.got, "
    "i.none_on_purpose, i.no_reply, i.source"
)
_MESSAGES = listed(kinds.MESSAGES)
_NEWEST_FIRST = "ORDER BY i.on_day DESC, i.id DESC"


def interactions(
    connection: ReadConnection, *, since: str | None = None, until: str | None = None, limit: int | None = None
) -> Iterator[InteractionFacts]:
    """Yield the interactions of a span of days, newest first."""
    return _found(
        connection,
        f"SELECT {_COLUMNS} FROM interaction AS i WHERE i.on_day >= :since AND i.on_day <= :until {_NEWEST_FIRST} LIMIT :most",
        {"since": since or "", "until": until or "9999-12-31", "most": limit if limit is not None else 2**62},
    )


def interactions_by_id(connection: ReadConnection, ids: Iterable[int]) -> list[InteractionFacts]:
    """Some interactions, newest first."""
    found = rows_in(connection, f"SELECT {_COLUMNS} FROM interaction AS i WHERE i.id IN ({{values}})", ids)
    return sorted((InteractionFacts(*row) for row in found), key=lambda i: (i.on_day, i.id), reverse=True)


def interactions_like(connection: ReadConnection, interaction_id: int) -> list[InteractionFacts]:
    """The other interactions of its day, kind, direction and people, the newest first; of its day alone without people."""
    people = "SELECT t.contact_id FROM touch AS t WHERE t.interaction_id ="
    return list(
        _found(
            connection,
            f"SELECT {_COLUMNS} FROM interaction AS i JOIN interaction AS o ON o.id = :id AND i.on_day = o.on_day "
            "AND i.kind = o.kind AND i.direction = o.direction AND i.id <> o.id "
            f"WHERE NOT EXISTS ({people} o.id EXCEPT {people} i.id) AND NOT EXISTS ({people} i.id EXCEPT {people} o.id) "
            f"{_NEWEST_FIRST}",
            {"id": interaction_id},
        )
    )


def interactions_of_contact(connection: ReadConnection, contact_id: int) -> Iterator[InteractionFacts]:
    """Yield every interaction a contact took part in, newest first."""
    return _found(
        connection,
        f"SELECT {_COLUMNS} FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
        f"WHERE t.contact_id = :id {_NEWEST_FIRST}",
        {"id": contact_id},
    )


def interactions_stating(connection: ReadConnection, objective_id: int) -> Iterator[InteractionFacts]:
    """Yield every interaction that states an objective, newest first."""
    return _found(
        connection,
        f"SELECT {_COLUMNS} FROM support AS s JOIN interaction AS i ON i.id = s.interaction_id "
        f"WHERE s.objective_id = :id {_NEWEST_FIRST}",
        {"id": objective_id},
    )


def unsaid_interactions_of_linked(connection: ReadConnection, objective_id: int) -> Iterator[InteractionFacts]:
    """Yield interactions that state nothing, with a contact linked to an objective: a superset of those that imply it."""
    return _found(
        connection,
        f"SELECT DISTINCT {_COLUMNS} FROM {LINKED} AS l JOIN touch AS t ON t.contact_id = l.contact_id "
        "JOIN interaction AS i ON i.id = t.interaction_id WHERE l.objective_id = :id AND i.none_on_purpose = 0 "
        f"AND NOT EXISTS (SELECT 1 FROM support AS s WHERE s.interaction_id = i.id) {_NEWEST_FIRST}",
        {"id": objective_id},
    )


def participants(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[Participant]]:
    """Who took part in some interactions, by name."""
    found: dict[int, list[Participant]] = {}
    for row in rows_in(
        connection,
        "SELECT t.interaction_id, c.id, c.handle, c.name FROM touch AS t JOIN contact AS c ON c.id = t.contact_id "
        "WHERE t.interaction_id IN ({values}) ORDER BY c.name_key, c.handle",
        ids,
    ):
        found.setdefault(row[0], []).append(Participant(*row))
    return found


def touch_notes(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """What was noted of single participants in some interactions: (handle, note)."""
    return _pairs(
        connection,
        "SELECT n.interaction_id, c.handle, n.note FROM touch_note AS n JOIN contact AS c ON c.id = n.contact_id "
        "WHERE n.interaction_id IN ({values}) ORDER BY n.interaction_id, c.handle",
        ids,
    )


def touch_topics(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """What came up with single participants in some interactions: (handle, topic)."""
    return _pairs(
        connection,
        "SELECT k.interaction_id, c.handle, k.topic FROM touch_topic AS k JOIN contact AS c ON c.id = k.contact_id "
        "WHERE k.interaction_id IN ({values}) ORDER BY k.interaction_id, c.handle, k.topic",
        ids,
    )


def stated_objectives(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[str]]:
    """The keys of the objectives that some interactions state."""
    return _words(
        connection,
        "SELECT s.interaction_id, o.key FROM support AS s JOIN objective AS o ON o.id = s.objective_id "
        "WHERE s.interaction_id IN ({values}) ORDER BY o.key",
        ids,
    )


def interaction_topics(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[str]]:
    """The topics of some interactions."""
    return _words(
        connection,
        "SELECT interaction_id, topic FROM interaction_topic WHERE interaction_id IN ({values}) ORDER BY topic",
        ids,
    )


def last_touches(connection: ReadConnection, days: Mapping[int, str]) -> dict[int, list[LastTouch]]:
    """The interactions of some contacts on the given day of each."""
    found: dict[int, list[LastTouch]] = {}
    for contact_id, day in days.items():
        for row in connection.rows(
            "SELECT t.contact_id, t.on_day, i.uid, i.kind, i.direction, i.summary, i.note, i.no_reply "
            "FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
            "WHERE t.contact_id = :id AND t.exposure = 0 AND t.on_day = :day",
            {"id": contact_id, "day": day},
        ):
            found.setdefault(contact_id, []).append(LastTouch(*row))
    return found


def newest_inbound(connection: ReadConnection, since: str, until: str) -> dict[int, list[ReplyFacts]]:
    """All that was said on the newest day of contacts who wrote on it, on a day of the span, and are owed a reply.

    A superset of the replies owed: something else said on that day may have settled it.
    """
    found: dict[int, list[ReplyFacts]] = {}
    for row in connection.rows(
        "WITH newest (contact_id, on_day) AS ("
        "SELECT DISTINCT t.contact_id, t.on_day FROM interaction AS i JOIN touch AS t ON t.interaction_id = i.id "
        f"WHERE i.direction = 'in' AND i.no_reply = 0 AND i.kind IN ({_MESSAGES}) "
        "AND i.on_day >= :since AND i.on_day <= :until AND t.exposure = 0 AND NOT EXISTS (SELECT 1 FROM touch AS n "
        "WHERE n.contact_id = t.contact_id AND n.exposure = 0 AND n.on_day > t.on_day)) "
        "SELECT t.contact_id, t.on_day, i.uid, i.kind, i.direction, i.no_reply FROM newest AS w "
        "JOIN touch AS t ON t.contact_id = w.contact_id AND t.exposure = 0 AND t.on_day = w.on_day "
        "JOIN interaction AS i ON i.id = t.interaction_id",
        {"since": since, "until": until},
    ):
        found.setdefault(row[0], []).append(ReplyFacts(*row))
    return found


def _found(connection: ReadConnection, sql: str, parameters: Mapping[str, Any]) -> Iterator[InteractionFacts]:
    return map(InteractionFacts._make, connection.each(sql, parameters))


def _words(connection: ReadConnection, sql: str, ids: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for identity, word in rows_in(connection, sql, ids):
        found.setdefault(identity, []).append(word)
    return found


def _pairs(connection: ReadConnection, sql: str, ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for identity, first, second in rows_in(connection, sql, ids):
        found.setdefault(identity, []).append((first, second))
    return found


def newest_note(connection: ReadConnection, contact_id: int) -> str | None:
    """The newest note of an interaction with a contact: of their own part in it, else of the whole."""
    noted = (
        "FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
        "LEFT JOIN touch_note AS n ON n.contact_id = t.contact_id AND n.interaction_id = t.interaction_id "
        "WHERE t.contact_id = :id AND t.exposure = {exposure} AND (n.note IS NOT NULL OR i.note IS NOT NULL)"
    )
    # Each in the order of the index, which ends at the first note: to sort all would be to read every interaction.
    days = [
        row[0]
        for exposure in (0, 1)
        for row in connection.rows(
            f"SELECT t.on_day {noted.format(exposure=exposure)} ORDER BY t.on_day DESC LIMIT 1", {"id": contact_id}
        )
    ]
    if not days:
        return None
    found = [
        row
        for exposure in (0, 1)
        for row in connection.rows(
            f"SELECT i.uid, coalesce(n.note, i.note) {noted.format(exposure=exposure)} AND t.on_day = :day",
            {"id": contact_id, "day": max(days)},
        )
    ]
    return str(max(found)[1])


def stated_ids(connection: ReadConnection, interaction_id: int) -> list[int]:
    """The ids of the objectives that an interaction states."""
    found = connection.rows(
        "SELECT objective_id FROM support WHERE interaction_id = :id ORDER BY objective_id", {"id": interaction_id}
    )
    return [int(row[0]) for row in found]


def newest_id(connection: ReadConnection) -> int | None:
    """The interaction that was logged last."""
    ((newest,),) = connection.rows("SELECT max(id) FROM interaction")
    return None if newest is None else int(newest)
