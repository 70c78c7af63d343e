"""`netj opportunity`: what came up, how far it has come, and how it ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    # Of the story: opportunity 1, "Staff SRE" through Dana, for platform-role, with interaction 1.
    story.tell(netj, Path(environment["NETJ_DB"]))


def one(netj: Netj, command: str) -> dict[str, Any]:
    (row,) = netj(f"opportunity {command} -f json").rows
    return row


def test_through_somebody_it_is_at_their_organization_unless_another_is_said(netj: Netj) -> None:
    row = one(netj, "show 1")
    assert (row["organization"], row["through"], row["objective"]) == ("Acme", "dana-whitfield", "platform-role")
    assert (row["stage"], row["direction"], row["opened_on"], row["closed_on"]) == ("lead", "in", "2026-11-23", None)
    assert row["interactions"] == ["1 2026-10-01 coffee hiring"]
    assert row["last_on"] == "2026-10-01"
    row = one(netj, "add Talk --through dana --org DevOpsDays --direction out --stage applied --note 'see #4'")
    assert (row["organization"], row["direction"], row["stage"], row["note"]) == (
        "DevOpsDays", "out", "applied", "see #4",
    )  # fmt: skip


def test_it_moves_closes_and_is_open_again_each_in_one_undo(netj: Netj) -> None:
    assert netj("opportunity add Board --on 2026-11-01").ok
    states = [netj("export").ok.stdout]
    for command, stage, closed_on in (
        ("move 2 --stage interview", "interview", None),
        ("close 2 declined --on 'last friday' --note 'too far'", "declined", "2026-11-20"),
        # Another word for how it ended moves no day.
        ("close 2 lost", "lost", "2026-11-20"),
        ("move 2 talking", "talking", None),
        ("move 2 won", "won", "2026-11-23"),
    ):
        row = one(netj, command)
        assert (row["stage"], row["closed_on"]) == (stage, closed_on)
        states.append(netj("export").ok.stdout)
    assert netj("opportunity move 2 offer --stage offer").code == 2
    for before in reversed(states[:-1]):
        assert netj("undo").ok
        assert netj("export").ok.stdout == before


def test_a_move_says_more_of_it_without_a_stage_and_clears_with_nothing(netj: Netj) -> None:
    row = one(netj, "move 1 --interaction 3 --interaction 1 --origin exposure --org Globex")
    assert (row["stage"], row["origin"], row["organization"]) == ("lead", "exposure", "Globex")
    assert [text.split()[0] for text in row["interactions"]] == ["1", "3"]
    row = one(netj, "move 1 --through '' --org '' --for '' --origin ''")
    assert [row[key] for key in ("organization", "through", "objective", "origin")] == [None, None, None, "cold"]


@rows(
    ("command", "code", "said"),
    [
        ("show Staff", 2, "is not the number of an opportunity"),
        ("show 99", 3, "no opportunity 99"),
        ("move 99 offer", 3, "no opportunity 99"),
        ("move 1", 2, "How far has it come?"),
        ("move 1 nowhere", 2, "Stages: lead, talking, applied, interview, offer, won"),
        ("move 1 offer --interaction 99", 3, "no interaction 99"),
        ("move 1 offer --through nobody", 3, "Nobody here is called"),
        ("close 1 offer", 2, "Endings: won, lost, declined, lapsed"),
        ("close 1 won --on 2026-11-01", 2, "came up on Mon 23 Nov 2026, after Sun 1 Nov 2026"),
        ("close 1 won --on tomorrow", 2, "is in the future"),
        ("add X --stage won", 2, "added first, then closed"),
        ("add X --direction mutual", 2, "Directions: in, out"),
        ("add X --origin luck", 2, "Origins: relationship"),
        ("add ' '", 2, "title is empty"),
        ("list --stage x", 2, "not a stage"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(netj: Netj, command: str, code: int, said: str) -> None:
    before = netj("export").ok.stdout
    ended = netj(f"opportunity {command}")
    assert (ended.code, ended.stdout) == (code, "")
    assert said in ended.stderr
    assert netj("export").ok.stdout == before


def test_closing_the_same_way_twice_is_a_conflict(netj: Netj) -> None:
    assert netj("opportunity close 1 won").ok
    assert netj("opportunity close 1 won").code == 4
    assert one(netj, "close 1 won --note 'starts in may'")["note"] == "starts in may"


def test_logging_links_to_the_open_one_of_that_title_once(netj: Netj) -> None:
    assert netj("log 'call dana about terms' --opportunity 'staff sre'").ok
    assert netj("amend --opportunity 'STAFF SRE'").ok
    assert [text.split()[2] for text in one(netj, "show 1")["interactions"]] == ["coffee", "call"]


def test_a_person_sees_where_it_came_from_and_what_belongs_to_it(netj: Netj) -> None:
    shown = netj("opportunity show 1", tty=True).ok.stdout
    assert "relationship" in shown
    assert "2026-10-01  coffee  Dana Whitfield  hiring" in shown
    ended = netj("opportunity add Lead --org Acme", tty=True)
    assert "move 2 --through WHO" in ended.ok.stderr
    for width in ("80", "40"):
        listed = netj("opportunity list", tty=True, env={"COLUMNS": width}).ok.stdout
        assert "Staff SRE" in listed
        assert max(map(len, listed.splitlines())) <= int(width)
    assert netj("opportunity list --stage won", tty=True).ok.stderr == "None of these.\n"


def test_an_introduction_said_twice_is_one_and_its_thanks_go_to_whoever_it_was(netj: Netj) -> None:
    assert netj('log --intro "Bo Bell" --via dana --new').ok
    assert netj("amend --intro bo-bell --via dana").ok
    assert thanks(netj) == [("introduction", "dana-whitfield")]
    # It was somebody else: the promise and what is remembered of Bo move with it.
    assert netj("amend --intro bo-bell --via priya").ok
    assert thanks(netj) == [("introduction", "priya-nair")]
    assert netj("contact show bo-bell -f json").rows[0]["introduced_by"] == "priya-nair"
    # Thanks once said are not owed again.
    (number,) = [row["id"] for row in netj("followup list -f json").rows if row["text"].startswith("thank them")]
    assert netj(f"done {number}").ok
    assert netj("amend --intro bo-bell --via priya").ok
    assert thanks(netj) == []


def thanks(netj: Netj) -> list[tuple[str, str]]:
    """Whom thanks are owed to, and that there is one introduction."""
    records = [json.loads(line) for line in netj("export").ok.stdout.splitlines()]
    made = [i for r in records if r["type"] == "interaction" for i in r["introductions"]]
    assert len(made) == 1
    rows = netj("followup list -f json").rows
    return [("introduction", row["contact"]) for row in rows if row["text"].startswith("thank them")]
