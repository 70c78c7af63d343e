"""What has to be looked at again when the people of an interaction change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import kinds
from netjournal.store.queries import interactions as queries

if TYPE_CHECKING:
    from collections.abc import Collection

    from netjournal.store.unit_of_work import UnitOfWork


def settle_exposure(uow: UnitOfWork, ids: Collection[int]) -> None:
    """Say anew which interactions are exposure: one message to many may have become one to few, or the reverse."""
    people = queries.participants(uow.read, ids)
    for fact in queries.interactions_by_id(uow.read, ids):
        exposure = int(kinds.is_exposure(fact.kind, fact.direction, len(people.get(fact.id, ()))))  # type: ignore[arg-type]
        if exposure != fact.exposure:
            uow.change("interaction", {"id": fact.id}, exposure=exposure)
