"""Every step of bare `netj log`, and the walk of `keep`, on a real terminal: leaving leaves no trace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from terminals import Ask

    from conftest import Netj

pytest_plugins = ["terminals"]
pytestmark = pytest.mark.usefixtures("people")

QUESTIONS = ("Who?", "How?", "When?", "What for?", "about?", "remembering?", "promise?")


def records(netj: Netj, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, netj("export").ok.stdout.splitlines()) if r["type"] == kind]


def last(netj: Netj) -> dict[str, Any]:
    return max(netj("interaction list -f json").rows, key=lambda row: int(row["id"]))


# Bare `netj log`


def test_every_step_is_asked_and_choices_are_taken_by_number_and_by_prefix(netj: Netj, ask: Ask) -> None:
    terminal = ask("log")
    terminal.answer("Who?", "dana-w, priya and xi")
    assert "1 coffee  2 meal" in terminal.answer("How?", "2")
    terminal.answer("When?", "yesterday")
    assert "Sun 22 Nov 2026" in terminal.answer("What for?", "plat 2")
    terminal.answer("about?", "the offer #hiring")
    terminal.answer("remembering?", "she moves in March")
    terminal.answer("promise?", "send the CV @dana-whitfield by friday")
    assert terminal.end() == 0
    assert "netj undo" in terminal.shown
    row = last(netj)
    expected = {
        "kind": "meal", "on": "2026-11-22", "objectives": ["platform-role", "speaking"], "summary": "the offer",
        "topics": ["hiring"], "note": "she moves in March", "contacts": ["dana-whitfield", "priya-nair", "xi-liu"],
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected
    (promise,) = [r for r in records(netj, "followup") if r["text"] == "send the CV"]
    assert (promise["contact"], promise["by"]) == ("dana-whitfield", "2026-11-27")


@pytest.mark.parametrize(
    ("typed", "kind"), [("vid", "video"), ("ZOOM", "video"), ("1", "coffee"), ("int\nintr", "intro")]
)
def test_a_kind_is_chosen_by_its_beginning_number_or_other_name(netj: Netj, ask: Ask, typed: str, kind: str) -> None:
    terminal = ask("log")
    terminal.answer("Who?", "priya")
    terminal.answer("How?", typed)
    for question in QUESTIONS[2:]:
        terminal.answer(question, "")
    assert terminal.end() == 0
    assert last(netj)["kind"] == kind


def test_every_question_but_who_can_be_skipped(netj: Netj, ask: Ask) -> None:
    terminal = ask("log")
    terminal.answer("Who?", "")
    assert "cannot be skipped" in terminal.answer("Who?", " , ")
    terminal.answer("Who?", "priya")
    for question in QUESTIONS[1:]:
        terminal.answer(question, "")
    assert terminal.end() == 0
    row = last(netj)
    assert (row["kind"], row["on"], row["contacts"]) == ("chat", "2026-11-23", ["priya-nair"])
    assert (row["objectives"], row["summary"], row["note"], row["topics"]) == ([], None, None, [])
    assert len(records(netj, "followup")) == 1


def test_an_answer_that_cannot_be_is_asked_again_at_once(netj: Netj, ask: Ask) -> None:
    terminal = ask("log")
    terminal.answer("Who?", "10/11")
    terminal.answer("Who?", "prija nair; Zed Abt")
    assert "nobody: ask again" in terminal.answer("Who is it?", "nobody")
    assert "cannot be skipped" not in terminal.answer("Who?", "priya & Zed Abt")
    assert "priya-nair" not in terminal.answer("Who is it?", "1")
    for wrong in ("post", "c", "99", "0"):
        terminal.answer("How?", wrong)
    terminal.answer("How?", "ca")
    for wrong in ("2026-02-30", "tomorrow", "05/06/2026", "soon"):
        terminal.answer("When?", wrong)
    terminal.answer("When?", "monday")
    for wrong in ("9", "0 1", "x", "platform-role none"):
        terminal.answer("What for?", wrong)
    terminal.answer("What for?", "0")
    terminal.answer("about?", "")
    terminal.answer("remembering?", "")
    for wrong in ("write by 2027-02-30", "write by 05/06/2027", "write @a @b"):
        terminal.answer("promise?", wrong)
    terminal.answer("promise?", "write")
    assert terminal.end() == 0
    row = last(netj)
    assert (row["kind"], row["on"], row["none_on_purpose"]) == ("call", "2026-11-23", True)
    assert row["contacts"] == ["priya-nair", "zed-abt"]


def test_what_an_option_says_is_not_asked_and_not_lost(netj: Netj, ask: Ask) -> None:
    terminal = ask("log", "-k", "call", "--on", "yesterday", "-o", "speaking", "-n", "warm", "--next", "send it")
    terminal.answer("Who?", "priya")
    terminal.answer("about?", "talks")
    assert terminal.end() == 0
    assert not any(
        question in terminal.shown for question in ("How?", "When?", "What for?", "remembering?", "promise?")
    )
    row = last(netj)
    expected = {"kind": "call", "on": "2026-11-22", "objectives": ["speaking"], "summary": "talks", "note": "warm"}
    assert {key: row[key] for key in expected} == expected
    assert "send it" in [r["text"] for r in records(netj, "followup")]


@pytest.mark.parametrize("argv", [("log", "-k", "x"), ("log", "--on", "tomorrow"), ("keep", "--circle", "inner")])
def test_an_option_that_cannot_be_is_refused_before_anything_is_asked(ask: Ask, argv: tuple[str, ...]) -> None:
    terminal = ask(*argv)
    assert terminal.end() == 2


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "end of input"])
@pytest.mark.parametrize("at", range(len(QUESTIONS)), ids=QUESTIONS)
def test_leaving_at_any_question_leaves_no_trace(ask: Ask, journal: Path, at: int, key: str) -> None:
    before = journal.read_bytes()
    terminal = ask("log")
    for question in QUESTIONS[:at]:
        terminal.answer(question, "priya" if question == "Who?" else "")
    terminal.until(QUESTIONS[at])
    terminal.type(key)
    assert terminal.end() == 130
    assert journal.read_bytes() == before
    assert "Traceback" not in terminal.shown
    assert sorted(p.name for p in journal.parent.glob("journal.db*")) == ["journal.db"]


def test_nothing_is_held_open_while_a_question_stands(netj: Netj, ask: Ask, journal: Path) -> None:
    terminal = ask("log")
    for question in QUESTIONS:
        terminal.until(question)
        assert terminal.holds_nothing()
        assert netj(["log", "priya about", question]).ok
        terminal.type("da\n" if question == "Who?" else "\n")
        if question == "Who?":
            terminal.until("Who is 'da'?")
            assert terminal.holds_nothing()
            assert netj("log priya about more").ok
            terminal.type("dan-stone\n")
    assert terminal.end() == 0
    assert len(netj("interaction list -f json").rows) == 1 + len(QUESTIONS) + 2


# `keep`, one key each


def circles(netj: Netj) -> dict[str, str | None]:
    return {r["contact"]: r["circle"] for r in netj("contact list -f json").rows}


@pytest.fixture
def more(netj: Netj) -> list[str]:
    """Four contacts more without a cadence, which makes six."""
    for name in ("Zed A", "Zed B", "Zed C", "Zed D"):
        assert netj(["contact", "add", name]).ok
    return ["Zed A", "Zed B", "Zed C", "Zed D"]


def test_the_walk_takes_one_key_each_and_is_one_step_of_undo(netj: Netj, ask: Ask, more: list[str]) -> None:
    before = netj("export").ok.stdout
    untracked = {name for name, circle in circles(netj).items() if circle is None and name != "dan-stone"}
    terminal = ask("keep")
    assert "i inner (every 3w)" in terminal.until("1/6")
    for place, key in enumerate("isnoq", start=1):
        if place > 1:
            terminal.until(f"{place}/6")
        terminal.until("?")
        if place == 2:
            terminal.type("\x1b[A")
            terminal.until("Press one of the keys above.")
            terminal.until("2/6")
            terminal.until("?")
            terminal.type("z")
            terminal.until("Press one of the keys above.")
            terminal.until("2/6")
        terminal.type(key)
    assert terminal.end() == 0
    now = circles(netj)
    assert sorted(str(now[name]) for name in untracked) == ["None"] * 4 + ["inner", "outer"]
    again = ask("keep")
    again.until("1/3")  # whoever was never to be asked about is not
    again.type("q")
    assert again.end() == 0
    # Nor does a list that `keep -` may read name them; another does, and their own screen says it.
    offered, every = (
        {row["contact"] for row in netj(f"contact list {narrowed} -f json").rows}
        for narrowed in ("--untracked", "--standing untracked")
    )
    (never,) = every - offered
    assert [netj(f"contact show {who} -f json").rows[0]["never"] for who in (never, min(offered))] == [True, False]
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_keys_typed_ahead_are_all_taken(netj: Netj, ask: Ask, more: list[str]) -> None:
    terminal = ask("keep")
    terminal.until("1/6")
    terminal.type("iiiiiI")
    assert terminal.end() == 0
    assert sorted(circle or "" for circle in circles(netj).values()) == ["", "active"] + ["inner"] * 7


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "end of input"])
def test_leaving_the_walk_asks_whether_its_answers_are_kept(
    netj: Netj, ask: Ask, more: list[str], journal: Path, key: str
) -> None:
    before = journal.read_bytes()
    for answers in ("", "i"):
        terminal = ask("keep")
        terminal.until("1/6")
        if answers:
            terminal.type(answers)
            terminal.until("2/6")
        assert terminal.holds_nothing()
        terminal.type(key)
        if answers:
            terminal.answer("Keep what was said of 1 contact so far?", "n")
        assert terminal.end() == 130
        assert journal.read_bytes() == before
    terminal = ask("keep")
    terminal.until("1/6")
    terminal.type("io")
    terminal.until("3/6")
    terminal.type(key)
    terminal.answer("Keep what was said of 2 contacts so far?", "y")
    assert terminal.end() == 0
    assert len(netj("contact list --untracked -f json").rows) == 4
