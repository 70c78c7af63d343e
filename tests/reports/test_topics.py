"""What a topic's answers say: who knows, what they told you, and when last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scene import Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    made.add("Dana", "Sam")
    made.add("Priya", topics=["sre"])
    return made


def test_what_somebody_told_is_the_last_that_was_said_of_that_topic_with_them(scene: Scene) -> None:
    scene.log("coffee with sam about rotas #sre", 30, got="two weeks are too long")
    scene.log("coffee with sam #sre", 20)
    scene.log("coffee with sam about rent", 10)
    (sam, priya) = scene.do("topic show sre -f json").rows
    assert (sam["contact"], sam["last_on"], sam["last_summary"]) == ("sam", day(20), None)
    assert (sam["told"], sam["told_on"]) == ("rotas; two weeks are too long", day(30))
    assert (sam["got"], sam["note"]) == ("two weeks are too long", None)
    # Who knows and never said anything.
    assert (priya["contact"], priya["knows"]) == ("priya", True)
    assert [priya[key] for key in ("told", "told_on", "note", "got", "last_on")] == [None] * 5


def test_what_was_noted_of_one_guest_is_not_what_another_told(scene: Scene) -> None:
    evening = "event about reliability #sre\n- Dana: budgets are political\n- Sam\n"
    assert scene.netj("log -", stdin=evening).ok
    told = {row["contact"]: row["told"] for row in scene.do("topic show sre -f json").rows}
    assert told == {"dana": "reliability; budgets are political", "sam": "reliability", "priya": None}


def test_a_topic_is_listed_with_the_last_interaction_in_which_it_came_up(scene: Scene) -> None:
    scene.log("call sam about pagers #sre", 20)
    scene.log("call sam and dana about rotas #sre", 5)
    scene.log("post: On being on call #writing", 3)
    sre, writing = scene.do("topic list -f json").rows
    assert (sre["topic"], sre["last_contact"], sre["last_summary"]) == ("sre", "dana", "rotas")
    assert (writing["last_on"], writing["last_contact"], writing["last_summary"]) == (day(3), None, "On being on call")
    shown = scene.netj("topic show sre", tty=True, env={"COLUMNS": "40"}).ok.stdout
    assert "rotas" in shown
    assert max(map(len, shown.splitlines())) <= 40


def test_of_two_interactions_on_one_day_the_same_one_is_told_whatever_was_logged_first(scene: Scene) -> None:
    scene.log("call sam about pagers #sre", 5)
    scene.log("call dana about rotas #sre", 5)
    greatest = max(scene.do("interaction list -f json").rows, key=lambda row: row["uid"])
    (sre,) = scene.do("topic list -f json").rows
    assert (sre["last_summary"], [sre["last_contact"]]) == (greatest["summary"], greatest["contacts"])


def test_without_a_topic_a_person_is_told_how_one_is_made(netj: Netj) -> None:
    assert "#hiring" in netj("topic list", tty=True).ok.stderr
