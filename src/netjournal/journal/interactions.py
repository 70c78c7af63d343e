"""`interaction delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.reports.interactions import interaction

if TYPE_CHECKING:
    from netjournal.reports.interactions import InteractionRow
    from netjournal.store.unit_of_work import UnitOfWork


def delete_interaction(uow: UnitOfWork, typed: str) -> InteractionRow:
    """Delete an interaction, named by its short number; promises made in it stay. Raises NotFoundError."""
    row = interaction(uow.read, typed)
    uow.remove("interaction", id=row.id)
    return row
