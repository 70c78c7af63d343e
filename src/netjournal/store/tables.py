"""The one definition of what is stored: files get it from the steps in `store/sqlite/`, held equal by a test.

There are no relationships here: children are added by their parent's id and changed by statements.
"""

import re

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel


class Table(SQLModel):
    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


class Journal(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str


class Circle(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    name: str
    name_key: str
    every_days: int
    latest_days: int | None = None
    changed_at: str


class Organization(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    name: str
    name_key: str
    changed_at: str


class OrganizationAlias(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", ondelete="CASCADE")
    alias: str
    alias_key: str


class Contact(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    handle: str
    name: str
    name_key: str
    location: str | None = None
    birthday: str | None = None
    met: str | None = None
    introduced_by_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    note: str | None = None
    circle_id: int | None = Field(default=None, foreign_key="circle.id", ondelete="SET NULL")
    every_days: int | None = None
    latest_days: int | None = None
    first_due_on: str | None = None
    told_last_on: str | None = None
    snoozed_until: str | None = None
    paused: int = 0
    never: int = 0
    connected_on: str | None = None
    archived_on: str | None = None
    added_on: str
    changed_at: str


class ContactAlias(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    alias: str
    alias_key: str


class ContactMethod(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    kind: str
    value: str
    value_key: str
    position: int


class Affiliation(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    organization_id: int | None = Field(default=None, foreign_key="organization.id", ondelete="CASCADE")
    title: str | None = None
    since: str | None = None
    until: str | None = None


class ContactTopic(Table, table=True):
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    topic: str = Field(primary_key=True)


class ContactSource(Table, table=True):
    source: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    told: str | None = None


class ContactCard(Table, table=True):
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    rest: str


class ContactGroup(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    name: str
    name_key: str
    changed_at: str


class GroupMember(Table, table=True):
    group_id: int = Field(primary_key=True, foreign_key="contact_group.id", ondelete="CASCADE")
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")


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
            ["interaction_id", "on_day", "exposure"],
            ["interaction.id", "interaction.on_day", "interaction.exposure"],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
    )

    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    interaction_id: int = Field(primary_key=True)
    on_day: str
    exposure: int


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


class Action(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    on_day: str
    at: str
    command: str
    undoes_id: int | None = Field(default=None, foreign_key="action.id")


class Change(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    table_name: str
    op: str
    key: str
    before: str | None = None


TABLES: dict[str, type[Table]] = {str(table.__tablename__): table for table in Table.__subclasses__()}
