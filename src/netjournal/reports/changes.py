"""What was done to the journal: every action with what it changed, one record's past, and what stands in an undo's way."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from netjournal.domain import history
from netjournal.domain.counts import counted
from netjournal.domain.words import Prose
from netjournal.store.queries import changes as queries
from netjournal.store.queries.actions import actions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.actions import ActionFacts
    from netjournal.store.queries.changes import ChangeFacts

State = Literal["done", "undone", "undo", "redo"]

#: Records of one kind that an action's row names; of more, the count.
_MOST_NAMED: Final = 3
#: Changes of an action whose records are looked up by name; of more, the counts are told.
_MOST_LOOKED_AT: Final = 1_000
#: Columns that hold the number of another record, and its table.
_REFERENCES: Final = {
    "circle_id": "circle",
    "client_id": "contact",
    "contact_id": "contact",
    "group_id": "contact_group",
    "interaction_id": "interaction",
    "introduced_by_id": "contact",
    "objective_id": "objective",
    "opportunity_id": "opportunity",
    "organization_id": "organization",
    "through_id": "contact",
    "to_contact_id": "contact",
    "via_contact_id": "contact",
}


class ActionRow(NamedTuple):
    """One command that wrote."""

    action: int
    on: date
    command: str
    state: State
    undoes: int | None
    change_count: int
    changed: tuple[Prose, ...]


class ChangeRow(NamedTuple):
    """One value of a record that one action changed; `before` is null for what was made, `after` for what went."""

    action: int
    on: date
    command: str
    state: State
    what: str
    field: str
    before: Prose | None
    after: Prose | None


class Obstacle(NamedTuple):
    """One value that an action left and a later one changed: it stands in the way of an undo."""

    record: str
    field: str
    then: str | None
    now: str | None


def action_rows(connection: ReadConnection, limit: int | None = None) -> tuple[ActionRow, ...]:
    """Every action, the newest first."""
    every = actions(connection)
    states = _states(every)
    counts = queries.counts(connection)
    shown = every[:limit]
    small = [action.id for action in shown if sum(counts.get(action.id, {}).values()) <= _MOST_LOOKED_AT]
    named = _named(connection, list(queries.changes_of(connection, small)))
    rows = []
    for action in shown:
        by_table = counts.get(action.id, {})
        changed = _summed(named[action.id]) if action.id in named else _counted(by_table)
        rows.append(
            ActionRow(
                action.id,
                date.fromisoformat(action.on_day),
                action.command,
                states[action.id],
                action.undoes_id,
                sum(by_table.values()),
                tuple(map(Prose, changed)),
            )
        )
    return tuple(rows)


def records_of(connection: ReadConnection, action_id: int) -> tuple[Prose, ...]:
    """What one action changed, by name; of very many or of several of a kind, how many."""
    by_table = queries.counts_of(connection, action_id)
    if sum(by_table.values()) > _MOST_LOOKED_AT:
        return tuple(map(Prose, _counted(by_table)))
    named = _named(connection, list(queries.changes_of(connection, [action_id])))
    return tuple(map(Prose, _summed(named.get(action_id, {}))))


def _named(connection: ReadConnection, changes: Sequence[ChangeFacts]) -> dict[int, dict[str, dict[str, None]]]:
    """What the records that each action changed are called, by their kind."""
    # A record that is gone is called as whatever took it away knew it.
    known = {change.row: change.before for change in changes if change.before is not None}
    words: dict[tuple[str, str], str] = {}
    named: dict[int, dict[str, dict[str, None]]] = {}
    for change in changes:
        if change.row not in words:
            now = queries.present(connection, *change.row) or known.get(change.row)
            words[change.row] = queries.called(connection, *change.row, now)
        of_action = named.setdefault(change.action_id, {})
        # A part of a record that is gone by now is counted with it.
        if not queries.is_orphan(change.table, words[change.row]):
            of_action.setdefault(words[change.row].split(" ")[0], {})[words[change.row]] = None
    return named


def _counted(by_table: Mapping[str, int]) -> Iterator[str]:
    for table, count in by_table.items():
        told_table = queries.TOLD_TABLES.get(table)
        if told_table is not None and told_table.parent is None:
            yield counted(count, told_table.noun)


def _summed(named: Mapping[str, Collection[str]]) -> Iterator[str]:
    for noun, words in named.items():
        if len(words) <= _MOST_NAMED:
            yield from words
        else:
            yield counted(len(words), noun)


def _states(every: Sequence[ActionFacts]) -> dict[int, State]:
    gone = history.cancelled(every)
    undos = {action.id: action.undoes_id for action in every if action.undoes_id is not None}
    states: dict[int, State] = {}
    for action in every:
        if action.undoes_id is None:
            states[action.id] = "undone" if action.id in gone else "done"
        else:
            states[action.id] = "redo" if action.undoes_id in undos else "undo"
    return states


def changes_of_record(connection: ReadConnection, table: str, identity: int) -> tuple[ChangeRow, ...]:
    """What happened to one record and its parts, value by value, the newest action first."""
    every = {action.id: action for action in actions(connection)}
    states = _states(list(every.values()))
    parts = [
        name for name, told_table in queries.TOLD_TABLES.items() if told_table.parent and told_table.parent[1] == table
    ]
    rows: dict[tuple[str, str], list[ChangeFacts]] = {}
    for change in queries.changes_in(connection, [table, *parts]):
        rows.setdefault(change.row, []).append(change)
    told: list[tuple[int, ChangeRow]] = []
    for (name, key), versions in rows.items():
        now = queries.present(connection, name, key)
        if not _belongs(name, key, versions, now, table, identity):
            continue
        # Each version ends where the next change begins; the last one is what stands now.
        after: list[Mapping[str, Any] | None] = [version.before for version in versions[1:]]
        for version, left in zip(versions, [*after, now], strict=True):
            action = every[version.action_id]
            made = left if version.op != "delete" else None
            for field, before, value in _differences(connection, name, version.before, made):
                row = ChangeRow(
                    action.id,
                    date.fromisoformat(action.on_day),
                    action.command,
                    states[action.id],
                    queries.TOLD_TABLES[name].noun,
                    field,
                    _prose(before),
                    _prose(value),
                )
                told.append((version.id, row))
    return tuple(row for _, row in sorted(told, key=lambda one: -one[0]))


def _belongs(
    name: str, key: str, versions: Sequence[ChangeFacts], now: Mapping[str, Any] | None, table: str, identity: int
) -> bool:
    if name == table:
        return bool(json.loads(key).get("id") == identity)
    parent = queries.TOLD_TABLES[name].parent
    assert parent is not None
    known = [now, *(version.before for version in versions), json.loads(key)]
    return any(row is not None and row.get(parent[0]) == identity for row in known)


def obstacles(connection: ReadConnection, action_id: int, later: Collection[int]) -> tuple[Obstacle, ...]:
    """The values that an action left and that later ones changed: as they were after it, and as they are now."""
    mine = {change.row for change in queries.changes_of(connection, [action_id])}
    first: dict[tuple[str, str], ChangeFacts] = {}
    for change in sorted(queries.changes_of(connection, later), key=lambda change: change.id):
        first.setdefault(change.row, change)
    found = []
    for (table, key), change in first.items():
        if change.row not in mine:
            continue
        now = queries.present(connection, table, key)
        record = queries.called(connection, table, key, now or change.before)
        differing = list(_differences(connection, table, change.before, now))
        told_table = queries.TOLD_TABLES.get(table)
        if not differing and told_table is not None and told_table.parent is not None:
            # A part that says what it said: a touch that followed its interaction, which is told itself.
            continue
        # Where only its stamp differs, a part of it was changed: that is what is in the way.
        differing = differing or list(_parts_changed(connection, table, key, first.values()))
        differing = differing or [("changed", (change.before or {}).get("changed_at"), None)]
        found += [Obstacle(record, field, _text(then), _text(value)) for field, then, value in differing]
    return tuple(dict.fromkeys(found))


def _parts_changed(
    connection: ReadConnection, table: str, key: str, changes: Iterable[ChangeFacts]
) -> Iterator[tuple[str, Any, Any]]:
    """(field, before, after) of the parts of a record that some changes were of; a field begins with the part's noun."""
    identity = json.loads(key).get("id")
    for change in changes:
        told_table = queries.TOLD_TABLES.get(change.table)
        if told_table is None or told_table.parent is None or told_table.parent[1] != table:
            continue
        now = queries.present(connection, change.table, change.key)
        if _belongs(change.table, change.key, [change], now, table, identity):
            for field, before, after in _differences(connection, change.table, change.before, now):
                if f"{field}_id" != told_table.parent[0]:
                    yield f"{told_table.noun} {field}" if field != told_table.noun else field, before, after


def _differences(
    connection: ReadConnection, table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[tuple[str, Any, Any]]:
    """(field, before, after) of the values that differ, with other records by the words they are called."""
    for column in queries.TOLD_TABLES[table].columns if table in queries.TOLD_TABLES else ():
        one, other = (before or {}).get(column), (after or {}).get(column)
        if one != other:
            yield column.removesuffix("_id"), _shown(connection, column, one), _shown(connection, column, other)


def _shown(connection: ReadConnection, column: str, value: Any) -> Any:
    table = _REFERENCES.get(column)
    if table is None or value is None:
        return value
    key = json.dumps({"id": value}, separators=(",", ":"))
    return queries.called(connection, table, key, queries.present(connection, table, key)).split(" ", 1)[-1]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _prose(value: Any) -> Prose | None:
    return None if value is None else Prose(str(value))
