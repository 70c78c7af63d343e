"""What a search shows of each record that was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.store.queries.lists import LINKED, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.connection import ReadConnection


class RecordFacts(NamedTuple):
    """One record as a search names it."""

    id: int
    uid: str
    on_day: str | None
    title: str
    handle: str | None


_RECORDS = {
    "contact": "SELECT r.id, r.uid, NULL, r.name, r.handle FROM contact AS r",
    "organization": "SELECT r.id, r.uid, NULL, r.name, NULL FROM organization AS r",
    "interaction": "SELECT r.id, r.uid, r.on_day, coalesce(r.summary, r.kind), NULL FROM interaction AS r",
    "followup": "SELECT r.id, r.uid, r.by_day, r.text, c.handle FROM followup AS r "
    "LEFT JOIN contact AS c ON c.id = r.contact_id",
    "objective": "SELECT r.id, r.uid, r.by_day, r.title, NULL FROM objective AS r",
    "opportunity": "SELECT r.id, r.uid, r.opened_on, r.title, c.handle FROM opportunity AS r "
    "LEFT JOIN contact AS c ON c.id = r.through_id",
}
#: The record that a document without one of its own belongs to.
_OWNERS = {
    "contact_alias": "SELECT id, contact_id FROM contact_alias WHERE id IN ({values})",
    "touch_note": "SELECT id, interaction_id FROM touch_note WHERE id IN ({values})",
    "affiliation": "SELECT id, contact_id FROM affiliation WHERE id IN ({values})",
}
#: The ids of each type that a filter keeps; types that are missing keep none.
_KEPT = {
    "who": {
        "contact": "SELECT id FROM contact WHERE id = :value",
        "interaction": "SELECT interaction_id FROM touch WHERE contact_id = :value",
        "followup": "SELECT id FROM followup WHERE contact_id = :value",
        "opportunity": "SELECT id FROM opportunity WHERE through_id = :value",
    },
    "objective": {
        "contact": f"SELECT l.contact_id FROM {LINKED} AS l WHERE l.objective_id = :value",
        "interaction": "SELECT interaction_id FROM support WHERE objective_id = :value",
        "followup": "SELECT id FROM followup WHERE objective_id = :value",
        "objective": "SELECT id FROM objective WHERE id = :value",
        "opportunity": "SELECT id FROM opportunity WHERE objective_id = :value",
    },
    "client": {
        "contact": f"SELECT l.contact_id FROM {LINKED} AS l JOIN objective AS o ON o.id = l.objective_id "
        "WHERE o.client_id = :value",
        "interaction": "SELECT s.interaction_id FROM support AS s JOIN objective AS o ON o.id = s.objective_id "
        "WHERE o.client_id = :value",
        "followup": "SELECT f.id FROM followup AS f JOIN objective AS o ON o.id = f.objective_id WHERE o.client_id = :value",
        "objective": "SELECT id FROM objective WHERE client_id = :value",
        "opportunity": "SELECT p.id FROM opportunity AS p JOIN objective AS o ON o.id = p.objective_id "
        "WHERE o.client_id = :value",
    },
    "kind": {"interaction": "SELECT id FROM interaction WHERE kind = :value"},
    "since": {
        "interaction": "SELECT id FROM interaction WHERE on_day >= :value",
        "followup": "SELECT id FROM followup WHERE by_day >= :value",
        "opportunity": "SELECT id FROM opportunity WHERE opened_on >= :value",
    },
    "topic": {
        "contact": "SELECT contact_id FROM contact_topic WHERE topic = :value",
        "interaction": "SELECT interaction_id FROM interaction_topic WHERE topic = :value "
        "UNION SELECT interaction_id FROM touch_topic WHERE topic = :value",
        "objective": "SELECT objective_id FROM objective_topic WHERE topic = :value",
    },
}


def records(connection: ReadConnection, kind: str, ids: Iterable[int]) -> dict[int, RecordFacts]:
    """What a search names some records of one type by."""
    return {
        int(row[0]): RecordFacts(*row)
        for row in rows_in(connection, f"{_RECORDS[kind]} WHERE r.id IN ({{values}})", ids)
    }


def owners(connection: ReadConnection, table: str, ids: Iterable[int]) -> dict[int, int]:
    """The records that some aliases, touch notes or affiliations belong to."""
    return {int(row[0]): int(row[1]) for row in rows_in(connection, _OWNERS[table], ids)}


def noted(connection: ReadConnection, touch_note_ids: Iterable[int]) -> dict[int, str]:
    """The handle of whom each of some touch notes is on."""
    sql = "SELECT n.id, c.handle FROM touch_note AS n JOIN contact AS c ON c.id = n.contact_id WHERE n.id IN ({values})"
    return {int(row[0]): str(row[1]) for row in rows_in(connection, sql, touch_note_ids)}


def organizations_of(connection: ReadConnection, affiliation_ids: Iterable[int]) -> dict[int, int | None]:
    """The organization of each of some affiliations."""
    sql = "SELECT id, organization_id FROM affiliation WHERE id IN ({values})"
    return {int(row[0]): row[1] for row in rows_in(connection, sql, affiliation_ids)}


def former(connection: ReadConnection, affiliation_ids: Iterable[int]) -> set[int]:
    """Those of some affiliations that have ended."""
    sql = "SELECT id FROM affiliation WHERE until IS NOT NULL AND id IN ({values})"
    return {int(row[0]) for row in rows_in(connection, sql, affiliation_ids)}


def jobs(connection: ReadConnection, affiliation_ids: Iterable[int]) -> dict[int, str]:
    """Some affiliations in words: `Staff Engineer, Initech (until 2024-05-01)`."""
    sql = (
        "SELECT a.id, a.title, o.name, a.until FROM affiliation AS a LEFT JOIN organization AS o "
        "ON o.id = a.organization_id WHERE a.id IN ({values})"
    )
    return {
        int(identity): ", ".join(filter(None, (title, name))) + (f" (until {until})" if until else "")
        for identity, title, name, until in rows_in(connection, sql, affiliation_ids)
    }


def kept(connection: ReadConnection, filters: dict[str, str | int], kind: str) -> set[int] | None:
    """The ids of one type that every filter keeps; None where there is no filter."""
    found: set[int] | None = None
    for name, value in filters.items():
        sql = _KEPT[name].get(kind)
        ids = {int(row[0]) for row in connection.rows(sql, {"value": value})} if sql else set()
        found = ids if found is None else found & ids
    return found
