"""What each touch repeats of its interaction, and what is said anew when the people of one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netjournal.domain import kinds
from netjournal.store.queries import interactions as queries

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from netjournal.domain.words import Direction
    from netjournal.store.unit_of_work import UnitOfWork


def repeated(on: date, kind: str, direction: Direction, participants: int) -> dict[str, Any]:
    """The columns of an interaction that each of its touches has too, for what is asked of touches alone."""
    exposure = int(kinds.is_exposure(kind, direction, participants))
    return {"on_day": on.isoformat(), "exposure": exposure, "kind": kind, "direction": direction}


def settle_exposure(uow: UnitOfWork, ids: Collection[int]) -> None:
    """Say anew which interactions are exposure: one message to many may have become one to few, or the reverse."""
    people = queries.participants(uow.read, ids)
    for fact in queries.interactions_by_id(uow.read, ids):
        exposure = int(kinds.is_exposure(fact.kind, fact.direction, len(people.get(fact.id, ()))))
        if exposure != fact.exposure:
            uow.change("interaction", {"id": fact.id}, exposure=exposure)
