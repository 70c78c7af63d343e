"""I4 and what follows from it: an export read back is the journal it came from, and joining two is the same both ways."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from acts import ACTS, TODAY, Act, action_count, contents, examples, exported, journal
from hypothesis import assume, given
from hypothesis import strategies as st

from netjournal import store
from netjournal.errors import NetjError
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.sources import from_bytes
from netjournal.journal.joining.join import join
from netjournal.journal.joining.world import World
from netjournal.journal.objectives import ObjectiveWords
from netjournal.journal.opportunities import OpportunityWords
from netjournal.journal.people import ContactWords
from netjournal.journal.undo import undo
from netjournal.journal.words import LogWords
from netjournal.store.sqlite.changes import tracked_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.journal.importing.plan import Imported

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


def values(path: Path) -> dict[str, list[str]]:
    """What every row says, without the numbers that only this file knows it by (places in a list: only their order)."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in tracked_tables(connection).items():
            said = [f'"{column.name}"' for column in columns if not re.search(r"(^|_)id$|^position$", column.name)]
            found[table] = sorted(map(repr, connection.execute(f"SELECT {', '.join(said) or 1} FROM {table}")))
    return found


#: Whatever can be said of each kind of record, once.
ALL_WORDS = (
    Act("add circle", ("press", 99)),
    Act("edit circle", ("inner", 5)),
    Act("edit contact", ("ann", ContactWords(
        alias=["A"], email=["a@x.example"], phone=["+1 2"], url=["https://x.example/a"], org="Globex", title="CTO",
        location="Berlin", birthday="29 Feb", circle="press", every=9, latest=20, objectives=["role"], topics=["sre"],
        met="at a fair", introduced_by="bob", note="x\ny"))),
    Act("edit contact", ("ann", ContactWords(org="Newcorp", title="CEO"))),
    Act("merge organizations", ("Newcorp", "Globex")),
    Act("archive contact", ("cy", False)),
    Act("snooze", ("dee", None)),
    Act("snooze", ("eve", "in 3 weeks")),
    Act("edit objective", ("role", ObjectiveWords(
        why="w", by=TODAY, looking_for="l", asks=["a", "b"], topics=["x"], organizations=["Acme"], done_when="d",
        client="bob"))),
    Act("close objective", ("talks", "achieved")),
    Act("log", (LogWords("coffee with ann and bob about x #sre +role", note="n", minutes=45, gave="g", got="t",
                         mine=["send it by tomorrow"], theirs=["call @ann by in 2 weeks"], opportunity="Staff"),)),
    Act("log", (LogWords("email cy about y +none", direction="in", no_reply=True, on="2026-10-01"),)),
    Act("log", (LogWords("post: z"),)),
    Act("log", (LogWords(intro="ann", to="bob", via="cy"),)),
    Act("close promise", (1, "done")),
    Act("add group", ("table", ["ann", "bob"])),
    Act("add opportunity", (OpportunityWords("Acme", "ann", "role", "out", "cold", "n", ["1"]), "SRE lead")),
    Act("close opportunity", (1, OpportunityWords())),
    Act("import", ([(0, "Newcorp", "CTO"), (8, "Acme", None)],)),
)  # fmt: skip


def test_an_export_leaves_nothing_out() -> None:
    with journal() as path:
        perform(path, [(act, NOWS[0]) for act in ALL_WORDS])
        assert action_count(path) == len(ALL_WORDS) + 1
        empty = path.with_name("empty.db")
        with store.writing(empty, "nothing", TODAY, NOWS[0]):
            pass
        assert joined(empty, exported(path)).created
        assert values(empty) == values(path)


@examples(6)
@given(MANY)
def test_whatever_an_act_changes_of_a_record_makes_it_newer(acts: list[tuple[Act, str]]) -> None:
    with journal() as path:
        perform(path, [(act, NOWS[1]) for act in ALL_WORDS])
        before = said(exported(path))
        # In no order of time: a clock may have been ahead.
        for act in acts:
            perform(path, [act])
            after = said(exported(path))
            for record in before.keys() & after.keys():
                if before[record] != after[record]:
                    assert before[record]["changed_at"] < after[record]["changed_at"], (act, record)
            before = after


def said(data: bytes) -> dict[str, Any]:
    """The records of an export by uid, without what others are called in them: a new name is news of its owner."""
    found = compared(data, {})
    for record in found.values():
        record.pop("organizations", None)
        if record["type"] == "contact":
            del record["circle"]
            for work in record["affiliations"]:
                del work["organization"]
        if record["type"] == "opportunity":
            del record["organization"]
    return found


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
        # What an export left out would be missing from both: the rows themselves are the proof.
        assert values(empty) == values(path)
        again = joined(empty, data)
        assert (again.created, again.updated) == (0, 0)
        take_back(empty)
        assert exported(empty) == before


@contextmanager
def parted(
    before: list[tuple[Act, str]], here: list[tuple[Act, str]], there: list[tuple[Act, str]]
) -> Iterator[tuple[Path, Path]]:
    """Two journals that were one, and have gone their own ways since."""
    with journal() as path:
        perform(path, before)
        other = copied(path, "other.db")
        perform(path, here)
        perform(other, there)
        yield path, other


@examples(6)
@given(MANY, MANY, MANY)
def test_two_journals_joined_either_way_hold_the_same_records(
    before: list[tuple[Act, str]], here: list[tuple[Act, str]], there: list[tuple[Act, str]]
) -> None:
    with parted(before, here, there) as (path, other):
        mine, theirs = exported(path), exported(other)
        together: dict[str, list[str]] = {}
        means = World.means

        def noted(world: World, kind: str, file_uid: str, here_uid: str, identity: int) -> None:
            means(world, kind, file_uid, here_uid, identity)
            one, other = (together.get(uid, [uid]) for uid in (file_uid, here_uid))
            all_of_them = sorted({*one, *other})
            together.update(dict.fromkeys(all_of_them, all_of_them))

        with patch.object(World, "means", noted):
            receipts = joined(path, theirs), joined(other, mine)
        same = {uid: uids[0] for uid, uids in together.items()}
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
    with parted(before, here, there) as (path, other):
        rows, data = contents(path), exported(other)
        first = joined(path, data)
        once = exported(path)
        again = joined(path, data)
        assert (again.created, again.updated) == (0, 0)
        assert exported(path) == once
        if first.created or first.updated:
            take_back(path)
        assert contents(path) == rows
