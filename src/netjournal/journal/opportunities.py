"""`opportunity add|move|close`: what came up, and what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain import opportunities as rules
from netjournal.domain import text
from netjournal.domain.dates import show_day
from netjournal.errors import ConflictError, UsageError
from netjournal.journal import organizations
from netjournal.journal.outcomes import link_interaction, works_at
from netjournal.reports import find
from netjournal.reports.interactions import stored_interaction
from netjournal.reports.opportunities import opportunity_row, stored
from netjournal.store.queries import opportunities as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.reports.opportunities import OpportunityRow
    from netjournal.store.unit_of_work import UnitOfWork


#: Two opportunities of one title are two where both are known to differ in one of these.
_APART: Final = ("organization_id", "through_id", "objective_id")


class OpportunityWords(NamedTuple):
    """What was said of an opportunity; None is unsaid, and an empty text clears."""

    organization: str | None = None
    through: str | None = None
    objective: str | None = None
    direction: str | None = None
    origin: str | None = None
    note: str | None = None
    interactions: Sequence[str] = ()


def add_opportunity(
    uow: UnitOfWork, title: str, words: OpportunityWords, stage: str, opened_on: date
) -> OpportunityRow:
    """Write down what came up. Raises UsageError, ConflictError, NotFoundError and AmbiguousError."""
    if stage in rules.ENDINGS:
        raise UsageError(
            "What is over already is added first, then closed.", f"Then `netj opportunity close ID {stage}`."
        )
    values = _values(uow, words)
    if words.organization is None:
        values["organization_id"] = works_at(uow, values.get("through_id"))
    _refuse_twin(uow, title, values)
    values.setdefault("direction", "in")
    opportunity_id = uow.add_record(
        "opportunity",
        title=text.name(title, "The title"),
        stage=text.one_of(stage, rules.OPEN_STAGES, "stage"),
        opened_on=opened_on.isoformat(),
        **values,
    )
    _link(uow, opportunity_id, words.interactions)
    return opportunity_row(uow.read, opportunity_id, uow.today)


def _refuse_twin(uow: UnitOfWork, title: str, values: Mapping[str, Any]) -> None:
    """Refuse what is open already under that title, with nothing that would tell the two apart."""
    for there in queries.open_with_title(uow.read, title):
        said = [(values.get(column), getattr(there, column)) for column in _APART]
        if all(new == old or None in (new, old) for new, old in said):
            raise ConflictError(
                f"An opportunity of that title is open already: number {there.id}.",
                f"`netj opportunity move {there.id} STAGE` says how far it has come; if this is another, say in the "
                "title what sets it apart.",
            )


def move_opportunity(uow: UnitOfWork, typed: str, stage: str | None, words: OpportunityWords) -> OpportunityRow:
    """Say how far it has come, or more of it; one that was closed is open again.

    Raises UsageError, NotFoundError and AmbiguousError.
    """
    opportunity_id = find.number(typed, "an opportunity")
    fact = stored(uow.read, opportunity_id)
    values = _values(uow, words)
    if stage is not None:
        values["stage"] = text.one_of(stage, rules.STAGES, "stage")
        if rules.is_open(stage):
            values["closed_on"] = None
        elif fact.closed_on is None:
            values["closed_on"] = _closing_day(fact.opened_on, uow.today)
    elif not values and not words.interactions:
        raise UsageError("How far has it come?", "Stages: " + ", ".join(rules.STAGES) + ".")
    if values:
        uow.change("opportunity", {"id": opportunity_id}, **values)
    _link(uow, opportunity_id, words.interactions)
    return opportunity_row(uow.read, opportunity_id, uow.today)


def close_opportunity(
    uow: UnitOfWork, typed: str, ending: str, closed_on: date | None, words: OpportunityWords
) -> OpportunityRow:
    """Say how it ended; one closed before keeps its day unless another is named.

    Raises UsageError, NotFoundError and ConflictError.
    """
    opportunity_id = find.number(typed, "an opportunity")
    fact = stored(uow.read, opportunity_id)
    text.one_of(ending, rules.ENDINGS, "ending")
    if fact.stage == ending and closed_on is None and words == OpportunityWords():
        raise ConflictError(f"Opportunity {opportunity_id} is {ending} already.")
    values = _values(uow, words)
    if closed_on is not None or fact.closed_on is None:
        values["closed_on"] = _closing_day(fact.opened_on, closed_on or uow.today)
    uow.change("opportunity", {"id": opportunity_id}, stage=ending, **values)
    _link(uow, opportunity_id, words.interactions)
    return opportunity_row(uow.read, opportunity_id, uow.today)


def _values(uow: UnitOfWork, words: OpportunityWords) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if words.organization is not None:
        values["organization_id"] = organizations.find_or_make(uow, words.organization) if words.organization else None
    if words.through is not None:
        values["through_id"] = find.contact_to_link(uow.read, words.through) if words.through else None
    if words.objective is not None:
        values["objective_id"] = find.objective(uow.read, words.objective) if words.objective else None
    if words.direction is not None:
        values["direction"] = text.one_of(words.direction, ("in", "out"), "direction")
    if words.origin is not None:
        values["origin"] = text.one_of(words.origin, rules.ORIGINS, "origin") if words.origin else None
    if words.note is not None:
        values["note"] = text.note(words.note) if words.note else None
    return values


def _closing_day(opened_on: str, closed_on: date) -> str:
    if closed_on.isoformat() < opened_on:
        came_up = show_day(date.fromisoformat(opened_on))
        raise UsageError(f"It came up on {came_up}, after {show_day(closed_on)}.", "Say another day with --on.")
    return closed_on.isoformat()


def _link(uow: UnitOfWork, opportunity_id: int, typed: Sequence[str]) -> None:
    for word in typed:
        link_interaction(uow, opportunity_id, stored_interaction(uow.read, word).id)
