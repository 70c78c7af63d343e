"""`undo`: take back the newest action, whatever it was, as one step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import history
from netjournal.errors import ConflictError, NotFoundError
from netjournal.store.queries.actions import actions

if TYPE_CHECKING:
    from netjournal.store.unit_of_work import UnitOfWork


class Undone(NamedTuple):
    """The receipt of an undo."""

    action: int
    command: str
    on: date
    change_count: int


def undo(uow: UnitOfWork) -> Undone:
    """Take back the newest action in force. Raises NotFoundError where there is none, ConflictError where it cannot."""
    every = [action for action in actions(uow.read) if action.id != uow.action_id]
    target = history.newest_in_force(every)
    if target is None:
        raise NotFoundError("There is nothing to undo.")
    found = next(action for action in every if action.id == target)
    if uow.changed_since(target, history.later_in_force(every, target)):
        raise ConflictError(f"Action {target} ({found.command}) cannot be undone: its records were changed since.")
    count = uow.take_back(target)
    return Undone(target, found.command, date.fromisoformat(found.on_day), count)
