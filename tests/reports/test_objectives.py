"""Objectives: who helps with each, and with which nobody does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from scene import Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    made.do(["objective", "add", "Role", "--topic", "sre"], ["objective", "add", "Talks", "--topic", "speaking"])
    return made


def row(scene: Scene, key: str = "role") -> dict[str, Any]:
    (found,) = [r for r in scene.do("objective list -f json").rows if r["key"] == key]
    return found


def test_a_new_objective_lacks_everything(scene: Scene) -> None:
    found = row(scene)
    assert (found["status"], found["neglected"], found["last_on"], found["by"]) == ("active", True, None, None)
    assert [found[key] for key in found if key.endswith(("_count", "_30d", "_90d"))] == [0] * 6
    assert found["gaps"] == ["nobody is helping yet", "no next step"]


def test_a_touch_is_one_contacts_part_and_counts_by_its_age(scene: Scene) -> None:
    scene.add("Dana", "Priya", "Sam")
    scene.log("chat with dana and priya about it +role", 29)
    scene.log("dana +role", 30)
    scene.log("dana +role", 89)
    scene.log("sam +role", 90)
    found = row(scene)
    assert (found["touch_count_30d"], found["touch_count_90d"]) == (2, 4)
    assert found["contact_count"] == 3
    assert (found["last_on"], found["neglected"]) == (day(29), False)
    card = scene.netj("objective show role", tty=True).ok.stdout
    assert " 3 touches in 12 weeks, two people at once are two\n" in card


def test_implied_touches_count_where_contacts_help_exactly_one_active_objective(scene: Scene) -> None:
    scene.add("Dana", objectives=["role"])
    scene.add("Both", objectives=["role", "talks"])
    scene.add("Priya", objectives=["talks"])
    scene.add("Nobody", "Neither")
    scene.log("dana", 1)
    scene.log("chat with dana and nobody", 2)
    scene.log("chat with dana and neither +none", 2)
    assert row(scene)["touch_count_30d"] == 3
    # Dana, Both, and Nobody, who met Dana.
    assert row(scene)["contact_count"] == 3
    # Two candidates, something said, or none on purpose: nothing is implied.
    scene.log("both", 3)
    scene.log("chat with dana and priya", 3)
    scene.log("dana +none", 3)
    scene.log("dana +talks", 3)
    assert row(scene)["touch_count_30d"] == 3
    assert row(scene, "talks")["touch_count_30d"] == 1
    # With one of the two paused, what both are in implies the other.
    with scene.writing() as uow:
        uow.change("objective", {"key": "talks"}, status="paused")
    assert row(scene)["touch_count_30d"] == 3 + 1 + 2
    assert row(scene, "talks")["touch_count_30d"] == 1


@pytest.mark.parametrize("verb", ["achieve", "drop"])
def test_what_implied_an_objective_stays_counted_when_it_ends(scene: Scene, verb: str) -> None:
    scene.add("Dana", objectives=["role"])
    scene.add("Nobody")
    scene.log("chat with dana and nobody", 2)
    scene.log("chat with dana +none", 1)
    asked = "timeline +role -f json --fields id,contacts"
    before = row(scene)["touch_count_30d"], scene.do(asked).stdout
    told = scene.do(f"objective {verb} role" + (" --thank" if verb == "achieve" else "")).stderr
    assert told.endswith("From now on stated, no longer implied, for +role: 1 interaction.\n")
    assert (row(scene)["touch_count_30d"], scene.do(asked).stdout) == before
    # Whoever is said to have helped is thanked, and nobody else.
    thanked = [r["name"] for r in scene.do("followup list -f json").rows]
    assert thanked == (["Dana", "Nobody"] if verb == "achieve" else [])
    assert ("Who helped: Dana, Nobody." in told) == (verb == "achieve")


def test_implied_support_of_an_active_objective_is_never_stored(scene: Scene) -> None:
    scene.add("Dana", objectives=["role"])
    scene.log("dana", 1)
    assert row(scene)["touch_count_30d"] == 1
    records = [json.loads(line) for line in scene.do("export").stdout.splitlines()]
    assert [r["objectives"] for r in records if r["type"] == "interaction"] == [[]]
    scene.do("contact edit dana -o ''")
    assert row(scene)["touch_count_30d"] == 0


def test_an_open_promise_is_no_neglect_until_it_is_kept(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("dana +role", 60, mine=("send it by tomorrow",))
    assert row(scene)["neglected"] is False
    assert "no next step" not in row(scene)["gaps"]
    scene.do("log dana +none --done 1")
    assert row(scene)["neglected"] is True


def test_nobody_neglects_what_is_not_active(scene: Scene) -> None:
    with scene.writing() as uow:
        uow.change("objective", {"key": "role"}, status="paused")
    assert (row(scene)["neglected"], row(scene)["gaps"]) == (False, [])


def test_exposure_is_counted_apart_and_is_no_touch(scene: Scene) -> None:
    scene.add(*"ABCDEF")
    scene.log("post: what I learned +role", 1)
    scene.log("talk On being on call #sre", 2)
    scene.log("article: elsewhere #cooking", 3)
    scene.log("post: both ways #sre +role", 4)
    scene.log("email @a @b @c @d @e @f about the newsletter +role", 5)
    # A topic is shared by what reaches everybody; a message to six must state it.
    scene.log("email @a @b @c @d @e @f about the rota #sre", 5)
    # A talk over coffee on the topic is not exposure.
    scene.log("coffee @a about on-call #sre", 6)
    found = row(scene)
    assert found["exposure_count"] == 4
    assert (found["touch_count_30d"], found["contact_count"], found["last_on"]) == (0, 0, None)
    assert found["neglected"] is True
    assert "exposure without a grown tie" in found["gaps"]
    # To a reader it is said without words of ours.
    told = " ".join(scene.netj("review", tty=True).ok.stdout.split())
    assert "; posts or talks, but no grown tie behind them yet" in told


def test_a_grown_tie_is_three_days_both_ways_over_sixty_days(scene: Scene) -> None:
    scene.add("Dana", "Priya", "Sam", objectives=["role"])
    for ago in (0, 30, 60):
        scene.log("dana +none", ago)
        scene.log("email priya", ago)
    for ago in (1, 30, 60):
        scene.log("sam", ago)
    assert row(scene)["grown_count"] == 1
    assert "exposure without a grown tie" not in row(scene)["gaps"]


def test_organizations_are_those_where_its_contacts_work_now(scene: Scene) -> None:
    scene.add("Dana", "Priya", objectives=["role"], org="Acme Inc.")
    assert (row(scene)["organization_count"], "only one organization" in row(scene)["gaps"]) == (1, True)
    scene.do("contact edit priya --org Globex")
    assert row(scene)["organization_count"] == 2
    scene.do("contact edit priya --org ACME")
    assert row(scene)["organization_count"] == 1


def test_gaps_name_what_is_missing(scene: Scene) -> None:
    scene.add("Dana", objectives=["role"])
    scene.log("email dana +role", 1, mine=("send it by tomorrow",))
    assert row(scene)["gaps"] == ["nothing deeper than messages"]
    scene.log("coffee dana +role", 1)
    assert row(scene)["gaps"] == []


def test_show_holds_every_field_and_its_interactions(scene: Scene) -> None:
    scene.add("Carla", "Dana")
    scene.do(
        ["objective", "add", "Her role", "--key", "hers", "--why", "to lead again", "--by", "2027-03-31",
         "--looking-for", "teams of ten", "--ask", "who hires?", "--ask", "who knows them?", "-t", "sre", "-t", "cto",
         "--org", "Acme Inc.", "--org", "acme", "--done-when", "signed", "--client", "carla"],
    )  # fmt: skip
    scene.do("contact edit dana -o hers")
    scene.log("dana about it +hers", 1, mine=("send it by tomorrow",))
    (found,) = scene.do("objective show hers -f json").rows
    assert found["why"] == "to lead again"
    assert (found["by"], found["client"], found["opened_on"], found["status"]) == (
        "2027-03-31", "carla", day(0), "active",
    )  # fmt: skip
    assert found["asks"] == ["who hires?", "who knows them?"]
    assert (found["topics"], found["organizations"]) == (["cto", "sre"], ["Acme Inc."])
    assert (found["looking_for"], found["done_when"], found["outcome"], found["closed_on"]) == (
        "teams of ten", "signed", None, None,
    )  # fmt: skip
    assert (found["contacts"], found["followups"]) == (["dana"], ["1 me 2026-11-24 send it"])
    shown = scene.netj("objective show hers", tty=True).ok.stdout
    assert "teams of ten" in shown
    assert "chat" in shown


def test_edit_replaces_adds_and_clears(scene: Scene) -> None:
    scene.do(
        ["objective", "edit", "role", "--why", "x", "--by", "tomorrow", "--ask", "a", "-t", "cto", "--org", "Acme"]
    )
    scene.do(
        [
            "objective",
            "edit",
            "role",
            "--why",
            "y",
            "--ask",
            "a",
            "--ask",
            "b",
            "-t",
            "sre",
            "--title",
            "Role!",
            "--key",
            "job",
        ]
    )
    (found,) = scene.do("objective show job -f json").rows
    assert (found["title"], found["why"], found["by"]) == ("Role!", "y", day(-1))
    assert (found["asks"], found["topics"], found["organizations"]) == (["a", "b"], ["cto", "sre"], ["Acme"])
    scene.do(["objective", "edit", "job", "--why", "", "--by", "", "--ask", "", "--ask", "c", "-t", "", "--org", ""])
    (found,) = scene.do("objective show job -f json").rows
    assert (found["why"], found["by"], found["asks"]) == (None, None, ["c"])
    assert (found["topics"], found["organizations"]) == ([], [])


def test_a_key_is_made_of_the_title_and_is_never_none(scene: Scene) -> None:
    for title, key in (("採用 Role", "role-2"), ("None", "none-2"), ("採用 None", "none-3"), ("採用", "objective")):
        assert scene.do(["objective", "add", title, "-f", "json"]).rows[0]["key"] == key
    assert scene.netj(["objective", "add", "x", "--key", "none"]).code == 2
    assert scene.netj(["objective", "add", "x", "--key", "role"]).code == 4
    assert scene.netj(["objective", "add", "x", "--key", "Big Role"]).code == 2


def test_an_objective_is_found_by_its_key_or_the_beginning_of_only_one(scene: Scene) -> None:
    scene.do(["objective", "add", "Role at Acme"])
    for typed in ("talks", "+talks", "ta", "TALKS"):
        assert scene.do(["objective", "show", typed, "-f", "json"]).rows[0]["key"] == "talks"
    assert scene.do("objective show role -f json").rows[0]["key"] == "role"
    ended = scene.netj("objective show ro")
    assert ended.code == 3
    assert "  role\n  role-at-acme\n" in ended.stderr
    assert scene.netj(["objective", "show", ""]).code == 3


def test_the_list_can_be_of_one_status_or_client(scene: Scene) -> None:
    scene.add("Carla")
    scene.do(["objective", "add", "Hers", "--client", "carla"])
    with scene.writing() as uow:
        uow.change("objective", {"key": "role"}, status="achieved")

    def keys(options: str) -> list[str]:
        return [r["key"] for r in scene.do(f"objective list -f json {options}").rows]

    assert keys("") == ["hers", "talks", "role"]
    assert keys("--status achieved") == ["role"]
    assert keys("--client carla") == ["hers"]
    assert scene.netj("objective list --status new").code == 2


def test_to_a_person_neglect_is_told_as_the_days_it_lasts(scene: Scene) -> None:
    def told() -> list[str]:
        listed = scene.netj("objective list", tty=True, env={"COLUMNS": "120"}).ok.stdout
        assert "neglected" not in listed + scene.netj("objective show quiet", tty=True).ok.stdout
        rows = (" ".join(line.split()) for line in listed.splitlines())
        return [row.partition(" - ")[2][:-2] for row in rows if row.startswith(("new", "promised", "quiet", "tended"))]

    scene.add("Ann")
    scene.do(*(["objective", "add", title] for title in ("New", "Promised", "Quiet", "Tended")))
    scene.do("followup add 'write' -o promised")
    scene.log("call ann +quiet", 45)
    scene.log("call ann +tended", 3)
    assert told() == ["no touch yet", "no touch yet, a next step", "no touch for 45 days", "1 touch in 30 days"]
    shown = scene.netj("objective show quiet", tty=True).ok.stdout
    assert "lately" in shown
    assert "no touch for 45 days" in shown
    scene.do("objective pause new")
    assert "no touch yet" not in told()
    # Of what is over there is nothing to say, and no column.
    assert "lately" not in scene.netj("objective list --status paused", tty=True).ok.stdout
