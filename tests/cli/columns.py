"""One row in every table, whose values can all be told apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from netjournal.store.tables import TABLES

if TYPE_CHECKING:
    from netjournal.store.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T10:00:00Z"
#: The record itself, and copies that follow from other columns of it.
DERIVED = {
    *("id", "name_key", "alias_key", "value_key", "position"),
    *("touch.on_day", "touch.exposure", "interaction.exposure", "contact_method.kind"),
}
#: Values that a CHECK limits to some words or a range.
CHOSEN: dict[str, Any] = {
    "contact.handle": "handle-of-the-contact",
    "contact.birthday": "--07-19",
    "contact.every_days": 1111,
    "contact.latest_days": 2222,
    "circle.every_days": 3333,
    "circle.latest_days": 4444,
    "contact_method.kind": "email",
    "objective.key": "key-of-the-objective",
    "objective.status": "achieved",
    "interaction.kind": "letter",
    "interaction.direction": "in",
    "interaction.minutes": 1379,
    "followup.owner": "them",
    "followup.status": "dropped",
    "opportunity.direction": "out",
    "opportunity.stage": "offer",
    "opportunity.origin": "introduction",
    "signal.kind": "job",
}


class Everything:
    """One row in every table with a value in every column; each value can be told from all others."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.days = (TODAY - timedelta(days=n) for n in range(5000, 9000))
        self.ids: dict[str, int] = {}
        self.values: dict[str, Any] = {}
        for name in TABLES:
            if name not in ("journal", "action", "change"):
                self.add(name)

    def add(self, table: str) -> None:
        values = {
            column: self.value(table, column)
            for column in TABLES[table].model_fields
            if column not in ("id", "uid", "exposure")
        }
        if "exposure" in TABLES[table].model_fields:
            values["exposure"] = 0
        if table == "touch":
            values |= {column: self.values[f"interaction.{column}"] for column in ("on_day", "kind", "direction")}
        if "uid" in TABLES[table].model_fields:
            values["uid"] = f"{len(self.ids):032x}"
            values.pop("changed_at")
            self.ids[table] = self.uow.add_record(table, **values)
        else:
            self.ids[table] = self.uow.add(table, **values)
        self.values |= {f"{table}.{column}": value for column, value in values.items()}

    def value(self, table: str, column: str) -> Any:
        if f"{table}.{column}" in CHOSEN:
            return CHOSEN[f"{table}.{column}"]
        if column.endswith("_id") and column != "external_id":
            return self.reference(table, column)
        if column.endswith(("_on", "_day", "_until")) or column in ("since", "until"):
            return next(self.days).isoformat()
        if column in ("paused", "never", "none_on_purpose", "no_reply"):
            return 1
        return 0 if column == "position" else f"the {column} of the {table}"

    def reference(self, table: str, column: str) -> int | None:
        target = {"client": "contact", "through": "contact", "group": "contact_group"}.get(column.removesuffix("_id"))
        target = target or column.removesuffix("_id")
        if column in ("introduced_by_id", "to_contact_id", "via_contact_id"):
            # A second contact, so that nobody was introduced to themselves.
            added = f"{column} of the {table}"
            uid = f"{len(self.ids) + 100 + len(column):032x}"
            return self.uow.add_record(
                "contact", uid=uid, handle=column.replace("_", "-"), name=added, name_key=added, added_on="2020-01-01"
            )
        return self.ids[target]
