"""Contacts: the list with its filters, and one contact's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scene import Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    return Scene(netj, environment)


def listed(scene: Scene, options: str = "") -> list[str]:
    return [r["contact"] for r in scene.do(f"contact list -f json {options}").rows]


def shown(scene: Scene, who: str = "dana") -> dict[str, Any]:
    (row,) = scene.do(["contact", "show", who, "-f", "json"]).rows
    return row


def test_every_field_of_a_contact_is_stored_and_shown(scene: Scene) -> None:
    scene.do(["objective", "add", "Role"])
    scene.add("Priya")
    (added,) = scene.do(
        ["contact", "add", "Dana Whitfield", "--handle", "dana", "--alias", "Dee", "--alias", "D. W.",
         "--email", "dana@example.com", "--email", "DANA@example.com", "--email", "d@acme.example", "--phone", "+49 170 1",
         "--url", "https://example.com/dana", "--org", "Acme Inc.", "--title", "VP Platform", "--location", "Berlin",
         "--birthday", "15 June", "--circle", "inner", "-o", "role", "-t", "sre", "-t", "#Hiring", "--met", "at the fair",
         "--introduced-by", "priya", "--note", "two\nlines", "-f", "json"],
    ).rows  # fmt: skip
    assert added == shown(scene)
    expected = {
        "contact": "dana", "name": "Dana Whitfield", "organization": "Acme Inc.", "title": "VP Platform",
        "circle": "inner", "every_days": 21, "latest_days": 32, "standing": "due", "last_on": None, "due_on": day(0),
        "touch_count": 0, "objectives": ["role"], "topics": ["hiring", "sre"],
        "emails": ["dana@example.com", "d@acme.example"], "phones": ["+49 170 1"], "urls": ["https://example.com/dana"],
        "aliases": ["Dee", "D. W."], "location": "Berlin", "birthday": "--06-15", "met": "at the fair",
        "introduced_by": "priya", "note": "two\nlines", "affiliations": ["VP Platform, Acme Inc."], "archived": False,
        "added_on": day(0), "paused": False, "snoozed_until": None, "connected_on": None, "groups": [], "followups": [],
        "last_kind": None, "last_summary": None, "never": False,
    }  # fmt: skip
    assert {key: added[key] for key in expected} == expected


def test_edit_replaces_adds_and_clears(scene: Scene) -> None:
    scene.add("Dana", email=["a@x.example"], alias=["Dee"], note="x", topics=["sre"], location="Berlin", every="10d")
    scene.do(
        ["contact", "edit", "dana", "--name", "Dana Soto", "--email", "b@x.example", "--note", "y", "--every", "2w"]
    )
    row = shown(scene)
    assert (row["name"], row["emails"], row["note"]) == ("Dana Soto", ["a@x.example", "b@x.example"], "y")
    assert (row["every_days"], row["contact"]) == (14, "dana")
    scene.do(
        ["contact", "edit", "dana", "--email", "", "--email", "c@x.example", "--alias", "", "-t", "", "--note", ""]
    )
    row = shown(scene)
    assert (row["emails"], row["aliases"], row["topics"], row["note"]) == (["c@x.example"], [], [], None)
    assert row["location"] == "Berlin"


def test_another_organization_ends_the_affiliation_before_and_a_title_changes_it(scene: Scene) -> None:
    scene.add("Dana", org="Acme Inc.", title="Engineer")
    scene.do("contact edit dana --title Lead")
    assert shown(scene)["affiliations"] == ["Lead, Acme Inc."]
    scene.do("contact edit dana --org 'ACME, Ltd' --title CTO")
    assert shown(scene)["affiliations"] == ["CTO, Acme Inc."]
    scene.do("contact edit dana --org Globex")
    assert shown(scene)["affiliations"] == [
        f"Globex (since {day(0)})",
        f"CTO, Acme Inc. (until {day(0)})",
    ]
    assert (shown(scene)["organization"], shown(scene)["title"]) == ("Globex", None)
    scene.do("contact edit dana --org ''")
    assert (shown(scene)["organization"], len(shown(scene)["affiliations"])) == (None, 2)


def test_a_circle_is_a_pace_of_its_own(scene: Scene) -> None:
    scene.add("Dana", every="10d", latest="12d")
    scene.do("contact edit dana --circle outer")
    assert [shown(scene)[key] for key in ("circle", "every_days", "latest_days")] == ["outer", 180, 270]
    scene.do("contact edit dana --every 5d")
    assert [shown(scene)[key] for key in ("circle", "every_days", "latest_days")] == ["outer", 5, 8]
    scene.do("contact edit dana --circle ''")
    assert shown(scene)["standing"] == "untracked"


def test_the_worst_gap_is_never_under_the_wished_one_and_never_alone(scene: Scene) -> None:
    scene.add("Dana", every="10d")
    scene.add("Bob")
    before = scene.do("export").stdout
    for command in (
        "contact add Priya --every 10d --latest 9d",
        "contact add Priya --latest 9d",
        "contact edit dana --latest 9d",
        "keep dana --latest 9d",
        "keep dana --every 10d --latest 9d",
        "keep bob --latest 9d",
        "circle add press --every 10d --latest 9d",
        "circle edit outer --latest 9d",
    ):
        assert scene.netj(command).code == 2, command
    assert scene.do("export").stdout == before


def test_a_contact_may_keep_its_own_handle_and_not_take_anothers(scene: Scene) -> None:
    scene.add("Dana", "Priya")
    scene.do("contact edit dana --handle dana")
    assert scene.netj("contact edit dana --handle priya").code == 4
    assert scene.netj("contact add Dee --handle priya").code == 4
    assert scene.netj("contact add Dee --handle Dee").code == 2
    scene.do("contact edit dana --handle dw")
    assert shown(scene, "dw")["name"] == "Dana"


def test_a_second_contact_of_one_name_needs_something_to_tell_them_apart(scene: Scene) -> None:
    scene.add("Dana Soto", org="Acme")
    assert scene.netj("contact add 'dana SOTO'").code == 4
    assert scene.netj("contact add 'Dana Soto' --org ACME").code == 4
    assert scene.do("contact add 'Dana Soto' --org Globex -f json").rows[0]["contact"] == "dana-soto-2"
    assert scene.do("contact add 'Dana Soto' --handle dana3 -f json").rows[0]["contact"] == "dana3"


def test_names_without_latin_letters_get_numbers_and_different_ones_stay_apart(scene: Scene) -> None:
    assert scene.do("contact add มานี -f json").rows[0]["contact"] == "contact-1"
    assert scene.do("contact add มาน -f json").rows[0]["contact"] == "contact-2"
    assert shown(scene, "มาน")["contact"] == "contact-2"


def test_the_list_is_by_name_and_filtered(scene: Scene) -> None:
    scene.do(["objective", "add", "Role"])
    scene.add("zoë", circle="inner", topics=["sre"])
    scene.add("Émile", every="10d", org="Acme Inc.")
    scene.add("eva", org="Globex", objectives=["role"])
    scene.add("Bob", org="ACME")
    scene.log("bob about it +role", 1)
    scene.do("contact archive bob")
    with scene.writing() as uow:
        group = uow.add_record("contact_group", name="Tuesday", name_key="tuesday")
        uow.add("group_member", group_id=group, contact_id=3)
    assert listed(scene) == ["emile", "eva", "zoe"]
    assert listed(scene, "--archived") == ["bob"]
    assert listed(scene, "--untracked") == ["eva"]
    assert listed(scene, "--circle Inner") == ["zoe"]
    assert listed(scene, "--org acme") == ["emile"]
    assert scene.netj("contact list --org nowhere").code == 3
    assert listed(scene, "--topic '#SRE'") == ["zoe"]
    assert listed(scene, "-o role") == ["eva"]
    assert listed(scene, "-o role --archived") == ["bob"]
    assert listed(scene, "--group tuesday") == ["eva"]
    assert listed(scene, "--standing due") == ["emile", "zoe"]
    assert listed(scene, "--standing due --org acme") == ["emile"]
    assert listed(scene, "--standing due --untracked") == []
    assert scene.netj("contact list --standing late").code == 2
    assert scene.netj("contact list --circle late").code == 3
    assert scene.netj("contact list --topic 'two words'").code == 2


def test_the_row_counts_touches_and_not_exposure(scene: Scene) -> None:
    scene.add("Dana", *"BCDEF")
    scene.log("chat with dana and b", 3)
    scene.log("dana", 2)
    scene.log("email @dana @b @c @d @e @f about the news", 1)
    (row,) = [r for r in scene.do("contact list -f json").rows if r["contact"] == "dana"]
    assert (row["touch_count"], row["last_on"], row["standing"]) == (2, day(2), "untracked")


def test_a_reader_may_misspell_a_name_a_writer_may_not(scene: Scene) -> None:
    scene.add("Dana Whitfield", "Priya Nair")
    assert shown(scene, "Dana Witfield")["contact"] == "dana-whitfield"
    before = scene.do("export").stdout
    for command in (
        "contact edit 'Dana Witfield' --note x",
        "keep 'Dana Witfield' --circle inner",
        "log 'dana witfield'",
    ):
        ended = scene.netj(command)
        assert (ended.code, ended.stdout) == (3, "")
        assert "dana-whitfield" in ended.stderr
    assert scene.do("export").stdout == before


def test_several_candidates_are_listed_to_type_instead(scene: Scene) -> None:
    scene.add("Dana Whitfield", "Dana Soto", every="10d")
    for command in ("contact show dana", "log dana", "keep dana --every 10d", "timeline dana"):
        ended = scene.netj(command)
        assert (ended.code, ended.stdout) == (3, "")
        # Only where somebody may be made of a name is that a mend.
        mend = "Use a handle; somebody new: `netj contact add dana` first." if "log" in command else "Use a handle."
        assert ended.stderr == f"netj: 'dana' can mean 2 contacts.\n  dana-soto\n  dana-whitfield\n  {mend}\n"


def test_an_empty_name_means_nobody_even_where_there_is_only_one(scene: Scene) -> None:
    scene.add("Dana")
    for command in (["contact", "show"], ["contact", "edit"], ["timeline"], ["keep", "--circle", "inner"], ["snooze"]):
        for typed in ("", "   "):
            assert scene.netj([*command, typed]).code in (2, 3), (command, typed)
    assert shown(scene)["standing"] == "untracked"
