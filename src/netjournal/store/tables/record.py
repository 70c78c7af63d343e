"""The journal itself, and what every command changed."""

from sqlmodel import Field

from netjournal.store.tables.base import Table


class Journal(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str


class Action(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    on_day: str
    at: str
    command: str
    undoes_id: int | None = Field(default=None, foreign_key="action.id")
    forgotten: int = 0


class Change(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    table_name: str
    op: str
    key: str
    before: str | None = None
