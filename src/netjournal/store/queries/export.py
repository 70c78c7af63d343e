"""Everything in the journal as records, one at a time and in a stable order.

Records are ordered by uid within their type, so that two exports of the same journal are the same bytes. Links
are told by uid, which travels, beside the handle or key that a person reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.store.connection import ReadConnection

Record = dict[str, Any]
FORMAT_VERSION = "1.0"


def records(connection: ReadConnection) -> Iterator[Record]:
    """Yield the head, then every record; memory does not grow with the number of interactions."""
    found = connection.rows("SELECT uid FROM journal")
    yield {"type": "netjournal", "format_version": FORMAT_VERSION, "uid": found[0][0] if found else None}
    people = dict(connection.rows("SELECT id, handle FROM contact"))
    uids = dict(connection.rows("SELECT id, uid FROM contact"))
    yield from _circles(connection)
    yield from _organizations(connection)
    yield from _contacts(connection, people, uids)
    yield from _groups(connection, people, uids)
    yield from _objectives(connection, people, uids)
    yield from _interactions(connection, people, uids)
    yield from _followups(connection)
    yield from _opportunities(connection)
    yield from _signals(connection)


def _children(connection: ReadConnection, sql: str) -> dict[int, list[tuple[Any, ...]]]:
    """Child rows by the id in their first column."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in connection.rows(sql):
        found.setdefault(row[0], []).append(row[1:])
    return found


def _circles(connection: ReadConnection) -> Iterator[Record]:
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


def _organizations(connection: ReadConnection) -> Iterator[Record]:
    aliases = _children(connection, "SELECT organization_id, alias FROM organization_alias ORDER BY alias_key")
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


def _contacts(connection: ReadConnection, people: dict[int, str], uids: dict[int, str]) -> Iterator[Record]:
    aliases = _children(connection, "SELECT contact_id, alias FROM contact_alias ORDER BY alias_key")
    methods = _children(
        connection, "SELECT contact_id, kind, value FROM contact_method ORDER BY kind, position, value_key"
    )
    topics = _children(connection, "SELECT contact_id, topic FROM contact_topic ORDER BY topic")
    sources = _children(
        connection, "SELECT contact_id, source, external_id FROM contact_source ORDER BY source, external_id"
    )
    objectives = _children(
        connection,
        "SELECT l.contact_id, o.key, o.uid FROM contact_objective AS l "
        "JOIN objective AS o ON o.id = l.objective_id ORDER BY o.key",
    )
    work = _children(
        connection,
        "SELECT a.contact_id, o.name, o.uid, a.title, a.since, a.until FROM affiliation AS a "
        "LEFT JOIN organization AS o ON o.id = a.organization_id ORDER BY a.until, a.since, o.uid, a.title",
    )
    for row in connection.rows(
        "SELECT c.id, c.uid, c.handle, c.name, c.location, c.birthday, c.met, c.introduced_by_id, c.note, ci.name, ci.uid, "
        "c.every_days, c.latest_days, c.first_due_on, c.told_last_on, c.snoozed_until, c.paused, c.never, c.connected_on, "
        "c.archived_on, c.added_on, c.changed_at FROM contact AS c LEFT JOIN circle AS ci ON ci.id = c.circle_id "
        "ORDER BY c.uid"
    ):
        identity, by = row[0], row[7]
        yield {
            "type": "contact",
            "uid": row[1],
            "contact": row[2],
            "name": row[3],
            "aliases": [a for (a,) in aliases.get(identity, ())],
            "emails": [v for k, v in methods.get(identity, ()) if k == "email"],
            "phones": [v for k, v in methods.get(identity, ()) if k == "phone"],
            "urls": [v for k, v in methods.get(identity, ()) if k == "url"],
            "affiliations": [
                {"organization": o, "organization_uid": u, "title": t, "since": s, "until": e}
                for o, u, t, s, e in work.get(identity, ())
            ],
            "location": row[4],
            "birthday": row[5],
            "met": row[6],
            "introduced_by": people.get(by),
            "introduced_by_uid": uids.get(by),
            "note": row[8],
            "topics": [t for (t,) in topics.get(identity, ())],
            "objectives": [k for k, _ in objectives.get(identity, ())],
            "objective_uids": [u for _, u in objectives.get(identity, ())],
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
            "sources": [{"source": s, "external_id": e} for s, e in sources.get(identity, ())],
            "changed_at": row[21],
        }


def _groups(connection: ReadConnection, people: dict[int, str], uids: dict[int, str]) -> Iterator[Record]:
    members = _children(connection, "SELECT group_id, contact_id FROM group_member ORDER BY contact_id")
    for identity, uid, name, changed_at in connection.rows(
        "SELECT id, uid, name, changed_at FROM contact_group ORDER BY uid"
    ):
        ids = sorted((c for (c,) in members.get(identity, ())), key=lambda c: uids[c])
        yield {
            "type": "group",
            "uid": uid,
            "group": name,
            "contacts": [people[c] for c in ids],
            "contact_uids": [uids[c] for c in ids],
            "changed_at": changed_at,
        }


def _objectives(connection: ReadConnection, people: dict[int, str], uids: dict[int, str]) -> Iterator[Record]:
    asks = _children(connection, "SELECT objective_id, ask FROM objective_ask ORDER BY position, id")
    topics = _children(connection, "SELECT objective_id, topic FROM objective_topic ORDER BY topic")
    organizations = _children(
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
            "client": people.get(row[8]),
            "client_uid": uids.get(row[8]),
            "status": row[9],
            "outcome": row[10],
            "opened_on": row[11],
            "closed_on": row[12],
            "changed_at": row[13],
        }


_INTERACTION_CHILDREN = {
    "touches": "SELECT t.interaction_id, t.contact_id, n.note FROM touch AS t LEFT JOIN touch_note AS n "
    "ON n.contact_id = t.contact_id AND n.interaction_id = t.interaction_id WHERE t.interaction_id IN ({ids})",
    "objectives": "SELECT s.interaction_id, o.key, o.uid FROM support AS s JOIN objective AS o "
    "ON o.id = s.objective_id WHERE s.interaction_id IN ({ids}) ORDER BY o.uid",
    "topics": "SELECT interaction_id, topic FROM interaction_topic WHERE interaction_id IN ({ids}) ORDER BY topic",
    "sources": "SELECT interaction_id, source, external_id FROM interaction_source "
    "WHERE interaction_id IN ({ids}) ORDER BY source, external_id",
    "introductions": "SELECT interaction_id, contact_id, to_contact_id, via_contact_id FROM introduction "
    "WHERE interaction_id IN ({ids}) ORDER BY id",
}


def _interactions(connection: ReadConnection, people: dict[int, str], uids: dict[int, str]) -> Iterator[Record]:
    last = ""
    while True:
        # Paged by uid: a cursor held open over the whole log would make its children's queries wait in memory.
        page = connection.rows(
            "SELECT id, uid, on_day, kind, direction, summary, note, minutes, gave, got, none_on_purpose, no_reply, source, "
            "changed_at FROM interaction WHERE uid > :last ORDER BY uid LIMIT 500",
            {"last": last},
        )
        if not page:
            return
        last = page[-1][1]
        ids = ", ".join(str(row[0]) for row in page)
        children = {
            what: _children(connection, sql.replace("{ids}", ids)) for what, sql in _INTERACTION_CHILDREN.items()
        }
        for row in page:
            yield _interaction(row, {what: found.get(row[0], []) for what, found in children.items()}, people, uids)


def _interaction(
    row: tuple[Any, ...], children: dict[str, list[tuple[Any, ...]]], people: dict[int, str], uids: dict[int, str]
) -> Record:
    touches = sorted(children["touches"], key=lambda t: uids[t[0]])
    return {
        "type": "interaction",
        "uid": row[1],
        "on": row[2],
        "kind": row[3],
        "direction": row[4],
        "summary": row[5],
        "note": row[6],
        "contacts": [people[c] for c, _ in touches],
        "contact_uids": [uids[c] for c, _ in touches],
        "touch_notes": {uids[c]: note for c, note in touches if note is not None},
        "objectives": [k for k, _ in children["objectives"]],
        "objective_uids": [u for _, u in children["objectives"]],
        "none_on_purpose": bool(row[10]),
        "topics": [t for (t,) in children["topics"]],
        "minutes": row[7],
        "gave": row[8],
        "got": row[9],
        "no_reply": bool(row[11]),
        "introductions": [
            {"contact_uid": uids.get(a), "to_uid": uids.get(b), "via_uid": uids.get(c)}
            for a, b, c in children["introductions"]
        ],
        "source": row[12],
        "sources": [{"source": s, "external_id": e} for s, e in children["sources"]],
        "changed_at": row[13],
    }


def _followups(connection: ReadConnection) -> Iterator[Record]:
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


def _opportunities(connection: ReadConnection) -> Iterator[Record]:
    links = _children(
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


def _signals(connection: ReadConnection) -> Iterator[Record]:
    for row in connection.rows(
        "SELECT s.uid, s.kind, c.handle, c.uid, s.text, s.on_day, s.source, s.changed_at FROM signal AS s "
        "JOIN contact AS c ON c.id = s.contact_id ORDER BY s.uid"
    ):
        names = "uid kind contact contact_uid text on source changed_at"
        yield {"type": "signal", **dict(zip(names.split(), row, strict=True))}
