"""Facts about objectives and what supports them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from netjournal.store.queries.lists import LINKED, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netjournal.store.connection import ReadConnection


class ObjectiveFacts(NamedTuple):
    """One objective; days are ISO text."""

    id: int
    uid: str
    key: str
    title: str
    why: str | None
    looking_for: str | None
    done_when: str | None
    by_day: str | None
    client: str | None
    client_id: int | None
    status: str
    outcome: str | None
    opened_on: str
    closed_on: str | None


class SupportFacts(NamedTuple):
    """One touch, or one interaction without people (contact_id None), that states an objective."""

    objective_id: int
    interaction_id: int
    on_day: str
    kind: str
    direction: str
    exposure: int
    contact_id: int | None


_SELECT = (
    "SELECT o.id, o.uid, o.key, o.title, o.why, o.looking_for, o.done_when, o.by_day, c.handle, o.client_id, o.status, "
    "o.outcome, o.opened_on, o.closed_on FROM objective AS o LEFT JOIN contact AS c ON c.id = o.client_id"
)


def objectives(connection: ReadConnection) -> list[ObjectiveFacts]:
    """Every objective: active ones first, then by key."""
    return [
        ObjectiveFacts(*row)
        for row in connection.rows(
            f"{_SELECT} ORDER BY CASE o.status WHEN 'active' THEN 0 WHEN 'paused' THEN 1 ELSE 2 END, o.key"
        )
    ]


def active_objectives(connection: ReadConnection) -> list[ObjectiveFacts]:
    """Every active objective, by key."""
    return [ObjectiveFacts(*row) for row in connection.rows(f"{_SELECT} WHERE o.status = 'active' ORDER BY o.key")]


def objective(connection: ReadConnection, objective_id: int) -> ObjectiveFacts:
    """One objective by its id."""
    (row,) = connection.rows(f"{_SELECT} WHERE o.id = :id", {"id": objective_id})
    return ObjectiveFacts(*row)


def asks(connection: ReadConnection, objective_id: int) -> list[str]:
    """What an objective asks for, in the order given."""
    return _words(
        connection, "SELECT ask FROM objective_ask WHERE objective_id = :id ORDER BY position, id", objective_id
    )


def topics(connection: ReadConnection, objective_id: int) -> list[str]:
    """The topics of an objective."""
    return _words(connection, "SELECT topic FROM objective_topic WHERE objective_id = :id ORDER BY topic", objective_id)


def organizations(connection: ReadConnection, objective_id: int) -> list[str]:
    """The organizations an objective is about."""
    return _words(
        connection,
        "SELECT g.name FROM objective_organization AS l JOIN organization AS g ON g.id = l.organization_id "
        "WHERE l.objective_id = :id ORDER BY g.name_key",
        objective_id,
    )


def organization_ids(connection: ReadConnection, objective_id: int) -> set[int]:
    """The ids of the organizations an objective is about."""
    return set(
        _words(connection, "SELECT organization_id FROM objective_organization WHERE objective_id = :id", objective_id)
    )


def links(connection: ReadConnection) -> list[tuple[int, int]]:
    """Every link of a contact to an active objective: (contact id, objective id)."""
    return [
        (int(row[0]), int(row[1]))
        for row in connection.rows(
            f"SELECT l.contact_id, l.objective_id FROM {LINKED} AS l "
            "JOIN objective AS o ON o.id = l.objective_id WHERE o.status = 'active'"
        )
    ]


def all_links(connection: ReadConnection) -> list[tuple[int, int]]:
    """Every link of a contact to an objective, whatever its status."""
    return [
        (int(row[0]), int(row[1])) for row in connection.rows("SELECT contact_id, objective_id FROM contact_objective")
    ]


def stated(connection: ReadConnection, objective_id: int) -> Iterator[SupportFacts]:
    """Every touch that states an objective."""
    for row in connection.each(
        "SELECT s.objective_id, i.id, i.on_day, i.kind, i.direction, i.exposure, t.contact_id FROM support AS s "
        "JOIN interaction AS i ON i.id = s.interaction_id LEFT JOIN touch AS t ON t.interaction_id = i.id "
        "WHERE s.objective_id = :id",
        {"id": objective_id},
    ):
        yield SupportFacts(*row)


def unsaid_touches_of_linked(
    connection: ReadConnection, since: str = "", objective_id: int | None = None
) -> list[tuple[int, str, str, str, int]]:
    """Touches of contacts linked to an active objective, or to one of them, in interactions that state nothing.

    Rows of (interaction id, day, kind, direction, contact id), for all participants of such an interaction.
    """
    only = "" if objective_id is None else "AND o.id = :objective "
    return [
        (int(row[0]), str(row[1]), str(row[2]), str(row[3]), int(row[4]))
        for row in connection.rows(
            "SELECT i.id, i.on_day, i.kind, i.direction, p.contact_id FROM interaction AS i "
            "JOIN touch AS p ON p.interaction_id = i.id WHERE i.exposure = 0 AND i.none_on_purpose = 0 "
            "AND NOT EXISTS (SELECT 1 FROM support AS s WHERE s.interaction_id = i.id) AND i.id IN ("
            f"SELECT t.interaction_id FROM {LINKED} AS l JOIN objective AS o ON o.id = l.objective_id "
            "JOIN touch AS t ON t.contact_id = l.contact_id "
            f"WHERE o.status = 'active' {only}AND t.exposure = 0 AND t.on_day >= :since)",
            {"since": since} if objective_id is None else {"since": since, "objective": objective_id},
        )
    ]


def recent_stated_days(connection: ReadConnection, since: str) -> Iterator[tuple[int, str]]:
    """(objective id, day) of touches since a day that state an objective, newest first: stop when enough is seen."""
    for row in connection.each(
        "SELECT s.objective_id, i.on_day FROM interaction AS i JOIN support AS s ON s.interaction_id = i.id "
        "WHERE i.on_day >= :since AND i.exposure = 0 "
        "AND EXISTS (SELECT 1 FROM touch AS t WHERE t.interaction_id = i.id) ORDER BY i.on_day DESC",
        {"since": since},
    ):
        yield int(row[0]), str(row[1])


def stated_newest(connection: ReadConnection, days: Mapping[int, str]) -> list[tuple[int, int]]:
    """(contact id, objective id) of what is stated on the given day, the newest touch's, of each contact.

    Whatever the objective's status, and once for each interaction of that day.
    """
    found: list[tuple[int, int]] = []
    for piece in pieces(days.items(), 400):
        # Ids are numbers of ours, so they may stand in the text: half the parameters, and half their cost.
        values = ", ".join([f"({int(contact_id)}, :d{n})" for n, (contact_id, _) in enumerate(piece)])
        found += connection.rows(
            f"WITH newest (contact_id, day) AS (VALUES {values}) SELECT n.contact_id, s.objective_id FROM newest AS n "
            "JOIN touch AS t ON t.contact_id = n.contact_id AND t.exposure = 0 AND t.on_day = n.day "
            "JOIN support AS s ON s.interaction_id = t.interaction_id",
            {f"d{n}": day for n, (_, day) in enumerate(piece)},
        )
    return found


def supporting_contacts(connection: ReadConnection, objective_id: int) -> set[int]:
    """Contacts linked to an objective, or with a touch that states it."""
    return {
        int(row[0])
        for row in connection.rows(
            f"SELECT l.contact_id FROM {LINKED} AS l WHERE l.objective_id = :id UNION "
            "SELECT t.contact_id FROM support AS s JOIN touch AS t ON t.interaction_id = s.interaction_id "
            "WHERE s.objective_id = :id AND t.exposure = 0",
            {"id": objective_id},
        )
    }


def all_supporting_contacts(connection: ReadConnection) -> dict[int, set[int]]:
    """By objective: the contacts linked to it, or with a touch that states it."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for objective_id, contact_id in connection.each(f"SELECT l.objective_id, l.contact_id FROM {LINKED} AS l"):
        found[objective_id].append(contact_id)
    for objective_id, contact_id in connection.each(
        # In the order of interactions, so that the index of touches is gone through once; by objective it would be
        # once for each of them.
        "SELECT s.objective_id, t.contact_id FROM support AS s JOIN touch AS t ON t.interaction_id = s.interaction_id "
        "WHERE t.exposure = 0 ORDER BY s.interaction_id"
    ):
        found[objective_id].append(contact_id)
    return {objective_id: set(people) for objective_id, people in found.items()}


def _words(connection: ReadConnection, sql: str, objective_id: int) -> list[Any]:
    return [row[0] for row in connection.rows(sql, {"id": objective_id})]
