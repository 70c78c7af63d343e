"""`netj amend`: as if it had always been so, and back again by undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amending import LAST, PEOPLE, due, due_days, interaction, tell

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


@pytest.fixture(autouse=True)
def told(netj: Netj, journal: Path) -> None:
    tell(netj, journal)


PAIR = ["dana-whitfield", "sam-lee"]
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
    "marks alone in one pair of quotes": (["@sam-lee #pay"], {"contacts": PAIR, "topics": ["hiring", "pay"]}),
    "a day and marks, with words between them": (
        ["yesterday: #pay, and #offers."], {"on": "2026-11-22", "topics": ["hiring", "offers", "pay"]},
    ),
    "a day as the summary": (["about yesterday"], {"summary": "yesterday"}),
    "another topic": (["#pay", "-t", "Offers"], {"topics": ["hiring", "offers", "pay"]}),
    "a topic out": (["-x", "#hiring"], {"topics": []}),
    "one more person": (["-w", "priya"], {"contacts": ["dana-whitfield", "priya-nair"]}),
    "one more person by a mark": (["@sam-lee"], {"contacts": PAIR}),
    "somebody else": (["-w", "priya", "--except", "dana"], {"contacts": ["priya-nair"]}),
    "somebody new": (["-w", "Zoltan Kis @ Acme, CTO", "--new"], {"contacts": ["dana-whitfield", "zoltan-kis"]}),
}  # fmt: skip


@rows("case", CHANGES)
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
    "a day alone, which may be the summary": (2, ["yesterday"]),
    "what is nearly a day": (2, ["2", "nov"]),
    "what is nearly a day, as one": (2, ["yesterdy:"]),
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


@rows("case", REFUSED)
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
