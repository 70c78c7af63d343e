"""Canonical records as rows of tables, written by the batch: new ones added, old ones changed with all they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain import names
from netjournal.journal.joining.belongings import BELONGINGS, exposure
from netjournal.store.queries.joining import TABLE_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from netjournal.journal.joining.world import World
    from netjournal.store.queries.export_interactions import Record


class Change(NamedTuple):
    """One record to write: its id and uid here, what holds of it, and its handle or key (None for other types).

    `is_renamed`: it is here under another handle, key or name.
    """

    id: int
    uid: str
    record: Record
    is_new: bool
    word: str | None = None
    is_renamed: bool = False


#: Columns that are made from a record, and those that are called as its keys are.
_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "circle": ("name name_key", "every_days latest_days changed_at"),
    "organization": ("name name_key", "changed_at"),
    "contact": (
        "handle name_key circle_id paused never",
        "name location birthday met note every_days latest_days first_due_on told_last_on snoozed_until connected_on "
        "archived_on added_on changed_at",
    ),
    "group": ("name name_key", "changed_at"),
    "objective": (
        "key client_id by_day",
        "title why looking_for done_when status outcome opened_on closed_on changed_at",
    ),
    "interaction": (
        "on_day exposure none_on_purpose no_reply",
        "kind direction summary note minutes gave got source changed_at",
    ),
    "followup": (
        "contact_id objective_id interaction_id by_day",
        "text owner status opened_on closed_on changed_at",
    ),
    "opportunity": (
        "organization_id through_id objective_id",
        "title direction stage origin note opened_on closed_on changed_at",
    ),
    "signal": ("contact_id on_day", "kind text source changed_at"),
}
#: The column of which every value is there once.
_UNIQUE: Final = {"contact": "handle", "objective": "key", "circle": "name_key", "organization": "name_key",
                  "group": "name_key"}  # fmt: skip
#: Tables whose rows belong to a record, with the column that says to which.
_CHILDREN: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "organization": (("organization_alias", "organization_id", "alias alias_key"),),
    "contact": (
        ("contact_alias", "contact_id", "alias alias_key"),
        ("contact_method", "contact_id", "kind value value_key position"),
        ("affiliation", "contact_id", "organization_id title since until"),
        ("contact_topic", "contact_id", "topic"),
        ("contact_source", "contact_id", "source external_id told"),
        ("contact_card", "contact_id", "rest"),
        ("contact_objective", "contact_id", "objective_id"),
    ),
    "group": (("group_member", "group_id", "contact_id"),),
    "objective": (
        ("objective_ask", "objective_id", "ask position"),
        ("objective_topic", "objective_id", "topic"),
        ("objective_organization", "objective_id", "organization_id"),
    ),
    "interaction": (
        ("touch", "interaction_id", "contact_id on_day exposure kind direction"),
        ("touch_note", "interaction_id", "contact_id note"),
        ("touch_topic", "interaction_id", "contact_id topic"),
        ("support", "interaction_id", "objective_id"),
        ("interaction_topic", "interaction_id", "topic"),
        ("interaction_source", "interaction_id", "source external_id"),
        ("introduction", "interaction_id", "contact_id to_contact_id via_contact_id"),
    ),
    "opportunity": (("opportunity_interaction", "opportunity_id", "interaction_id"),),
}


def write(world: World, kind: str, changes: Sequence[Change]) -> None:
    """Write records without what belongs to them; what they refer to must be there, introducers apart."""
    uow, table, columns = world.uow, TABLE_OF[kind], [column for part in _COLUMNS[kind] for column in part.split()]
    values = _values(world, kind)
    old = [change for change in changes if not change.is_new]
    for child, column, _ in _CHILDREN.get(kind, ()):
        uow.remove_rows(child, column, (change.id for change in old))
    # Out of the way of those who take their names: two may even change places.
    parked = [(f"{change.uid}-renamed", change.id) for change in old if change.is_renamed]
    if parked:
        uow.change_rows(table, (_UNIQUE[kind],), parked)
    new = ((change.id, change.uid, *values(change)) for change in changes if change.is_new)
    uow.add_rows(table, ("id", "uid", *columns), new)
    uow.change_rows(table, columns, ((*values(change), change.id) for change in old))
    if kind == "contact":
        # Once everyone is there: who introduced somebody may stand after them.
        ids = world.ids["contact"]
        by = [(ids.get(c.record["introduced_by_uid"]), c.id, c.is_new) for c in changes]
        uow.change_rows(table, ("introduced_by_id",), [(who, whom) for who, whom, is_new in by if who or not is_new])


def write_children(world: World, kind: str, changes: Sequence[Change]) -> None:
    """Write what belongs to records that were written; all that they refer to must be there."""
    rows = BELONGINGS[kind](world)
    gathered: dict[str, list[tuple[Any, ...]]] = {}
    for change in changes:
        for table, row in rows(change.record):
            gathered.setdefault(table, []).append((change.id, *row))
    for table, column, columns in _CHILDREN[kind]:
        if table in gathered:
            world.uow.add_rows(table, (column, *columns.split()), gathered[table])


def _values(world: World, kind: str) -> Callable[[Change], tuple[Any, ...]]:
    """What makes the values of a record's columns, in their order."""
    ids = world.ids
    special: dict[str, Callable[[Change], tuple[Any, ...]]] = {
        "circle": lambda c: (c.record["circle"], names.fold(c.record["circle"])),
        "organization": lambda c: (c.record["organization"], names.fold_organization(c.record["organization"])),
        "contact": lambda c: (
            c.word, names.fold(c.record["name"]), ids["circle"].get(c.record["circle_uid"]),
            int(c.record["paused"]), int(c.record["never"]),
        ),
        "group": lambda c: (c.record["group"], names.fold(c.record["group"])),
        "objective": lambda c: (c.word, ids["contact"].get(c.record["client_uid"]), c.record["by"]),
        "interaction": lambda c: (
            c.record["on"], exposure(c.record), int(c.record["none_on_purpose"]), int(c.record["no_reply"])
        ),
        "followup": lambda c: (
            ids["contact"].get(c.record["contact_uid"]), ids["objective"].get(c.record["objective_uid"]),
            ids["interaction"].get(c.record["interaction_uid"]), c.record["by"],
        ),
        "opportunity": lambda c: (
            ids["organization"].get(c.record["organization_uid"]), ids["contact"].get(c.record["through_uid"]),
            ids["objective"].get(c.record["objective_uid"]),
        ),
        "signal": lambda c: (ids["contact"][c.record["contact_uid"]], c.record["on"]),
    }  # fmt: skip
    first, keys = special[kind], _COLUMNS[kind][1].split()
    return lambda change: (*first(change), *[change.record[key] for key in keys])
