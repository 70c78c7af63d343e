"""I4 and what follows from it: an export read back is the journal it came from, and joining two is the same both ways."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from acts import ACTS, TODAY, Act, contents, examples, exported, journal
from hypothesis import assume, given
from hypothesis import strategies as st

from netjournal import store
from netjournal.errors import NetjError
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.sources import from_bytes
from netjournal.journal.joining.join import join
from netjournal.journal.joining.world import World
from netjournal.journal.undo import undo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.journal.imports import Imported

NOWS = ("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z")


def perform(path: Path, acts: Iterable[tuple[Act, str]]) -> None:
    """Do commands, each at its own time; what is refused does nothing."""
    for act, now in acts:
        try:
            with store.writing(path, act.name, TODAY, now) as uow:
                act.on(uow)
        except NetjError:
            pass


def joined(path: Path, data: bytes) -> Imported:
    """Join an export to a journal."""
    source = from_bytes(data)
    with store.writing(path, "import netjournal", TODAY, NOWS[-1]) as uow:
        found = join(uow, lambda kinds: read_records(source, kinds))
    assert found.left_out == ()
    receipt = found.receipt
    assert receipt.read == receipt.created + receipt.updated + receipt.unchanged + receipt.skipped
    assert receipt.read == len(data.splitlines()) - 1
    return receipt


def take_back(path: Path) -> None:
    with store.writing(path, "undo", TODAY, NOWS[-1]) as uow:
        undo(uow)


def copied(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))


MANY = st.lists(st.tuples(ACTS, st.sampled_from(NOWS)), max_size=6)


@examples(6)
@given(MANY)
def test_an_export_read_into_an_empty_journal_exports_the_same(acts: list[tuple[Act, str]]) -> None:
    with journal() as path:
        perform(path, acts)
        data, empty = exported(path), path.with_name("empty.db")
        # Makes the file and writes nothing.
        with store.writing(empty, "nothing", TODAY, NOWS[0]):
            pass
        before = exported(empty)
        assert joined(empty, data).created
        assert exported(empty) == data
        again = joined(empty, data)
        assert (again.created, again.updated) == (0, 0)
        take_back(empty)
        assert exported(empty) == before


@examples(6)
@given(MANY, MANY, MANY)
def test_two_journals_joined_either_way_hold_the_same_records(
    before: list[tuple[Act, str]], here: list[tuple[Act, str]], there: list[tuple[Act, str]]
) -> None:
    with journal() as path:
        perform(path, before)
        other = copied(path, "other.db")
        perform(path, here)
        perform(other, there)
        mine, theirs = exported(path), exported(other)
        same: dict[str, str] = {}
        means = World.means

        def noted(world: World, kind: str, file_uid: str, here_uid: str, identity: int) -> None:
            means(world, kind, file_uid, here_uid, identity)
            same[file_uid] = same[here_uid] = min(file_uid, here_uid)

        with patch.object(World, "means", noted):
            receipts = joined(path, theirs), joined(other, mine)
        # Two records that each took the other's name: there is no telling who keeps it.
        assume(not any("has its name" in warning for receipt in receipts for warning in receipt.warnings))
        assert compared(exported(path), same) == compared(exported(other), same)


#: What is told of handles and keys, which may have to give way to others here.
NAMED = ("contact", "contacts", "key", "objective", "objectives", "client", "introduced_by", "through")


def compared(data: bytes, same: dict[str, str]) -> dict[str, Any]:
    """The records of an export by uid, with one uid for what means the same and no handles."""

    def one(value: Any) -> Any:
        if isinstance(value, dict):
            return {one(k): one(v) for k, v in value.items()}
        if isinstance(value, list):
            return [one(v) for v in value]
        return same.get(value, value) if isinstance(value, str) else value

    found = {}
    for line in data.splitlines()[1:]:
        record = {key: one(value) for key, value in json.loads(line).items() if key not in NAMED}
        for key, value in record.items():
            # In the order of uids or keys, which differ where a record goes by another one.
            if key.endswith("_uids") or key in ("organizations",):
                record[key] = sorted(value)
        found[f"{record['type']} {record['uid']}"] = record
    return found


@examples(6)
@given(MANY, MANY, MANY)
def test_joining_twice_is_joining_once_and_undo_takes_it_back(
    before: list[tuple[Act, str]], here: list[tuple[Act, str]], there: list[tuple[Act, str]]
) -> None:
    with journal() as path:
        perform(path, before)
        other = copied(path, "other.db")
        perform(path, here)
        perform(other, there)
        rows, data = contents(path), exported(other)
        first = joined(path, data)
        once = exported(path)
        again = joined(path, data)
        assert (again.created, again.updated) == (0, 0)
        assert exported(path) == once
        if first.created or first.updated:
            take_back(path)
        assert contents(path) == rows
