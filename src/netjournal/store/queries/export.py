"""Everything in the journal as records, one at a time and in a stable order.

Interactions are ordered by day, then uid, all others by uid within their type: two exports of the same journal are
the same bytes, and what is logged next comes at the end of what was. Links are told by uid, which travels, beside the
handle or key that a person reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netjournal.store.queries.export_interactions import Record, children_of, interactions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from netjournal.store.connection import ReadConnection

FORMAT_VERSION = "1.0"

#: The source of a contact's other uid, by which a journal that was joined here knows it: no part of the contact.
OTHER_JOURNAL: Final = "netjournal"


def records(
    connection: ReadConnection, types: Collection[str] = (), since: str | None = None, until: str | None = None
) -> Iterator[Record]:
    """Yield the head, then every record of the types (none: of all); memory does not grow with the interactions.

    The days narrow the interactions alone.
    """
    found = connection.rows("SELECT uid FROM journal")
    yield {"type": "netjournal", "format_version": FORMAT_VERSION, "uid": found[0][0] if found else None}
    handles, uids = people(connection)
    parts: dict[str, Callable[[], Iterator[Record]]] = {
        "circle": lambda: circles(connection),
        "organization": lambda: organizations(connection),
        "contact": lambda: contacts(connection, handles, uids),
        "group": lambda: groups(connection, handles, uids),
        "objective": lambda: objectives(connection, handles, uids),
        "interaction": lambda: interactions(connection, handles, uids, since or "", until or "9999-12-31"),
        "followup": lambda: followups(connection),
        "opportunity": lambda: opportunities(connection),
        "signal": lambda: signals(connection),
    }
    for kind, part in parts.items():
        if not types or kind in types:
            yield from part()


def people(connection: ReadConnection) -> tuple[dict[int, str], dict[int, str]]:
    """The handle and the uid of each contact, by id."""
    return dict(connection.rows("SELECT id, handle FROM contact")), dict(connection.rows("SELECT id, uid FROM contact"))


def circles(connection: ReadConnection) -> Iterator[Record]:
    """Yield the record of each circle, by uid."""
    for uid, name, every, latest, changed_at in connection.rows(
        "SELECT uid, name, every_days, latest_days, changed_at FROM circle ORDER BY uid"
    ):
        yield {
            "type": "circle",
            "uid": uid,
            "circle": name,
            "every_days": every,
            "latest_days": latest,
            "changed_at": changed_at,
        }


def organizations(connection: ReadConnection) -> Iterator[Record]:
    """Yield the record of each organization, by uid."""
    aliases = children_of(connection, "SELECT organization_id, alias FROM organization_alias ORDER BY alias_key")
    for identity, uid, name, changed_at in connection.rows(
        "SELECT id, uid, name, changed_at FROM organization ORDER BY uid"
    ):
        yield {
            "type": "organization",
            "uid": uid,
            "organization": name,
            "aliases": [a for (a,) in aliases.get(identity, ())],
            "changed_at": changed_at,
        }


def contacts(connection: ReadConnection, handles: dict[int, str], uids: dict[int, str]) -> Iterator[Record]:
    """Yield the record of each contact, by uid."""
    aliases = children_of(connection, "SELECT contact_id, alias FROM contact_alias ORDER BY alias_key")
    methods = children_of(
        connection, "SELECT contact_id, kind, value FROM contact_method ORDER BY kind, position, value_key"
    )
    topics = children_of(connection, "SELECT contact_id, topic FROM contact_topic ORDER BY topic")
    sources = children_of(
        connection,
        "SELECT contact_id, source, external_id, told FROM contact_source "
        f"WHERE source <> '{OTHER_JOURNAL}' ORDER BY source, external_id",
    )
    objectives = children_of(
        connection,
        "SELECT l.contact_id, o.key, o.uid FROM contact_objective AS l "
        "JOIN objective AS o ON o.id = l.objective_id ORDER BY o.key",
    )
    work = children_of(
        connection,
        "SELECT a.contact_id, o.name, o.uid, a.title, a.since, a.until FROM affiliation AS a "
        "LEFT JOIN organization AS o ON o.id = a.organization_id ORDER BY a.id",
    )
    cards = children_of(connection, "SELECT contact_id, rest FROM contact_card")
    children = (aliases, methods, topics, sources, objectives, work, cards)
    for row in connection.rows(
        "SELECT c.id, c.uid, c.handle, c.name, c.location, c.birthday, c.met, c.introduced_by_id, c.note, ci.name, ci.uid, "
        "c.every_days, c.latest_days, c.first_due_on, c.told_last_on, c.snoozed_until, c.paused, c.never, c.connected_on, "
        "c.archived_on, c.added_on, c.changed_at FROM contact AS c LEFT JOIN circle AS ci ON ci.id = c.circle_id "
        "ORDER BY c.uid"
    ):
        yield _contact(row, handles, uids, *(found.get(row[0], []) for found in children))


def _contact(
    row: tuple[Any, ...],
    handles: dict[int, str],
    uids: dict[int, str],
    aliases: list[tuple[Any, ...]],
    methods: list[tuple[Any, ...]],
    topics: list[tuple[Any, ...]],
    sources: list[tuple[Any, ...]],
    objectives: list[tuple[Any, ...]],
    work: list[tuple[Any, ...]],
    cards: list[tuple[Any, ...]],
) -> Record:
    by = row[7]
    return {
        "type": "contact",
        "uid": row[1],
        "contact": row[2],
        "name": row[3],
        "aliases": [a for (a,) in aliases],
        "emails": [v for k, v in methods if k == "email"],
        "phones": [v for k, v in methods if k == "phone"],
        "urls": [v for k, v in methods if k == "url"],
        "affiliations": [
            {"organization": o, "organization_uid": u, "title": t, "since": s, "until": e} for o, u, t, s, e in work
        ],
        "location": row[4],
        "birthday": row[5],
        "met": row[6],
        "introduced_by": handles.get(by),
        "introduced_by_uid": uids.get(by),
        "note": row[8],
        "topics": [t for (t,) in topics],
        "objectives": [k for k, _ in objectives],
        "objective_uids": [u for _, u in objectives],
        "circle": row[9],
        "circle_uid": row[10],
        "every_days": row[11],
        "latest_days": row[12],
        "first_due_on": row[13],
        "told_last_on": row[14],
        "snoozed_until": row[15],
        "paused": bool(row[16]),
        "never": bool(row[17]),
        "connected_on": row[18],
        "archived_on": row[19],
        "added_on": row[20],
        "sources": [{"source": s, "external_id": e, "told": t} for s, e, t in sources],
        "card": cards[0][0] if cards else None,
        "changed_at": row[21],
    }


def groups(connection: ReadConnection, handles: dict[int, str], uids: dict[int, str]) -> Iterator[Record]:
    """Yield the record of each group, by uid."""
    members = children_of(connection, "SELECT group_id, contact_id FROM group_member ORDER BY contact_id")
    for identity, uid, name, changed_at in connection.rows(
        "SELECT id, uid, name, changed_at FROM contact_group ORDER BY uid"
    ):
        ids = sorted((c for (c,) in members.get(identity, ())), key=lambda c: uids[c])
        yield {
            "type": "group",
            "uid": uid,
            "group": name,
            "contacts": [handles[c] for c in ids],
            "contact_uids": [uids[c] for c in ids],
            "changed_at": changed_at,
        }


def objectives(connection: ReadConnection, handles: dict[int, str], uids: dict[int, str]) -> Iterator[Record]:
    """Yield the record of each objective, by uid."""
    asks = children_of(connection, "SELECT objective_id, ask FROM objective_ask ORDER BY position, id")
    topics = children_of(connection, "SELECT objective_id, topic FROM objective_topic ORDER BY topic")
    organizations = children_of(
        connection,
        "SELECT l.objective_id, o.name, o.uid FROM objective_organization AS l "
        "JOIN organization AS o ON o.id = l.organization_id ORDER BY o.uid",
    )
    for row in connection.rows(
        "SELECT id, uid, key, title, why, looking_for, done_when, by_day, client_id, status, outcome, opened_on, closed_on, "
        "changed_at FROM objective ORDER BY uid"
    ):
        yield {
            "type": "objective",
            "uid": row[1],
            "key": row[2],
            "title": row[3],
            "why": row[4],
            "looking_for": row[5],
            "asks": [a for (a,) in asks.get(row[0], ())],
            "topics": [t for (t,) in topics.get(row[0], ())],
            "organizations": [o for o, _ in organizations.get(row[0], ())],
            "organization_uids": [u for _, u in organizations.get(row[0], ())],
            "done_when": row[6],
            "by": row[7],
            "client": handles.get(row[8]),
            "client_uid": uids.get(row[8]),
            "status": row[9],
            "outcome": row[10],
            "opened_on": row[11],
            "closed_on": row[12],
            "changed_at": row[13],
        }


def followups(connection: ReadConnection) -> Iterator[Record]:
    """Yield the record of each follow-up, by uid."""
    for row in connection.rows(
        "SELECT f.uid, f.text, f.owner, f.by_day, c.handle, c.uid, o.key, o.uid, i.uid, f.status, f.opened_on, f.closed_on, "
        "f.changed_at FROM followup AS f LEFT JOIN contact AS c ON c.id = f.contact_id "
        "LEFT JOIN objective AS o ON o.id = f.objective_id LEFT JOIN interaction AS i ON i.id = f.interaction_id "
        "ORDER BY f.uid"
    ):
        names = (
            "uid text owner by contact contact_uid objective objective_uid interaction_uid status opened_on closed_on "
            "changed_at"
        )
        yield {"type": "followup", **dict(zip(names.split(), row, strict=True))}


def opportunities(connection: ReadConnection) -> Iterator[Record]:
    """Yield the record of each opportunity, by uid."""
    links = children_of(
        connection,
        "SELECT l.opportunity_id, i.uid FROM opportunity_interaction AS l "
        "JOIN interaction AS i ON i.id = l.interaction_id ORDER BY i.uid",
    )
    for row in connection.rows(
        "SELECT p.id, p.uid, p.title, g.name, g.uid, c.handle, c.uid, o.key, o.uid, p.direction, p.stage, p.origin, p.note, "
        "p.opened_on, p.closed_on, p.changed_at FROM opportunity AS p "
        "LEFT JOIN organization AS g ON g.id = p.organization_id LEFT JOIN contact AS c ON c.id = p.through_id "
        "LEFT JOIN objective AS o ON o.id = p.objective_id ORDER BY p.uid"
    ):
        names = (
            "uid title organization organization_uid through through_uid objective objective_uid direction stage origin note "
            "opened_on closed_on changed_at"
        )
        yield {
            "type": "opportunity",
            **dict(zip(names.split(), row[1:], strict=True)),
            "interaction_uids": [u for (u,) in links.get(row[0], ())],
        }


def signals(connection: ReadConnection) -> Iterator[Record]:
    """Yield the record of each signal, by uid."""
    for row in connection.rows(
        "SELECT s.uid, s.kind, c.handle, c.uid, s.text, s.on_day, s.source, s.changed_at FROM signal AS s "
        "JOIN contact AS c ON c.id = s.contact_id ORDER BY s.uid"
    ):
        names = "uid kind contact contact_uid text on source changed_at"
        yield {"type": "signal", **dict(zip(names.split(), row, strict=True))}
