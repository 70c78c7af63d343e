"""Which objectives each touchpoint supports: stated, implied or none, by contact and by objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scene import Scene, day

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    made.do(["objective", "add", "Role"], ["objective", "add", "Talks"])
    made.add("Dana", objectives=["role"])
    made.add("Priya")
    made.log("dana about a", 5, objectives=("role", "talks"))
    made.log("dana about b", 4)
    made.log("dana about c +none", 3)
    made.log("priya about d", 2)
    made.log("post: e +role", 1)
    return made


def supports(scene: Scene, what: str) -> list[tuple[str, list[str], str | None, bool]]:
    return [
        (r["summary"], r["objectives"], r["implied"], r["none_on_purpose"])
        for r in scene.do(["timeline", what, "-f", "json"]).rows
    ]


def test_a_contacts_timeline_says_what_each_supports_newest_first(scene: Scene) -> None:
    assert supports(scene, "dana") == [
        ("c", [], None, True),
        ("b", [], "role", False),
        ("a", ["role", "talks"], None, False),
    ]
    assert supports(scene, "priya") == [("d", [], None, False)]


def test_an_objectives_timeline_holds_stated_and_implied_support(scene: Scene) -> None:
    assert [row[0] for row in supports(scene, "+role")] == ["e", "b", "a"]
    assert [row[0] for row in supports(scene, "role")] == ["e", "b", "a"]
    assert [row[0] for row in supports(scene, "+ta")] == ["a"]


def test_two_objectives_imply_neither(scene: Scene) -> None:
    scene.add("Both", objectives=["role", "talks"])
    scene.log("both about g", 1)
    scene.log("chat with dana and both about h", 1)
    assert supports(scene, "both") == [("h", [], None, False), ("g", [], None, False)]
    assert not {"g", "h"} & {row[0] for what in ("+role", "+talks") for row in supports(scene, what)}
    # A contact that helps with nothing leaves what the other implies.
    scene.log("chat with dana and priya about i", 0)
    assert supports(scene, "priya")[0] == ("i", [], "role", False)


def test_a_table_shows_implied_support_in_brackets(scene: Scene) -> None:
    lines = scene.netj("timeline dana", tty=True).ok.stdout.splitlines()
    shown = {word: line for line in lines for word in ("a", "b", "c") if f" {word} " in f"{line} "}
    assert "role, talks" in shown["a"]
    assert "[role]" in shown["b"]
    assert "none on purpose" in shown["c"]


def test_a_handle_comes_before_a_key_and_a_plus_before_both(scene: Scene) -> None:
    scene.add("Talks")
    scene.log("talks about f", 1)
    assert [row[0] for row in supports(scene, "talks")] == ["f"]
    assert [row[0] for row in supports(scene, "+talks")] == ["a"]


def test_the_beginning_of_a_key_will_do_where_nobody_is_called_so(scene: Scene) -> None:
    assert supports(scene, "ro") == supports(scene, "role")
    scene.do(["objective", "add", "Rota"])
    ended = scene.netj("timeline ro")
    assert (ended.code, "Nobody here is called 'ro'." in ended.stderr) == (3, True)


def test_nobody_of_that_name_is_exit_3(scene: Scene) -> None:
    assert scene.netj("timeline zebedee").code == 3
    assert scene.netj("timeline +zebedee").code == 3
    assert scene.netj(["timeline", ""]).code == 3


def test_interactions_are_listed_by_day_newest_first(scene: Scene) -> None:
    def listed(options: str) -> list[str]:
        return [r["summary"] for r in scene.do(f"interaction list -f json {options}").rows]

    assert listed("") == ["e", "d", "c", "b", "a"]
    assert listed("--since 3d") == ["e", "d", "c"]
    assert listed(f"--since {day(2)}") == ["e", "d"]
    assert listed(f"--since {day(4)} --until {day(3)}") == ["c", "b"]
    assert listed("--limit 2") == ["e", "d"]
    assert listed("--until 2020-01-01") == []


@rows("option", ["--since", "--until"])
@rows("typed", ["", "lunch", "2026-02-30", "99999-01-01"])
def test_a_day_that_is_none_is_refused(scene: Scene, option: str, typed: str) -> None:
    code, out, err = scene.netj(["interaction", "list", option, typed])
    assert (code, out) == (2, "")
    assert "2026-11-13" in err


def test_an_interaction_is_shown_and_deleted_by_its_number(scene: Scene) -> None:
    (row,) = scene.do("interaction show 1 -f json").rows
    assert (row["id"], row["summary"], row["contacts"], row["names"]) == (1, "a", ["dana"], ["Dana"])
    assert (row["on"], row["kind"], row["depth"], row["direction"]) == (day(5), "chat", "exchange", "mutual")
    assert scene.do("interaction delete '#1' -f json").rows == [row]
    assert scene.netj("interaction show 1").code == 3
    assert scene.netj("interaction delete 1").code == 3
    assert scene.netj("interaction show x").code == 2
    assert scene.netj("interaction show 99999999999999999999").code == 2


def test_a_promise_outlives_the_interaction_it_was_made_in(scene: Scene) -> None:
    scene.log("dana", 1, mine=("send it by tomorrow",))
    scene.do("interaction delete 6")
    assert scene.do("contact show dana -f json").rows[0]["followups"] == ["1 me 2026-11-24 send it"]


def test_the_notes_of_single_participants_are_told(scene: Scene) -> None:
    with scene.writing() as uow:
        uow.add("touch_note", contact_id=1, interaction_id=1, note="likes tea; no sugar")
    (row,) = scene.do("interaction show 1 -f json").rows
    assert row["notes"] == ["dana: likes tea; no sugar"]
    assert "likes tea, no sugar" in scene.do("interaction show 1 -f csv").stdout
