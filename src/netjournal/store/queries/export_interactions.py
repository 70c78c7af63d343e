"""The records of interactions for an export, page by page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.store.connection import ReadConnection

Record = dict[str, Any]
_NONE: list[tuple[Any, ...]] = []


def children_of(connection: ReadConnection, sql: str) -> dict[int, list[tuple[Any, ...]]]:
    """Child rows by the id in their first column."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in connection.rows(sql):
        found.setdefault(row[0], []).append(row[1:])
    return found


#: The row that `interaction_record` takes apart.
SELECT = (
    "SELECT id, uid, on_day, kind, direction, summary, note, minutes, gave, got, none_on_purpose, no_reply, source, "
    "changed_at FROM interaction"
)
#: In the order in which `interactions` takes them apart.
CHILDREN = {
    "touches": "SELECT t.interaction_id, t.contact_id, n.note FROM touch AS t LEFT JOIN touch_note AS n "
    "ON n.contact_id = t.contact_id AND n.interaction_id = t.interaction_id WHERE t.interaction_id IN ({ids})",
    "touch_topics": "SELECT interaction_id, contact_id, topic FROM touch_topic WHERE interaction_id IN ({ids}) "
    "ORDER BY interaction_id, contact_id, topic",
    "objectives": "SELECT s.interaction_id, o.key, o.uid FROM support AS s JOIN objective AS o "
    "ON o.id = s.objective_id WHERE s.interaction_id IN ({ids}) ORDER BY o.uid",
    "topics": "SELECT interaction_id, topic FROM interaction_topic WHERE interaction_id IN ({ids}) ORDER BY topic",
    "sources": "SELECT interaction_id, source, external_id FROM interaction_source "
    "WHERE interaction_id IN ({ids}) ORDER BY source, external_id",
    "introductions": "SELECT interaction_id, contact_id, to_contact_id, via_contact_id FROM introduction "
    "WHERE interaction_id IN ({ids}) ORDER BY id",
}


#: Interactions whose children are read at once.
_PAGE = 500


def interactions(
    connection: ReadConnection,
    handles: dict[int, str],
    uids: dict[int, str],
    since: str = "",
    until: str = "9999-12-31",
) -> Iterator[Record]:
    """Yield the record of each interaction of these days, by day, then by uid.

    Days follow the file, more or less, as a log grows: in the order of uids each row would cost a page of its own.
    """
    # Only ids stand in the cursor: SQLite sorts a day at a time, and a day may hold a whole import.
    ids = connection.each(
        "SELECT id FROM interaction WHERE on_day >= :since AND on_day <= :until ORDER BY on_day, uid",
        {"since": since, "until": until},
    )
    while page := [i for (i,) in islice(ids, _PAGE)]:
        listed = ", ".join(map(str, page))
        rows = {row[0]: row for row in connection.rows(f"{SELECT} WHERE id IN ({listed})")}
        touches, touch_topics, objectives, topics, sources, introductions = (
            children_of(connection, sql.replace("{ids}", listed)) for sql in CHILDREN.values()
        )
        for i in page:
            theirs = {
                "touches": touches.get(i, _NONE),
                "touch_topics": touch_topics.get(i, _NONE),
                "objectives": objectives.get(i, _NONE),
                "topics": topics.get(i, _NONE),
                "sources": sources.get(i, _NONE),
                "introductions": introductions.get(i, _NONE),
            }
            yield interaction_record(rows[i], theirs, handles, uids)


def interaction_record(
    row: tuple[Any, ...], children: dict[str, list[tuple[Any, ...]]], handles: dict[int, str], uids: dict[int, str]
) -> Record:
    """The record of one interaction, from its row and its children's; `handles` and `uids` are by contact."""
    touches = children["touches"]
    if len(touches) > 1:
        touches = sorted(touches, key=lambda t: uids[t[0]])
    return {
        "type": "interaction",
        "uid": row[1],
        "on": row[2],
        "kind": row[3],
        "direction": row[4],
        "summary": row[5],
        "note": row[6],
        "contacts": [handles[c] for c, _ in touches],
        "contact_uids": [uids[c] for c, _ in touches],
        "touch_notes": {uids[c]: note for c, note in touches if note is not None},
        "touch_topics": _by_uid(children["touch_topics"], uids),
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


def _by_uid(rows: list[tuple[Any, ...]], uids: dict[int, str]) -> dict[str, list[str]]:
    """The topics of single participants, by uid as other keys tell them."""
    found: dict[str, list[str]] = {}
    for contact_id, topic in rows:
        found.setdefault(uids[contact_id], []).append(topic)
    return found if len(found) < 2 else dict(sorted(found.items()))
