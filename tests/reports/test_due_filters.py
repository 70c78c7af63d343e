"""What `due` is narrowed by, what it shows of a long list, and what it says beside its answer."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from scene import TODAY, Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    return Scene(netj, environment)


def test_within_also_lists_who_falls_due_in_that_time(scene: Scene) -> None:
    scene.add("Now", "Soon", "Later", every="30d")
    scene.log("now", 30)
    scene.log("soon", 23)
    scene.log("later", 22, mine=("send it by in 7 days",), theirs=("call by in 6 days",))
    assert scene.whom() == ["now"]
    rows = scene.due("--within 7d")
    # Theirs of the sixth day is past it on the seventh.
    assert [(r["type"], r["contact"]) for r in rows] == [
        ("contact", "now"),
        ("contact", "soon"),
        ("followup", "later"),
        ("followup", "later"),
    ]
    assert rows[1]["why"] == "due in 7 days"
    assert {r["why"] for r in rows[2:]} == {
        "they promised, due in 6 days: call",
        "you promised, due in 7 days: send it",
    }
    assert {r["standing"] for r in rows[1:]} == {"soon"}
    assert len(scene.due("--within 6d")) == 1
    assert "planned" in {r["standing"] for r in scene.due("--all")}


def test_an_objective_keeps_those_linked_and_those_with_a_touch_that_states_it(scene: Scene) -> None:
    scene.do(["objective", "add", "Platform role"], ["objective", "add", "Speaking"])
    scene.add("Linked", every="10d", objectives=["platform-role"])
    scene.add("Stated", "Other", "Unsaid", every="10d")
    scene.log("stated about roles +platform-role", 40)
    scene.log("chat with linked and unsaid", 39)
    scene.log("other about talks +speaking", 38)
    rows = scene.due("-o platform-role")
    assert sorted(r["contact"] for r in rows) == ["linked", "stated"]
    assert all(r["objectives"] == ["platform-role"] for r in rows)
    assert scene.whom("-o speaking") == ["other"]
    assert len(scene.whom()) == 4


def test_an_objective_also_keeps_its_promises_to_nobody(scene: Scene) -> None:
    scene.do(["objective", "add", "Platform role"], ["objective", "add", "Speaking"], "circle add press --every 1y")
    scene.add("Dana", "Priya")
    scene.log("chat with dana and priya +platform-role", 0, mine=("write it up by today",))
    assert [r["type"] for r in scene.due("-o platform-role")] == ["followup"]
    assert scene.due("-o speaking") == []
    # A circle is of people: a promise to nobody is in none.
    assert scene.due("-o platform-role --circle press") == []


def test_a_client_keeps_who_serves_the_clients_objectives(scene: Scene) -> None:
    scene.add("Carla", "Dana", "Priya", every="10d")
    scene.do(["objective", "add", "Her next role", "--client", "carla"], ["objective", "add", "Mine"])
    scene.do("contact edit dana -o her-next-role", "contact edit priya -o mine")
    scene.log("chat with dana and priya and carla", 40)
    # Whose list it is belongs to it, whatever was said of any talk.
    assert sorted(filter(None, scene.whom("--client carla"))) == ["carla", "dana"]
    scene.log("carla about it", 30, mine=("send the list by today",))
    assert sorted(filter(None, scene.whom("--client carla"))) == ["carla", "carla", "dana"]
    assert scene.whom("--client dana") == []


def test_a_circle_and_a_group_keep_their_own(scene: Scene) -> None:
    scene.add("Dana", "Priya", circle="inner")
    scene.add("Sam", "Max", circle="outer")
    with scene.writing() as uow:
        group = uow.add_record("contact_group", name="Tuesday table", name_key="tuesday table")
        for contact_id in (2, 3):
            uow.add("group_member", group_id=group, contact_id=contact_id)
    assert scene.whom("--circle inner") == ["dana", "priya"]
    assert scene.whom("--circle INNER") == ["dana", "priya"]
    assert scene.whom("--group 'tuesday table'") == ["priya", "sam"]
    assert scene.whom("--circle inner --group 'Tuesday Table'") == ["priya"]


@pytest.mark.parametrize("option", ["-o nothing", "--client nobody", "--circle none", "--group none"])
def test_a_filter_that_names_nothing_is_an_error_and_no_answer(scene: Scene, option: str) -> None:
    scene.add("Dana", every="10d")
    code, out, err = scene.netj(f"due {option} -f json")
    assert (code, out) == (3, "")
    assert err.startswith("netj: ")


def test_all_lists_everyone_with_a_cadence_whatever_the_standing(scene: Scene) -> None:
    scene.add("Due", "Fresh", "Paused", "Planned", every="10d")
    scene.add("Untracked")
    scene.log("chat with fresh and paused and untracked", 0)
    scene.log("planned", 12, mine=("send it by tomorrow",))
    scene.do("snooze paused")
    assert {r["contact"]: r["standing"] for r in scene.due("--all")} == {
        "due": "due",
        "fresh": "on-track",
        "paused": "paused",
        "planned": "planned",
    }


def test_a_limit_cuts_the_rows_and_not_the_check(scene: Scene) -> None:
    scene.add("Ann", "Bob", "Cy", every="10d")
    scene.log("cy", 30)
    assert scene.whom("--limit 1") == ["cy"]
    assert scene.whom("--limit 2") == ["cy", "ann"]
    assert scene.netj("due --check --limit 1").code == 10
    assert scene.netj("due --limit 0").code == 2


def test_check_is_exit_10_where_somebody_is_overdue(scene: Scene) -> None:
    scene.add("Dana", every="10d")
    scene.add("Priya", circle="inner")
    scene.log("chat with dana and priya", 0)
    for ago, code in ((10, 0), (15, 0), (16, 10)):
        later = {"NETJ_TODAY": day(-ago)}
        ended = scene.netj("due --check -f json", env=later)
        assert ended.code == code, ago
        assert [r["contact"] for r in json.loads(ended.stdout)] == ["dana"]
        assert scene.netj("due --check --circle inner", env=later).code == 0


def test_check_counts_a_promise_that_is_late(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("dana", 0, mine=("send it by today",))
    assert scene.netj("due --check").code == 0
    assert scene.netj("due --check", env={"NETJ_TODAY": (TODAY + timedelta(days=1)).isoformat()}).code == 10


def test_a_terminal_shows_what_one_can_do_in_a_day_and_says_how_many_more(scene: Scene) -> None:
    scene.add(*[f"Ann{n:02}" for n in range(12)], every="10d")
    shown = scene.netj("due", tty=True, env={"COLUMNS": "120"}).ok
    assert shown.stdout.count("Ann") == 10
    assert shown.stderr == "2 more: `netj due --limit 12` shows all.\n"
    assert scene.netj("due", tty=True, env={"NETJ_CAPACITY": "3"}).ok.stdout.count("Ann") == 3
    assert scene.netj("due --limit 12", tty=True).ok.stdout.count("Ann") == 12
    assert scene.netj("due --limit 12", tty=True).stderr == ""


def test_a_format_that_was_asked_for_is_whole_on_a_terminal_or_off_it(scene: Scene) -> None:
    scene.add(*[f"Ann{n:02}" for n in range(12)], every="10d")
    assert scene.netj("due -f table", tty=True).ok.stdout.count("Ann") == 12
    for how, options in (({}, "-f tsv"), ({"NETJ_FORMAT": "json"}, ""), ({"NETJ_FORMAT": "csv"}, "")):
        for tty in (True, False):
            shown = scene.netj(f"due --fields name {options}", tty=tty, env=how).ok
            assert (shown.stdout.count("Ann"), shown.stderr) == (12, ""), (how, tty)


def test_an_empty_answer_is_a_word_on_stderr_and_only_for_people(scene: Scene) -> None:
    scene.add("Dana", every="10d")
    scene.log("dana", 0)
    assert scene.netj("due", tty=True) == (0, "", "Nobody is due.\n")
    assert scene.netj("due -f json") == (0, "[]\n", "")
    assert scene.netj("due").stdout.startswith("type\tuid\t")


def test_where_nobody_is_tracked_it_names_keep_and_how_many(scene: Scene) -> None:
    said = "{} no cadence yet: `netj keep WHO --circle active` says how often to be in touch.\n"
    assert scene.netj("due -f json") == (0, "[]\n", "")
    scene.add("Dana")
    assert scene.netj("due -f json") == (0, "[]\n", said.format("1 contact has"))
    scene.add("Priya", "Gone", "Never")
    scene.do("contact archive gone")
    with scene.writing() as uow:
        uow.change("contact", {"handle": "never"}, never=1)
    assert scene.netj("due").stderr == said.format("2 contacts have")
    # A reply that is owed does not make anybody tracked.
    scene.log("email dana", 5, direction="in")
    assert scene.netj("due -f json").stderr == said.format("2 contacts have")
    scene.do("keep priya --every 1y")
    assert scene.netj("due -f json").stderr == ""


def test_next_is_the_first_row_of_due_with_the_last_note(scene: Scene) -> None:
    scene.add("Dana", "Priya", every="10d")
    scene.log("dana", 60, note="wants to move\nto Berlin")
    scene.log("dana", 50)
    assert scene.netj("next -f json").rows == scene.due("--limit 1")
    shown = scene.netj("next", tty=True).ok
    assert "to Berlin" in shown.stdout
    assert "40 days past due" in shown.stdout
    only = scene.netj("next --fields contact", tty=True).ok.stdout.split()
    assert (only[0], only[-1]) == ("contact", "dana")


@pytest.mark.parametrize("tty", [True, False])
def test_next_refuses_a_field_that_is_none(scene: Scene, tty: bool) -> None:
    scene.add("Dana", every="10d")
    assert scene.netj("next --fields nope", tty=tty).code == 2


def test_next_of_nobody_is_empty(scene: Scene) -> None:
    assert scene.netj("next -f json") == (0, "[]\n", "")
    assert scene.netj("next", tty=True) == (0, "", "Nobody is due.\n")
