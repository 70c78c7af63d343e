"""What a topic's answers say: who knows, what they told you, and when last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scene import Scene, day

from netjournal.cli import tree

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


EVENING = """yesterday: event: Data meetup
- Dana: eBPF tracing #eBPF #ebpf
- Sam #ebpf
- Priya: hires #sre
"""


def test_the_topic_of_a_line_is_of_that_guest_alone_with_what_was_noted_of_them(scene: Scene) -> None:
    scene.log("call dana about the kernel #ebpf", 40, got="a book")
    assert scene.netj("log - --got 'good food'", stdin=EVENING).ok
    rows = {row["contact"]: row for row in scene.do("topic show ebpf -f json").rows}
    keys = ("knows", "touch_count", "last_on", "last_kind", "last_summary", "told", "told_on", "note", "got")
    assert {who: [row[key] for key in keys] for who, row in rows.items()} == {
        "dana": [True, 2, day(1), "event", "Data meetup", "eBPF tracing", day(1), "eBPF tracing", None],
        # Of Sam nothing was noted: the evening's own words are not theirs.
        "sam": [True, 1, day(1), "event", "Data meetup", None, None, None, None],
    }
    ebpf, sre = scene.do("topic list -f json").rows
    counted = ("contact_count", "interaction_count", "last_on", "last_contact")
    assert [ebpf[key] for key in counted] == [2, 2, day(1), "dana"]
    assert [sre[key] for key in counted] == [1, 1, day(1), "priya"]
    assert "eBPF tracing" in scene.netj("topic show ebpf", tty=True, env={"COLUMNS": "40"}).ok.stdout


def test_the_topic_of_a_line_is_found_wherever_topics_are_asked_for(scene: Scene) -> None:
    assert scene.netj("log -", stdin=EVENING).ok
    (hit,) = scene.do("search tracing -t ebpf -f json").rows
    assert hit["noted"] == "dana"
    (dana,) = scene.do("prep dana -f json").rows
    assert dana["came_up"] == ["ebpf"]
    (robin,) = scene.do("prep 'Robin Vale' -t ebpf -f json").rows
    assert robin["talks"][0].endswith("Data meetup - dana: eBPF tracing")
    # Taken away from all who took part; what they know about stays.
    scene.do("amend 1 -x #ebpf")
    (shown,) = scene.do("interaction show 1 -f json").rows
    assert (shown["topics"], shown["touch_topics"]) == ([], ["priya #sre"])
    assert {row["touch_count"] for row in scene.do("topic show ebpf -f json").rows} == {0}
    # A topic that nobody knows about and no whole interaction has is completed and known by its touch alone.
    scene.do("contact edit priya -t ''")
    assert [row["contact"] for row in scene.do("topic show sre -f json").rows] == ["priya"]
    assert scene.do([tree.COMPLETE, "netj topic show s"]).stdout.split() == ["sre"]


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


def test_a_topic_is_named_by_the_beginning_of_its_word_where_only_one_begins_so(scene: Scene) -> None:
    scene.do("contact edit sam -t fundraising -t funding -t fun")
    told = scene.do("topic show fundr -f json")
    assert ([row["contact"] for row in told.rows], told.stderr) == (
        ["sam"],
        "'fundr' is taken for the topic fundraising.\n",
    )
    assert scene.do("topic show fun -f json").stderr == ""
    several = scene.netj("topic show fund")
    assert (several.code, several.stdout, "fundraising" in several.stderr) == (3, "", True)
    assert scene.netj("topic show rais").code == 3


def test_without_a_topic_a_person_is_told_how_one_is_made(netj: Netj) -> None:
    assert "#hiring" in netj("topic list", tty=True).ok.stderr
