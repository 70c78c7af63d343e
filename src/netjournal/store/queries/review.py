"""Facts for looking back: what the log holds between two days, and of some contacts what it held before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import kinds
from netjournal.store.queries.lists import LINKED, listed, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.store.connection import ReadConnection


_BROADCASTS = listed(kinds.BROADCASTS)


class PartFacts(NamedTuple):
    """One contact's part in one interaction, or an interaction without people (contact_id None); days are ISO text."""

    interaction_id: int
    on_day: str
    kind: str
    exposure: int
    contact_id: int | None


class RemarkFacts(NamedTuple):
    """What most interactions have none of: something given or got, nothing on purpose, another source than the log."""

    gave: int
    got: int
    none_on_purpose: int
    source: str


class PromiseFacts(NamedTuple):
    """One promise, with the objectives it may be for: its own, else those that the interaction states it came from."""

    id: int
    owner: str
    status: str
    opened_on: str
    closed_on: str | None
    by_day: str
    contact_id: int | None
    objective_id: int | None
    interaction_id: int | None


_PART = "SELECT i.id, i.on_day, i.kind, i.exposure, t.contact_id"


def parts(connection: ReadConnection, since: str, until: str) -> Iterator[PartFacts]:
    """What happened between two days, in order; the parts of one interaction follow each other."""
    found = connection.each(
        f"{_PART} FROM interaction AS i LEFT JOIN touch AS t ON t.interaction_id = i.id "
        "WHERE i.on_day >= :since AND i.on_day <= :until ORDER BY i.on_day, i.id",
        {"since": since, "until": until},
    )
    return map(PartFacts._make, found)


def remarks(connection: ReadConnection, since: str, until: str, typed: str) -> dict[int, RemarkFacts]:
    """What was remarked of interactions between two days, by their ids; `typed` is the source that needs no remark."""
    # Apart from the parts, which an index holds: these few are all that an interaction itself is read for.
    return {
        row[0]: RemarkFacts._make(row[1:])
        for row in connection.each(
            "SELECT i.id, CASE WHEN i.gave IS NULL THEN 0 ELSE 1 END, CASE WHEN i.got IS NULL THEN 0 ELSE 1 END, "
            "i.none_on_purpose, i.source FROM interaction AS i WHERE i.on_day >= :since AND i.on_day <= :until "
            "AND (i.gave IS NOT NULL OR i.got IS NOT NULL OR i.none_on_purpose = 1 OR i.source <> :typed)",
            {"since": since, "until": until, "typed": typed},
        )
    }


def stated(connection: ReadConnection, since: str, until: str) -> dict[int, list[int]]:
    """The ids of the objectives that interactions between two days state."""
    return _gathered(
        connection.each(
            "SELECT s.interaction_id, s.objective_id FROM interaction AS i JOIN support AS s "
            "ON s.interaction_id = i.id WHERE i.on_day >= :since AND i.on_day <= :until",
            {"since": since, "until": until},
        )
    )


def sharing_topic(connection: ReadConnection, since: str, until: str) -> dict[int, list[int]]:
    """The ids of the objectives that broadcasts between two days share a topic with."""
    return _gathered(
        connection.each(
            # Materialized: by the day there are few, by the topic there may be most of the log.
            "WITH sent (id) AS MATERIALIZED (SELECT i.id FROM interaction AS i WHERE i.exposure = 1 "
            f"AND i.on_day >= :since AND i.on_day <= :until AND i.kind IN ({_BROADCASTS})) "
            "SELECT DISTINCT b.id, ot.objective_id FROM sent AS b JOIN interaction_topic AS it ON it.interaction_id = b.id "
            "JOIN objective_topic AS ot ON ot.topic = it.topic",
            {"since": since, "until": until},
        )
    )


def stating_parts(connection: ReadConnection, objective_id: int) -> list[PartFacts]:
    """Everything that ever stated an objective."""
    return [
        PartFacts(*row)
        for row in connection.rows(
            f"{_PART} FROM support AS s JOIN interaction AS i ON i.id = s.interaction_id "
            "LEFT JOIN touch AS t ON t.interaction_id = i.id WHERE s.objective_id = :id ORDER BY i.on_day, i.id",
            {"id": objective_id},
        )
    ]


def unsaid_parts(connection: ReadConnection, objective_id: int) -> list[PartFacts]:
    """Every interaction that states nothing and had somebody in it who is linked to an objective."""
    return [
        PartFacts(*row)
        for row in connection.rows(
            f"WITH unsaid (id) AS MATERIALIZED (SELECT DISTINCT i.id FROM {LINKED} AS l "
            "JOIN touch AS w ON w.contact_id = l.contact_id AND w.exposure = 0 "
            "JOIN interaction AS i ON i.id = w.interaction_id WHERE l.objective_id = :id AND i.none_on_purpose = 0 "
            "AND NOT EXISTS (SELECT 1 FROM support AS s WHERE s.interaction_id = i.id)) "
            f"{_PART} FROM unsaid AS u JOIN interaction AS i ON i.id = u.id JOIN touch AS t ON t.interaction_id = i.id "
            "ORDER BY i.on_day, i.id",
            {"id": objective_id},
        )
    ]


def exposure_sharing_topic(connection: ReadConnection, objective_id: int) -> set[int]:
    """The broadcasts that ever shared a topic with an objective."""
    return {
        int(row[0])
        for row in connection.rows(
            "SELECT i.id FROM objective_topic AS ot JOIN interaction_topic AS it ON it.topic = ot.topic "
            "JOIN interaction AS i ON i.id = it.interaction_id "
            f"WHERE ot.objective_id = :id AND i.exposure = 1 AND i.kind IN ({_BROADCASTS})",
            {"id": objective_id},
        )
    }


def organizations_now(connection: ReadConnection) -> dict[int, list[int]]:
    """The ids of the organizations where each contact works now."""
    # Everybody's, once: to ask for a month's people by their numbers would take four times as long.
    return _gathered(
        connection.each(
            "SELECT a.contact_id, a.organization_id FROM affiliation AS a "
            "WHERE a.until IS NULL AND a.organization_id IS NOT NULL"
        )
    )


def promises(connection: ReadConnection, since: str) -> list[PromiseFacts]:
    """The promises that are open, or were closed since a day."""
    return [
        PromiseFacts(*row)
        for row in connection.rows(
            "SELECT f.id, f.owner, f.status, f.opened_on, f.closed_on, f.by_day, f.contact_id, f.objective_id, "
            "f.interaction_id FROM followup AS f WHERE f.status = 'open' OR f.closed_on >= :since ORDER BY f.by_day, f.id",
            {"since": since},
        )
    ]


def stated_by(connection: ReadConnection, interaction_ids: Iterable[int]) -> dict[int, list[int]]:
    """The ids of the objectives that some interactions state."""
    return _gathered(
        rows_in(
            connection,
            "SELECT s.interaction_id, s.objective_id FROM support AS s WHERE s.interaction_id IN ({values})",
            interaction_ids,
        )
    )


def _gathered(rows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in rows:
        found.setdefault(one, []).append(other)
    return found
