"""Which actions are in force: an undo takes one back, and an undo of an undo puts it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Acted(Protocol):
    """One action."""

    @property
    def id(self) -> int: ...
    @property
    def undoes_id(self) -> int | None: ...
    @property
    def forgotten(self) -> int:
        """1 where changes of it are gone for good: then it cannot be taken back."""
        ...


def cancelled(actions: Iterable[Acted]) -> set[int]:
    """The actions that are taken back by an undo that is itself in force."""
    taken_back: set[int] = set()
    for action in sorted(actions, key=lambda a: a.id, reverse=True):
        if action.undoes_id is not None and action.id not in taken_back:
            taken_back.add(action.undoes_id)
    return taken_back


def newest_in_force(actions: Iterable[Acted]) -> int | None:
    """The action that a bare undo takes back: the newest that is in force, no undo itself and whole."""
    every = list(actions)
    gone = cancelled(every)
    return max((a.id for a in every if a.undoes_id is None and not a.forgotten and a.id not in gone), default=None)


def newest_undo(actions: Iterable[Acted]) -> int | None:
    """The undo that a redo takes back: the newest in force, with nothing new done since.

    A redo is itself an undo of an undo, and none of those that can be redone.
    """
    every = list(actions)
    gone = cancelled(every)
    undos = {a.id for a in every if a.undoes_id is not None}
    found = max((a.id for a in every if a.undoes_id not in (None, *undos) and a.id not in gone), default=None)
    done = max((a.id for a in every if a.undoes_id is None), default=0)
    whole = {a.id for a in every if not a.forgotten}
    return found if found in whole and found is not None and found > done else None


def later_in_force(actions: Iterable[Acted], than: int) -> set[int]:
    """The actions after one whose changes still stand: without those taken back, and the undos that took them back."""
    every = list(actions)
    gone = cancelled(every)
    return {a.id for a in every if a.id > than and a.id not in gone and (a.undoes_id is None or a.undoes_id < than)}
