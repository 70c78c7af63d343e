"""`interaction delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.errors import NotFoundError
from netjournal.reports.interactions import interaction_rows
from netjournal.store.queries import interactions as queries

if TYPE_CHECKING:
    from netjournal.reports.interactions import InteractionRow
    from netjournal.store.unit_of_work import UnitOfWork


def delete_interaction(uow: UnitOfWork, interaction_id: int) -> InteractionRow:
    """Delete an interaction; promises made in it stay. Raises NotFoundError."""
    facts = queries.interactions_by_id(uow.read, [interaction_id])
    if not facts:
        raise NotFoundError(f"There is no interaction {interaction_id}.", "`netj interaction list` shows their numbers.")
    (row,) = interaction_rows(uow.read, facts)
    uow.remove("interaction", id=interaction_id)
    return row
