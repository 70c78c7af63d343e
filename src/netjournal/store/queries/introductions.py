"""Facts about introductions: who was introduced to whom, by whom, and what thanks are still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class IntroductionFacts(NamedTuple):
    """One introduction; `to_id` and `via_id` are None for the journal's owner."""

    interaction_id: int
    on_day: str
    contact_id: int
    to_id: int | None
    via_id: int | None


class Introduced(NamedTuple):
    """One introduction as it is stored, and by whom if not by the journal's owner."""

    id: int
    via_id: int | None


class ThanksFacts(NamedTuple):
    """An open promise to thank a contact for an introduction."""

    followup_id: int
    on_day: str
    contact_id: int


_SELECT = (
    "SELECT n.interaction_id, i.on_day, n.contact_id, n.to_contact_id, n.via_contact_id FROM introduction AS n "
    "JOIN interaction AS i ON i.id = n.interaction_id"
)


def introductions(connection: ReadConnection, contact_id: int) -> list[IntroductionFacts]:
    """Every introduction a contact had a part in, newest first."""
    found = set()
    for column in ("contact_id", "to_contact_id", "via_contact_id"):
        # One index each: an OR over three columns would read the whole table.
        found.update(connection.rows(f"{_SELECT} WHERE n.{column} = :id", {"id": contact_id}))
    return sorted((IntroductionFacts(*row) for row in found), key=lambda n: (n.on_day, n.interaction_id), reverse=True)


def introducer(connection: ReadConnection, contact_id: int) -> int | None:
    """Who introduced a contact to the owner: as told of the contact, else by the oldest such introduction."""
    found = connection.rows(
        "SELECT c.introduced_by_id FROM contact AS c WHERE c.id = :id AND c.introduced_by_id IS NOT NULL",
        {"id": contact_id},
    ) or connection.rows(
        "SELECT n.via_contact_id FROM introduction AS n JOIN interaction AS i ON i.id = n.interaction_id "
        "WHERE n.contact_id = :id AND n.to_contact_id IS NULL AND n.via_contact_id IS NOT NULL "
        "ORDER BY i.on_day, n.id LIMIT 1",
        {"id": contact_id},
    )
    return int(found[0][0]) if found else None


def thanks_owed(connection: ReadConnection, contact_id: int) -> list[ThanksFacts]:
    """My open promises to a contact that were made in an introduction by them, and whom they introduced."""
    return [
        ThanksFacts(*row)
        for row in connection.rows(
            "SELECT f.id, i.on_day, n.contact_id FROM followup AS f "
            "JOIN introduction AS n ON n.interaction_id = f.interaction_id AND n.via_contact_id = f.contact_id "
            "JOIN interaction AS i ON i.id = f.interaction_id "
            "WHERE f.contact_id = :id AND f.owner = 'me' AND f.status = 'open' ORDER BY i.on_day, f.id",
            {"id": contact_id},
        )
    ]


def introduction_in(
    connection: ReadConnection, interaction_id: int, contact_id: int, to_contact_id: int | None
) -> Introduced | None:
    """The introduction of one contact to another, or to the journal's owner, that an interaction holds."""
    found = connection.rows(
        "SELECT n.id, n.via_contact_id FROM introduction AS n WHERE n.interaction_id = :interaction AND ("
        "(n.contact_id = :a AND coalesce(n.to_contact_id, 0) = coalesce(:b, 0)) "
        "OR (n.contact_id = :b AND n.to_contact_id = :a)) ORDER BY n.id",
        {"interaction": interaction_id, "a": contact_id, "b": to_contact_id},
    )
    return Introduced(*found[0]) if found else None
