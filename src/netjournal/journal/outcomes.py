"""What comes of an interaction: introductions and opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import text
from netjournal.errors import UsageError
from netjournal.journal.followups import write_promise
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import introductions as introduction_queries
from netjournal.store.queries import opportunities as opportunity_queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from netjournal.journal.words import LogWords
    from netjournal.store.unit_of_work import UnitOfWork

_THANKS: Final = "thank them for the introduction"


class Linked(NamedTuple):
    """The opportunity that an interaction belongs to, and whether it was made for it."""

    title: str
    made: bool


def introduced_names(words: LogWords) -> tuple[str, ...]:
    """Who has a part in the introduction. Raises UsageError where nobody was introduced."""
    if (words.to or words.via) and words.intro is None:
        raise UsageError("`--to` and `--via` say more of an introduction.", "Name who was introduced with `--intro`.")
    if words.intro == "":
        raise UsageError("`--intro` names nobody.", "Name who was introduced, as in `--intro dana`.")
    return tuple(name for name in (words.intro, words.to, words.via) if name)


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
    there = introduction_queries.introduction_in(uow.read, interaction_id, contact_id, to)
    before = there.via_id if there else None
    if there is None:
        uow.add(
            "introduction", interaction_id=interaction_id, contact_id=contact_id, to_contact_id=to, via_contact_id=via
        )
    elif via is not None:
        uow.change("introduction", {"id": there.id}, via_contact_id=via)
    if via is None or via == before:
        return
    _owe_thanks(uow, interaction_id, before, via)
    if to is None:
        # Whoever introduced them first is not forgotten, unless that was said of this very introduction.
        uow.change("contact", {"id": contact_id, "introduced_by_id": before}, introduced_by_id=via)


def _owe_thanks(uow: UnitOfWork, interaction_id: int, before: int | None, via: int) -> None:
    """Promise thanks to whoever introduced; where somebody else was named before, theirs were meant for this one."""
    meant = {"interaction_id": interaction_id, "contact_id": before, "text": _THANKS, "status": "open"}
    if before is not None and uow.change("followup", meant, contact_id=via):
        return
    # As of every promise from an interaction that is for one objective.
    stated = interaction_queries.stated_ids(uow.read, interaction_id)
    objective_id = stated[0] if len(stated) == 1 else None
    write_promise(uow, _THANKS, contact_id=via, interaction_id=interaction_id, objective_id=objective_id)


def link_opportunity(
    uow: UnitOfWork, title: str | None, people: Sequence[int], objectives: Sequence[int], on: date, interaction_id: int
) -> Linked | None:
    """Link to the open opportunity of that title, or make one; without a title nothing."""
    if title is None:
        return None
    shown = text.name(title, "The opportunity's title")
    there = opportunity_queries.open_with_title(uow.read, shown)
    if there:
        opportunity_id, shown = there[0].id, there[0].title
    else:
        through = people[0] if people else None
        opportunity_id = uow.add_record(
            "opportunity",
            title=shown,
            organization_id=works_at(uow, through),
            through_id=through,
            objective_id=objectives[0] if len(objectives) == 1 else None,
            direction="in",
            stage="lead",
            opened_on=on.isoformat(),
        )
    link_interaction(uow, opportunity_id, interaction_id)
    return Linked(shown, not there)


def works_at(uow: UnitOfWork, contact_id: int | None) -> int | None:
    """The organization that an opportunity through somebody is at, where nothing else was said."""
    if contact_id is None:
        return None
    work = contact_queries.affiliations(uow.read, [contact_id]).get(contact_id, [])
    return next((a.organization_id for a in work if a.until is None), None)


def link_interaction(uow: UnitOfWork, opportunity_id: int, interaction_id: int) -> None:
    """Say that an interaction belongs to an opportunity, once."""
    linked = opportunity_queries.linked(uow.read, [opportunity_id]).get(opportunity_id, ())
    if interaction_id not in {i.interaction_id for i in linked}:
        uow.add("opportunity_interaction", opportunity_id=opportunity_id, interaction_id=interaction_id)
