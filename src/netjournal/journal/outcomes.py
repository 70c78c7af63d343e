"""What comes of an interaction: introductions and opportunities."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from netjournal.domain import text
from netjournal.errors import UsageError
from netjournal.journal.followups import PROMISE_DAYS
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import opportunities as opportunity_queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from netjournal.journal.log import LogWords
    from netjournal.store.unit_of_work import UnitOfWork


def introduce(uow: UnitOfWork, words: LogWords, named: Mapping[str, int], interaction_id: int) -> None:
    """Write who was introduced to whom, and the thanks owed for it. Raises UsageError."""
    if words.intro is None:
        return
    for typed in (words.intro, words.to, words.via):
        if typed and typed not in named:
            raise UsageError(f"'{typed}' is not one person, so it cannot be introduced.", "Name a contact.")
    contact_id, via = named[words.intro], named[words.via] if words.via else None
    to = named[words.to] if words.to else None
    if contact_id == to:
        raise UsageError("Nobody can be introduced to themselves.")
    if via in (contact_id, to) and via is not None:
        raise UsageError("Whoever introduces is not one of those introduced.", "Leave out `--via` where it was you.")
    uow.add("introduction", interaction_id=interaction_id, contact_id=contact_id, to_contact_id=to, via_contact_id=via)
    if via is not None:
        uow.add_record(
            "followup",
            text="thank them for the introduction",
            owner="me",
            by_day=(uow.today + timedelta(days=PROMISE_DAYS)).isoformat(),
            contact_id=via,
            interaction_id=interaction_id,
            opened_on=uow.today.isoformat(),
        )
        if to is None and contact_queries.details(uow.read, contact_id).introduced_by is None:
            uow.change("contact", {"id": contact_id}, introduced_by_id=via)


def link_opportunity(
    uow: UnitOfWork, title: str, people: Sequence[int], objectives: Sequence[int], on: date, interaction_id: int
) -> None:
    """Link to the open opportunity of that title, or make one."""
    shown = text.name(title, "The opportunity's title")
    opportunity_id = opportunity_queries.open_with_title(uow.read, shown)
    if opportunity_id is None:
        through = people[0] if people else None
        work = contact_queries.affiliations(uow.read, people[:1]).get(through or 0, [])
        opportunity_id = uow.add_record(
            "opportunity",
            title=shown,
            organization_id=next((a.organization_id for a in work if a.until is None), None),
            through_id=through,
            objective_id=objectives[0] if len(objectives) == 1 else None,
            direction="in",
            stage="lead",
            opened_on=on.isoformat(),
        )
    uow.add("opportunity_interaction", opportunity_id=opportunity_id, interaction_id=interaction_id)
