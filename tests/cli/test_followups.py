"""`netj followup` and `netj done`: promises, both ways, with a day."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    # Of the story: promise 1 is mine to Dana (today), promise 2 is Priya's to me (2026-12-01).
    story.tell(netj, Path(environment["NETJ_DB"]))


def add(netj: Netj, *words: str) -> dict[str, Any]:
    (row,) = netj(["followup", "add", *words, "-f", "json"]).rows
    return row


def numbers(netj: Netj, options: str = "") -> list[int]:
    return [row["id"] for row in netj(f"followup list -f json {options}").rows]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["send the slides @dana-whitfield by friday"], ("send the slides", "me", "2026-11-27", "dana-whitfield", None)),
        (["send", "the", "slides"], ("send the slides", "me", "2026-11-30", None, None)),
        (["call", "--by", "+2w", "--with", "priya"], ("call", "me", "2026-12-07", "priya-nair", None)),
        (["call", "-w", "dana", "--owner", "them"], ("call", "them", "2026-11-30", "dana-whitfield", None)),
        (["write it", "-o", "platform-role", "--by", "today"], ("write it", "me", "2026-11-23", None, "platform-role")),
        (["stand by me"], ("stand by me", "me", "2026-11-30", None, None)),
    ],
)  # fmt: skip
def test_a_promise_is_added_as_it_was_said(netj: Netj, words: list[str], said: tuple[Any, ...]) -> None:
    before = netj("export").ok.stdout
    row = add(netj, *words)
    assert tuple(row[key] for key in ("text", "owner", "by", "contact", "objective")) == said
    assert row["status"] == "open"
    assert row["id"] in numbers(netj)
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


@rows(
    ("typed", "told"),
    [
        ("call by friday", "For Fri 27 Nov 2026."),
        (
            "call",
            "No day was said for 'call', so it is for Mon 30 Nov 2026; `netj followup edit N --by DATE` gives another.",
        ),
        ("call her tomorrow", "If 'tomorrow' is its day: `netj followup edit N \"call her by tomorrow\"`."),
        ("call on the 1st", "If 'the 1st' is its day: `netj followup edit N \"call on by the 1st\"`."),
        ("call by 2w", "If '2w' is its day: `netj followup edit N \"call by +2w\"`."),
        ("call about chapter 7", "it is for Mon 30 Nov 2026; `netj followup edit N --by DATE` gives another."),
    ],
)
def test_the_day_of_a_promise_is_told_and_one_without_by_is_pointed_out(netj: Netj, typed: str, told: str) -> None:
    for command in ("followup add", "log dana --next"):
        if told.startswith("For") and command != "followup add":
            continue
        said = netj([*command.split(), typed], tty=True, env={"COLUMNS": "200"}).ok.stderr
        assert re.sub(r"edit \d+", "edit N", said).endswith(f"{told}\n")
    assert told.startswith("For") is not bool(netj(["followup", "add", typed]).ok.stderr)


def test_an_open_promise_gets_another_day_other_words_or_somebody_else(netj: Netj) -> None:
    number = add(netj, "call her tomorrow", "-o", "platform-role", "-w", "dana")["id"]
    before = netj("export").ok.stdout
    told = {
        "by friday": ("call her tomorrow", "me", "2026-11-27", "dana-whitfield", "platform-role"),
        "'call her by +2w' -o ''": ("call her", "me", "2026-12-07", "dana-whitfield", None),
        "@priya --owner them --by today": ("call her tomorrow", "them", "2026-11-23", "priya-nair", "platform-role"),
        "--with '' mail her": ("mail her", "me", "2026-11-30", None, "platform-role"),
    }
    for typed, said in told.items():
        (row,) = netj(f"followup edit {number} {typed} -f json").rows
        assert tuple(row[key] for key in ("text", "owner", "by", "contact", "objective")) == said
        assert netj("undo").ok
        assert netj("export").ok.stdout == before
    assert netj("done 1").ok
    for typed, code, why in (
        (f"{number}", 2, "What is to change about this promise?"),
        (f"{number} TEXT", 2, "What is promised?"),
        (f"{number} x by friday --by today", 2, "Leave one of them out."),
        (f"{number} by 05/06/2027", 2, "2027"),
        (f"{number} --owner us", 2, "not an owner"),
        ("99 by friday", 3, "There is no promise 99."),
        ("1 by friday", 4, "Promise 1 is done already."),
    ):
        ended = netj(f"followup edit {typed}")
        assert (ended.code, ended.stdout) == (code, ""), typed
        assert why in ended.stderr


@rows(
    ("words", "code"),
    [
        (["x by friday", "--by", "tomorrow"], 2),
        (["x @dana-whitfield", "--with", "priya"], 2),
        (["x", "--by", "yesterday"], 2),
        (["x", "--by", "05/06/2027"], 2),
        (["x", "--owner", "her"], 2),
        ([" "], 2),
        (["x @nobody-here"], 3),
        (["x", "--with", "Nobody Here"], 3),
        (["x", "-o", "nothing"], 3),
    ],
)
def test_what_cannot_be_promised_is_refused_and_nothing_changes(netj: Netj, words: list[str], code: int) -> None:
    before = netj("export").ok.stdout
    ended = netj(["followup", "add", *words])
    assert (ended.code, ended.stdout) == (code, "")
    assert ended.stderr.startswith("netj: ")
    assert netj("export").ok.stdout == before


@rows(
    ("command", "typed", "left"),
    [("done", "9\n#1 2\n", []), ("followup drop", "2\n", [1]), ("done", "\n", [1, 2])],
)
def test_without_a_number_a_terminal_lists_the_open_promises_and_asks(
    netj: Netj, command: str, typed: str, left: list[int]
) -> None:
    before = netj("export").ok.stdout
    said = netj(command, stdin=typed, tty=True).ok.stderr
    assert said.startswith(
        "    1  Mon 23 Nov 2026  send the deck (Dana Whitfield)\n    2  Tue 1 Dec 2026  call (Priya Nair's)\nWhich "
    )
    assert ("Answer with numbers of the list." in said) is (typed[0] == "9")
    assert numbers(netj) == left
    assert left == [1, 2] or netj("undo").ok
    assert netj("export").ok.stdout == before
    assert netj(command).code == 2
    # An answer that nothing was closed by is an answer.
    assert netj(f"{command} -f json", stdin="\n", tty=True).ok.stdout == "[]\n"


def test_the_list_is_by_day_and_narrowed_by_every_filter(netj: Netj) -> None:
    assert [add(netj, "late", "--by", "2027-01-01", "-o", "speaking")["id"], add(netj, "soon", "-w", "dana")["id"]] == [
        3,
        4,
    ]
    assert numbers(netj) == [1, 4, 2, 3]
    assert numbers(netj, "--owner me") == [1, 4, 3]
    assert numbers(netj, "--owner them") == [2]
    assert numbers(netj, "--with dana") == [1, 4]
    assert numbers(netj, "-o speaking") == [3]
    assert numbers(netj, "--owner them --with dana") == []
    assert netj("followup list --owner us").code == 2
    assert netj("done 1").ok
    assert numbers(netj) == [4, 2, 3]
    assert sorted(numbers(netj, "--all")) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("command", "status"), [("done 1 2", "done"), ("followup done 2 1", "done"), ("followup drop 1 2", "dropped")]
)
def test_several_are_closed_in_one_step(netj: Netj, command: str, status: str) -> None:
    before = netj("export").ok.stdout
    assert {row["status"] for row in netj(f"{command} -f json").rows} == {status}
    assert numbers(netj) == []
    assert {row["status"] for row in netj("followup list --all -f json").rows} == {status}
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_what_is_closed_already_or_unknown_stops_all_of_it(netj: Netj) -> None:
    assert netj("done 1").ok
    before = netj("export").ok.stdout
    for command, code, said in [
        ("done 1", 4, "done already"),
        ("followup drop 1", 4, "done already"),
        ("done 2 1", 4, "done already"),
        ("done 99", 3, "no promise 99"),
        ("done 2 99", 3, "no promise 99"),
        ("done x", 2, ""),
        ("done", 2, ""),
    ]:
        ended = netj(command)
        assert (ended.code, ended.stdout) == (code, ""), command
        assert said in ended.stderr
    assert netj("export").ok.stdout == before
    assert [row["id"] for row in netj("done 2 2 -f json").rows] == [2]


def test_a_promise_of_today_is_due_and_one_kept_is_not(netj: Netj) -> None:
    def promised() -> list[str]:
        return [r["contact"] for r in netj("due -f json").rows if r["followups"]]

    assert "dana-whitfield" in promised()
    assert netj("done 1").ok
    assert "dana-whitfield" not in promised()
