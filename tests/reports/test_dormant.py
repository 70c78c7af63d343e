"""`due --dormant`: ties that grew once and are quiet for a year, those worth reviving first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scene import TODAY, Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    made.do(["objective", "add", "Role", "--topic", "sre", "--org", "Acme"])
    return made


def grown(scene: Scene, *names: str, ago: int = 400, span: int = 60, kind: str = "coffee", **words: Any) -> None:
    """Contacts with a tie that grew by three talks, the last so many days ago."""
    scene.add(*names, **words)
    for name in names:
        for days in (ago, ago + span // 2, ago + span):
            scene.log(f"{kind} with {name}", days)


def test_a_tie_is_dormant_when_it_grew_and_had_no_touch_for_a_year(scene: Scene) -> None:
    grown(scene, "Exact", ago=365)
    grown(scene, "Recent", ago=364)
    grown(scene, "Short", span=59)
    grown(scene, "Mails", kind="email")
    scene.add("Twice", "Never")
    scene.log("coffee with twice", 500)
    scene.log("coffee with twice", 900)
    # A message is a touch too; and a day told is as good as one logged.
    grown(scene, "Wrote")
    scene.log("email wrote about spring", 100)
    grown(scene, "Told")
    scene.do(f"keep told --every 1y --last {day(30)}")
    assert scene.whom("--dormant") == ["exact"]


def test_who_is_put_away_or_left_for_later_is_left_out(scene: Scene) -> None:
    grown(scene, "Gone", "Paused", "Later", "Kept", every="2mo")
    scene.do("contact archive gone", "snooze paused", "snooze later 2027-01-01")
    assert scene.whom("--dormant") == ["kept"]
    assert scene.whom("--dormant --hidden") == ["kept", "later", "paused"]


def test_who_could_help_comes_first_then_who_has_news_then_the_older_tie(scene: Scene) -> None:
    grown(scene, "Strong", ago=366, span=2000)
    for days in (370, 380, 390, 395):
        scene.log("coffee with strong", days)
    grown(scene, "Old", ago=380, span=1000)
    grown(scene, "New", ago=380, span=70)
    grown(scene, "News", ago=700, birthday=f"--{TODAY.month:02}-{TODAY.day:02}")
    grown(scene, "Works", ago=800, org="Acme")
    grown(scene, "Knows", ago=800, topics=["sre"])
    grown(scene, "Linked", ago=800, objectives=["role"])
    rows = scene.due("--dormant")
    assert [r["contact"] for r in rows] == ["knows", "linked", "works", "news", "strong", "old", "new"]
    whys = {r["contact"]: r["why"] for r in rows}
    assert whys["works"] == "could help role (Acme); in touch on 3 days over 2 months; quiet for 2 years"
    assert whys["knows"].startswith("could help role (#sre); ")
    assert whys["linked"].startswith("could help role; ")
    assert whys["news"].startswith("birthday today; ")
    assert whys["old"] == "in touch on 3 days over 2 years; quiet for 12 months"
    assert [r["objectives"] for r in rows[:4]] == [["role"], ["role"], ["role"], []]


def test_only_active_objectives_count_and_at_most_two_are_named(scene: Scene) -> None:
    for title in ("Soon", "Later", "Far", "Dropped"):
        scene.do(["objective", "add", title, "-t", "sre", *(["--by", "2026-12-24"] if title == "Soon" else [])])
    scene.do("objective drop dropped", "objective pause role")
    grown(scene, "Knows", topics=["sre"])
    (row,) = scene.due("--dormant")
    # The most pressing first.
    assert row["why"].startswith("could help soon (#sre), far (#sre) and 1 more; ")
    assert row["objectives"] == ["far", "later", "soon"]


def test_the_list_is_narrowed_as_due_is_and_who_could_help_counts_as_helping(scene: Scene) -> None:
    grown(scene, "Works", org="Acme")
    grown(scene, "Stated")
    scene.log("coffee with stated +role", 401)
    grown(scene, "Other")
    scene.do(["objective", "add", "Else", "-t", "art"], "group add table --with other --with works")
    assert scene.whom("--dormant -o role") == ["works", "stated"]
    assert scene.whom("--dormant -o else") == []
    assert scene.whom("--dormant --group table") == ["works", "other"]
    assert scene.whom("--dormant --group table -o role") == ["works"]
    scene.do("objective edit role --client other")
    assert scene.whom("--dormant --client other") == ["works", "stated"]
    shown = scene.netj("due --dormant --limit 1", tty=True)
    assert "Works" in shown.ok.stdout
    assert "2 more: `netj due --dormant --limit 3` shows all." in shown.stderr


def test_the_score_is_the_sum_of_its_terms_and_the_keys_are_those_of_due(scene: Scene) -> None:
    grown(scene, "Works", org="Acme")
    scene.add("Due", every="1w")
    scene.log("due", 30)
    (row,) = scene.due("--dormant --explain")
    assert round(sum(row["terms"].values()), 3) == row["score"]
    assert list(row["terms"]) == ["objective", "signal", "tie"]
    assert list(row) == list(scene.due("--explain")[0])
    assert (row["type"], row["standing"], row["days_since"], row["last_kind"]) == (
        "contact",
        "untracked",
        400,
        "coffee",
    )


def test_it_is_a_list_of_its_own_and_says_when_it_is_empty(scene: Scene) -> None:
    ended = scene.netj("due --dormant --drifting")
    assert (ended.code, ended.stdout) == (2, "")
    ended = scene.netj("due --dormant", tty=True)
    assert (ended.code, ended.stdout) == (0, "")
    assert "No grown tie is dormant." in ended.stderr
