"""Who there is and where they work."""

from sqlmodel import Field

from netjournal.store.tables.base import Table


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
