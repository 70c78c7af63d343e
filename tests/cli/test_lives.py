"""What becomes of contacts, circles and objectives: snooze, rename, archive, delete, remove, pause, achieve, drop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

if TYPE_CHECKING:
    from conftest import Netj, Result

LATER = {"NETJ_TODAY": "2027-06-01"}


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    story.tell(netj, Path(environment["NETJ_DB"]))


def whom(netj: Netj, options: str = "", day: dict[str, str] | None = None) -> list[str]:
    return [row["contact"] for row in netj(f"due -f json {options}", env=day).rows if row["type"] == "contact"]


def shown(netj: Netj, who: str) -> dict[str, Any]:
    (row,) = netj(["contact", "show", who, "-f", "json"]).rows
    return row


def export(netj: Netj) -> str:
    return netj("export").ok.stdout


def undone(netj: Netj, command: str, *, stdin: str = "") -> Result:
    """Run a command; prove that one undo gives back what was there, and run it again."""
    before = export(netj)
    assert netj(command).ok
    assert export(netj) != before
    assert netj("undo").ok
    assert export(netj) == before
    return netj(command).ok


def test_a_snoozed_contact_is_not_due_until_the_day(netj: Netj) -> None:
    assert "priya-nair" in whom(netj, day=LATER)
    (row,) = json.loads(undone(netj, "snooze priya-nair 2027-06-02 -f json").stdout)
    assert row["standing"] == "snoozed"
    assert "priya-nair" not in whom(netj, day=LATER)
    assert "priya-nair" in whom(netj, "--hidden", LATER)
    assert "priya-nair" in whom(netj, day={"NETJ_TODAY": "2027-06-02"})
    assert netj("snooze priya-nair off").ok
    assert "priya-nair" in whom(netj, day=LATER)


@pytest.mark.parametrize("time", ["2w", "14 days", "two weeks", "in 2w", "+14d"])
def test_a_time_to_snooze_for_is_counted_from_today(netj: Netj, time: str) -> None:
    assert (
        netj(f"snooze priya-nair {time} -f table", env={"NETJ_TODAY": "2026-11-28"}).ok.stderr
        == "Snoozed until Sat 12 Dec 2026.\n"
    )


def test_without_a_day_it_is_a_pause_until_off(netj: Netj) -> None:
    assert netj("snooze priya-nair -f json").rows[0]["standing"] == "paused"
    assert "priya-nair" not in whom(netj, day=LATER)
    assert "priya-nair" in whom(netj, "--hidden", LATER)
    # The receipt says how it ends, and no day on which a paused contact would fall due.
    told = netj("snooze priya-nair", tty=True).ok
    assert (told.stderr, "2026" in told.stdout) == ("Paused until `netj snooze priya-nair off`.\n", False)
    # A day takes the place of a pause.
    assert netj("snooze priya-nair in 3 weeks -f json").rows[0]["standing"] == "snoozed"
    assert netj("snooze priya-nair OFF -f json").rows[0]["standing"] not in ("snoozed", "paused")


def test_promises_of_the_snoozed_still_come_up(netj: Netj) -> None:
    assert netj("snooze dana-whitfield").ok
    rows = netj("due -f json").rows
    assert [(r["type"], r["contact"]) for r in rows if r["contact"] == "dana-whitfield"] == [
        ("followup", "dana-whitfield")
    ]


def test_a_snooze_wants_a_day_to_come_and_somebody(netj: Netj) -> None:
    assert netj("snooze priya-nair yesterday").code == 2
    assert netj("snooze priya-nair someday").code == 2
    assert netj("snooze nobody-here off").code == 3


def test_a_renamed_contact_answers_to_both_names(netj: Netj) -> None:
    (row,) = json.loads(undone(netj, "contact rename dana-whitfield 'Dana Cho' -f json").stdout)
    assert (row["contact"], row["name"]) == ("dana-whitfield", "Dana Cho")
    assert set(shown(netj, "dana whitfield")["aliases"]) == {"Dee", "Dana Whitfield"}
    assert shown(netj, "dana cho")["contact"] == "dana-whitfield"
    assert netj("contact rename dana-whitfield 'Dana Cho' --handle dana-cho").ok
    assert shown(netj, "dana-cho")["name"] == "Dana Cho"
    # Back again: the name is no alias of itself.
    assert netj("contact rename dana-cho 'Dana Whitfield'").ok
    assert set(shown(netj, "dana-cho")["aliases"]) == {"Dee", "Dana Cho"}
    assert netj("contact rename dana-cho X --handle priya-nair").code == 4
    assert netj("contact rename dana-cho ' '").code == 2


def test_the_archived_leave_due_and_stay_in_search_and_come_back_when_logged(netj: Netj) -> None:
    def listed(options: str = "") -> list[str]:
        return [row["contact"] for row in netj(f"contact list -f json {options}").rows]

    undone(netj, "contact archive priya-nair")
    assert "priya-nair" not in whom(netj, "--all --hidden", LATER)
    assert "priya-nair" not in listed()
    assert listed("--archived") == ["priya-nair"]
    assert "priya-nair" in netj("search priya -f json").rows[0]["contacts"]
    assert netj("log 'call priya about it'").ok
    assert "priya-nair" in listed()
    assert "priya-nair" in whom(netj, day=LATER)
    assert netj("contact archive priya-nair lena-ortiz").ok
    assert sorted(listed("--archived")) == ["lena-ortiz", "priya-nair"]
    assert netj("contact archive priya-nair lena-ortiz --back").ok
    assert listed("--archived") == []


def test_a_deletion_counts_what_goes_and_asks(netj: Netj) -> None:
    assert netj("log 'meeting with @priya-nair, @dana-whitfield about the plan'").ok
    before = export(netj)
    refused = netj("contact delete priya-nair")
    assert (refused.code, refused.stdout) == (2, "")
    assert "--yes" in refused.stderr
    asked = netj("contact delete priya-nair", stdin="n\n", tty=True)
    assert "(touches: 2, interactions with nobody else: 1, promises: 1)?" in asked.stderr
    assert asked.code != 0
    assert export(netj) == before
    (row,) = json.loads(undone(netj, "contact delete priya-nair --yes -f json").stdout)
    assert row == {"contact": "priya-nair", "touch_count": 2, "interaction_count": 1, "followup_count": 1}
    assert netj("contact show priya-nair").code == 3
    kept = {r["summary"]: r["contacts"] for r in netj("interaction list -f json").rows}
    # What was said with nobody else is gone, what was said with Dana too stays.
    assert "rent; and more" not in kept
    assert kept["the plan"] == ["dana-whitfield"]
    assert shown(netj, "dana-whitfield")["last_on"] == "2026-11-23"
    assert [r["text"] for r in netj("followup list -f json").rows] == ["send the deck"]


def test_a_message_to_six_of_whom_one_is_deleted_was_a_touch_of_five(netj: Netj) -> None:
    for n in range(4):
        assert netj(["contact", "add", f"Guest {'ABCD'[n]}"]).ok
    six = "-w dana-whitfield -w priya-nair -w guest-a -w guest-b -w guest-c -w guest-d"
    assert netj(f"log {six} --on 2026-11-22 'email about the move'").ok
    assert shown(netj, "dana-whitfield")["last_on"] == "2026-11-12"
    assert netj("contact delete guest-d --yes").ok
    assert shown(netj, "dana-whitfield")["last_on"] == "2026-11-22"
    assert netj("undo").ok
    assert shown(netj, "dana-whitfield")["last_on"] == "2026-11-12"


def test_a_client_of_an_objective_is_not_deleted(netj: Netj) -> None:
    assert netj("objective edit speaking --client priya-nair").ok
    assert netj("contact delete priya-nair --yes").code == 4
    assert netj(["objective", "edit", "speaking", "--client", ""]).ok
    assert netj("contact delete priya-nair --yes").ok


def test_a_removed_circle_hands_its_people_on_or_asks(netj: Netj) -> None:
    before = export(netj)
    assert netj("circle remove inner").code == 2
    assert netj("circle remove inner --to inner").code == 2
    assert netj("circle remove nothing").code == 3
    assert export(netj) == before
    undone(netj, "circle remove inner --to mentors")
    assert (shown(netj, "dana-whitfield")["circle"], shown(netj, "dana-whitfield")["every_days"]) == ("mentors", 42)
    undone(netj, "circle remove mentors --yes")
    assert (shown(netj, "dana-whitfield")["circle"], shown(netj, "dana-whitfield")["standing"]) == (None, "untracked")
    # An empty one needs no question.
    assert netj("circle remove outer").ok
    assert "outer" not in netj("circle list").ok.stdout


def objective(netj: Netj, key: str) -> dict[str, Any]:
    (row,) = netj(["objective", "show", key, "-f", "json"]).rows
    return row


def test_an_objective_is_paused_and_taken_up_again(netj: Netj) -> None:
    undone(netj, "objective pause speaking")
    assert objective(netj, "speaking")["status"] == "paused"
    assert objective(netj, "speaking")["neglected"] is False
    assert netj("objective pause speaking").code == 4
    assert netj("objective resume speaking").ok
    assert objective(netj, "speaking")["status"] == "active"
    assert netj("objective resume speaking").code == 4
    assert netj("objective pause nothing").code == 3


def test_whoever_helped_is_thanked(netj: Netj) -> None:
    ended = undone(netj, "objective achieve speaking --outcome 'A talk at the fair' --thank -f json")
    (row,) = json.loads(ended.stdout)
    assert (row["status"], row["outcome"]) == ("achieved", "A talk at the fair")
    assert "Dana Whitfield" in ended.stderr
    thanks = [r for r in netj("followup list -f json").rows if r["objective"] == "speaking"]
    assert [(r["contact"], r["owner"], r["by"]) for r in thanks] == [("dana-whitfield", "me", "2026-11-30")]
    assert netj("search fair -f json").rows[0]["title"] == "Speaking"


def test_without_a_yes_nobody_is_promised_thanks(netj: Netj) -> None:
    before = len(netj("followup list -f json").rows)
    assert netj("objective achieve speaking").ok
    assert netj("objective drop platform-role --outcome 'not now'").ok
    assert len(netj("followup list -f json").rows) == before
    assert (objective(netj, "platform-role")["status"], objective(netj, "platform-role")["outcome"]) == (
        "dropped",
        "not now",
    )
    assert netj("objective resume platform-role").ok
    assert objective(netj, "platform-role")["outcome"] is None


def test_a_circle_without_a_worst_gap_of_its_own_has_the_usual_one_again(netj: Netj) -> None:
    (row,) = netj("circle edit outer --latest 1y -f json").ok.rows
    assert row["latest_days"] == 365
    (row,) = netj(["circle", "edit", "outer", "--latest", "", "-f", "json"]).ok.rows
    assert row["latest_days"] == 270


def test_what_takes_something_away_says_how_it_comes_back(netj: Netj) -> None:
    assert netj("contact edit priya-nair --org Globex").ok
    for command in (
        "interaction delete 1",
        "group delete 'tuesday table'",
        "circle remove outer",
        "contact delete priya-nair --yes",
        "org merge acme globex",
    ):
        assert "`netj undo`" in netj(command).ok.stderr, command


def test_a_list_of_objectives_says_status_and_client_where_they_differ(netj: Netj) -> None:
    def header() -> list[str]:
        return netj("objective list", tty=True, env={"COLUMNS": "100"}).ok.stdout.splitlines()[0].split()

    assert header()[:3] == ["key", "title", "by"]
    assert netj("objective edit platform-role --client priya-nair").ok
    assert netj("objective drop speaking").ok
    assert header()[:5] == ["key", "title", "status", "client", "by"]
    narrow = netj("objective list", tty=True, env={"COLUMNS": "30"}).ok.stdout
    assert all(word in narrow for word in ("active", "dropped", "priya-nair", "2027-03-31"))
