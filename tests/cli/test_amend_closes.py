"""What `log` and `amend` close and open: promises, debts, introductions, opportunities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from amending import due, stored, tell

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


@pytest.fixture(autouse=True)
def told(netj: Netj, journal: Path) -> None:
    tell(netj, journal)


@pytest.mark.parametrize("command", ["log 'call with Dana'", "amend"])
def test_promises_are_kept_in_the_same_action(netj: Netj, command: str) -> None:
    before = netj("export").ok.stdout
    numbers = [str(r["id"]) for r in netj("followup list -f json").rows]
    assert len(numbers) == 2
    assert netj(f"{command} " + " ".join(f"--done {n}" for n in numbers)).ok
    assert {r["status"] for r in stored(netj, "followup")} == {"done"}
    again = netj(f"{command} --done {numbers[0]}")
    # A talk is not lost with a promise that was kept before.
    assert again.code == (4 if command == "amend" else 0)
    assert "done before: 'send the deck'" in again.stderr or "done already" in again.stderr
    assert all(netj("undo").ok for _ in range(1 if again.code else 2))
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
    (receipt,) = netj("log --intro sam --to priya --via dana -o platform-role -f json").rows
    assert (receipt["kind"], sorted(receipt["contacts"])) == ("intro", ["dana-whitfield", "priya-nair", "sam-lee"])
    assert netj("contact show sam -f json").rows[0]["introduced_by"] is None
    (made,) = [i for i in stored(netj, "interaction") if i["introductions"]]
    assert len(made["introductions"]) == 1
    thanks = [(r["contact"], r["objective"]) for r in stored(netj, "followup") if "thank" in r["text"]]
    assert thanks == [("dana-whitfield", "platform-role")]


def test_an_introduction_by_me_owes_no_thanks(netj: Netj) -> None:
    assert netj("log --intro sam --to priya").ok
    assert not [r for r in stored(netj, "followup") if "thank" in r["text"]]


def test_who_introduced_somebody_first_is_not_forgotten(netj: Netj) -> None:
    assert netj('log --intro "Bo Bell" --via dana --new').ok
    assert netj("log --intro bo-bell --via priya").ok
    assert netj("contact show bo-bell -f json").rows[0]["introduced_by"] == "dana-whitfield"


@rows(
    "words",
    [
        "--intro dana --via dana",
        "--intro dana --to sam --via sam",
        "--intro group:x",
        "--to sam",
        "--via sam",
        "sam --intro ''",
    ],
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
