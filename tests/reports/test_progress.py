"""How an objective goes: a line of weeks, the days left, exposure beside grown ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scene import TODAY, Scene

if TYPE_CHECKING:
    from conftest import Netj

#: The story's day is a Monday, so the newest week has one day.
assert TODAY.weekday() == 0


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    made.do(["objective", "add", "Role", "--by", "2026-12-24", "--done-when", "a signed offer", "-t", "sre"])
    made.add("Dana", "Sam", objectives=["role"])
    return made


def shown(scene: Scene) -> dict[str, Any]:
    (row,) = scene.netj("objective show role -f json").rows
    return dict(row)


def test_progress_counts_touches_by_week_from_monday_stated_or_implied(scene: Scene) -> None:
    scene.log("coffee with dana and sam +role", 0)
    scene.log("call dana", 1)
    scene.log("call dana", 7)
    scene.log("call dana +none", 8)
    scene.log("call dana", 8)
    scene.log("post: on call #sre", 9)
    scene.log("call sam", 77)
    scene.log("call sam", 78)
    assert shown(scene)["progress"] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2]
    assert (shown(scene)["exposure_count"], shown(scene)["grown_count"]) == (1, 1)


def test_the_figures_of_one_are_those_of_the_list(scene: Scene) -> None:
    scene.do(["objective", "add", "Talks", "--topic", "sre"], "contact edit sam -o talks")
    scene.log("call dana", 3)
    scene.log("call sam", 4)
    scene.log("call sam +talks", 5)
    scene.log("post: on call #sre", 9)
    for listed in scene.do("objective list -f json").rows:
        (row,) = scene.do(f"objective show {listed['key']} -f json").rows
        assert {key: row[key] for key in listed} == listed


def test_days_are_left_to_a_target_day_until_the_objective_is_closed(scene: Scene) -> None:
    assert shown(scene)["days_left"] == 31
    assert scene.netj("objective show role -f json", env={"NETJ_TODAY": "2026-12-26"}).rows[0]["days_left"] == -2
    scene.do("objective achieve role --no-thank")
    assert shown(scene)["days_left"] is None


@pytest.mark.parametrize("width", ["80", "40"])
def test_a_person_sees_what_done_looks_like_the_line_and_exposure_beside_grown_ties(scene: Scene, width: str) -> None:
    scene.log("coffee with dana and sam +role", 0)
    scene.log("call dana", 30)
    scene.log("post: on call #sre", 9)
    card = scene.netj("objective show role", tty=True, env={"COLUMNS": width}).ok.stdout
    assert "a signed offer" in card
    assert "······▄····█ 3 touches in 12 weeks" in " ".join(card.split())
    assert "1 broadcast, 0 grown ties" in card
    assert "31" in card
    assert max(map(len, card.splitlines())) <= int(width)


def test_lists_of_numbers_are_written_in_every_format(scene: Scene) -> None:
    scene.log("call dana", 0)
    asked = "objective show role --fields progress,days_left --no-header"
    assert scene.do(f"{asked} -f csv").stdout == "0;0;0;0;0;0;0;0;0;0;0;1,31\n"
    assert scene.do(f"{asked} -f table").stdout.split() == ["0,"] * 11 + ["1", "31"]
