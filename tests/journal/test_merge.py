"""One contact of two: nothing is lost, clashes are settled as told, undo parts them."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netjournal import store
from netjournal.errors import UsageError
from netjournal.interchange.ndjson import write_ndjson
from netjournal.journal.contacts import add_contact, archive_contacts
from netjournal.journal.followups import FollowupWords, add_followup
from netjournal.journal.groups import add_group
from netjournal.journal.log import log
from netjournal.journal.merge import merge_contacts
from netjournal.journal.objectives import ObjectiveWords, add_objective
from netjournal.journal.people import ContactWords
from netjournal.journal.undo import undo
from netjournal.journal.words import LogWords
from netjournal.reports import find
from netjournal.store.queries.export import records
from tries import tries

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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("merge") / "journal.db"
    do(path, told)
    return path.read_bytes()


@pytest.fixture
def journal(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    path.write_bytes(made)
    return path


@pytest.fixture
def merged(journal: Path) -> Any:
    """The receipt of the merge, with `journal` after it."""
    return do(journal, lambda uow: merge_contacts(uow, "ann-lee", "lee-2"))


def test_what_is_single_stays_and_what_is_missing_is_filled(merged: Any) -> None:
    assert (merged.contact, merged.name, merged.title, merged.circle) == ("ann-lee", "Ann Lee", "VP", "inner")
    assert merged.every_days == 21
    assert (merged.location, merged.met, merged.introduced_by) == ("Berlin", "at a fair", "cy")
    assert str(merged.birthday).endswith("11-20")
    assert merged.note == "note of A\n\nnote of B"


def test_what_can_be_several_is_joined_without_doubles(merged: Any) -> None:
    assert set(merged.aliases) == {"Annie", "A. Lee", "lee-2", "Lee"}
    assert list(merged.emails) == ["ann@a.example", "both@x.example", "b@b.example"]
    assert list(merged.phones) == ["+1 555 1"]
    assert sorted(merged.topics) == ["both", "hiring", "sre"]
    assert sorted(merged.objectives) == ["both", "role", "talks"]
    assert sorted(merged.groups) == ["club", "table"]
    assert len(merged.affiliations) == 2
    # six is a touch now, and one, two, three, four, five.
    assert merged.touch_count == 6
    # send it, thanks to whoever introduced by each, write.
    assert len(merged.followups) >= 2


def test_nothing_of_the_other_is_left_behind(journal: Path, merged: Any) -> None:
    sound(journal)
    ((kept,),) = rows(journal, "SELECT id FROM contact WHERE handle = 'ann-lee'")
    assert rows(journal, "SELECT count(*) FROM contact WHERE handle = 'lee-2'") == [(0,)]
    mine = [
        ("SELECT client_id FROM objective WHERE key = 'client'", kept),
        ("SELECT through_id FROM opportunity", kept),
        ("SELECT contact_id FROM signal", kept),
        ("SELECT contact_id FROM contact_source WHERE external_id = 'in/lee-2'", kept),
        ("SELECT introduced_by_id FROM contact WHERE handle = 'gus'", kept),
        ("SELECT contact_id FROM followup WHERE text = 'send it'", kept),
        ("SELECT contact_id FROM followup WHERE text = 'write'", kept),
        ("SELECT via_contact_id FROM introduction WHERE interaction_id = 5", kept),
        ("SELECT contact_id FROM introduction WHERE interaction_id = 4", kept),
    ]
    assert [(sql, rows(journal, sql)) for sql, _ in mine] == [(sql, [(one,)]) for sql, one in mine]
    # Nobody is introduced to themselves.
    assert rows(journal, "SELECT * FROM introduction WHERE interaction_id = 6") == []
    assert rows(journal, "SELECT count(*) FROM interaction") == [(6,)]
    assert rows(journal, "SELECT count(*) FROM group_member") == [(2,)]


def test_notes_of_both_in_one_interaction_are_joined(journal: Path, merged: Any) -> None:
    assert dict(rows(journal, "SELECT interaction_id, note FROM touch_note ORDER BY 1")) == {
        2: "of two",
        3: "ann-lee 3\n\nlee-2 3",
        4: "lee-2 4",
    }


def test_a_message_to_six_that_were_five_people_is_a_touch(journal: Path) -> None:
    before = rows(journal, "SELECT DISTINCT exposure FROM touch WHERE interaction_id = 3")
    do(journal, lambda uow: merge_contacts(uow, "ann-lee", "lee-2"))
    after = rows(journal, "SELECT DISTINCT exposure FROM touch WHERE interaction_id = 3")
    people = rows(journal, "SELECT count(*) FROM touch WHERE interaction_id = 3")
    assert (before, after, people) == ([(1,)], [(0,)], [(5,)])


@pytest.mark.parametrize("typed", ["A. Lee", "lee-2", "LEE", "annie", "ann lee", "ann-lee"])
def test_every_name_of_both_finds_the_one(typed: str, journal: Path, merged: Any) -> None:
    with store.reading(journal) as connection:
        assert find.contact(connection, typed) == find.contact(connection, "ann-lee")


def test_the_other_way_round_keeps_the_other(journal: Path) -> None:
    row = do(journal, lambda uow: merge_contacts(uow, "lee-2", "ann-lee"))
    assert (row.contact, row.name, row.location, row.every_days, row.circle) == ("lee-2", "A. Lee", "Berlin", 99, None)
    assert row.note == "note of B\n\nnote of A"
    assert set(row.aliases) == {"Lee", "Annie", "Ann Lee"}
    assert row.introduced_by == "cy"
    sound(journal)


@pytest.mark.parametrize(("keep", "drop"), [("ann-lee", "ann-lee"), ("ann-lee", "Ann Lee"), ("ANN lee", "ann-lee")])
def test_nobody_is_merged_with_themselves(keep: str, drop: str, journal: Path) -> None:
    before = exported(journal)
    with pytest.raises(UsageError, match="same contact"):
        do(journal, lambda uow: merge_contacts(uow, keep, drop))
    assert exported(journal) == before


def test_whoever_was_introduced_by_the_other_is_not_introduced_by_themselves(journal: Path) -> None:
    row = do(journal, lambda uow: merge_contacts(uow, "gus", "lee-2"))
    # Gus was introduced by the other, who was introduced by Cy: of the two only Cy is somebody else.
    assert row.introduced_by == "cy"
    sound(journal)


def test_whoever_is_in_view_stays_in_view(journal: Path) -> None:
    do(journal, lambda uow: archive_contacts(uow, ["ann-lee"], back=False))
    assert do(journal, lambda uow: merge_contacts(uow, "ann-lee", "lee-2")).archived is False
    do(journal, lambda uow: archive_contacts(uow, ["cy", "dee"], back=False))
    assert do(journal, lambda uow: merge_contacts(uow, "cy", "dee")).archived is True


def test_two_notes_that_are_too_long_together_are_refused_in_words(journal: Path) -> None:
    def notes(uow: UnitOfWork) -> None:
        for name in ("Long One", "Long Two"):
            add_contact(uow, ContactWords(name=name, note=name[5:] * 20_000))

    do(journal, notes)
    before = exported(journal)
    with pytest.raises(UsageError, match="limit"):
        do(journal, lambda uow: merge_contacts(uow, "long-one", "long-two"))
    assert exported(journal) == before


def test_one_undo_parts_them_again(journal: Path) -> None:
    before = exported(journal)
    do(journal, lambda uow: merge_contacts(uow, "ann-lee", "lee-2"))
    assert exported(journal) != before
    do(journal, undo)
    assert exported(journal) == before
    sound(journal)


WHO = st.sampled_from(("ann", "bob", "cy", "dee"))
SOME = st.lists(WHO, min_size=1, max_size=4, unique=True)
AGO = st.integers(0, 300).map(lambda n: (TODAY - timedelta(days=n)).isoformat())
LOGGED = st.builds(
    LogWords,
    text=st.sampled_from(("about x", "+role about y #sre", "+none")),
    who=SOME,
    kind=st.sampled_from(("coffee", "email", "event")),
    on=AGO,
    mine=st.sampled_from(((), ("send it",))),
    opportunity=st.sampled_from((None, "Staff role")),
)
INTRODUCED = st.builds(LogWords, intro=WHO, to=st.none() | WHO, via=st.none() | WHO, on=AGO)
PERSON = st.builds(
    ContactWords,
    email=st.lists(st.sampled_from(("a@x.example", "b@x.example")), max_size=2),
    alias=st.lists(st.sampled_from(("Bobby", "Dee")), max_size=2),
    org=st.sampled_from((None, "Acme", "Globex")),
    circle=st.sampled_from((None, "inner")),
    topics=st.sampled_from(((), ("sre",))),
    objectives=st.sampled_from(((), ("role",))),
    note=st.sampled_from((None, "x", "y")),
)


@settings(
    max_examples=tries(8),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(PERSON, min_size=2, max_size=4),
    st.lists(st.one_of(LOGGED, LOGGED, INTRODUCED), max_size=6),
    st.lists(WHO, max_size=4, unique=True),
    st.permutations((0, 1)),
)
def test_any_merge_keeps_every_touch_and_is_undone_by_one_step(
    journal: Path, crowd: list[ContactWords], logs: list[LogWords], group: list[str], order: list[int]
) -> None:
    journal.unlink(missing_ok=True)
    names = ["ann", "bob", "cy", "dee"][: len(crowd)]

    def tell(uow: UnitOfWork) -> None:
        add_objective(uow, ObjectiveWords(title="role"))
        for name, words in zip(names, crowd, strict=True):
            add_contact(uow, words._replace(name=name, introduced_by=None if name == "ann" else "ann"))
        add_group(uow, "table", [who for who in group if who in names])
        for said in logs:
            introduced = [who for who in (said.intro, said.to, said.via) if who]
            if set(introduced) <= set(names) and len(set(introduced)) == len(introduced):
                log(uow, said._replace(who=[who for who in said.who if who in names] or ["ann"]))

    do(journal, tell)
    pair = [names[i] for i in order]
    before = exported(journal)
    ids = ", ".join(f"'{name}'" for name in pair)
    theirs = (
        "SELECT DISTINCT t.interaction_id FROM touch AS t JOIN contact AS c ON c.id = t.contact_id "
        f"WHERE c.handle IN ({ids})"
    )
    touched, promised = sorted(rows(journal, theirs)), rows(journal, "SELECT id, text FROM followup ORDER BY id")
    do(journal, lambda uow: merge_contacts(uow, *pair))
    assert sorted(rows(journal, theirs)) == touched
    assert rows(journal, "SELECT id, text FROM followup ORDER BY id") == promised
    assert rows(journal, "SELECT count(*) FROM contact") == [(len(crowd) - 1,)]
    sound(journal)
    do(journal, undo)
    assert exported(journal) == before
