"""Joining another journal's export: who is who, which version holds, and what is said of it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from netjournal import store
from netjournal.errors import InputFileError
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.sources import from_bytes
from netjournal.journal import contacts
from netjournal.journal.joining.join import join
from netjournal.journal.undo import undo
from netjournal.store.queries.export import records
from netjournal.store.unit_of_work import rehearsal

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from netjournal.journal.joining.tally import Joined
    from netjournal.store.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 23)
OLD, NEW = "2026-11-01T10:00:00Z", "2026-11-20T10:00:00Z"
UID = {n: f"{n:032x}" for n in range(1, 40)}
Record = dict[str, Any]


def writing(path: Path, command: str = "test") -> AbstractContextManager[UnitOfWork]:
    return store.writing(path, command, TODAY, NEW)


def contact(uid: int, handle: str, **values: Any) -> Record:
    told = {"name": handle.title(), "added_on": "2026-11-01", "changed_at": OLD}
    return {"type": "contact", "uid": UID[uid], "contact": handle, **told, **values}


def interaction(uid: int, *people: int, **values: Any) -> Record:
    told = {"on": "2026-11-02", "kind": "email", "direction": "out", "changed_at": OLD}
    return {"type": "interaction", "uid": UID[uid], **told, "contact_uids": [UID[n] for n in people], **values}


def organization(uid: int, name: str, *aliases: str, changed_at: str = OLD) -> Record:
    told = {"organization": name, "aliases": list(aliases), "changed_at": changed_at}
    return {"type": "organization", "uid": UID[uid], **told}


def joined(path: Path, *told: Record | str) -> Joined:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in told]
    source = from_bytes("\n".join(lines).encode())
    with writing(path, "import netjournal") as uow:
        return join(uow, lambda kinds: read_records(source, kinds))


def counts(found: Joined) -> tuple[int, int, int, int]:
    receipt = found.receipt
    assert receipt.read == receipt.created + receipt.updated + receipt.unchanged + receipt.skipped
    return receipt.created, receipt.updated, receipt.unchanged, receipt.skipped


def stored(path: Path) -> list[Record]:
    with store.reading(path) as connection:
        return list(records(connection))


def one(path: Path, kind: str, uid: int) -> Record:
    return next(r for r in stored(path) if r["type"] == kind and r["uid"] == UID[uid])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def begun(path: Path) -> Path:
    """A journal that holds one contact already, so that it does not become the file."""
    joined(path, contact(30, "zed"))
    return path


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


@pytest.mark.parametrize(
    "shared",
    [
        {"emails": ["Dana@x.example"]},
        {"urls": ["https://www.in.example/dana/"]},
        {"sources": [{"source": "vcard", "external_id": "7", "told": None}]},
        {"name": "Dana", "affiliations": [{"organization_uid": UID[9], "title": "CTO", "since": None, "until": None}]},
    ],
)
def test_somebody_known_by_another_uid_is_the_same_and_keeps_our_uid(begun: Path, shared: Record) -> None:
    joined(begun, organization(9, "Acme"), contact(1, "dana", **shared))
    told = json.loads(json.dumps(shared).replace("Dana@", "dana@").replace("www.in.example/dana/", "in.example/dana"))
    newer = contact(2, "d-w", note="newer", changed_at=NEW, **told)
    assert counts(joined(begun, newer, interaction(3, 2))) == (1, 1, 0, 0)
    assert one(begun, "contact", 1)["note"] == "newer"
    assert one(begun, "interaction", 3)["contact_uids"] == [UID[1]]
    assert counts(joined(begun, newer, interaction(3, 2))) == (0, 0, 2, 0)


def test_people_who_were_one_stay_one_though_either_side_changes_the_address(begun: Path) -> None:
    joined(begun, contact(1, "dana", emails=["dana@x.example"]))
    joined(begun, contact(2, "d-w", emails=["dana@x.example"], note="theirs", changed_at=NEW))
    moved = contact(2, "d-w", emails=["dana@new.example"], changed_at="2026-11-21T10:00:00Z")
    assert counts(joined(begun, moved)) == (0, 1, 0, 0)
    assert one(begun, "contact", 1)["emails"] == ["dana@new.example"]
    # What was written anew is remembered too, and no export tells of it.
    again = {**moved, "emails": [], "changed_at": "2026-11-22T10:00:00Z"}
    assert counts(joined(begun, again)) == (0, 1, 0, 0)
    assert one(begun, "contact", 1)["sources"] == []
    assert counts(joined(begun, again)) == (0, 0, 1, 0)
    # Two whom both journals know by uid are two.
    joined(begun, contact(1, "dana"), moved)
    assert one(begun, "contact", 2)["emails"] == ["dana@new.example"]


def test_undo_forgets_that_two_were_one(begun: Path) -> None:
    joined(begun, contact(1, "dana", emails=["dana@x.example"]))
    joined(begun, contact(2, "d-w", emails=["dana@x.example"], changed_at=NEW))
    with writing(begun, "undo") as uow:
        undo(uow)
    assert counts(joined(begun, contact(2, "d-w", emails=["dana@new.example"]))) == (1, 0, 0, 0)


def test_a_name_alone_makes_nobody_somebody_and_is_told(begun: Path) -> None:
    joined(begun, contact(1, "dana"))
    found = joined(begun, contact(2, "dana"))
    assert counts(found) == (1, 0, 0, 0)
    assert one(begun, "contact", 2)["contact"] == "dana-2"
    (warning,) = found.receipt.warnings
    assert "netj contact merge" in warning
    assert warning.startswith("contact dana-2: same name as dana")
    again = joined(begun, contact(2, "dana"))
    assert counts(again) == (0, 0, 1, 0)
    assert again.receipt.warnings == ()


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


def test_two_people_of_the_file_who_share_an_address_stay_two(begun: Path) -> None:
    joined(begun, contact(1, "dana", emails=["both@x.example"]))
    both = contact(1, "dana", emails=["both@x.example"]), contact(2, "kim", emails=["both@x.example"])
    assert counts(joined(begun, *both)) == (1, 0, 1, 0)
    assert counts(joined(begun, *both)) == (0, 0, 2, 0)


def test_organizations_circles_and_groups_of_one_name_are_one(begun: Path) -> None:
    circle = {
        "type": "circle",
        "uid": UID[4],
        "circle": "Press",
        "every_days": 9,
        "latest_days": None,
        "changed_at": OLD,
    }
    group = {"type": "group", "uid": UID[5], "group": "Table", "contact_uids": [UID[30]], "changed_at": OLD}
    joined(begun, organization(1, "Acme", "Apex"), circle, group)
    others = (
        organization(11, "APEX Inc."),
        {**circle, "uid": UID[14], "circle": "press"},
        {**group, "uid": UID[15], "group": "table", "changed_at": NEW, "contact_uids": []},
        contact(2, "kim", circle_uid=UID[14], affiliations=[{"organization_uid": UID[11], "title": None}]),
    )
    joined(begun, *others)
    kim = one(begun, "contact", 2)
    assert (kim["circle_uid"], kim["affiliations"][0]["organization_uid"]) == (UID[4], UID[1])
    assert one(begun, "group", 5)["group"] == "table"
    assert not [r for r in stored(begun) if r["uid"] in (UID[11], UID[14], UID[15])]
    assert counts(joined(begun, *others)) == (0, 0, 4, 0)


def test_a_name_that_another_record_has_gets_a_number(begun: Path) -> None:
    # Both know both of them, so that they are two.
    joined(begun, organization(1, "Acme"), organization(2, "Globex", changed_at=NEW))
    renamed = organization(1, "Globex", changed_at=NEW), organization(2, "Initech")
    found = joined(begun, *renamed)
    assert [one(begun, "organization", n)["organization"] for n in (1, 2)] == ["Globex 2", "Globex"]
    assert "netj org merge" in str(found.receipt.warnings)
    assert counts(joined(begun, *renamed)) == (0, 0, 2, 0)


#: What two journals that knew Acme hold of organizations, and what both are to hold once they are joined.
ONE_OF_TWO: dict[str, tuple[tuple[Record, ...], tuple[Record, ...], list[tuple[str, list[str]]]]] = {
    "merged there, made here": (
        (organization(1, "Acme"), organization(2, "Umbrella", changed_at=NEW)),
        (organization(1, "Acme", "Umbrella", changed_at=NEW),),
        [("Acme", ["Umbrella"])],
    ),
    "renamed there, made here with a name beside": (
        (organization(1, "Acme"), organization(2, "Umbrella", "Umb")),
        (organization(1, "Umbrella", "Acme", changed_at=NEW),),
        [("Umbrella", ["Acme", "Umb"])],
    ),
    "renamed on both sides": (
        (organization(1, "Globex", "Acme", changed_at=NEW),),
        (organization(1, "Initech", "Acme"),),
        [("Globex", ["Acme", "Initech"])],
    ),
    "made apart, and one of them two here": (
        (organization(2, "Umbrella"), organization(3, "Umb", changed_at=NEW)),
        (organization(4, "Umbrella Inc", "Umb"),),
        [("Umbrella", ["Umb"])],
    ),
}


@pytest.mark.parametrize("case", ONE_OF_TWO)
def test_organizations_that_one_journal_knows_as_one_are_one_whichever_is_joined(tmp_path: Path, case: str) -> None:
    sides = list(ONE_OF_TWO[case][:2])
    for name, (mine, theirs) in (("a", sides), ("b", sides[::-1])):
        path = tmp_path / f"{name}.db"
        # At each of them: at one that is one only, she is once.
        dana = contact(9, "dana", affiliations=[{"organization_uid": r["uid"], "title": "CTO"} for r in mine])
        staff = {"type": "opportunity", "uid": UID[7], "title": "Staff", "organization_uid": mine[-1]["uid"], "stage": "lead",
                 "direction": "in", "opened_on": "2026-11-01", "changed_at": OLD}  # fmt: skip
        goal = {"type": "objective", "uid": UID[8], "key": "role", "title": "Role", "status": "active",
                "opened_on": "2026-11-01", "changed_at": OLD, "organization_uids": [r["uid"] for r in mine]}  # fmt: skip
        joined(path, *mine, dana, goal, staff)
        before = stored(path)
        updated = joined(path, *theirs).receipt.updated
        found = [(r["organization"], r["aliases"]) for r in stored(path) if r["type"] == "organization"]
        assert found == ONE_OF_TWO[case][2]
        assert [work["organization"] for work in one(path, "contact", 9)["affiliations"]] == [found[0][0]]
        staff = one(path, "opportunity", 7)
        assert (staff["organization"], staff["changed_at"]) == (found[0][0], OLD)
        assert len(one(path, "objective", 8)["organization_uids"]) == 1
        assert counts(joined(path, *theirs)) == (0, 0, len(theirs), 0)
        if updated:
            with writing(path) as uow:
                undo(uow)
        assert stored(path) == before


def test_two_names_may_change_places(begun: Path) -> None:
    joined(begun, organization(1, "Acme"), organization(2, "Globex"))
    joined(begun, organization(1, "Globex", changed_at=NEW), organization(2, "Acme", changed_at=NEW))
    assert [one(begun, "organization", n)["organization"] for n in (1, 2)] == ["Globex", "Acme"]


def test_of_two_that_a_source_calls_the_same_the_one_both_journals_know_is_called_so_either_way(tmp_path: Path) -> None:
    called = {"sources": [{"source": "x", "external_id": "1"}], "changed_at": NEW}
    known = contact(5, "ann"), interaction(6, 5)
    # One side met somebody who is there already; the other side made another one of it.
    sides = [
        (contact(5, "ann", **called), interaction(6, 5, **called)),
        (*known, contact(1, "ann-2", name="Ann", **called), interaction(2, 1, **called)),
    ]
    for name, (mine, theirs) in (("a", sides), ("b", sides[::-1])):
        path = tmp_path / f"{name}.db"
        joined(path, *mine)
        joined(path, *theirs)
        assert {r["uid"]: len(r["sources"]) for r in stored(path) if "sources" in r} == {
            UID[5]: 1, UID[1]: 0, UID[6]: 1, UID[2]: 0
        }  # fmt: skip
        assert counts(joined(path, *theirs))[:2] == (0, 0)


def test_an_objective_of_the_same_key_and_title_is_the_same_and_another_gets_a_key_of_its_own(begun: Path) -> None:
    goal = {"type": "objective", "uid": UID[1], "key": "role", "title": "Staff role", "status": "active",
            "opened_on": "2026-11-01", "changed_at": OLD}  # fmt: skip
    joined(begun, goal)
    others = {**goal, "uid": UID[2], "why": "x", "changed_at": NEW}, {**goal, "uid": UID[3], "title": "Other"}
    assert counts(joined(begun, *others)) == (1, 1, 0, 0)
    assert one(begun, "objective", 1)["why"] == "x"
    assert one(begun, "objective", 3)["key"] == "role-2"
    assert counts(joined(begun, *others)) == (0, 0, 2, 0)


def test_an_interaction_that_a_source_calls_the_same_is_the_same(begun: Path) -> None:
    called = [{"source": "ics", "external_id": "e1"}]
    joined(begun, interaction(1, 30, sources=called))
    told = (
        interaction(2, 30, sources=called, note="newer", changed_at=NEW),
        {"type": "followup", "uid": UID[3], "text": "x", "owner": "me", "by": "2026-12-01", "interaction_uid": UID[2],
         "status": "open", "opened_on": "2026-11-01", "changed_at": OLD},
    )  # fmt: skip
    assert counts(joined(begun, *told)) == (1, 1, 0, 0)
    assert one(begun, "interaction", 1)["note"] == "newer"
    assert one(begun, "followup", 3)["interaction_uid"] == UID[1]
    assert counts(joined(begun, *told)) == (0, 0, 2, 0)


def test_a_reference_to_nobody_is_dropped_with_a_word_on_it(begun: Path) -> None:
    found = joined(begun, interaction(1, 30, 29, kind="coffee", direction="mutual", touch_notes={UID[29]: "secret"}))
    assert one(begun, "interaction", 1)["contact_uids"] == [UID[30]]
    assert one(begun, "interaction", 1)["touch_notes"] == {}
    assert "interaction 00000000: it refers to records" in found.receipt.warnings[0]
    signal = {"type": "signal", "uid": UID[2], "kind": "job", "contact_uid": UID[29], "text": "x", "on": "2026-11-01",
              "source": "linkedin", "changed_at": OLD}  # fmt: skip
    assert counts(joined(begun, signal)) == (0, 0, 0, 1)


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
