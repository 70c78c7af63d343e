"""Undo and redo walk the same path: whatever was taken back comes back, byte for byte, until something new is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acts import ACTS, NOW, TODAY, Act, action_count, examples, exported, journal, perform
from hypothesis import given
from hypothesis import strategies as st

from netjournal import store
from netjournal.errors import ConflictError, NotFoundError
from netjournal.journal.undo import redo, undo
from netjournal.store.sqlite.opener import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path


def stepped(path: Path, forward: bool) -> bool:
    """Undo or redo once; whether there was something to take."""
    try:
        with store.writing(path, "redo" if forward else "undo", TODAY, NOW) as uow:
            (redo if forward else undo)(uow)
    except NotFoundError:
        return False
    return True


@examples(12)
@given(st.lists(ACTS, min_size=1, max_size=5), st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_walk_of_undo_and_redo_shows_the_same_states_again(acts: list[Act], walk: list[bool]) -> None:
    with journal() as path:
        states = [exported(path)]
        for act in acts:
            actions = action_count(path)
            perform(path, act)
            if action_count(path) > actions:
                states.append(exported(path))
        at, newest = len(states) - 1, len(states) - 1
        for forward in walk:
            # Below the first act lies the journal's own beginning, which this walk leaves alone.
            if not forward and at == 0:
                continue
            moved = stepped(path, forward)
            assert moved == (at < newest if forward else at > 0)
            if moved:
                at += 1 if forward else -1
            assert exported(path) == states[at]


@examples(10)
@given(st.lists(ACTS, min_size=2, max_size=5), st.integers(0, 4))
def test_a_chosen_action_is_taken_back_whole_or_refused(acts: list[Act], chosen: int) -> None:
    with journal() as path:
        numbers = []
        for act in acts:
            actions = action_count(path)
            perform(path, act)
            if action_count(path) > actions:
                numbers.append(action_count(path))
        if not numbers:
            return
        before = exported(path)
        try:
            with store.writing(path, "undo", TODAY, NOW) as uow:
                undo(uow, str(numbers[chosen % len(numbers)]))
        except ConflictError:
            assert exported(path) == before
        else:
            assert stepped(path, forward=True)
            assert exported(path) == before
        connection = open_for_writing(path)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
