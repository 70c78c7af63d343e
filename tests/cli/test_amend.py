"""`netj amend` and what `log` closes and opens: as if it had always been so, and back again by undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hasty import once

if TYPE_CHECKING:
    from conftest import Netj

PEOPLE = ("Dana Whitfield", "Priya Nair", "Sam Lee", "Max Frank", "Ida Berg", "Ola Holm")
COMMANDS = (
    *(["contact", "add", name, "--every", "10d"] for name in PEOPLE),
    ["objective", "add", "Platform role"],
    ["objective", "add", "Speaking"],
    ["log", "2026-11-10: email from Priya about rent", "--they", "call by 2026-12-01"],
    [
        "log", "2026-11-16: coffee with Dana about hiring +speaking #hiring", "-n", "she moves", "--minutes", "30",
        "--gave", "a book", "--got", "advice", "--next", "send the deck by friday",
    ],
)  # fmt: skip
LAST = 2


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


@pytest.fixture(autouse=True)
def told(netj: Netj, journal: Path) -> None:
    def tell() -> None:
        for command in COMMANDS:
            assert netj(command).ok

    once(journal, tell)


def stored(netj: Netj, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, netj("export").ok.stdout.splitlines()) if r["type"] == kind]


def interaction(netj: Netj, number: int = LAST) -> dict[str, Any]:
    (row,) = netj(f"interaction show {number} -f json").rows
    return row


def due(netj: Netj) -> dict[str, dict[str, Any]]:
    return {r["contact"]: r for r in netj("due --all -f json").rows if r["type"] == "contact"}


def due_days(netj: Netj) -> dict[str, str]:
    return {handle: row["due_on"] for handle, row in due(netj).items()}


CHANGES: dict[str, tuple[list[str], dict[str, Any]]] = {
    "another kind": (["-k", "call"], {"kind": "call", "direction": "mutual"}),
    "a kind with a direction of its own": (["-k", "email"], {"kind": "email", "depth": "message", "direction": "out"}),
    "another kind by its other name": (["-k", "lunch"], {"kind": "meal"}),
    "another direction": (["--direction", "in"], {"direction": "in"}),
    "another day": (["--on", "yesterday"], {"on": "2026-11-22"}),
    "a day at the start of the text": (["yesterday:", "pay"], {"on": "2026-11-22", "summary": "pay"}),
    "another summary": (["the", "staff", "role"], {"summary": "the staff role", "kind": "coffee"}),
    "another note": (["-n", "she stays"], {"note": "she stays"}),
    "no note": (["-n", ""], {"note": None}),
    "what was given and got": (["--gave", "", "--got", "a lead"], {"gave": None, "got": "a lead"}),
    "how long it took": (["--minutes", "45"], {"minutes": 45}),
    "one more objective": (["+platform-role"], {"objectives": ["platform-role", "speaking"]}),
    "one more objective by option": (["-o", "platform-role"], {"objectives": ["platform-role", "speaking"]}),
    "an objective out": (["-x", "speaking"], {"objectives": []}),
    "one objective for another": (["-x", "+speaking", "+platform-role"], {"objectives": ["platform-role"]}),
    "none on purpose": (["+none"], {"objectives": [], "none_on_purpose": True}),
    "another topic": (["#pay", "-t", "Offers"], {"topics": ["hiring", "offers", "pay"]}),
    "a topic out": (["-x", "#hiring"], {"topics": []}),
    "one more person": (["-w", "priya"], {"contacts": ["dana-whitfield", "priya-nair"]}),
    "one more person by a mark": (["@sam-lee"], {"contacts": ["dana-whitfield", "sam-lee"]}),
    "somebody else": (["-w", "priya", "--except", "dana"], {"contacts": ["priya-nair"]}),
    "somebody new": (["-w", "Zoltan Kis @ Acme, CTO", "--new"], {"contacts": ["dana-whitfield", "zoltan-kis"]}),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_one_thing_is_changed_and_nothing_else(netj: Netj, case: str) -> None:
    words, expected = CHANGES[case]
    before = interaction(netj)
    export = netj("export").ok.stdout
    assert netj(["amend", *words]).ok
    after = interaction(netj)
    followers = {"touch_notes", "changed_at", "names", "implied", "exposure", "contact_uids", "objective_uids"}
    assert {k: v for k, v in after.items() if k not in followers} == {
        **{k: v for k, v in before.items() if k not in followers},
        **expected,
    }
    assert interaction(netj, 1)["summary"] == "rent"
    assert netj("undo").ok
    assert netj("export").ok.stdout == export


def test_an_interaction_is_named_by_its_number(netj: Netj) -> None:
    for number in ("1", "#1"):
        assert netj(["amend", number, "--minutes", "5"]).ok
    assert (interaction(netj, 1)["minutes"], interaction(netj)["minutes"]) == (5, 30)
    assert netj("amend 99 --minutes 5").code == 3


def test_the_last_is_the_one_logged_last_whatever_its_day(netj: Netj) -> None:
    assert netj("log '2026-10-01: call with Sam'").ok
    assert netj("amend -n late").ok
    assert interaction(netj, 3)["note"] == "late"


REFUSED: dict[str, tuple[int, list[str]]] = {
    "nothing to change": (2, []),
    "only a number": (2, ["2"]),
    "a future day": (2, ["--on", "tomorrow"]),
    "an impossible day": (2, ["--on", "2026-02-30"]),
    "an unknown kind": (2, ["-k", "seance"]),
    "a wrong direction": (2, ["--direction", "up"]),
    "too many minutes": (2, ["--minutes", "-1"]),
    "a broadcast with people": (2, ["-k", "post"]),
    "nobody left": (2, ["--except", "dana"]),
    "somebody who was not there": (2, ["--except", "priya"]),
    "an unknown name": (3, ["-w", "Zoltan Kis"]),
    "an unknown handle": (3, ["@zoltan"]),
    "an unknown objective": (3, ["+gardening"]),
    "an objective that is not stated": (2, ["-x", "platform-role"]),
    "a topic that it has not": (2, ["-x", "#pay"]),
    "none and another": (2, ["+none", "+platform-role"]),
    "none and one that is stated": (2, ["+none", "+speaking"]),
    "a promise for a day that is none": (2, ["--next", "call by 2027-02-30"]),
    "an unknown promise": (3, ["--done", "99"]),
    "via without an introduction": (2, ["--via", "priya"]),
    "to without an introduction": (2, ["--to", "priya"]),
    "an introduction to oneself": (2, ["--intro", "dana", "--to", "dana"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(netj: Netj, journal: Path, case: str) -> None:
    code, words = REFUSED[case]
    before = journal.read_bytes()
    ended = netj(["amend", *words, "--note", "new"] if words and code == 3 else ["amend", *words])
    assert (ended.code, ended.stdout) == (code, ""), ended.stderr
    assert journal.read_bytes() == before


def test_an_empty_journal_has_nothing_to_amend(netj: Netj, journal: Path) -> None:
    journal.unlink()
    assert netj("amend -n x").code == 3


# Clocks


def test_people_added_and_taken_out_have_their_days_as_if_it_had_always_been_so(netj: Netj) -> None:
    before = due_days(netj)
    assert before["dana-whitfield"] == "2026-11-26"
    (receipt,) = netj("amend -w sam --except dana -f json").rows
    assert receipt["next_due"] == ["sam-lee 2026-11-26"]
    amended_days = due_days(netj)
    assert amended_days["sam-lee"] == "2026-11-26"
    assert netj("undo").ok
    assert netj(f"interaction delete {LAST}").ok
    assert amended_days == {**due_days(netj), "sam-lee": "2026-11-26"}


def test_a_day_that_moves_takes_the_clock_with_it(netj: Netj) -> None:
    assert netj("amend --on 2026-11-20").ok
    assert due_days(netj)["dana-whitfield"] == "2026-11-30"
    assert netj("amend --on 2026-11-01").ok
    assert (due_days(netj)["dana-whitfield"], due(netj)["dana-whitfield"]["last_on"]) == ("2026-11-11", "2026-11-01")
    assert netj("log '2026-11-12: call with Dana'").ok
    assert netj(f"amend {LAST} --on 2026-10-01").ok
    assert due_days(netj)["dana-whitfield"] == "2026-11-22"


def test_two_days_that_differ_are_refused_as_log_refuses_them(netj: Netj) -> None:
    result = netj(["amend", "2026-11-20: call", "--on", "2026-11-19"])
    assert (result.code, "not the same" in result.stderr) == (2, True)
    assert netj(["amend", "2026-11-20: call", "--on", "2026-11-20"]).ok


def test_a_message_to_many_is_exposure_until_one_of_them_is_taken_out(netj: Netj) -> None:
    before = due_days(netj)
    everyone = [word for name in PEOPLE for word in ("-w", name)]
    (receipt,) = netj(["log", "email about the talk", *everyone, "-f", "json"]).rows
    assert (receipt["exposure"], due_days(netj)) == (True, before)
    (receipt,) = netj("amend --except ola -f json").rows
    assert receipt["exposure"] is False
    now = due_days(netj)
    assert {now[handle] for handle in now if handle != "ola-holm"} == {"2026-12-03"}
    assert now["ola-holm"] == before["ola-holm"]
    assert netj("amend -w ola -f json").rows[0]["exposure"] is True
    assert due_days(netj) == before
    assert netj("amend -k call -f json").rows[0]["exposure"] is False
    assert set(due_days(netj).values()) == {"2026-12-03"}
    assert netj("amend -k email --direction in -f json").rows[0]["exposure"] is False


def test_none_on_purpose_and_back(netj: Netj) -> None:
    assert netj("amend +none").ok
    assert (interaction(netj)["none_on_purpose"], interaction(netj)["objectives"]) == (True, [])
    assert netj("amend +platform-role").ok
    assert (interaction(netj)["none_on_purpose"], interaction(netj)["objectives"]) == (False, ["platform-role"])
    assert netj("amend -o +none").ok
    assert interaction(netj)["none_on_purpose"] is True
    assert netj("amend -x none").ok
    assert (interaction(netj)["none_on_purpose"], interaction(netj)["objectives"]) == (False, [])


def test_whoever_is_put_away_comes_back_when_added(netj: Netj) -> None:
    assert netj("contact archive sam").ok
    assert netj("amend -w sam").ok
    assert netj("contact show sam -f json").rows[0]["archived"] is False


# What an interaction closes and opens


@pytest.mark.parametrize("command", ["log 'call with Dana'", "amend"])
def test_promises_are_kept_in_the_same_action(netj: Netj, command: str) -> None:
    before = netj("export").ok.stdout
    numbers = [str(r["id"]) for r in netj("followup list -f json").rows]
    assert len(numbers) == 2
    assert netj(f"{command} " + " ".join(f"--done {n}" for n in numbers)).ok
    assert {r["status"] for r in stored(netj, "followup")} == {"done"}
    assert netj(f"{command} --done {numbers[0]}").code == 4
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_no_reply_takes_the_debt_away(netj: Netj) -> None:
    assert "wrote to you" in due(netj)["priya-nair"]["why"]
    assert netj("amend 1 --no-reply").ok
    assert "wrote to you" not in due(netj)["priya-nair"]["why"]
    assert netj("undo").ok
    assert "wrote to you" in due(netj)["priya-nair"]["why"]
    assert netj("log '2026-11-20: email from Sam' --no-reply").ok
    assert "wrote to you" not in due(netj)["sam-lee"]["why"]


@pytest.mark.parametrize("command", ["log intro", "amend"])
def test_an_introduction_to_me_is_thanked_for_and_remembered(netj: Netj, command: str) -> None:
    before = netj("export").ok.stdout
    assert netj(f'{command} --intro "Bo Bell @ Acme" --via dana --new').ok
    assert netj("contact show bo-bell -f json").rows[0]["introduced_by"] == "dana-whitfield"
    thanks = [r for r in stored(netj, "followup") if "thank" in r["text"]]
    assert [(r["contact"], r["by"], r["owner"]) for r in thanks] == [("dana-whitfield", "2026-11-30", "me")]
    (met,) = [i for i in stored(netj, "interaction") if i["introductions"]]
    assert "bo-bell" in met["contacts"]
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_an_introduction_of_two_others_makes_neither_known_through_somebody(netj: Netj) -> None:
    (receipt,) = netj("log --intro sam --to priya --via dana -f json").rows
    assert (receipt["kind"], sorted(receipt["contacts"])) == ("intro", ["dana-whitfield", "priya-nair", "sam-lee"])
    assert netj("contact show sam -f json").rows[0]["introduced_by"] is None
    (made,) = [i for i in stored(netj, "interaction") if i["introductions"]]
    assert len(made["introductions"]) == 1
    assert [r["contact"] for r in stored(netj, "followup") if "thank" in r["text"]] == ["dana-whitfield"]


def test_an_introduction_by_me_owes_no_thanks(netj: Netj) -> None:
    assert netj("log --intro sam --to priya").ok
    assert not [r for r in stored(netj, "followup") if "thank" in r["text"]]


def test_who_introduced_somebody_first_is_not_forgotten(netj: Netj) -> None:
    assert netj('log --intro "Bo Bell" --via dana --new').ok
    assert netj("log --intro bo-bell --via priya").ok
    assert netj("contact show bo-bell -f json").rows[0]["introduced_by"] == "dana-whitfield"


@pytest.mark.parametrize(
    "words", ["--intro dana --via dana", "--intro dana --to sam --via sam", "--intro group:x", "--to sam", "--via sam"]
)
def test_introductions_that_cannot_be_are_refused(netj: Netj, journal: Path, words: str) -> None:
    before = journal.read_bytes()
    assert netj(f"log {words}").code in (2, 3)
    assert journal.read_bytes() == before


def test_an_opportunity_is_made_once_and_linked_again(netj: Netj) -> None:
    assert netj("log 'call with Dana +platform-role' --opportunity 'Staff engineer'").ok
    assert netj("amend 1 --opportunity 'staff engineer'").ok
    (row,) = stored(netj, "opportunity")
    assert (row["title"], row["stage"], row["objective"]) == ("Staff engineer", "lead", "platform-role")
    export = netj("export").ok.stdout
    assert netj("amend --opportunity 'Tech lead'").ok
    assert len(stored(netj, "opportunity")) == 2
    assert netj("undo").ok
    assert netj("export").ok.stdout == export


def test_a_promise_without_a_day_takes_the_one_given(netj: Netj) -> None:
    assert netj("amend --next 'call her' --they 'write by friday' --by 2026-12-05").ok
    days = {r["text"]: r["by"] for r in stored(netj, "followup")}
    assert (days["call her"], days["write"]) == ("2026-12-05", "2026-11-27")
    assert netj("amend --next 'call her' --they write --by 2026-12-05").code == 2
