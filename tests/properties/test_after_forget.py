"""After `forget`, whatever is undone and redone works or is refused, and never brings anything of them back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from acts import ACTS, NOW, PEOPLE, TODAY, Act, contents, examples, exported, journal, perform
from hypothesis import example, given
from hypothesis import strategies as st

from netjournal import store
from netjournal.errors import NetjError
from netjournal.journal.forget import forget, whom
from netjournal.journal.people import ContactWords
from netjournal.journal.undo import redo, undo

if TYPE_CHECKING:
    from pathlib import Path

#: Chosen steps after it: a bare undo, a redo, or an undo of the action of some number.
STEPS = st.lists(st.one_of(st.just("undo"), st.just("redo"), st.integers(1, 12)), min_size=1, max_size=6)
NOTE = "noteqqx"


def stepped(path: Path, step: str | int) -> None:
    """Take one step; refusing is fine, and then nothing has changed."""
    before = contents(path)
    try:
        with store.writing(path, "undo", TODAY, NOW) as uow:
            redo(uow) if step == "redo" else undo(uow, None if step == "undo" else str(step))
    except NetjError:
        assert contents(path) == before


def forgotten(path: Path, handle: str) -> frozenset[str]:
    """Forget somebody; a client is deleted from the objectives first. Return their uids."""
    with store.reading(path) as connection:
        who = whom(connection, handle)
    if perform(path, Act("close objective", ("role", "dropped"))):
        with store.writing(path, "unlink", TODAY, NOW) as uow:
            uow.change("objective", {"client_id": who.id}, client_id=None)
    with store.writing(path, "forget", TODAY, NOW) as uow:
        forget(uow, handle, handle, scrub=False)
    return who.uids


def is_sound(path: Path, contact_id: int, uids: frozenset[str]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        record = connection.execute("SELECT table_name, key, before FROM change").fetchall()
    for table, key, before in record:
        for row in (json.loads(key), json.loads(before or "{}")):
            assert table != "contact" or row.get("id") != contact_id
            assert contact_id not in [value for column, value in row.items() if column in BY]
            assert not any(uid in str(row) for uid in uids)
            assert NOTE not in str(row)
    assert not any(uid.encode() in exported(path) for uid in uids)
    rows = contents(path)
    assert all(row[0] != contact_id for row in rows["contact"])


BY = ("contact_id", "to_contact_id", "via_contact_id", "introduced_by_id", "client_id", "through_id")


@examples(15)
# What was noted of two while they were one, by the name of the one forgotten since.
@example(
    [Act("archive contact", ("bob", True)), Act("merge contacts", ("ann", "dee"))],
    "dee",
    2,
    [2, "undo", "redo", "undo"],
)
@given(st.lists(ACTS, min_size=1, max_size=6), st.sampled_from(PEOPLE), st.integers(0, 2), STEPS)
def test_any_undo_and_redo_after_forgetting_works_or_is_refused(
    acts: list[Act], name: str, undone: int, steps: list[str | int]
) -> None:
    with journal() as path:
        for act in acts:
            perform(path, act)
        perform(path, Act("edit contact", (name, ContactWords(note=NOTE))))
        for _ in range(undone):
            stepped(path, "undo")
        with store.reading(path) as connection:
            found = connection.rows("SELECT id, handle FROM contact WHERE handle = :handle", {"handle": name})
        if not found:
            return
        uids = forgotten(path, name)
        is_sound(path, found[0][0], uids)
        for step in steps:
            stepped(path, step)
            is_sound(path, found[0][0], uids)
