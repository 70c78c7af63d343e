"""Every question, through a real terminal: what is asked, what may be answered, and that leaving leaves no trace."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import pytest
import story

from netjournal.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conftest import Netj

#: Seconds until a terminal that says nothing more has failed the test.
PATIENCE = 5.0
COMMANDS = (
    ["contact", "add", "Dana Whitfield", "--circle", "inner"],
    ["contact", "add", "Dan Stone", "--every", "30d"],
    ["contact", "add", "Priya Nair", "--circle", "active"],
    ["contact", "add", "Xi Liu"],
    ["contact", "add", "Yann Roy", "--org", "Acme", "--title", "CTO"],
    ["objective", "add", "Platform role"],
    ["objective", "add", "Speaking"],
    ["log", "2026-11-02: coffee with dana-whitfield about rent +speaking", "--next", "send the deck by friday"],
)
QUESTIONS = ("Who?", "How?", "When?", "What for?", "about?", "remembering?", "promise?")


class Terminal:
    """A command in a child of this process, on a terminal of its own; nothing here waits for ever."""

    def __init__(self, argv: list[str], environment: Mapping[str, str]) -> None:
        self.shown = ""
        self._read = 0
        self.child, self.descriptor = pty.fork()
        if not self.child:
            _be(argv, environment)

    def until(self, text: str) -> str:
        """What is shown until a text comes up that was not there before."""
        deadline = time.monotonic() + PATIENCE
        while (at := self.shown.find(text, self._read)) < 0:
            assert self._more(deadline), f"no {text!r} in {self.shown[self._read :]!r}"
        start, self._read = self._read, at + len(text)
        return self.shown[start : self._read]

    def answer(self, question: str, text: str) -> str:
        """Wait for a question and answer it with Enter; gives what was shown before it."""
        before = self.until(question)
        self.type(text + "\n")
        return before

    def type(self, text: str) -> None:
        if "\x03" in text:
            self._settle()
        os.write(self.descriptor, text.encode())

    def end(self) -> int:
        """Wait for the end; gives the exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        while not (waited := os.waitpid(self.child, os.WNOHANG))[0]:
            assert time.monotonic() < deadline, f"still there after {self.shown!r}"
            time.sleep(0.002)
        self.child = 0
        return os.waitstatus_to_exitcode(waited[1])

    def close(self) -> None:
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.descriptor)

    def _settle(self) -> None:
        """Wait until the command waits: the interpreter misses a signal on the very way into a read."""
        deadline = time.monotonic() + PATIENCE
        stat = Path(f"/proc/{self.child}/stat")
        time.sleep(0.001 if stat.exists() else 0.1)
        while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "S":
            assert time.monotonic() < deadline, f"never waits after {self.shown!r}"
            time.sleep(0.001)

    def _more(self, deadline: float) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"silence after {self.shown!r}"
        try:
            piece = os.read(self.descriptor, 1 << 16)
        except OSError:  # how Linux says that nobody holds the other end any more
            return False
        self.shown += piece.decode().replace("\r\n", "\n")
        return bool(piece)


def _be(argv: list[str], environment: Mapping[str, str]) -> NoReturn:
    code = 70
    try:
        os.closerange(3, 256)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115  # open until the end
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(environment)
        main(argv)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 70
    finally:
        sys.stdout.flush()
        os._exit(code)


class Ask(Protocol):
    def __call__(self, *argv: str) -> Terminal: ...


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


_MADE: list[bytes] = []


@pytest.fixture(autouse=True)
def told(netj: Netj, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story.quicken(monkeypatch)
    if not _MADE:
        for command in COMMANDS:
            assert netj(command).ok
        # Before its question a command may need parts of the program that no other has loaded yet.
        assert netj("contact list -f table", tty=True).ok
        _MADE.append(journal.read_bytes())
    journal.write_bytes(_MADE[0])


@pytest.fixture
def ask(environment: dict[str, str]) -> Iterator[Ask]:
    """A function that starts a command on a terminal."""
    opened: list[Terminal] = []

    def start(*argv: str) -> Terminal:
        opened.append(Terminal(list(argv), {**environment, "TERM": "xterm"}))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


def records(netj: Netj, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, netj("export").ok.stdout.splitlines()) if r["type"] == kind]


def last(netj: Netj) -> dict[str, Any]:
    return max(netj("interaction list -f json").rows, key=lambda row: int(row["id"]))


def nobody_holds(journal: Path) -> None:
    """Not even a reader: somebody else could take the journal for themselves at once."""
    with closing(sqlite3.connect(journal, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")


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
    terminal.answer("Who?", " , ")
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
    terminal.answer("Who?", "priya")
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
        nobody_holds(journal)
        assert netj(["log", "priya about", question]).ok
        terminal.type("dan\n" if question == "Who?" else "\n")
    terminal.until("Who is 'dan'?")
    nobody_holds(journal)
    assert netj("log priya about more").ok
    terminal.type("dan-stone\n")
    assert terminal.end() == 0
    assert len(netj("interaction list -f json").rows) == 1 + len(QUESTIONS) + 2


# Names


@pytest.mark.parametrize("typed", ["2", "dana", "dana-whitfield"])
def test_an_ambiguous_name_asks_and_takes_a_number_or_a_beginning(netj: Netj, ask: Ask, typed: str) -> None:
    terminal = ask("log", "coffee with Dan about rent")
    asked = terminal.until("Who is 'Dan'?")
    assert "1  dan-stone" in asked
    assert "2  dana-whitfield" in asked
    terminal.type("3\n")
    terminal.answer("Who is 'Dan'?", "dan")
    terminal.answer("Who is 'Dan'?", typed)
    assert terminal.end() == 0
    assert last(netj)["contacts"] == ["dana-whitfield"]


def test_two_ambiguous_names_are_asked_one_after_the_other(netj: Netj, ask: Ask) -> None:
    assert netj("contact add 'Priya Shah' --every 9d").ok
    terminal = ask("log", "Dan and Priya about rent")
    terminal.answer("Who is 'Dan'?", "1")
    terminal.answer("Who is 'Priya'?", "1")
    assert terminal.end() == 0
    assert last(netj)["contacts"] == ["dan-stone", "priya-nair"]


@pytest.mark.parametrize("argv", [("log", "dan about rent"), ("amend", "-w", "dan"), ("amend", "--except", "dan")])
def test_in_a_pipe_an_ambiguous_name_ends_with_the_candidates(netj: Netj, journal: Path, argv: tuple[str, ...]) -> None:
    before = journal.read_bytes()
    code, out, err = netj(argv, stdin="1\n")
    assert (code, out) == (3, "")
    assert "dan-stone" in err
    assert "dana-whitfield" in err
    assert journal.read_bytes() == before


def test_whom_to_take_out_is_asked_too(netj: Netj, ask: Ask) -> None:
    assert netj("log dan-stone and dana-whitfield about rent").ok
    terminal = ask("amend", "--except", "dan")
    terminal.answer("Who is 'dan'?", "2")
    assert terminal.end() == 0
    assert last(netj)["contacts"] == ["dan-stone"]


def test_nobody_is_made_of_whom_to_take_out(ask: Ask, journal: Path) -> None:
    before = journal.read_bytes()
    terminal = ask("amend", "--except", "Nobody Atall")
    assert terminal.end() == 3
    assert "new contact" not in terminal.shown
    assert journal.read_bytes() == before


def test_an_unknown_name_is_made_when_that_is_said(netj: Netj, ask: Ask) -> None:
    terminal = ask("log", "coffee with Zoltan Kis about rent")
    terminal.answer("[y/n]", "")
    terminal.answer("[y/n]", "what?")
    terminal.answer("[y/n]", "YES")
    assert terminal.end() == 0
    assert last(netj)["contacts"] == ["zoltan-kis"]
    assert netj("undo").ok
    assert netj("contact show zoltan-kis").code == 3


@pytest.mark.parametrize(("typed", "code"), [("no\n", 130), ("\x03", 130), ("\x04", 130)])
def test_without_a_yes_nobody_is_made_and_nothing_logged(ask: Ask, journal: Path, typed: str, code: int) -> None:
    before = journal.read_bytes()
    terminal = ask("log", "coffee with Zoltan Kis about rent")
    terminal.until("[y/n]")
    nobody_holds(journal)
    terminal.type(typed)
    assert terminal.end() == code
    assert journal.read_bytes() == before


@pytest.mark.parametrize(("typed", "contact"), [("1", "priya-nair"), ("2", "pryia-nair"), ("a new", "pryia-nair")])
def test_a_misspelt_name_offers_whom_it_is_like(netj: Netj, ask: Ask, typed: str, contact: str) -> None:
    terminal = ask("log", "coffee with Pryia Nair")
    terminal.answer("Who is it?", typed)
    assert terminal.end() == 0
    assert last(netj)["contacts"] == [contact]


def test_several_unknown_people_of_an_evening_are_asked_about_once(netj: Netj, ask: Ask) -> None:
    terminal = ask("log", "-")
    terminal.type("event: meetup\n- Zoltan Kis @ Acme: one\n- Priya: two\n- Wim Bos: three\n- Ulf Ek\n\x04")
    asked = terminal.until("[y/n]")
    assert "'Zoltan Kis', 'Wim Bos', 'Ulf Ek'" in asked
    terminal.type("y\n")
    assert terminal.end() == 0
    assert terminal.shown.count("[y/n]") == 1
    assert last(netj)["contacts"] == ["priya-nair", "ulf-ek", "wim-bos", "zoltan-kis"]


@pytest.mark.parametrize("argv", [("contact", "show", "dan"), ("timeline", "dan")])
def test_reading_commands_ask_too_and_change_nothing(ask: Ask, journal: Path, argv: tuple[str, ...]) -> None:
    before = journal.read_bytes()
    terminal = ask(*argv)
    terminal.until("Who is 'dan'?")
    nobody_holds(journal)
    terminal.type("2\n")
    terminal.until("rent")
    assert terminal.end() == 0
    assert journal.read_bytes() == before


@pytest.mark.parametrize("command", ["contact show dan", "timeline dan", "contact delete dan --yes"])
def test_in_a_pipe_other_commands_list_the_candidates_too(netj: Netj, command: str) -> None:
    code, out, err = netj(command, stdin="1\n")
    assert (code, out) == (3, "")
    assert "dan-stone\n  dana-whitfield" in err


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
    assert "i inner" in terminal.until("1/6")
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
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_keys_typed_ahead_are_all_taken(netj: Netj, ask: Ask, more: list[str]) -> None:
    terminal = ask("keep")
    terminal.until("1/6")
    terminal.type("iiiiiI")
    assert terminal.end() == 0
    assert sorted(circle or "" for circle in circles(netj).values()) == ["", "active"] + ["inner"] * 7


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "end of input"])
def test_leaving_the_walk_stores_nothing(ask: Ask, more: list[str], journal: Path, key: str) -> None:
    before = journal.read_bytes()
    terminal = ask("keep")
    terminal.until("1/6")
    terminal.type("i")
    terminal.until("2/6")
    nobody_holds(journal)
    terminal.type(key)
    assert terminal.end() == 130
    assert journal.read_bytes() == before


# Thanks, and deleting


@pytest.mark.parametrize(("typed", "promises"), [("y", 2), ("n", 1)])
def test_achieving_an_objective_shows_who_helped_and_asks_for_thanks(
    netj: Netj, ask: Ask, journal: Path, typed: str, promises: int
) -> None:
    terminal = ask("objective", "achieve", "speaking")
    assert "Dana Whitfield" in terminal.until("Promise to thank them within a week? [y/n]")
    nobody_holds(journal)
    terminal.type(typed + "\n")
    assert terminal.end() == 0
    assert len(records(netj, "followup")) == promises
    assert netj("objective show speaking -f json").rows[0]["status"] == "achieved"


def test_deleting_a_contact_says_how_much_goes_and_asks(netj: Netj, ask: Ask, journal: Path) -> None:
    before = journal.read_bytes()
    question = "1 touches, 1 interactions with nobody else, 1 promises? [y/n]"
    terminal = ask("contact", "delete", "dana-whitfield")
    assert question in " ".join(terminal.until("[y/n]").split())
    terminal.type("n\n")
    assert terminal.end() == 130
    assert journal.read_bytes() == before
    terminal = ask("contact", "delete", "dana-whitfield")
    terminal.answer("[y/n]", "y")
    assert terminal.end() == 0
    assert netj("contact show dana-whitfield").code == 3


def test_a_script_deletes_a_contact_only_with_yes(netj: Netj, journal: Path) -> None:
    before = journal.read_bytes()
    code, out, err = netj("contact delete dana-whitfield", stdin="y\n")
    assert (code, out) == (2, "")
    assert "--yes" in err
    assert journal.read_bytes() == before
    assert netj("contact delete dana-whitfield --yes").ok
    assert netj("contact show dana-whitfield").code == 3
