"""What actions changed: the change record as text, and the values that a person knows a record by."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.errors import JournalError
from netjournal.store.queries.lists import pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from netjournal.store.connection import ReadConnection

Values = dict[str, Any]


class ToldTable(NamedTuple):
    """A table of the change record: what its rows are called, the columns that are told, and whose part a row is."""

    noun: str
    columns: tuple[str, ...]
    #: The column that holds the id of the record that a row belongs to, and that record's table.
    parent: tuple[str, str] | None = None


def _told_table(noun: str, columns: str, parent: str = "", table: str = "") -> ToldTable:
    return ToldTable(noun, tuple(columns.split()), (parent, table) if parent else None)


TOLD_TABLES: Final[dict[str, ToldTable]] = {
    "contact": _told_table(
        "contact",
        "handle name location birthday met introduced_by_id note circle_id every_days latest_days first_due_on "
        "told_last_on snoozed_until paused never connected_on archived_on",
    ),
    "contact_alias": _told_table("alias", "alias", "contact_id", "contact"),
    "contact_method": _told_table("address", "kind value", "contact_id", "contact"),
    "contact_topic": _told_table("topic", "topic", "contact_id", "contact"),
    "contact_source": _told_table("source", "source external_id told", "contact_id", "contact"),
    "contact_card": _told_table("card", "rest", "contact_id", "contact"),
    "contact_objective": _told_table("objective", "objective_id", "contact_id", "contact"),
    "affiliation": _told_table("affiliation", "organization_id title since until", "contact_id", "contact"),
    "organization": _told_table("organization", "name"),
    "organization_alias": _told_table("alias", "alias", "organization_id", "organization"),
    "circle": _told_table("circle", "name every_days latest_days"),
    "contact_group": _told_table("group", "name"),
    "group_member": _told_table("member", "contact_id", "group_id", "contact_group"),
    "objective": _told_table(
        "objective", "key title why looking_for done_when by_day client_id status outcome opened_on closed_on"
    ),
    "objective_ask": _told_table("ask", "ask", "objective_id", "objective"),
    "objective_topic": _told_table("topic", "topic", "objective_id", "objective"),
    "objective_organization": _told_table("organization", "organization_id", "objective_id", "objective"),
    "interaction": _told_table(
        "interaction", "on_day kind direction summary note minutes gave got none_on_purpose no_reply exposure"
    ),
    "touch": _told_table("participant", "contact_id on_day", "interaction_id", "interaction"),
    "touch_note": _told_table("note", "contact_id note", "interaction_id", "interaction"),
    "touch_topic": _told_table("topic", "contact_id topic", "interaction_id", "interaction"),
    "support": _told_table("objective", "objective_id", "interaction_id", "interaction"),
    "interaction_topic": _told_table("topic", "topic", "interaction_id", "interaction"),
    "interaction_source": _told_table("source", "source external_id", "interaction_id", "interaction"),
    "introduction": _told_table(
        "introduction", "contact_id to_contact_id via_contact_id", "interaction_id", "interaction"
    ),
    "followup": _told_table("followup", "text owner by_day contact_id objective_id status closed_on"),
    "opportunity": _told_table(
        "opportunity", "title organization_id through_id objective_id direction stage origin note opened_on closed_on"
    ),
    "opportunity_interaction": _told_table("interaction", "interaction_id", "opportunity_id", "opportunity"),
    "signal": _told_table("signal", "contact_id kind text on_day"),
    "journal": _told_table("journal", "uid"),
}
#: What a record is called by: the word that a person types for it, or its number.
_CALLED: Final = {
    "contact": "handle",
    "objective": "key",
    "organization": "name",
    "circle": "name",
    "contact_group": "name",
}
_COLUMN: Final = re.compile(r"[a-z_]+")


class ChangeFacts(NamedTuple):
    """One noted change of one row; `before` is the row as it was, None for one that was made."""

    id: int
    action_id: int
    table: str
    op: str
    key: str
    before: Values | None

    @property
    def row(self) -> tuple[str, str]:
        """What tells this row from all others."""
        return self.table, self.key


def changes_of(connection: ReadConnection, action_ids: Collection[int]) -> Iterator[ChangeFacts]:
    """Every change of some actions, oldest first within each piece of them."""
    for piece in pieces(sorted(action_ids), 400):
        ids = ", ".join(str(int(one)) for one in piece)
        yield from map(
            _fact,
            connection.each(
                f"SELECT id, action_id, table_name, op, key, before FROM change WHERE action_id IN ({ids}) ORDER BY id",
                {},
            ),
        )


def changes_in(connection: ReadConnection, tables: Sequence[str]) -> Iterator[ChangeFacts]:
    """Every change of some tables, oldest first."""
    names = ", ".join(f"'{table}'" for table in tables if table in TOLD_TABLES)
    yield from map(
        _fact,
        connection.each(
            f"SELECT id, action_id, table_name, op, key, before FROM change WHERE table_name IN ({names}) ORDER BY id",
            {},
        ),
    )


def counts(connection: ReadConnection) -> dict[int, dict[str, int]]:
    """How many rows of each table each action changed."""
    found: dict[int, dict[str, int]] = {}
    for action_id, table, count in connection.rows(
        "SELECT action_id, table_name, count(*) FROM change GROUP BY action_id, table_name ORDER BY action_id, table_name"
    ):
        found.setdefault(int(action_id), {})[str(table)] = int(count)
    return found


def counts_of(connection: ReadConnection, action_id: int) -> dict[str, int]:
    """How many rows of each table one action changed."""
    sql = "SELECT table_name, count(*) FROM change WHERE action_id = :id GROUP BY table_name ORDER BY table_name"
    return {str(table): int(count) for table, count in connection.rows(sql, {"id": action_id})}


def present(connection: ReadConnection, table: str, key: str) -> Values | None:
    """A row as it is now, by its key in the change record; None where there is none any more."""
    told = TOLD_TABLES.get(table)
    wanted = _told(key)
    if told is None or not all(map(_COLUMN.fullmatch, wanted)):
        return None
    columns = columns_of(table)
    where = " AND ".join(f"{column} = :{column}" for column in wanted)
    found = connection.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", wanted)
    return dict(zip(columns, found[0], strict=True)) if found else None


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table that are told, with the one that says whose part a row is."""
    told = TOLD_TABLES[table]
    return told.columns if told.parent is None or told.parent[0] in told.columns else (*told.columns, told.parent[0])


def called(connection: ReadConnection, table: str, key: str, row: Mapping[str, Any] | None) -> str:
    """What a person calls a record: `contact dana`, `interaction 12`; a part of one is called by it."""
    told = TOLD_TABLES.get(table)
    if told is None:
        return table
    if table == "journal":
        return "the journal"
    if told.parent is not None:
        column, parent = told.parent
        identity = (row or {}).get(column) or _told(key).get(column)
        if identity is None:
            return told.noun
        above = json.dumps({"id": identity}, separators=(",", ":"))
        return called(connection, parent, above, present(connection, parent, above))
    word = (row or {}).get(_CALLED.get(table, ""))
    return f"{told.noun} {word if word is not None else _told(key).get('id', '')}".rstrip()


def is_orphan(table: str, word: str) -> bool:
    """Whether what a row is called names no record: a part whose record is gone."""
    told = TOLD_TABLES.get(table)
    return told is None or (told.parent is not None and word == told.noun)


def _fact(row: tuple[Any, ...]) -> ChangeFacts:
    return ChangeFacts(row[0], row[1], row[2], row[3], row[4], _told(row[5]) if row[5] else None)


def _told(text: str) -> Values:
    """A key or row as it was noted. Raises JournalError where it was not noted by this program."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise damaged()
    return found


def damaged() -> JournalError:
    """What a change record that this program did not write comes to."""
    return JournalError("The change record of the journal is damaged.", "`netj restore latest` puts back a backup.")
