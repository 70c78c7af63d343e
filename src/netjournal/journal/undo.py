"""`undo` and `redo`: take back an action as one step, and put it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from netjournal.domain import history
from netjournal.domain.words import Prose, prose
from netjournal.errors import ConflictError, NotFoundError
from netjournal.reports.changes import obstacles, records_of
from netjournal.reports.find import number
from netjournal.store.queries.actions import actions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.store.queries.actions import ActionFacts
    from netjournal.store.unit_of_work import UnitOfWork


class Undone(NamedTuple):
    """The receipt of an undo or a redo."""

    action: int
    command: str
    on: date
    change_count: int
    #: What was taken away or put back, as `changes` names it.
    records: tuple[Prose, ...] = ()
    #: What the action is now.
    state: Literal["undone", "done"] = "undone"


class ConflictRow(NamedTuple):
    """One value that stands in the way of an undo: as the action left it, and as it is now."""

    record: Prose
    field: str
    then: Prose | None
    now: Prose | None


class ChangedSinceError(ConflictError):
    """An action that cannot be taken back, with both versions of what was changed since."""

    def __init__(self, sentence: str, rows: Sequence[ConflictRow]) -> None:
        super().__init__(sentence, "Both versions are shown; `netj undo` of the later action comes first.")
        self.rows = tuple(rows)


def undo(uow: UnitOfWork, typed: str | None = None) -> Undone:
    """Take back an action: the one named, else the newest in force.

    Raises NotFoundError where there is none, ConflictError where it cannot be, UsageError for what is no number.
    """
    every = [action for action in actions(uow.read) if action.id != uow.action_id]
    if typed is None:
        target = history.newest_in_force(every)
        if target is None:
            raise NotFoundError("There is nothing to undo.")
    else:
        target = _named(every, typed)
    return _taken_back(uow, every, target)


def redo(uow: UnitOfWork) -> Undone:
    """Put back what the newest undo took away. Raises NotFoundError, ConflictError."""
    every = [action for action in actions(uow.read) if action.id != uow.action_id]
    found = history.newest_undo(every)
    if found is None:
        raise NotFoundError("There is nothing to redo.", "Only what was undone last, with nothing new done since.")
    undone = next(action for action in every if action.id == found)
    receipt = _taken_back(uow, every, found)
    original = next(action for action in every if action.id == undone.undoes_id)
    return receipt._replace(
        action=original.id, command=original.command, on=date.fromisoformat(original.on_day), state="done"
    )


def _named(every: Sequence[ActionFacts], typed: str) -> int:
    wanted = number(typed, "an action")
    found = next((action for action in every if action.id == wanted), None)
    if found is None:
        raise NotFoundError(f"There is no action {wanted}.", "`netj changes` lists them.")
    if found.undoes_id is not None:
        raise ConflictError(
            f"Action {wanted} ({found.command}) is an undo or a redo itself.",
            "`netj redo` puts back what was undone last; `netj undo ACTION` takes an action of your own.",
        )
    if found.forgotten:
        raise ConflictError(
            f"Action {wanted} ({found.command}) cannot be undone: what it changed was forgotten.",
            "`netj forget` removes somebody for good, and with them the past of what was theirs.",
        )
    if wanted in history.cancelled(every):
        raise ConflictError(f"Action {wanted} ({found.command}) is undone already.")
    return wanted


def _taken_back(uow: UnitOfWork, every: Sequence[ActionFacts], target: int) -> Undone:
    found = next(action for action in every if action.id == target)
    since = obstacles(uow.read, target, history.later_in_force(every, target))
    if since:
        raise ChangedSinceError(
            f"Action {target} ({found.command}) cannot be undone: its records were changed since.",
            [ConflictRow(Prose(s.record), s.field, prose(s.then), prose(s.now)) for s in since],
        )
    # Named while what will go is still there, and what will come is still in the record.
    records = records_of(uow.read, target)
    count = uow.take_back(target)
    return Undone(target, found.command, date.fromisoformat(found.on_day), count, records)
