"""Joining another journal's export: which version holds, what of it is refused, and what is said of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from joined import (
    NEW,
    OLD,
    TODAY,
    UID,
    Record,
    begin,
    contact,
    counts,
    interaction,
    joined,
    one,
    organization,
    stored,
    writing,
)

from netjournal import store
from netjournal.errors import InputFileError
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.sources import from_bytes
from netjournal.journal import contacts
from netjournal.journal.joining.join import join
from netjournal.journal.undo import undo
from netjournal.store.unit_of_work import rehearsal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return begin(tmp_path / "journal.db")


def test_an_empty_journal_takes_the_files_uid_and_undo_gives_its_own_back(path: Path) -> None:
    with writing(path):
        pass
    before = stored(path)
    joined(path, {"type": "netjournal", "format_version": "1.0", "uid": UID[9]})
    assert stored(path) == [{"type": "netjournal", "format_version": "1.0", "uid": UID[9]}]
    with writing(path, "undo") as uow:
        undo(uow)
    assert stored(path) == before


def test_a_journal_that_was_written_in_keeps_its_uid_and_its_circles(begun: Path) -> None:
    before = stored(begun)
    joined(begun, {"type": "netjournal", "format_version": "1.0", "uid": UID[9]}, contact(1, "dana"))
    assert stored(begun)[:5] == before[:5]


@pytest.mark.parametrize(("mine", "theirs", "kept"), [(OLD, NEW, "theirs"), (NEW, OLD, "mine"), (OLD, OLD, "theirs")])
def test_the_newer_version_holds_and_of_equals_the_greater_one(begun: Path, mine: str, theirs: str, kept: str) -> None:
    joined(begun, contact(1, "dana", note="mine", changed_at=mine))
    found = joined(begun, contact(1, "dana", note="theirs", changed_at=theirs))
    assert one(begun, "contact", 1)["note"] == kept
    assert counts(found) == ((0, 1, 0, 0) if kept == "theirs" else (0, 0, 1, 0))
    said = "the file's newer version was taken" if kept == "theirs" else "the newer version here was kept"
    assert found.receipt.warnings == (f"contact dana: the two differ, {said}",)
    assert counts(joined(begun, contact(1, "dana", note="theirs", changed_at=theirs))) == (0, 0, 1, 0)


def test_a_long_list_of_differences_ends_in_a_count(begun: Path) -> None:
    people = [contact(n, f"person-{n}") for n in range(1, 26)]
    joined(begun, *people)
    found = joined(begun, *({**p, "note": "new", "changed_at": NEW} for p in people))
    assert len(found.receipt.warnings) == 21
    assert found.receipt.warnings[-1] == "5 more of these"
    assert "new" not in str(found.receipt.warnings[0]).split()


def test_what_the_file_lacks_stays(begun: Path) -> None:
    joined(begun, contact(1, "dana"), interaction(2, 1, 30))
    joined(begun, contact(3, "priya"))
    assert one(begun, "interaction", 2)["contacts"] == ["dana", "zed"]


def test_what_was_deleted_here_and_comes_back_is_named_but_not_what_was_only_undone(begun: Path) -> None:
    first = contact(1, "dana"), contact(2, "kim"), interaction(3, 1, 2)
    joined(begun, *first)
    with writing(begun) as uow:
        undo(uow)
    assert "deleted" not in str(joined(begun, *first).receipt.warnings)
    with writing(begun, "contact delete") as uow:
        contacts.delete_contact(uow, "dana")
    found = joined(begun, *first)
    assert counts(found) == (1, 0, 2, 0)
    assert ("contact dana: deleted here on 2026-11-23 (contact delete), back from the file, which has it still"
            in found.receipt.warnings)  # fmt: skip


def test_two_names_may_change_places(begun: Path) -> None:
    joined(begun, organization(1, "Acme"), organization(2, "Globex"))
    joined(begun, organization(1, "Globex", changed_at=NEW), organization(2, "Acme", changed_at=NEW))
    assert [one(begun, "organization", n)["organization"] for n in (1, 2)] == ["Globex", "Acme"]


def test_a_reference_to_nobody_is_dropped_with_a_word_on_it(begun: Path) -> None:
    found = joined(begun, interaction(1, 30, 29, kind="coffee", direction="mutual", touch_notes={UID[29]: "secret"}))
    assert one(begun, "interaction", 1)["contact_uids"] == [UID[30]]
    assert one(begun, "interaction", 1)["touch_notes"] == {}
    assert "interaction 00000000: it refers to records" in found.receipt.warnings[0]
    signal = {"type": "signal", "uid": UID[2], "kind": "job", "contact_uid": UID[29], "text": "x", "on": "2026-11-01",
              "source": "linkedin", "changed_at": OLD}  # fmt: skip
    assert counts(joined(begun, signal)) == (0, 0, 0, 1)


def test_topics_of_participants_are_joined_as_they_are_and_a_file_without_them_is_read(begun: Path) -> None:
    # Max is known and took no part, and nobody knows the last one.
    told = {UID[30]: ["sre", "ebpf", "sre"], UID[5]: ["tea"], UID[6]: ["secret"], UID[29]: ["secret"]}
    file = (
        contact(5, "kim"),
        contact(6, "max"),
        interaction(1, 30, 5, touch_topics=told),
        interaction(2, 30, touch_topics={UID[30]: []}),
        interaction(3, 30),
    )
    joined(begun, *file)
    # In the order of uids, whoever came first.
    assert list(one(begun, "interaction", 1)["touch_topics"].items()) == [(UID[5], ["tea"]), (UID[30], ["ebpf", "sre"])]
    assert [one(begun, "interaction", n)["touch_topics"] for n in (2, 3)] == [{}, {}]
    assert counts(joined(begun, *file)) == (0, 0, 5, 0)
    # Two of the file who are one here: what came up with either came up with the one.
    people = [contact(n, "dana", emails=["dana@x.example"]) for n in (1, 2)]
    joined(begun, people[0])
    joined(begun, people[1], interaction(4, 1, 2, touch_topics={UID[1]: ["ebpf"], UID[2]: ["lisp"]}))
    assert one(begun, "interaction", 4)["touch_topics"] == {UID[1]: ["ebpf", "lisp"]}


def test_one_message_to_many_is_exposure_here_too(begun: Path) -> None:
    people = [contact(n, f"person-{n}") for n in range(1, 8)]
    joined(begun, *people, interaction(10, *range(1, 7)), interaction(11, *range(1, 6)))
    with store.reading(begun) as connection:
        assert dict(connection.rows("SELECT uid, exposure FROM interaction")) == {UID[10]: 1, UID[11]: 0}
    joined(begun, interaction(10, 1, 2, changed_at=NEW))
    with store.reading(begun) as connection:
        assert connection.rows("SELECT DISTINCT exposure FROM touch") == [(0,)]


def test_a_bad_record_of_a_hundred_costs_one(begun: Path) -> None:
    people = [contact(n, f"person-{n}") for n in range(1, 20)]
    people[7]["birthday"] = "2026-02-30"
    found = joined(begun, *people, "{broken")
    assert counts(found) == (18, 0, 0, 2)
    assert [(s.line, getattr(s, "bad", None)) for s in found.left_out] == [(8, True), (20, True)]


def test_a_record_that_is_twice_in_the_file_is_one_in_its_newer_version(begun: Path) -> None:
    told = [interaction(1, 30), interaction(1, 30, note="newer", changed_at=NEW), contact(2, "kim"),
            contact(2, "kim", note="newer", changed_at=NEW)]  # fmt: skip
    assert sum(counts(joined(begun, *told))) == 4
    assert [one(begun, kind, n)["note"] for kind, n in (("interaction", 1), ("contact", 2))] == ["newer", "newer"]


def test_a_rehearsal_counts_the_same_and_keeps_nothing(path: Path, tmp_path: Path) -> None:
    told = [contact(1, "dana"), interaction(2, 1)]
    source = from_bytes("\n".join(map(json.dumps, told)).encode())
    with rehearsal(path, "import netjournal", TODAY, NEW) as uow:
        assert counts(join(uow, lambda kinds: read_records(source, kinds))) == (2, 0, 0, 0)
    assert list(tmp_path.iterdir()) == []
    joined(path, *told)
    before = path.read_bytes()
    with rehearsal(path, "import netjournal", TODAY, NEW) as uow:
        assert counts(join(uow, lambda kinds: read_records(source, kinds))) == (0, 0, 2, 0)
        uow.remove("contact", id=1)
    assert path.read_bytes() == before


def test_a_newer_format_is_refused_and_nothing_of_it_taken(begun: Path) -> None:
    before = begun.read_bytes()
    with pytest.raises(InputFileError, match="version 2"):
        joined(begun, {"type": "netjournal", "format_version": "2.0", "uid": UID[9]}, contact(1, "dana"))
    assert begun.read_bytes() == before


def test_where_somebody_works_stays_the_newest_of_their_places(begun: Path) -> None:
    places = [
        {"organization_uid": None, "title": title, "since": None, "until": None} for title in ("CTO", "Lead", "A")
    ]
    joined(begun, contact(1, "dana", affiliations=places))
    assert [work["title"] for work in one(begun, "contact", 1)["affiliations"]] == ["CTO", "Lead", "A"]
    joined(begun, contact(1, "dana", affiliations=places[::-1], changed_at=NEW))
    assert [work["title"] for work in one(begun, "contact", 1)["affiliations"]] == ["A", "Lead", "CTO"]


def test_of_versions_of_one_time_the_same_holds_either_way_though_organizations_go_by_other_uids(
    tmp_path: Path,
) -> None:
    def versions(acme: int, works_at: int) -> tuple[Record, ...]:
        work = {"organization_uid": UID[works_at], "title": None, "since": None, "until": None}
        acme_and_globex = organization(acme, "Acme"), organization(8, "Globex")
        return contact(30, "zed"), *acme_and_globex, contact(1, "dana", affiliations=[work])

    # Acme is 7 or 9, Globex 8 in both: whose uid is greater must not hang on which journal is joined to which.
    one_side, other_side = versions(7, works_at=7), versions(9, works_at=8)
    held = []
    for name, first, second in (("a", one_side, other_side), ("b", other_side, one_side)):
        path = tmp_path / f"{name}.db"
        joined(path, *first)
        joined(path, *second)
        held.append(one(path, "contact", 1)["affiliations"][0]["organization"])
        assert counts(joined(path, *second))[:2] == (0, 0)
    assert held == ["Globex", "Globex"]
