"""Facts about opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import kinds
from netjournal.domain.names import fold
from netjournal.domain.opportunities import ENDINGS
from netjournal.store.queries.lists import listed, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.domain.opportunities import Origin
    from netjournal.domain.words import Direction
    from netjournal.store.connection import ReadConnection


class OpportunityFacts(NamedTuple):
    """One opportunity; days are ISO text, and CHECKs hold the words that are of a few."""

    id: int
    uid: str
    title: str
    organization_id: int | None
    organization: str | None
    stage: str
    direction: Direction
    through_id: int | None
    through: str | None
    name: str | None
    #: Whether the contact it came through is told to have been introduced, and by whom.
    introduced_by: str | None
    objective_id: int | None
    objective: str | None
    client_id: int | None
    origin: Origin | None
    note: str | None
    opened_on: str
    closed_on: str | None
    #: Touches with whom it came through, or else with those who worked at its organization, before it came up.
    touches_before: int


class LinkedFacts(NamedTuple):
    """One interaction that belongs to an opportunity."""

    opportunity_id: int
    interaction_id: int
    on_day: str
    kind: str
    summary: str | None


_BROADCASTS = listed(kinds.BROADCASTS)
_ENDINGS = listed(ENDINGS)
#: A touch came before if it was of an earlier day; or of the same day, where it is not how the opportunity came up: that
#: they wrote that day, or what belongs to it.
_BEFORE = (
    "t.exposure = 0 AND t.on_day <= p.opened_on AND (t.on_day < p.opened_on OR (t.direction <> 'in' AND NOT EXISTS ("
    "SELECT 1 FROM opportunity_interaction AS l WHERE l.opportunity_id = p.id "
    "AND l.interaction_id = t.interaction_id)))"
)
_SELECT = (
    "SELECT p.id, p.uid, p.title, p.organization_id, g.name, p.stage, p.direction, p.through_id, c.handle, c.name, "
    "b.handle, p.objective_id, o.key, o.client_id, p.origin, p.note, p.opened_on, p.closed_on, "
    "CASE WHEN p.through_id IS NOT NULL THEN (SELECT count(*) FROM touch AS t WHERE t.contact_id = p.through_id "
    f"AND {_BEFORE}) ELSE (SELECT count(*) FROM touch AS t WHERE t.contact_id IN ("
    "SELECT a.contact_id FROM affiliation AS a WHERE a.organization_id = p.organization_id "
    f"AND (a.until IS NULL OR a.until >= p.opened_on)) AND {_BEFORE}) END "
    "FROM opportunity AS p LEFT JOIN organization AS g ON g.id = p.organization_id "
    "LEFT JOIN contact AS c ON c.id = p.through_id LEFT JOIN contact AS b ON b.id = c.introduced_by_id "
    "LEFT JOIN objective AS o ON o.id = p.objective_id"
)


def opportunities(connection: ReadConnection) -> list[OpportunityFacts]:
    """Every opportunity, open or closed, the newest first."""
    return [OpportunityFacts(*row) for row in connection.rows(f"{_SELECT} ORDER BY p.opened_on DESC, p.id DESC")]


def opportunity(connection: ReadConnection, opportunity_id: int) -> OpportunityFacts | None:
    """One opportunity by its id."""
    found = connection.rows(f"{_SELECT} WHERE p.id = :id", {"id": opportunity_id})
    return OpportunityFacts(*found[0]) if found else None


class OpenFacts(NamedTuple):
    """An open opportunity by what tells it from others of its title."""

    id: int
    title: str
    organization_id: int | None
    through_id: int | None
    objective_id: int | None


def open_with_title(connection: ReadConnection, title: str) -> list[OpenFacts]:
    """The open opportunities with a title, without regard to case and accents, the newest first."""
    found = connection.rows(
        "SELECT id, title, organization_id, through_id, objective_id FROM opportunity "
        f"WHERE stage NOT IN ({_ENDINGS}) ORDER BY id DESC"
    )
    return [OpenFacts(*row) for row in found if fold(row[1]) == fold(title)]


def linked(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[LinkedFacts]]:
    """The interactions that belong to some opportunities, the oldest first."""
    found: dict[int, list[LinkedFacts]] = {}
    for row in rows_in(
        connection,
        "SELECT l.opportunity_id, i.id, i.on_day, i.kind, i.summary FROM opportunity_interaction AS l "
        "JOIN interaction AS i ON i.id = l.interaction_id WHERE l.opportunity_id IN ({values}) "
        "ORDER BY i.on_day, i.id",
        ids,
    ):
        found.setdefault(row[0], []).append(LinkedFacts(*row))
    return found


def introductions_to_me(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """(day, handle of who introduced) of each introduction of some contacts to the journal's owner."""
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows_in(
        connection,
        "SELECT n.contact_id, i.on_day, c.handle FROM introduction AS n JOIN interaction AS i ON i.id = n.interaction_id "
        "JOIN contact AS c ON c.id = n.via_contact_id WHERE n.contact_id IN ({values}) AND n.to_contact_id IS NULL "
        "ORDER BY i.on_day, n.id",
        ids,
    ):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def broadcast_days(connection: ReadConnection, since: str) -> list[tuple[int, str]]:
    """(objective id, day) of broadcasts since a day that are consistent with an objective: state it or share a topic."""
    return [
        (int(row[0]), str(row[1]))
        for row in connection.rows(
            # Materialized: by the day there are few, by the topic there may be most of the log.
            "WITH sent (id, on_day) AS MATERIALIZED (SELECT i.id, i.on_day FROM interaction AS i "
            f"WHERE i.exposure = 1 AND i.on_day >= :since AND i.kind IN ({_BROADCASTS})) "
            "SELECT s.objective_id, b.on_day FROM sent AS b JOIN support AS s ON s.interaction_id = b.id UNION "
            "SELECT ot.objective_id, b.on_day FROM sent AS b JOIN interaction_topic AS it ON it.interaction_id = b.id "
            "JOIN objective_topic AS ot ON ot.topic = it.topic",
            {"since": since},
        )
    ]
