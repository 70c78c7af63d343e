"""I2: undo after a command gives back the export from before it, byte for byte, all the way to the beginning."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

import pytest
from acts import ACTS, DOERS, NOW, TODAY, Act, action_count, contents, examples, exported, journal, perform
from hypothesis import given
from hypothesis import strategies as st

from netjournal import store
from netjournal.domain.evening import GuestLine
from netjournal.journal.followups import FollowupWords
from netjournal.journal.keep import KeepWords
from netjournal.journal.objectives import ObjectiveWords
from netjournal.journal.opportunities import OpportunityWords
from netjournal.journal.people import ContactWords
from netjournal.journal.undo import undo
from netjournal.journal.words import LogWords
from netjournal.store.queries.changes import TOLD_TABLES

if TYPE_CHECKING:
    from pathlib import Path


def take_back(path: Path) -> None:
    with store.writing(path, "undo", TODAY, NOW) as uow:
        undo(uow)


@examples(15)
@given(st.lists(st.tuples(ACTS, st.booleans()), min_size=1, max_size=7))
def test_undo_gives_back_what_was_there_step_by_step(steps: list[tuple[Act, bool]]) -> None:
    with journal() as path:
        before = []
        for act, undone in steps:
            bytes_before, rows_before, actions = exported(path), contents(path), action_count(path)
            done = perform(path, act)
            if action_count(path) == actions:
                # Refused, or nothing to do: then nothing has changed at all.
                assert contents(path) == rows_before
                continue
            assert done
            if undone:
                take_back(path)
                assert exported(path) == bytes_before
                assert contents(path) == rows_before
            else:
                before.append((act, bytes_before, rows_before))
        for act, bytes_before, rows_before in reversed(before):
            take_back(path)
            assert exported(path) == bytes_before, act
            assert contents(path) == rows_before, act


#: What has to be there so that each kind of command has something to change.
PREPARED = (
    Act("log", (
        LogWords("coffee with ann and bob about x #sre +role", mine=["send it by tomorrow"], opportunity="Staff role",
                 intro="ann", to="bob", via="cy", guests=(GuestLine(2, "ann", "likes tea", ("tea",), ()),)),
    )),
    Act("log", (LogWords("event about y", guests=(GuestLine(2, "bob", None, ("tea",), ()),)),)),
    Act("import", ([(0, "Acme", None), (1, "Acme", "CTO")],)),
    Act("import", ([(0, "Globex", "CEO"), (1, "Globex", "CEO")],)),
    Act("add circle", ("press", 99)),
    Act("add group", ("table", ["ann", "bob"])),
    Act("edit contact", ("cy", ContactWords(org="Globex", circle="press"))),
    Act("edit contact", ("bob", ContactWords(org="Umbrella", email=["bob@x.example"], alias=["Bobby"], note="x"))),
    Act("edit objective", ("role", ObjectiveWords(why="x", asks=["a"], topics=["x"], organizations=["Acme"], client="dee"))),
    Act("edit contact", ("ann", ContactWords(topics=["sre"], objectives=["talks"], every=14))),
    Act("add opportunity", (OpportunityWords(through="bob"), "SRE lead")),
    Act("merge organizations", ("Globex", "Umbrella")),
)  # fmt: skip
#: One of each kind that surely changes something.
SURE = (
    Act("add contact", (ContactWords(name="Zed", email=["z@x.example"], topics=["sre"], objectives=["role"]),)),
    Act("edit contact", ("ann", ContactWords(org="Newcorp", title="CTO", email=[""], topics=["x"], objectives=[""]))),
    Act("rename contact", ("ann", "Anna")),
    Act("archive contact", ("ann", False)),
    Act("snooze", ("ann", None)),
    Act("merge contacts", ("ann", "bob")),
    Act("delete contact", ("ann",)),
    Act("log", (LogWords("call with Zed Zedson @ann", new=True, intro="cy", to="dee", opportunity="Staff role"),)),
    Act("amend", (LogWords("lunch with ann about y +role"), 1, ())),
    Act("delete interaction", (1,)),
    Act("add objective", (ObjectiveWords(title="New", asks=["a", "b"], topics=["x"], organizations=["Newcorp"]),)),
    Act("edit objective", ("role", ObjectiveWords(asks=[""], topics=[""], organizations=["", "Newcorp"], client=""))),
    Act("close objective", ("role", "achieved")),
    Act("add promise", (FollowupWords("send it", who="ann", objective="role"),)),
    Act("close promise", (1, "done")),
    Act("add circle", ("mine", 9)),
    Act("edit circle", ("press", 9)),
    Act("remove circle", ("press", "outer")),
    Act("keep", (KeepWords(["ann", "cy"], circle="outer", objectives=["talks"], last="yesterday"),)),
    Act("add group", ("club", ["ann"])),
    Act("edit group", ("table", ["cy"], ["ann"])),
    Act("delete group", ("table",)),
    Act("add opportunity", (OpportunityWords(organization="Newcorp", through="ann", interactions=["1"]), "CTO")),
    Act("move opportunity", (1, "talking", OpportunityWords(objective="role", organization=""))),
    Act("close opportunity", (1, OpportunityWords())),
    Act("rename organization", ("Acme", "Acme Holding")),
    Act("merge organizations", ("Acme", "Globex")),
    Act("import", ([(0, "Newcorp", "CTO"), (8, "Acme", None)],)),
)


@cache
def prepared() -> bytes:
    """A journal in which each of them has something to do."""
    with journal() as path:
        for act in PREPARED:
            assert perform(path, act)
        return path.read_bytes()


@pytest.mark.parametrize("act", SURE, ids=[act.name for act in SURE])
def test_undo_after_each_kind_of_command_gives_back_every_row(act: Act) -> None:
    with journal() as path:
        path.write_bytes(prepared())
        bytes_before, rows_before = exported(path), contents(path)
        assert perform(path, act)
        assert exported(path) != bytes_before
        take_back(path)
        assert exported(path) == bytes_before
        assert contents(path) == rows_before


def test_what_is_taken_away_and_changed_is_of_every_table() -> None:
    changed: set[str] = set()
    for act in SURE:
        with journal() as path:
            path.write_bytes(prepared())
            assert perform(path, act)
            with closing(sqlite3.connect(path)) as connection:
                newest = "(SELECT max(id) FROM action)"
                changed |= {
                    table
                    for (table,) in connection.execute(
                        f"SELECT table_name FROM change WHERE action_id = {newest} AND op <> 'insert'"
                    )
                }
    # A card is of vCards, and the journal's own uid is given once.
    assert set(TOLD_TABLES) - changed == {"contact_card", "journal"}


def test_every_kind_of_command_is_tried() -> None:
    assert sorted(act.name for act in SURE) == sorted(DOERS)
