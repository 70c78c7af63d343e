"""What `plan` is made of: the rows of `due` on days, objectives with their helpers, what the log shows one does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from scene import TODAY, Scene

from netjournal.reports import plan_wishes

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    return Scene(netj, environment)


def planned(scene: Scene, options: str = "") -> list[dict[str, Any]]:
    return scene.netj(f"plan -f json {options}").rows


def days(scene: Scene, options: str = "") -> dict[str | None, int]:
    """How many days from today each contact is planned."""
    found = {row["contact"]: row["day"] for row in planned(scene, options)}
    ahead = {(TODAY + timedelta(days=n)).isoformat(): n for n in range(400)}
    return {contact: ahead[day] for contact, day in found.items()}


def test_a_row_is_its_day_then_the_row_of_due_then_why_it_is_here(scene: Scene) -> None:
    scene.do(["objective", "add", "Platform role"])
    scene.add("Late", every="30d", objectives=["platform-role"])
    scene.add("Coming", every="30d")
    scene.log("late about hiring", 50)
    scene.log("email coming about rent", 27)
    rows, due = planned(scene), scene.due("--within 6d")
    assert [(r.pop("day"), r.pop("reason"), r.pop("for_objectives")) for r in rows] == [
        (TODAY.isoformat(), "overdue", ["platform-role"]),
        ((TODAY + timedelta(days=3)).isoformat(), "coming", []),
    ]
    assert [list(r) for r in rows] == [list(r) for r in due]
    # Only the why is read under another day.
    assert [r.pop("why") for r in rows] == ["20 days past due", "no answer since Tue 27 Oct; due on Thu 26 Nov"]
    assert [r.pop("why") for r in due] == ["20 days past due", "no answer for 27 days; due in 3 days"]
    assert rows == due


def test_under_another_day_than_todays_a_reason_names_the_days_it_speaks_of(scene: Scene) -> None:
    scene.add("Asked", "Born", "Late", "Lately", "Put off", every="30d")
    scene.do(f"contact edit born --birthday 1990-{TODAY:%m-%d}", f"snooze put-off {TODAY + timedelta(days=4)}")
    scene.log("asked about rent", 45, mine=("send the deck by today",))
    scene.log("late about rent", 60)
    scene.log("email lately about rent", 4, direction="in")
    told = {row["name"]: (row["day"][-2:], row["why"]) for row in planned(scene, "--per-day 1")}
    assert told == {
        "Asked": ("23", "you promised for today: send the deck; 15 days past due"),
        "Late": ("24", "due since Sat 24 Oct"),
        "Lately": ("25", "wrote to you on Thu 19 Nov"),
        "Born": ("26", "due since Mon 23 Nov; birthday on Mon 23 Nov; no touch yet"),
        "Put off": ("27", "snoozed until Fri 27 Nov; no touch yet"),
    }


def test_days_are_within_what_is_asked_and_today_is_the_first(scene: Scene) -> None:
    scene.add("Today", "Third", every="30d")
    scene.log("today", 30)
    scene.log("third", 28)
    assert days(scene, "--days 1 --per-day 5") == {"today": 0}
    assert days(scene, "--days 2 --per-day 5") == {"today": 0}
    assert days(scene, "--days 3 --per-day 5") == {"today": 0, "third": 2}


def test_replies_are_planned_with_the_overdue_before_who_is_only_due(scene: Scene) -> None:
    scene.add("Late", "Due", every="30d")
    scene.add("Writer")
    scene.log("late", 60)
    scene.log("due", 30)
    scene.log("email writer about rent", 3, direction="in")
    assert days(scene, "--per-day 1") == {"late": 0, "writer": 1, "due": 2}
    assert [r["reason"] for r in planned(scene)] == ["overdue", "reply", "due"]


def test_a_pile_of_promises_to_one_contact_is_one_reason(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("dana about rent", 60, mine=tuple(f"send part {n} by in {n} days" for n in range(1, 6)))
    (row,) = planned(scene)
    told = [f"you promised for {day} Nov: send part {n}" for n, day in ((1, "Tue 24"), (2, "Wed 25"), (3, "Thu 26"))]
    assert row["why"] == "; ".join([*told, "2 more promises"])
    assert len(row["followups"]) == 5


def test_promises_are_on_their_day_and_one_row_tells_all_there_is_to_one_contact(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log(
        "dana about rent", 60, mine=("send the deck by in 3 days", "call by in 5 days"), theirs=("write by today",)
    )
    (row,) = planned(scene)
    assert (row["day"], row["type"], row["reason"]) == ((TODAY + timedelta(days=3)).isoformat(), "followup", "promise")
    assert row["why"] == (
        "you promised for Thu 26 Nov: send the deck; you promised for Sat 28 Nov: call; due since Sat 24 Oct; "
        "they promised for Mon 23 Nov: write"
    )
    assert [f[2:] for f in row["followups"]] == [
        f"me {TODAY + timedelta(days=3)} send the deck",
        f"me {TODAY + timedelta(days=5)} call",
        f"them {TODAY} write",
    ]
    assert (row["every_days"], row["last_on"]) == (30, (TODAY - timedelta(days=60)).isoformat())
    assert row["score"] == max(r["score"] for r in scene.due("--within 6d"))


def test_a_promise_is_told_once_where_the_contact_is_due_as_well(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log("chat with dana", 40, mine=("send the deck by today",))
    (row,) = planned(scene)
    assert row["why"] == "you promised for today: send the deck; 10 days past due"


def test_a_promise_of_theirs_is_asked_after_from_the_day_after_it(scene: Scene) -> None:
    scene.add("Dana", "Priya")
    scene.log("chat with dana", 1, theirs=("write by in 2 days",))
    scene.log("chat with priya", 1, theirs=("write by in 6 days",))
    assert days(scene) == {"dana": 3}


def test_a_promise_with_nobody_has_a_day_too(scene: Scene) -> None:
    scene.do(["objective", "add", "Book"], ["followup", "add", "write a page", "-o", "book", "--by", "in 2 days"])
    (row,) = planned(scene)
    assert (row["contact"], row["day"], row["for_objectives"]) == (
        None,
        (TODAY + timedelta(days=2)).isoformat(),
        ["book"],
    )


def test_who_was_snoozed_comes_back_on_the_day_and_who_is_paused_does_not(scene: Scene) -> None:
    scene.add("Back", "Later", "Paused", "Away", every="30d")
    for name in ("back", "later", "paused", "away"):
        scene.log(name, 40)
    scene.do(f"snooze back {TODAY + timedelta(days=4)}")
    scene.do(f"snooze later {TODAY + timedelta(days=7)}", "snooze paused", "contact archive away")
    assert days(scene) == {"back": 4}


def test_an_objective_is_given_somebody_linked_even_without_a_cadence(scene: Scene) -> None:
    scene.do(["objective", "add", "Speaking"])
    scene.add("Linked", "Warm", objectives=["speaking"])
    scene.add("Other")
    scene.log("linked about nothing", 90)
    scene.log("chat with warm and other", 40)
    (row,) = planned(scene)
    # Of equals the one in touch last.
    assert (row["contact"], row["standing"], row["reason"]) == ("warm", "untracked", "objective")
    assert (row["for_objectives"], row["why"]) == (["speaking"], "could help with speaking")


def test_where_many_could_help_those_linked_are_weighed_first_then_those_touched_last(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_wishes, "MOST_HELPERS", 1)
    scene.do(["objective", "add", "Speaking", "-t", "talks"])
    scene.add("Early", "Late", topics=["talks"])
    scene.log("early", 50)
    scene.log("late", 40)
    assert list(days(scene)) == ["late"]
    scene.add("Linked", objectives=["speaking"])
    assert list(days(scene)) == ["linked"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"topics": ["sre"]}, "could help with platform-role (#sre)"),
        ({"org": "Acme"}, "could help with platform-role (@Acme)"),
    ],
)
def test_an_objective_is_given_somebody_who_shares_a_topic_or_an_organization(
    scene: Scene, words: dict[str, Any], why: str
) -> None:
    scene.do(["objective", "add", "Platform role", "-t", "sre", "--org", "Acme"])
    scene.add("Stranger")
    scene.add("Sharing", **words)
    assert [(r["contact"], r["why"], r["objectives"]) for r in planned(scene)] == [("sharing", why, [])]


def test_who_helped_an_objective_before_is_asked_where_nobody_else_could_be(scene: Scene) -> None:
    scene.do(["objective", "add", "Speaking"])
    scene.add("Dana")
    scene.log("call dana +speaking", 90)
    scene.log("call dana", 20)
    assert [(r["contact"], r["for_objectives"]) for r in planned(scene)] == [("dana", ["speaking"])]


def test_nobody_is_asked_within_a_week_of_the_last_touch(scene: Scene) -> None:
    scene.do(["objective", "add", "Speaking"])
    scene.add("Dana", objectives=["speaking"])
    scene.log("chat with dana", 3)
    assert days(scene) == {"dana": 4}
    assert days(scene, "--days 4") == {}
    # They are linked: it is said when they come, and with which command.
    scene.add("Eve", topics=["talks"])
    scene.do(
        "objective edit speaking -t talks",
        ["objective", "add", "Teaching", "-t", "talks"],
        "contact edit dana -o teaching",
    )
    scene.log("email eve", 2, direction="out")
    said = " ".join(scene.netj("plan --days 3 -f json").ok.stderr.split())
    assert said == (
        "For speaking and teaching you were in touch with Dana and Eve just now: "
        "`netj plan --days 5` reaches them again, from Fri 27 Nov on."
    )
    assert days(scene, "--days 5") == {"dana": 4}


def test_who_is_put_off_put_away_or_the_client_is_not_asked(scene: Scene) -> None:
    scene.add("Client", "Paused", "Away", "Snoozed")
    scene.do(
        ["objective", "add", "Their role", "--client", "client"],
        *(f"contact edit {who} -o their-role" for who in ("client", "paused", "away", "snoozed")),
        "snooze paused",
        "contact archive away",
        f"snooze snoozed {TODAY + timedelta(days=2)}",
    )
    ended = scene.netj("plan -f json").ok
    assert ended.stdout == "[]\n"
    assert "Nobody you could ask is linked to their-role yet" in ended.stderr


def test_an_objective_that_is_not_active_asks_for_nobody(scene: Scene) -> None:
    scene.do(["objective", "add", "Speaking"])
    scene.add("Dana", objectives=["speaking"])
    assert len(planned(scene)) == 1
    scene.do("objective pause speaking")
    assert planned(scene) == []


def test_an_objective_or_a_client_narrows_the_plan(scene: Scene) -> None:
    scene.add("Client", "Helper", "Other")
    scene.do(["objective", "add", "Theirs", "--client", "client"], ["objective", "add", "Mine"])
    scene.do("contact edit helper --every 10d -o theirs", "contact edit other --every 10d -o mine")
    scene.log("helper about a", 20)
    scene.log("other about b", 20)
    assert set(days(scene)) == {"helper", "other"}
    for narrowed in ("-o theirs", "--client client"):
        assert [(r["contact"], r["for_objectives"]) for r in planned(scene, narrowed)] == [("helper", ["theirs"])]


def test_what_one_usually_does_is_told_by_the_log_unless_it_was_set(scene: Scene) -> None:
    scene.add("A1", "A2", "A3", "A4", "A5", "A6", every="10d")
    scene.add("B1", "B2", "B3")
    for name in ("a1", "a2", "a3", "a4", "a5", "a6"):
        scene.log(name, 60)
    assert sorted(days(scene).values()) == [0, 1, 2, 3, 4, 5], "nothing in eight weeks: one a day"
    # On three days two, two and three people; twice with one of them on a day is once.
    scene.log("chat with b1 and b2", 50)
    scene.log("chat with b1 and b2", 40)
    scene.log("call b1", 40)
    scene.log("chat with b1 and b2 and b3", 30)
    scene.log("chat with b1 and b2 and b3", 0)
    assert sorted(days(scene).values()) == [0, 0, 1, 1, 2, 2]
    assert sorted(days(scene, "--per-day 3").values()) == [0, 0, 0, 1, 1, 1]
    env = {"NETJ_CAPACITY": "4"}
    assert [r["day"] for r in scene.netj("plan -f json", env=env).rows].count(TODAY.isoformat()) == 4
    scene.do("config set capacity 5")
    assert sorted(days(scene).values()) == [0, 0, 0, 0, 0, 1]


def test_cadences_that_ask_for_too_much_are_told_with_the_command_that_mends_it(scene: Scene) -> None:
    scene.do("circle edit active --every 2d")
    scene.add(*(f"P{n}" for n in range(4)), circle="active")
    scene.add("Own", every="4d")
    scene.add("Paused", every="1d")
    scene.do("snooze paused")
    said = scene.netj("plan -f json --per-day 2").ok.stderr
    assert "Your cadences ask for 2.2 touches a day; there is room for 2." in said
    assert "circle active 2d → 3d: `netj circle edit active --every 3d`" in said
    assert "ask for" not in scene.netj("plan -f json --per-day 3").ok.stderr
    scene.do("circle edit active --every 3d")
    assert "ask for" not in scene.netj("plan -f json --per-day 2").ok.stderr
    said = scene.netj("plan -f json --per-day 1").ok.stderr
    assert "`netj circle edit active --every 6d`" in said


def test_the_plan_changes_nothing(scene: Scene) -> None:
    scene.do(["objective", "add", "Speaking"])
    scene.add("Dana", every="10d", objectives=["speaking"])
    assert scene.netj
    before = scene.path.read_bytes()
    first = scene.netj("plan -f json").ok.stdout
    assert scene.netj("plan -f json").ok.stdout == first
    assert scene.path.read_bytes() == before
