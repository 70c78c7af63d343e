"""The facts that a list of dormant ties needs: whoever was quiet for a year, and what they could help with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.store.queries.contacts import FACTS, FROM, NEWEST_TOUCH, ContactFacts
from netjournal.store.queries.lists import rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.connection import ReadConnection


class HelpFacts(NamedTuple):
    """One thing that a contact shares with an active objective: a link, an organization or a topic, by its name."""

    contact_id: int
    objective_id: int
    kind: str
    word: str


def quiet_contacts(connection: ReadConnection, until: str) -> list[ContactFacts]:
    """Contacts in view whose newest touch is on or before a day: a superset of the dormant."""
    return [
        ContactFacts(*row)
        for row in connection.rows(
            f"SELECT {FACTS} {FROM} WHERE c.archived_on IS NULL AND {NEWEST_TOUCH} <= :until", {"until": until}
        )
    ]


def two_way_touches(connection: ReadConnection, ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """(contact id, day, kind) of every mutual touch with some contacts."""
    return [
        (int(row[0]), str(row[1]), str(row[2]))
        for row in rows_in(
            connection,
            "SELECT t.contact_id, t.on_day, t.kind FROM touch AS t "
            "WHERE t.contact_id IN ({values}) AND t.exposure = 0 AND t.direction = 'mutual'",
            ids,
        )
    ]


def could_help(connection: ReadConnection, ids: Iterable[int]) -> list[HelpFacts]:
    """What some contacts share with the active objectives: links first, then organizations, then topics, by name.

    Of a client's own objective nothing: they are not asked to help with it.
    """
    found = rows_in(
        connection,
        "SELECT l.contact_id, o.id, 'link', o.key FROM contact_objective AS l JOIN objective AS o ON o.id = l.objective_id "
        "WHERE o.status = 'active' AND l.contact_id IN ({values}) AND l.contact_id <> coalesce(o.client_id, 0) UNION "
        "SELECT a.contact_id, o.id, 'organization', g.name FROM affiliation AS a "
        "JOIN objective_organization AS x ON x.organization_id = a.organization_id "
        "JOIN objective AS o ON o.id = x.objective_id JOIN organization AS g ON g.id = a.organization_id "
        "WHERE o.status = 'active' AND a.until IS NULL AND a.contact_id IN ({values}) "
        "AND a.contact_id <> coalesce(o.client_id, 0) UNION "
        "SELECT t.contact_id, o.id, 'topic', t.topic FROM contact_topic AS t "
        "JOIN objective_topic AS x ON x.topic = t.topic JOIN objective AS o ON o.id = x.objective_id "
        "WHERE o.status = 'active' AND t.contact_id IN ({values}) AND t.contact_id <> coalesce(o.client_id, 0)",
        ids,
    )
    return [HelpFacts(*row) for row in sorted(found)]
