"""Which actions are in force: an undo takes one back, an undo of an undo puts it back."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.history import cancelled, later_in_force, newest_in_force
from rows import rows
from tries import tries


class Acted(NamedTuple):
    id: int
    undoes_id: int | None = None
    forgotten: int = 0


def story(*undoes: int | None) -> list[Acted]:
    """Actions 1, 2, 3, …: each one new (None), or the undo of an earlier one."""
    return [Acted(number, undone) for number, undone in enumerate(undoes, 1)]


@rows(
    ("actions", "gone", "newest"),
    [
        (story(), set(), None),
        (story(None), set(), 1),
        (story(None, None), set(), 2),
        (story(None, None, 2), {2}, 1),
        (story(None, None, 2, 1), {1, 2}, None),
        # Something new after an undo is what the next undo takes back, then what was before.
        (story(None, None, 2, None), {2}, 4),
        (story(None, None, 2, None, 4), {2, 4}, 1),
        # An undo of an undo puts the action back in force; and so on.
        (story(None, 1, 2), {2}, 1),
        (story(None, None, 2, 3), {3}, 2),
        (story(None, 1, 2, 3), {1, 3}, None),
        (story(None, 1, 2, 3, 4), {2, 4}, 1),
    ],
)
def test_what_is_taken_back_and_what_comes_next(actions: list[Acted], gone: set[int], newest: int | None) -> None:
    assert cancelled(actions) == gone
    assert newest_in_force(actions) == newest
    assert newest_in_force(list(reversed(actions))) == newest


@rows(
    ("actions", "than", "later"),
    [
        (story(None, None), 2, set()),
        (story(None, None), 1, {2}),
        (story(None, None, None), 1, {2, 3}),
        # One that was taken back does not stand, nor does the undo that did it.
        (story(None, None, 2), 1, set()),
        (story(None, None, 2, None), 1, {4}),
        # An undo of something before it changes what stands.
        (story(None, None, 1), 2, {3}),
        (story(None, None, 1, 3), 2, set()),
    ],
)
def test_what_still_stands_after_an_action(actions: list[Acted], than: int, later: set[int]) -> None:
    assert later_in_force(actions, than) == later


@settings(max_examples=tries(100), deadline=None, database=None)
@given(st.lists(st.booleans(), max_size=30))
def test_bare_undos_walk_back_through_everything_that_stands(steps: list[bool]) -> None:
    actions: list[Acted] = []
    standing: list[int] = []
    for is_new in steps:
        newest = newest_in_force(actions)
        assert newest == (standing[-1] if standing else None)
        if is_new:
            standing.append(len(actions) + 1)
            actions.append(Acted(len(actions) + 1))
        elif newest is not None:
            assert later_in_force(actions, newest) == set()
            standing.pop()
            actions.append(Acted(len(actions) + 1, newest))
