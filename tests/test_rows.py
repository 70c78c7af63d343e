"""A table in one test hides no row: all are tried, and each that fails is told."""

from __future__ import annotations

import inspect

import pytest

from rows import rows


def test_every_row_is_tried_and_each_that_fails_is_told_with_what_it_was() -> None:
    seen = []

    @rows("name", ["outer", "inner"])
    @rows("one, other", [(1, 1), (1, 2), (2, 2), (3, 4)])
    def equal(journal: str, one: int, other: int, name: str) -> None:
        seen.append((journal, name, one))
        assert one == other

    assert list(inspect.signature(equal).parameters) == ["journal"]
    with pytest.raises(ExceptionGroup) as caught:
        equal(journal="j")
    assert seen == [("j", name, n) for name in ("outer", "inner") for n in (1, 1, 2, 3)]
    assert [str(group) for group in caught.value.exceptions] == ["2 of 4 rows (2 sub-exceptions)"] * 2
    told = [
        note for group in caught.value.exceptions for one in getattr(group, "exceptions", ()) for note in one.__notes__
    ]
    assert told == ["in the row {'one': 1, 'other': 2}", "in the row {'one': 3, 'other': 4}"] * 2


def test_a_table_without_a_row_proves_nothing() -> None:
    with pytest.raises(AssertionError, match="proves nothing"):
        rows("name", [])
