"""What the journal holds already of the records of an export that is read back: by uid, or by what a source called it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.store.queries import export, export_interactions
from netjournal.store.queries.lists import pieces, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.export_interactions import Record

#: The table of each type of record.
TABLE_OF: Final[Mapping[str, str]] = {
    "circle": "circle",
    "organization": "organization",
    "contact": "contact",
    "group": "contact_group",
    "objective": "objective",
    "interaction": "interaction",
    "followup": "followup",
    "opportunity": "opportunity",
    "signal": "signal",
}
_TABLES: Final = ", ".join(f"'{table}'" for table in TABLE_OF.values())
_UID: Final = re.compile(r'"uid":"([0-9a-f]{32})"')


class Gone(NamedTuple):
    """When a record was deleted, and by which command."""

    on: str
    command: str


def deleted(connection: ReadConnection) -> dict[str, Gone]:
    """By uid, the records that commands deleted; what an undo took back was never meant to be there, so it is not told."""
    found = {}
    for before, *gone in connection.rows(
        "SELECT c.before, a.on_day, a.command FROM change AS c JOIN action AS a ON a.id = c.action_id "
        f"WHERE c.op = 'delete' AND a.undoes_id IS NULL AND c.table_name IN ({_TABLES}) ORDER BY c.id"
    ):
        # Quotes inside a text are escaped, so no text can look like this key.
        if (uid := _UID.search(before or "")) is not None:
            found[uid[1]] = Gone(*gone)
    return found


def journal_uid(connection: ReadConnection) -> str | None:
    """The journal's own uid; None for one that is not there yet."""
    found = connection.rows("SELECT uid FROM journal")
    return str(found[0][0]) if found else None


def is_untouched(connection: ReadConnection, action_id: int) -> bool:
    """Whether nothing was ever written but by one action: no record beside the starting circles, as they were."""
    tables = [table for table in TABLE_OF.values() if table != "circle"]
    checks = [f"EXISTS (SELECT 1 FROM {table})" for table in tables]
    checks.append("EXISTS (SELECT 1 FROM circle WHERE changed_at <> '')")
    checks.append("EXISTS (SELECT 1 FROM action WHERE id <> :action)")
    return not connection.rows(f"SELECT 1 WHERE {' OR '.join(checks)}", {"action": action_id})


def ids(connection: ReadConnection, kind: str) -> dict[str, int]:
    """The id of every record of a type by its uid."""
    return dict(connection.rows(f"SELECT uid, id FROM {TABLE_OF[kind]} ORDER BY id"))


def ids_of(connection: ReadConnection, kind: str, uids: Iterable[str]) -> dict[str, int]:
    """The ids of those records of a type that are here, by uid."""
    return dict(rows_in(connection, f"SELECT uid, id FROM {TABLE_OF[kind]} WHERE uid IN ({{values}})", uids))


def records_here(connection: ReadConnection, kind: str) -> Iterator[Record]:
    """Every record of a type as an export tells it, by uid; not for interactions, of which there are too many."""
    if kind in ("contact", "group", "objective"):
        handles, uids = export.people(connection)
        made = {"contact": export.contacts, "group": export.groups, "objective": export.objectives}[kind]
        return made(connection, handles, uids)
    simple = {
        "circle": export.circles,
        "organization": export.organizations,
        "followup": export.followups,
        "opportunity": export.opportunities,
        "signal": export.signals,
    }
    return simple[kind](connection)


def interactions_here(
    connection: ReadConnection, ids: Iterable[int], handles: dict[int, str], uids: dict[int, str]
) -> dict[int, Record]:
    """Some interactions as an export tells them, by id."""
    found: dict[int, Record] = {}
    for piece in pieces(ids):
        listed = ", ".join(str(int(identity)) for identity in piece)
        children = {
            what: export_interactions.children_of(connection, sql.replace("{ids}", listed))
            for what, sql in export_interactions.CHILDREN.items()
        }
        for row in connection.rows(f"{export_interactions.SELECT} WHERE id IN ({listed})"):
            theirs = {what: rows.get(row[0], []) for what, rows in children.items()}
            found[row[0]] = export_interactions.interaction_record(row, theirs, handles, uids)
    return found


def has_sources(connection: ReadConnection) -> bool:
    """Whether any interaction here came from a source that calls it by a name of its own."""
    return bool(connection.rows("SELECT 1 FROM interaction_source LIMIT 1"))


def interactions_called(
    connection: ReadConnection, called: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, str]]:
    """The id and uid of the interactions that sources call so, by (source, external id)."""
    wanted = set(called)
    found = rows_in(
        connection,
        "SELECT s.source, s.external_id, i.id, i.uid FROM interaction_source AS s "
        "JOIN interaction AS i ON i.id = s.interaction_id WHERE s.external_id IN ({values})",
        {external for _, external in wanted},
    )
    return {(row[0], row[1]): (int(row[2]), str(row[3])) for row in found if (row[0], row[1]) in wanted}


def names_held(connection: ReadConnection, kind: str) -> dict[str, int]:
    """The folded names that only one record of a type may have, and which has them."""
    sql = f"SELECT name_key, id FROM {TABLE_OF[kind]}"
    if kind == "organization":
        sql += " UNION ALL SELECT alias_key, organization_id FROM organization_alias"
    return dict(connection.rows(sql))


def words_held(connection: ReadConnection, kind: str) -> dict[int, str]:
    """The handle of each contact, or the key of each objective, by id."""
    column = {"contact": "handle", "objective": "key"}[kind]
    return dict(connection.rows(f"SELECT id, {column} FROM {TABLE_OF[kind]}"))


def people_called(connection: ReadConnection) -> dict[tuple[str, str], tuple[int, str]]:
    """The id and uid of the contact that each source calls so, by (source, external id)."""
    found = connection.rows(
        "SELECT s.source, s.external_id, c.id, c.uid FROM contact_source AS s JOIN contact AS c ON c.id = s.contact_id"
    )
    return {(row[0], row[1]): (int(row[2]), str(row[3])) for row in found}


def other_uids(connection: ReadConnection) -> dict[str, str]:
    """The uid of each contact that a journal joined here before knows by another one, by that."""
    found = connection.rows(
        "SELECT s.external_id, c.uid FROM contact_source AS s JOIN contact AS c ON c.id = s.contact_id "
        "WHERE s.source = :source",
        {"source": export.OTHER_JOURNAL},
    )
    return dict(found)
