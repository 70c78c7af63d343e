"""What is to be reached, and who belongs to it."""

from sqlmodel import Field

from netjournal.store.tables.base import Table


class Objective(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    key: str
    title: str
    why: str | None = None
    looking_for: str | None = None
    done_when: str | None = None
    by_day: str | None = None
    client_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    status: str = "active"
    outcome: str | None = None
    opened_on: str
    closed_on: str | None = None
    changed_at: str


class ObjectiveAsk(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    objective_id: int = Field(foreign_key="objective.id", ondelete="CASCADE")
    ask: str
    position: int


class ObjectiveTopic(Table, table=True):
    objective_id: int = Field(primary_key=True, foreign_key="objective.id", ondelete="CASCADE")
    topic: str = Field(primary_key=True)


class ObjectiveOrganization(Table, table=True):
    objective_id: int = Field(primary_key=True, foreign_key="objective.id", ondelete="CASCADE")
    organization_id: int = Field(primary_key=True, foreign_key="organization.id", ondelete="CASCADE")


class ContactObjective(Table, table=True):
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    objective_id: int = Field(primary_key=True, foreign_key="objective.id", ondelete="CASCADE")
