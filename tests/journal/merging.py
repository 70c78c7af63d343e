"""Two people who are one, in a journal with all that can be of a person; and what is stored of them."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netjournal import store
from netjournal.interchange.ndjson import write_ndjson
from netjournal.journal.contacts import add_contact
from netjournal.journal.followups import FollowupWords, add_followup
from netjournal.journal.groups import add_group
from netjournal.journal.log import log
from netjournal.journal.objectives import ObjectiveWords, add_objective
from netjournal.journal.people import ContactWords
from netjournal.journal.words import LogWords
from netjournal.reports import find
from netjournal.store.queries.export import records

if TYPE_CHECKING:
    from collections.abc import Callable

    from netjournal.store.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T10:00:00Z"

#: B is written differently from A throughout, so that every value says whose it was.
A = ContactWords(
    name="Ann Lee", alias=("Annie",), email=("ann@a.example", "both@x.example"), org="Acme", title="VP", birthday="20 Nov",
    circle="inner", topics=("sre", "both"), objectives=("role", "both"), note="note of A",
)  # fmt: skip
B = ContactWords(
    name="A. Lee", handle="lee-2", alias=("Lee", "Annie"), email=("BOTH@x.example", "b@b.example"), phone=("+1 555 1",),
    org="Globex", title="Lead", location="Berlin", birthday="21 Dec", every=99,
    topics=("both", "hiring"), objectives=("both", "talks"), met="at a fair", introduced_by="cy", note="note of B",
)  # fmt: skip
SIX = ("ann-lee", "lee-2", "cy", "dee", "eve", "fay")


def told(uow: UnitOfWork) -> None:
    """Two records of one person, with everything that can hang on a contact."""
    for title in ("role", "both", "talks"):
        add_objective(uow, ObjectiveWords(title=title))
    for name in ("Cy", "Dee", "Eve", "Fay"):
        add_contact(uow, ContactWords(name=name))
    add_contact(uow, A)
    add_contact(uow, B)
    add_contact(uow, ContactWords(name="Gus", introduced_by="lee-2"))
    add_objective(uow, ObjectiveWords(title="client", client="lee-2"))
    add_group(uow, "table", ["ann-lee", "lee-2"])
    add_group(uow, "club", ["lee-2"])
    log(uow, LogWords("coffee about one", who=["ann-lee"], on="2026-09-01", note="one"))
    log(uow, LogWords("call about two", who=["lee-2"], on="2026-10-01", opportunity="Staff role", mine=["send it"]))
    log(uow, LogWords("email about six", who=SIX, on="2026-11-01"))
    log(uow, LogWords("intro about three", intro="lee-2", to="dee", via="fay", on="2026-11-02"))
    log(uow, LogWords("intro about four", intro="eve", to="cy", via="lee-2", on="2026-11-02"))
    log(uow, LogWords("intro about five", intro="ann-lee", to="lee-2", on="2026-11-02"))
    uow.add("touch_note", contact_id=_id(uow, "lee-2"), interaction_id=2, note="of two")
    for who, interaction_id in (("ann-lee", 3), ("lee-2", 3), ("lee-2", 4)):
        uow.add("touch_note", contact_id=_id(uow, who), interaction_id=interaction_id, note=f"{who} {interaction_id}")
    for who, interaction_id, topic in (
        ("ann-lee", 3, "tea"),
        ("lee-2", 3, "tea"),
        ("lee-2", 3, "ebpf"),
        ("lee-2", 4, "tea"),
    ):
        uow.add("touch_topic", contact_id=_id(uow, who), interaction_id=interaction_id, topic=topic)
    add_followup(uow, FollowupWords("write", "lee-2", "2026-12-01", owner="them"))
    uow.add("contact_source", source="linkedin", external_id="in/lee-2", contact_id=_id(uow, "lee-2"))
    uow.add_record(
        "signal", contact_id=_id(uow, "lee-2"), kind="job", text="new job", on_day="2026-11-01", source="linkedin"
    )


def _id(uow: UnitOfWork, handle: str) -> int:
    return find.contact(uow.read, handle)


def do(path: Path, act: Callable[[UnitOfWork], Any]) -> Any:
    with store.writing(path, "test", TODAY, NOW) as uow:
        return act(uow)


def exported(path: Path) -> bytes:
    out = io.BytesIO()
    with store.reading(path) as connection:
        write_ndjson(records(connection), out)
    return out.getvalue()


def sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
