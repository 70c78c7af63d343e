"""Undo of what later records are built on is refused, and a bug is no refusal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from everything import contents, full, newest_action, writing

from netjournal.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable

    from netjournal.store.unit_of_work import UnitOfWork


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of the test's own with rows in every table."""
    return full(tmp_path / "journal.db")


def refused(journal: Path, first: Callable[[UnitOfWork], object], later: Callable[[UnitOfWork], object]) -> None:
    """See undo of the first of two actions refused, with exit code 4 and nothing changed."""
    with writing(journal, "first") as uow:
        first(uow)
        action = uow.action_id
    with writing(journal, "later") as uow:
        later(uow)
    before, newest = contents(journal), newest_action(journal)
    with pytest.raises(ConflictError, match="built on") as caught, writing(journal, "undo") as uow:
        uow.take_back(action)
    assert caught.value.code == 4
    assert (contents(journal), newest_action(journal)) == (before, newest)


def add_contact(uow: UnitOfWork, handle: str = "ana") -> int:
    return uow.add_record("contact", handle=handle, name="Ana", name_key="ana", added_on="2026-11-01")


def test_undo_of_a_row_that_later_records_are_built_on_is_refused(journal: Path) -> None:
    refused(journal, add_contact, lambda uow: uow.add("contact_topic", contact_id=4, topic="sre"))


def test_undo_of_a_row_that_later_records_point_at_is_refused(journal: Path) -> None:
    refused(journal, add_contact, lambda uow: uow.change("contact", {"id": 1}, introduced_by_id=4))


def test_undo_of_a_deletion_whose_name_was_given_again_is_refused(journal: Path) -> None:
    refused(journal, lambda uow: uow.remove("contact", id=3), lambda uow: add_contact(uow, "person-3"))


def test_undo_of_a_deletion_whose_parent_is_gone_since_is_refused(journal: Path) -> None:
    refused(journal, lambda uow: uow.remove("interaction", id=1), lambda uow: uow.remove("contact", id=1))


def test_a_refused_constraint_outside_undo_is_a_bug_and_not_a_conflict(journal: Path) -> None:
    with pytest.raises(Exception, match="UNIQUE") as caught, writing(journal) as uow:
        add_contact(uow, "person-1")
    assert not isinstance(caught.value, ConflictError)
    assert "person-1" not in str(caught.value)
