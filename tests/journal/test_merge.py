"""One contact of two: nothing is lost, clashes are settled as told, undo parts them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from merging import do, exported, rows, sound, told

from netjournal import store
from netjournal.errors import UsageError
from netjournal.journal.contacts import add_contact, archive_contacts
from netjournal.journal.merge import merge_contacts
from netjournal.journal.people import ContactWords
from netjournal.journal.undo import undo
from netjournal.reports import find

if TYPE_CHECKING:
    from netjournal.store.unit_of_work import UnitOfWork


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
    # The client of an objective is linked to it.
    assert sorted(merged.objectives) == ["both", "client", "role", "talks"]
    assert sorted(merged.groups) == ["club", "table"]
    assert len(merged.affiliations) == 2
    # six is a touch now, and one, two, three, four, five.
    assert merged.touch_count == 6
    assert sorted(promise.split(" ", 3)[3] for promise in merged.followups) == [
        "send it",
        "thank them for the introduction",
        "write",
    ]


@pytest.mark.usefixtures("merged")
def test_nothing_of_the_other_is_left_behind(journal: Path) -> None:
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


@pytest.mark.usefixtures("merged")
def test_notes_of_both_in_one_interaction_are_joined(journal: Path) -> None:
    assert dict(rows(journal, "SELECT interaction_id, note FROM touch_note ORDER BY 1")) == {
        2: "of two",
        3: "ann-lee 3\n\nlee-2 3",
        4: "lee-2 4",
    }


def test_what_came_up_with_either_came_up_with_the_one(journal: Path, merged: Any) -> None:
    assert rows(journal, "SELECT interaction_id, topic FROM touch_topic ORDER BY 1, 2") == [
        (3, "ebpf"), (3, "tea"), (4, "tea"),
    ]  # fmt: skip


def test_a_message_to_six_that_were_five_people_is_a_touch(journal: Path) -> None:
    before = rows(journal, "SELECT DISTINCT exposure FROM touch WHERE interaction_id = 3")
    do(journal, lambda uow: merge_contacts(uow, "ann-lee", "lee-2"))
    after = rows(journal, "SELECT DISTINCT exposure FROM touch WHERE interaction_id = 3")
    people = rows(journal, "SELECT count(*) FROM touch WHERE interaction_id = 3")
    assert (before, after, people) == ([(1,)], [(0,)], [(5,)])


@pytest.mark.usefixtures("merged")
def test_every_name_of_both_finds_the_one(journal: Path) -> None:
    with store.reading(journal) as connection:
        found = [find.contact(connection, typed) for typed in ("A. Lee", "lee-2", "LEE", "annie", "ann lee", "ann-lee")]
    assert len(set(found)) == 1


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
