"""Joining another journal's export: which of its records are the same as ours, and which only look like it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from joined import (
    NEW,
    OLD,
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

from netjournal.journal.undo import undo

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return begin(tmp_path / "journal.db")


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


def test_a_link_whose_query_says_whose_it_is_makes_nobody_the_same(begun: Path) -> None:
    joined(begun, contact(1, "dana", urls=["https://in.example/profile?id=1"]))
    assert counts(joined(begun, contact(2, "kim", urls=["https://in.example/profile?id=2"]))) == (1, 0, 0, 0)


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
