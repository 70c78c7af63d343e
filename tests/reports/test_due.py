"""Whom `due` lists and why: what SPEC section 3 says of it, through real commands on a real file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from scene import TODAY, Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    return Scene(netj, environment)


def test_a_contact_is_listed_from_the_day_it_is_due(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log("coffee with dana about roles", 0)
    for ago, standing, listed, why in (
        (0, "on-track", False, "due in 30 days"),
        (22, "on-track", False, "due in 8 days"),
        (23, "soon", False, "due in 7 days"),
        (29, "soon", False, "due in 1 day"),
        (30, "due", True, "due today"),
        (31, "due", True, "1 day past due"),
        (45, "due", True, "15 days past due"),
        (46, "overdue", True, "16 days past due"),
        (400, "overdue", True, "370 days past due"),
    ):
        today = TODAY + timedelta(days=ago)
        row = scene.row("dana", today=today)
        assert (row["standing"], row["why"]) == (standing, why)
        assert scene.whom(today=today) == (["dana"] if listed else [])
        assert (row["last_on"], row["due_on"], row["every_days"], row["latest_days"]) == (day(0), day(-30), 30, 45)
        assert (row["days_since"], row["days_late"]) == (ago, ago - 30)
        assert row["lateness"] == round(max(0, 1 + (ago - 30) / 30), 3)
        assert (row["last_kind"], row["last_summary"]) == ("coffee", "roles")


def test_a_contact_is_overdue_only_past_its_own_latest(scene: Scene) -> None:
    scene.add("Dana", every="10d", latest="40d")
    scene.log("dana", 40)
    assert scene.row("dana")["standing"] == "due"
    assert scene.row("dana", today=TODAY + timedelta(days=1))["standing"] == "overdue"


def test_without_a_touch_a_contact_is_due_on_the_day_it_was_given_a_cadence(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    row = scene.row("dana", "")
    assert (row["standing"], row["due_on"], row["last_on"], row["days_since"]) == ("due", day(0), None, None)
    assert row["lateness"] == 1.0
    assert row["why"] == "due today; no touch yet"


def test_a_promise_of_mine_ahead_makes_a_contact_planned_until_latest_is_past(scene: Scene) -> None:
    scene.add("Dana", "Priya", every="30d")
    scene.log("dana", 40, mine=("send the deck by tomorrow",))
    scene.log("priya", 46, mine=("send the book by tomorrow",))
    assert scene.row("dana")["standing"] == "planned"
    assert scene.row("dana")["why"] == "you promised, due in 1 day: send the deck"
    assert scene.row("priya")["standing"] == "overdue"
    assert scene.whom() == ["priya"]


def test_a_promise_of_theirs_ahead_plans_nothing(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log("dana", 40, theirs=("call back by tomorrow",))
    assert scene.row("dana", "")["standing"] == "due"


def test_snoozed_and_paused_contacts_are_hidden_unless_asked_for(scene: Scene) -> None:
    scene.add("Dana", "Priya", "Sam", every="30d")
    scene.log("chat with dana and priya and sam", 90)
    scene.do('snooze dana "in 3 days"', "snooze priya")
    assert scene.whom() == ["sam"]
    assert {r["contact"]: r["standing"] for r in scene.due("--hidden")} == {
        "dana": "snoozed",
        "priya": "paused",
        "sam": "overdue",
    }
    assert len(scene.whom("--all")) == 3
    # The snooze ends on its day; the pause does not.
    assert scene.whom(today=TODAY + timedelta(days=2)) == ["sam"]
    assert scene.whom(today=TODAY + timedelta(days=3)) == ["dana", "sam"]


def test_no_reply_is_asked_for_from_somebody_snoozed(scene: Scene) -> None:
    scene.add("Dana", every="30d")
    scene.log("email dana", 5, direction="in")
    assert scene.whom() == ["dana"]
    scene.do("snooze dana")
    assert scene.whom() == []


@pytest.mark.parametrize(
    ("option", "by", "listed"),
    [
        ("--next", "today", True),
        ("--next", "tomorrow", False),
        ("--they", "today", False),
        ("--they", "tomorrow", False),
    ],
)
def test_my_promises_are_listed_from_their_day_theirs_after_it(
    scene: Scene, option: str, by: str, listed: bool
) -> None:
    scene.add("Dana")
    scene.do(["log", "dana", option, f"send the deck by {by}"], ["log", "-w", "dana", "x"])
    rows = scene.due()
    assert [r["type"] for r in rows] == (["followup"] if listed else [])
    tomorrow = scene.due(today=TODAY + timedelta(days=1))
    assert [r["type"] for r in tomorrow] == (["followup"] if (option, by) != ("--they", "tomorrow") else [])


def test_a_promise_row_says_whose_it_is_and_how_late(scene: Scene) -> None:
    scene.do(["objective", "add", "Platform role"])
    scene.add("Dana", org="Acme")
    scene.do(["log", "dana about roles +platform-role", "--next", "send the deck by 2026-11-25"])
    scene.do(["log", "-w", "dana", "x +none", "--they", "introduce me by 2026-11-24"])
    mine, theirs = scene.due(today=date(2026, 11, 26))
    assert (mine["type"], mine["contact"], mine["name"]) == ("followup", "dana", "Dana")
    assert mine["why"] == "you promised, due 1 day ago: send the deck"
    assert theirs["why"] == "they promised, due 2 days ago: introduce me"
    assert mine["followups"] == ["1 me 2026-11-25 send the deck"]
    assert (mine["due_on"], mine["days_late"], mine["standing"]) == ("2026-11-25", 1, "overdue")
    assert (mine["objectives"], theirs["objectives"]) == (["platform-role"], [])
    assert mine["organization"] == "Acme"
    assert mine["lateness"] is None
    assert mine["last_on"] == day(0)
    assert scene.due(today=date(2026, 11, 25))[0]["why"] == "you promised for today: send the deck"


def test_a_promise_that_was_kept_is_gone(scene: Scene) -> None:
    scene.add("Dana")
    scene.do(["log", "dana", "--next", "send the deck by today"], "log dana --done 1")
    assert scene.due() == []


def test_a_reply_to_any_message_is_owed_from_two_to_thirty_days_without_a_cadence(scene: Scene) -> None:
    scene.add("Email", "Message", "Letter")
    for kind in ("email", "message", "letter"):
        scene.log(f"{kind} {kind} about rent", 0, direction="in")
    for ago, owed in ((1, False), (2, True), (30, True), (31, False)):
        rows = scene.due(today=TODAY + timedelta(days=ago))
        told = {(r["standing"], r["why"]) for r in rows}
        assert sorted(r["contact"] for r in rows) == (["email", "letter", "message"] if owed else [])
        assert told == ({("untracked", f"wrote to you {ago} days ago")} if owed else set())


@pytest.mark.parametrize(
    "later",
    ["email dana --on 2026-11-20", "email dana --on 2026-11-18", "coffee dana --on 2026-11-18", "post: hello"],
)
def test_a_reply_is_owed_no_more_when_anything_was_said_since_but_a_broadcast(scene: Scene, later: str) -> None:
    scene.add("Dana")
    scene.log("email dana", 5, direction="in")
    scene.do(f"log {later}")
    assert scene.whom() == (["dana"] if "post" in later else [])


def test_a_reply_can_be_dismissed(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("email dana", 5, direction="in", no_reply=True)
    assert scene.due() == []


def test_waiting_over_fourteen_days_is_a_reason_and_no_row_of_its_own(scene: Scene) -> None:
    scene.add("Dana", every="10d")
    scene.add("Priya")
    scene.log("email dana", 0)
    scene.log("email priya", 0)
    for ago, waiting in ((14, None), (15, 15), (40, 40)):
        (row,) = scene.due(today=TODAY + timedelta(days=ago))
        assert (row["contact"], row["waiting"]) == ("dana", waiting)
        assert (f"no answer for {ago} days" in row["why"]) is (waiting is not None)


def test_nobody_waits_for_an_answer_that_came(scene: Scene) -> None:
    scene.add("Dana", every="10d")
    scene.log("email dana", 20)
    scene.log("email dana", 20, direction="in", no_reply=True)
    assert scene.row("dana")["waiting"] is None


def test_archived_contacts_leave_due_with_their_promises_and_come_back_when_logged(scene: Scene) -> None:
    scene.add("Dana", every="10d", birthday="23 Nov")
    scene.log("email dana", 20, direction="in", mine=("send the deck by today",))
    assert scene.whom() == ["dana", "dana"]
    scene.do("contact archive dana")
    assert scene.due() == []
    assert scene.due("--all --hidden") == []
    assert scene.due("--signals") == []
    assert scene.due("--within 30d") == []
    scene.log("dana", 15)
    assert scene.whom() == ["dana", "dana"]


def test_a_group_of_reasons_makes_one_row_of_a_contact(scene: Scene) -> None:
    scene.add("Dana", every="10d", birthday="20 Nov")
    scene.log("email dana", 20, direction="in")
    with scene.writing() as uow:
        uow.add_record("signal", contact_id=1, kind="job", text="new role: CTO", on_day=day(3), source="linkedin")
    row = scene.row("dana", "")
    assert row["why"] == "10 days past due; wrote to you 20 days ago; new role: CTO; birthday on Fri 20 Nov"
    assert row["signals"] == ["new role: CTO", "birthday on Fri 20 Nov"]
