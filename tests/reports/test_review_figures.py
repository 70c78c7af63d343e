"""What a look back counts, and beside what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from scene import TODAY, Scene, day

from netjournal import store
from netjournal.domain import health
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.reports.review import bonds

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    made.do(["objective", "add", "Role", "--topic", "sre"], ["objective", "add", "Talks"])
    return made


def figures(scene: Scene, options: str = "") -> dict[tuple[str, str, str | None], tuple[Any, Any]]:
    """Value and before of every figure by section, figure and subject."""
    rows = scene.do(f"review -f json {options}").rows
    return {(r["section"], r["figure"], r["subject"]): (r["value"], r["before"]) for r in rows}


def gaps(scene: Scene, key: str) -> list[str]:
    return [r["text"] for r in scene.do("review -f json").rows if (r["section"], r["subject"]) == ("gap", key)]


def test_a_period_of_thirty_days_stands_beside_the_thirty_before_it(scene: Scene) -> None:
    scene.add("Dana", org="Acme")
    scene.add("Sam", org="Globex")
    for ago in (0, 29, 30, 59, 60):
        scene.log("coffee with dana about it", ago)
    scene.log("coffee with dana and sam", 10)
    told = figures(scene)
    assert told["overall", "touches", None] == (4, 2)
    assert told["overall", "contacts", None] == (2, 1)
    assert told["overall", "organizations", None] == (2, 1)
    assert figures(scene, "--since 31d")["overall", "touches", None] == (5, 2)
    assert figures(scene, f"--since {day(29)}") == told


def test_the_share_is_of_what_was_typed_and_could_have_been_for_something(scene: Scene) -> None:
    scene.add("Dana", objectives=["role"])
    scene.add("Sam")
    scene.log("coffee with sam +talks", 1)
    scene.log("coffee with sam and dana +talks", 2)
    scene.log("coffee with dana", 3)
    scene.log("coffee with sam", 4)
    scene.log("coffee with sam +none", 5)
    scene.log("post: on being on call #sre +talks", 5)
    told = figures(scene)
    expected = {"stated": 3, "implied": 1, "unsaid": 1, "none": 1, "imported": 0, "purposeful_share": 0.6}
    assert {word: told["purpose", word, None][0] for word in expected} == expected
    assert told["purpose", "purposeful_share", None][1] is None


def test_what_was_imported_stands_apart_unless_it_states_something(scene: Scene) -> None:
    scene.add("Sam")
    scene.log("email sam", 3)
    scene.log("email sam about it +talks", 4)
    scene.log("coffee with sam", 5)
    with scene.writing() as uow:
        for identity in (1, 2):
            uow.change("interaction", {"id": identity}, source="mail")
    told = figures(scene)
    assert [told["purpose", word, None][0] for word in ("stated", "unsaid", "imported")] == [1, 1, 1]
    assert told["purpose", "purposeful_share", None][0] == 0.5


def test_an_objective_is_told_by_touches_people_places_exposure_and_ties(scene: Scene) -> None:
    scene.add("Dana", objectives=["role"], org="Acme")
    scene.add("Sam", org="Globex")
    for ago in (5, 40, 100):
        scene.log("coffee with dana", ago)
    scene.log("call with sam about it +role", 6)
    scene.log("post: on being on call #sre", 7)
    scene.log("post: something else +role", 40)
    told = figures(scene)
    expected = {
        "touches": (2, 1),
        "contacts": (2, 1),
        "organizations": (2, 1),
        "exposure": (1, 1),
        "grown": (1, 0),
        "days_since": (5, None),
        "lively": (1, 1),
        "steady": (1, 0),
        "quiet": (0, 0),
        "dormant": (0, 0),
        "untouched": (0, 1),
    }
    assert {word: told["objective", word, "role"] for word in expected} == expected


def test_a_dormant_tie_was_grown_and_lay_still_for_a_year(scene: Scene) -> None:
    scene.add("Dana", "Sam", "Priya", objectives=["role"])
    for ago in (400, 450, 500):
        scene.log("coffee with dana", ago)
        scene.log("coffee with priya", ago)
    scene.log("coffee with sam", 400)
    scene.log("coffee with priya", 3)
    told = figures(scene)
    # Sam's never grew; Priya's lay still a month ago.
    assert told["objective", "dormant", "role"] == (1, 2)
    assert told["objective", "quiet", "role"] == (1, 1)
    assert told["ties", "revived", None] == (1, 0)
    suggested = [r for r in scene.do("review -f json").rows if r["section"] == "suggestion"]
    assert "netj followup add TEXT --for role" in [r["command"] for r in suggested]


def test_ties_are_new_kept_or_revived_in_each_period(scene: Scene) -> None:
    scene.add("New", "Kept", "Back", "Older")
    scene.log("coffee with new", 2)
    scene.log("coffee with new", 1)
    for ago in (3, 33, 300):
        scene.log("coffee with kept", ago)
    for ago in (4, 369):
        scene.log("coffee with back", ago)
    scene.log("coffee with older", 45)
    scene.log("post: to everybody", 3)
    told = figures(scene)
    found = {word: told["ties", word, None] for word in ("new", "kept", "revived")}
    assert found == {"new": (1, 1), "kept": (1, 1), "revived": (1, 0)}


def test_promises_are_kept_on_time_later_or_open(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("coffee with dana", 1, mine=["send it by 2026-12-01", "call by 2026-12-02"], theirs=["an intro"])
    assert scene.netj("done 1").ok
    told = figures(scene)
    assert told["promises", "mine_on_time", None] == (1, 0)
    assert told["promises", "mine_open", None] == (1, 0)
    assert told["promises", "theirs_open", None] == (1, 0)
    late = scene.netj("done 2", env={"NETJ_TODAY": "2026-12-10"})
    assert late.ok
    rows = scene.netj("review -f json", env={"NETJ_TODAY": "2026-12-20"}).rows
    assert [(r["value"], r["before"]) for r in rows if r["figure"] == "mine_late"] == [(1, 0)]
    # The period before ended on 20 November, before they were made.
    assert [(r["value"], r["before"]) for r in rows if r["figure"] == "mine_open"] == [(0, 0)]


def test_what_was_given_and_got_is_counted(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("coffee with dana", 1, gave="a book", got="advice")
    scene.log("coffee with dana", 40, got="advice")
    told = figures(scene)
    assert told["exchange", "gave", None] == (1, 0)
    assert told["exchange", "got", None] == (1, 1)


def test_opportunities_are_told_by_origin_as_their_list_has_it(scene: Scene) -> None:
    scene.add("Dana")
    scene.add("Sam", introduced_by="dana")
    scene.log("coffee with dana", 9)
    scene.log("coffee with dana", 8)
    scene.do(
        "opportunity add 'Staff engineer' --through dana -o role",
        "opportunity add Tutor --through sam",
        "opportunity add Cold",
    )
    told = figures(scene)
    found = {
        word: told["opportunities", word, None][0] for word in ("relationship", "introduction", "exposure", "cold")
    }
    assert found == {"relationship": 1, "introduction": 1, "exposure": 0, "cold": 1}
    assert told["opportunity", "relationship", "role"] == (2, None)
    listed = scene.do("opportunity list -f json").rows
    reviewed = [r for r in scene.do("review -f json").rows if r["section"] == "opportunity"]
    assert {(r["text"], r["figure"], r["value"]) for r in reviewed} == {
        (r["title"], r["origin"], r["touches_before"]) for r in listed
    }


@pytest.mark.parametrize("lately", [False, True])
def test_gaps_and_last_days_are_those_of_the_list_of_objectives(scene: Scene, lately: bool) -> None:
    scene.add("Dana", org="Acme", objectives=["talks"])
    scene.add("Sam", org="Globex")
    scene.do(["objective", "add", "Book", "--topic", "books"])
    for ago in (*((2, 20, 50) if lately else ()), 100, 150, 200):
        scene.log("coffee with dana and sam about it +role", ago)
        scene.log("email dana", ago)
    scene.log("coffee with dana", 250)
    scene.log("post: on writing #books", 300)
    scene.log("coffee with sam +book", 290)
    rows = scene.do("review -f json").rows
    for listed in scene.do("objective list -f json").rows:
        key = listed["key"]
        assert gaps(scene, key) == listed["gaps"], key
        assert [r["text"] for r in rows if (r["figure"], r["subject"]) == ("days_since", key)] == [listed["last_on"]]


def test_a_band_is_that_of_all_touches_however_few_of_them_were_read(scene: Scene) -> None:
    scene.add("Dana", "Sam", "Priya", "Max")
    kinds = ("email", "coffee", "chat", "message", "call")
    for n in range(30):
        scene.log(f"{kinds[n % 5]} with dana", 7 * n + 3)
        scene.log(f"message sam #n{n}", 3 * n + 1)
        scene.log(f"chat with priya #n{n}", 80 + 20 * n)
    assert scene.netj("due").ok
    with store.reading(scene.path) as connection:
        facts = connection.rows(
            "SELECT t.contact_id, t.on_day, i.kind FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id"
        )
        nothing = bonds.Recent(TODAY + timedelta(days=1), {})
        for on in (TODAY, TODAY - timedelta(days=30)):
            found = bonds.bands(connection, {1, 2, 3, 4}, (), on, nothing)
            for who in (1, 2, 3, 4):
                touches = [(date.fromisoformat(d), DEPTH_OF_KIND[k]) for c, d, k in facts if c == who]
                whole = health.health(touches, on)
                word = "lively" if whole >= 1 else "steady" if whole >= 0.25 else "quiet" if touches else "untouched"
                assert found[who] == word, (who, on, whole)


def test_the_half_life_of_health_is_the_setting(scene: Scene) -> None:
    scene.add("Dana", objectives=["role"])
    scene.log("coffee with dana", 60)
    assert figures(scene)["objective", "steady", "role"] == (1, 1)
    scene.do("config set health.half_life 10")
    assert figures(scene)["objective", "quiet", "role"] == (1, 1)


def test_objectives_that_are_done_are_told_only_while_something_was_for_them(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("coffee with dana +talks", 3)
    scene.do("objective achieve talks", "objective achieve role")
    told = figures(scene)
    assert ("objective", "touches", "role") not in told
    assert told["objective", "touches", "talks"] == (1, 0)
    assert ("objective", "lively", "talks") not in told
    assert gaps(scene, "talks") == []


def test_an_empty_journal_has_figures_of_nothing(scene: Scene) -> None:
    told = figures(scene)
    assert {value for (section, figure, _), (value, _) in told.items() if section == "overall"} == {0}
