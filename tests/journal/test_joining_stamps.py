"""Whatever changes of a record makes it newer, so that a file from before the change cannot take it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from merging import TODAY, exported

from netjournal import store
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.sources import from_bytes
from netjournal.journal import contacts, forget, groups, interactions, log, merge, objectives, organizations
from netjournal.journal import undo as undoing
from netjournal.journal.joining.join import join
from netjournal.journal.people import ContactWords
from netjournal.journal.words import LogWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from netjournal.store.unit_of_work import UnitOfWork

OLD, NEW, LATEST = "2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z", "9999-12-31T23:59:59Z"


def writing(path: Path, now: str) -> AbstractContextManager[UnitOfWork]:
    return store.writing(path, "test", TODAY, now)


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """People who have met, work somewhere and are part of everything that refers to people."""
    path = tmp_path / "journal.db"
    with writing(path, OLD) as uow:
        contacts.add_contact(uow, ContactWords(name="Ana", org="Acme"))
        contacts.add_contact(uow, ContactWords(name="Bo", org="Acmee", introduced_by="ana"))
        contacts.add_contact(uow, ContactWords(name="Cy", introduced_by="bo"))
        objectives.add_objective(uow, objectives.ObjectiveWords(title="Role", organizations=("Acmee",)))
        groups.add_group(uow, "table", ["bo", "cy"])
        words = LogWords("coffee with bo and cy about x +role", mine=["send it to @bo by tomorrow"], opportunity="Lead")
        log.log(uow, words)
        log.log(uow, LogWords(intro="ana", to="cy", via="bo"))
    return path


def by_uid(data: bytes) -> dict[str, dict[str, Any]]:
    return {record["uid"]: record for record in map(json.loads, data.splitlines()[1:])}


def joined(path: Path, data: bytes) -> None:
    with writing(path, NEW) as uow:
        join(uow, lambda kinds: read_records(from_bytes(data), kinds))


ACTS: dict[str, Callable[[UnitOfWork], object]] = {
    "contact merge": lambda uow: merge.merge_contacts(uow, "ana", "bo"),
    "contact delete": lambda uow: contacts.delete_contact(uow, "bo"),
    "forget": lambda uow: forget.forget(uow, "bo", "bo", scrub=False),
    "org merge": lambda uow: organizations.merge_organizations(uow, "Acme", "Acmee"),
    "interaction delete": lambda uow: interactions.delete_interaction(uow, "1"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
# By the clock; within the second of the record's own stamp; and by a clock that is behind it.
@pytest.mark.parametrize("now", [NEW, OLD, "2026-11-19T10:00:00Z"])
def test_a_file_from_before_an_act_takes_nothing_of_it_back(begun: Path, act: Callable[..., object], now: str) -> None:
    data = exported(begun)
    with writing(begun, now) as uow:
        act(uow)
    before, after = by_uid(data), by_uid(exported(begun))
    changed = [uid for uid in before.keys() & after.keys() if before[uid] != after[uid]]
    assert changed
    assert [uid for uid in changed if before[uid]["changed_at"] >= after[uid]["changed_at"]] == []
    joined(begun, data)
    held = by_uid(exported(begun))
    for uid in changed:
        assert held[uid]["changed_at"] == after[uid]["changed_at"]


def test_an_organization_merged_away_does_not_come_back(begun: Path) -> None:
    data = exported(begun)
    with writing(begun, NEW) as uow:
        organizations.merge_organizations(uow, "Acme", "Acmee")
    after = exported(begun)
    joined(begun, data)
    assert exported(begun) == after


def test_undo_gives_every_stamp_back(begun: Path) -> None:
    data = exported(begun)
    with writing(begun, NEW) as uow:
        merge.merge_contacts(uow, "ana", "bo")
    with writing(begun, NEW) as uow:
        undoing.undo(uow)
    assert exported(begun) == data


def test_a_record_of_the_last_second_there_is_can_be_edited(begun: Path) -> None:
    with writing(begun, NEW) as uow:
        uow.raw.execute("UPDATE contact SET changed_at = ? WHERE handle = 'ana'", (LATEST,))
    with writing(begun, NEW) as uow:
        contacts.edit_contact(uow, "ana", ContactWords(note="x"))
    ana = next(r for r in by_uid(exported(begun)).values() if r.get("contact") == "ana" and r["type"] == "contact")
    assert (ana["note"], ana["changed_at"]) == ("x", LATEST)
