"""The order of `due`: a sum of terms that explains itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from scene import TODAY, Scene, day

from netjournal.domain.score import WEIGHTS

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    return Scene(netj, environment)


TERMS = ["lateness", "promise", "reply", "objective", "signal"]


def everything(scene: Scene) -> None:
    """Somebody for every term, alone and together."""
    scene.do(["objective", "add", "Soon", "--by", "2026-12-01"], ["objective", "add", "Far"])
    scene.add("Late", "Very late", "Promised", every="10d")
    scene.add("Helper", every="10d", objectives=["soon"])
    scene.add("Far helper", every="10d", objectives=["far"])
    scene.add("Writer", "Birthday", every="10d", birthday="20 Nov")
    scene.log("chat with late and promised and helper and far helper +none", 15)
    scene.log("very late +none", 100)
    scene.log("promised +none", 15, mine=("send it by today",), theirs=("call by today",))
    scene.log("email writer +none", 12, direction="in")
    scene.log("birthday +none", 15)


def test_each_term_is_shown_and_the_score_is_their_sum(scene: Scene) -> None:
    everything(scene)
    rows = scene.due("--explain", today=TODAY + timedelta(days=1))
    assert len(rows) >= 9
    for row in rows:
        assert list(row["terms"]) == TERMS
        assert all(term == round(term, 3) >= 0 for term in row["terms"].values())
        assert row["score"] == round(sum(row["terms"].values()), 3)
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    # Each term is somebody's reason.
    for term in TERMS:
        assert {row["terms"][term] > 0 for row in rows} == {True, False}


def test_the_terms_come_only_with_explain_and_the_score_always(scene: Scene) -> None:
    everything(scene)
    plain, explained = scene.due(), scene.due("--explain")
    assert [{k: v for k, v in row.items() if k != "terms"} for row in explained] == plain
    assert "terms" not in plain[0]
    assert scene.netj("due --explain", tty=True).ok.stdout.count("lateness") > 1
    assert scene.netj("due --explain -f csv").ok.stdout.splitlines()[0].endswith(",score,terms")


def test_a_weekly_contact_three_weeks_late_comes_before_a_yearly_one_a_month_late(scene: Scene) -> None:
    scene.add("A yearly", every="1y")
    scene.add("Weekly", every="1w")
    scene.log("a yearly", 365 + 30)
    scene.log("weekly", 7 + 21)
    assert scene.whom() == ["weekly", "a-yearly"]
    assert scene.row("weekly")["lateness"] == 4.0


def test_equals_stand_by_name_without_regard_to_case_and_accents(scene: Scene) -> None:
    scene.add("zoë", "Émile", "eva", "Zachary", every="10d")
    assert scene.whom() == ["emile", "eva", "zachary", "zoe"]


def test_a_near_target_and_neglect_bring_the_helper_forward(scene: Scene) -> None:
    scene.do(["objective", "add", "Soon", "--by", "2026-12-01"], ["objective", "add", "Far", "--by", "2028-01-01"])
    scene.add("Aa plain", every="10d")
    scene.add("Bb far", every="10d", objectives=["far"])
    scene.add("Cc soon", every="10d", objectives=["soon"])
    assert scene.whom() == ["cc-soon", "bb-far", "aa-plain"]
    neglected = scene.row("cc-soon", "--explain")["terms"]["objective"]
    scene.add("Other")
    scene.log("other +soon", 5)
    tended = scene.row("cc-soon", "--explain")["terms"]["objective"]
    assert tended == pytest.approx(neglected - WEIGHTS.objective / 4)


@pytest.mark.parametrize(("ago", "neglected"), [(29, False), (30, True)])
@pytest.mark.parametrize("how", ["stated", "implied"])
def test_neglect_in_due_is_neglect_in_the_list_of_objectives(scene: Scene, ago: int, neglected: bool, how: str) -> None:
    scene.do(["objective", "add", "Soon"])
    scene.add("Dana", every="10d", objectives=["soon"])
    scene.log("dana +soon" if how == "stated" else "dana", ago)
    assert scene.do("objective list -f json").rows[0]["neglected"] is neglected
    assert scene.row("dana", "--explain")["terms"]["objective"] == WEIGHTS.objective * (0.5 if neglected else 0.25)


@pytest.mark.parametrize("said", ["post about x", "talk about x +soon", "article about x +far #hiring"])
def test_a_broadcast_changes_no_score(scene: Scene, said: str) -> None:
    everything(scene)
    before = scene.due("--all --explain")
    scene.log(said, 1)
    assert scene.due("--all --explain") == before


def test_an_objective_that_is_paused_presses_nobody(scene: Scene) -> None:
    scene.do(["objective", "add", "Soon"])
    scene.add("Dana", every="10d", objectives=["soon"])
    assert scene.row("dana")["objectives"] == ["soon"]
    with scene.writing() as uow:
        uow.change("objective", {"key": "soon"}, status="paused")
    row = scene.row("dana", "--explain")
    assert (row["objectives"], row["terms"]["objective"]) == ([], 0.0)


def test_several_given_a_cadence_at_once_are_spread_over_it(scene: Scene) -> None:
    scene.add("Ann", "Bob", "Cy", "Dee")
    scene.do("keep ann bob cy dee --every 20d")
    assert [row["due_on"] for row in scene.due("--all")] == [day(0), day(-5), day(-10), day(-15)]
    assert scene.whom() == ["ann"]
    # Given to one, it is due that day.
    scene.do("keep bob --every 20d")
    assert scene.whom() == ["ann", "bob"]


def test_last_is_told_and_the_later_of_it_and_the_log_counts(scene: Scene) -> None:
    scene.add("Dana")
    scene.do("keep dana --every 30d --last 2026-11-03")
    row = scene.row("dana")
    assert (row["last_on"], row["due_on"], row["last_kind"]) == ("2026-11-03", "2026-12-03", None)
    scene.log("coffee dana about x", 25)
    assert scene.row("dana")["last_on"] == "2026-11-03"
    assert scene.row("dana")["last_summary"] is None
    scene.log("coffee dana about y", 15)
    row = scene.row("dana")
    assert (row["last_on"], row["last_summary"]) == (day(15), "y")


def test_logging_an_older_day_never_moves_the_clock_back(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log("dana about now", 10)
    before = scene.row("dana", "--all --explain")
    scene.log("coffee dana about then", 11)
    scene.log("email dana about long ago", 300, direction="in")
    assert scene.row("dana", "--all --explain") == before


def test_deleting_moves_the_clock_as_if_it_had_never_been(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log("dana about then", 40)
    before = scene.due("--all --explain")
    scene.log("coffee dana about now", 1)
    assert scene.due("--all --explain") != before
    scene.do("interaction delete 2")
    assert scene.due("--all --explain") == before


def test_exposure_moves_nobodys_clock(scene: Scene) -> None:
    people = ("Ann", "Bob", "Cy", "Dee", "Eve", "Fay")
    scene.add(*people, every="30d")
    scene.log("chat with ann and bob and cy and dee and eve and fay", 40)
    before = scene.due("--explain")
    scene.log("email @ann @bob @cy @dee @eve @fay about the newsletter", 1)
    scene.log("post: what I learned", 1)
    assert scene.due("--explain") == before
    # One fewer, and it is a message to each.
    scene.log("email @ann @bob @cy @dee @eve about the newsletter", 1)
    assert scene.whom() == ["fay"]
    # From them, or a meeting, it is a touch for any number.
    scene.log("event with ann and bob and cy and dee and eve and fay", 0)
    assert scene.whom() == []


def test_a_new_connection_is_no_touch(scene: Scene) -> None:
    with scene.writing() as uow:
        uow.add_record(
            "contact", handle="dana", name="Dana", name_key="dana", every_days=30, first_due_on=day(3),
            connected_on=day(3), added_on=day(3),
        )  # fmt: skip
    row = scene.row("dana")
    assert (row["last_on"], row["standing"], row["days_late"]) == (None, "due", 3)


def test_last_words_are_the_deepest_of_the_newest_day(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log("coffee dana about the plan", 3)
    scene.log("email dana about a link", 3)
    row = scene.row("dana")
    assert (row["last_kind"], row["last_summary"]) == ("coffee", "the plan")
