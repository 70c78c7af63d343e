"""Rows that hang on a contact or organization, for merges: which of one are already with the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection

#: Tables that link a contact to one other thing each, and the column that says to what.
OF_CONTACT: Final = {
    "touch": "interaction_id",
    "contact_topic": "topic",
    "contact_objective": "objective_id",
    "group_member": "group_id",
}
#: Tables whose rows simply change hands, and the column that names the contact.
HANDED_ON: Final = (
    ("followup", "contact_id"),
    ("signal", "contact_id"),
    ("contact_source", "contact_id"),
    ("opportunity", "through_id"),
    ("objective", "client_id"),
    ("contact", "introduced_by_id"),
    ("introduction", "via_contact_id"),
)


def linked(connection: ReadConnection, table: str, contact_id: int) -> set[Any]:
    """What one contact is linked to by a table of `OF_CONTACT`."""
    return {
        row[0]
        for row in connection.rows(
            f"SELECT {OF_CONTACT[table]} FROM {table} WHERE contact_id = :id", {"id": contact_id}
        )
    }


def has_card(connection: ReadConnection, contact_id: int) -> bool:
    """Whether properties of a contact's vCard are kept beside what is stored of them."""
    return bool(connection.rows("SELECT 1 FROM contact_card WHERE contact_id = :id", {"id": contact_id}))


def touch_notes_of(connection: ReadConnection, contact_id: int) -> dict[int, str]:
    """One contact's own notes by interaction."""
    return {
        int(row[0]): str(row[1])
        for row in connection.rows(
            "SELECT interaction_id, note FROM touch_note WHERE contact_id = :id", {"id": contact_id}
        )
    }


def touch_topics_of(connection: ReadConnection, contact_id: int) -> set[tuple[int, str]]:
    """(interaction id, topic) of what came up with one contact alone."""
    return {
        (int(row[0]), str(row[1]))
        for row in connection.rows(
            "SELECT k.interaction_id, k.topic FROM touch AS t JOIN touch_topic AS k "
            "ON k.interaction_id = t.interaction_id AND k.contact_id = t.contact_id WHERE t.contact_id = :id",
            {"id": contact_id},
        )
    }


def introductions_of(connection: ReadConnection, contact_id: int) -> list[tuple[int, int, int | None]]:
    """(id, who, to whom) of the introductions that one contact is an end of."""
    return [
        (int(row[0]), int(row[1]), row[2])
        for row in connection.rows(
            "SELECT id, contact_id, to_contact_id FROM introduction WHERE contact_id = :id OR to_contact_id = :id",
            {"id": contact_id},
        )
    ]


def objectives_of_organization(connection: ReadConnection, organization_id: int) -> set[int]:
    """The objectives that are about an organization."""
    return {
        int(row[0])
        for row in connection.rows(
            "SELECT objective_id FROM objective_organization WHERE organization_id = :id", {"id": organization_id}
        )
    }


def opportunities_of_organization(connection: ReadConnection, organization_id: int) -> list[int]:
    """The opportunities that came up at an organization."""
    return [
        int(row[0])
        for row in connection.rows("SELECT id FROM opportunity WHERE organization_id = :id", {"id": organization_id})
    ]


class Work(NamedTuple):
    """One contact's work at an organization."""

    id: int
    contact_id: int
    title: str | None
    since: str | None
    until: str | None


def work_at(connection: ReadConnection, organization_id: int) -> list[Work]:
    """Who works or worked at an organization, once for each title."""
    return [
        Work(*row)
        for row in connection.rows(
            "SELECT id, contact_id, title, since, until FROM affiliation WHERE organization_id = :id ORDER BY id",
            {"id": organization_id},
        )
    ]


_STORED: Final = (
    "location, birthday, met, introduced_by_id, connected_on, note, circle_id, every_days, latest_days, first_due_on, "
    "told_last_on, added_on, archived_on, never"
)


def stored(connection: ReadConnection, contact_id: int) -> dict[str, Any]:
    """The single values of one contact, by column."""
    (row,) = connection.rows(f"SELECT {_STORED} FROM contact WHERE id = :id", {"id": contact_id})
    return dict(zip(_STORED.split(", "), row, strict=True))
