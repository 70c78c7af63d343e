"""What happened, was promised, came up and was noticed."""

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from netjournal.store.tables.base import Table


class Interaction(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    on_day: str
    kind: str
    direction: str
    exposure: int = 0
    summary: str | None = None
    note: str | None = None
    minutes: int | None = None
    gave: str | None = None
    got: str | None = None
    none_on_purpose: int = 0
    no_reply: int = 0
    source: str = "log"
    changed_at: str


class Touch(Table, table=True):
    __table_args__ = (
        ForeignKeyConstraint(
            ["interaction_id", "on_day", "exposure", "kind", "direction"],
            [f"interaction.{column}" for column in ("id", "on_day", "exposure", "kind", "direction")],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
    )

    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    interaction_id: int = Field(primary_key=True)
    on_day: str
    exposure: int
    kind: str
    direction: str


class TouchNote(Table, table=True):
    __table_args__ = (
        ForeignKeyConstraint(
            ["contact_id", "interaction_id"],
            ["touch.contact_id", "touch.interaction_id"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int
    interaction_id: int
    note: str


class TouchTopic(Table, table=True):
    __table_args__ = (
        ForeignKeyConstraint(
            ["interaction_id", "contact_id"],
            ["touch.interaction_id", "touch.contact_id"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
    )

    interaction_id: int = Field(primary_key=True)
    contact_id: int = Field(primary_key=True)
    topic: str = Field(primary_key=True)


class Support(Table, table=True):
    interaction_id: int = Field(primary_key=True, foreign_key="interaction.id", ondelete="CASCADE")
    objective_id: int = Field(primary_key=True, foreign_key="objective.id", ondelete="CASCADE")


class InteractionTopic(Table, table=True):
    interaction_id: int = Field(primary_key=True, foreign_key="interaction.id", ondelete="CASCADE")
    topic: str = Field(primary_key=True)


class InteractionSource(Table, table=True):
    source: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    interaction_id: int = Field(foreign_key="interaction.id", ondelete="CASCADE")


class Introduction(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    interaction_id: int = Field(foreign_key="interaction.id", ondelete="CASCADE")
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    to_contact_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="CASCADE")
    via_contact_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")


class Followup(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    text: str
    owner: str
    by_day: str
    contact_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="CASCADE")
    objective_id: int | None = Field(default=None, foreign_key="objective.id", ondelete="SET NULL")
    interaction_id: int | None = Field(default=None, foreign_key="interaction.id", ondelete="SET NULL")
    status: str = "open"
    opened_on: str
    closed_on: str | None = None
    changed_at: str


class Opportunity(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    title: str
    organization_id: int | None = Field(default=None, foreign_key="organization.id", ondelete="SET NULL")
    through_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    objective_id: int | None = Field(default=None, foreign_key="objective.id", ondelete="SET NULL")
    direction: str
    stage: str
    origin: str | None = None
    note: str | None = None
    opened_on: str
    closed_on: str | None = None
    changed_at: str


class OpportunityInteraction(Table, table=True):
    opportunity_id: int = Field(primary_key=True, foreign_key="opportunity.id", ondelete="CASCADE")
    interaction_id: int = Field(primary_key=True, foreign_key="interaction.id", ondelete="CASCADE")


class Signal(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    kind: str
    text: str
    on_day: str
    source: str
    changed_at: str
