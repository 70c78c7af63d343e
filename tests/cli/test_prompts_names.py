"""Names, thanks and deleting: what is asked on a real terminal, and what a pipe says instead."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rows import rows

if TYPE_CHECKING:
    from pathlib import Path

    from terminals import Ask

    from conftest import Netj

pytest_plugins = ["terminals"]
pytestmark = pytest.mark.usefixtures("people")


def records(netj: Netj, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, netj("export").ok.stdout.splitlines()) if r["type"] == kind]


def last(netj: Netj) -> dict[str, Any]:
    return max(netj("interaction list -f json").rows, key=lambda row: int(row["id"]))


# Names


@pytest.mark.parametrize("typed", ["2", "dana", "dana-whitfield"])
def test_an_ambiguous_name_asks_and_takes_a_number_or_a_beginning(netj: Netj, ask: Ask, typed: str) -> None:
    terminal = ask("log", "coffee with Da about rent")
    asked = terminal.until("Who is 'Da'?")
    assert "1  dan-stone  Dan Stone" in asked
    assert "2  dana-whitfield  Dana Whitfield" in asked
    terminal.type("3\n")
    terminal.answer("Who is 'Da'?", "da")
    terminal.answer("Who is 'Da'?", typed)
    assert terminal.end() == 0
    assert last(netj)["contacts"] == ["dana-whitfield"]


def test_two_ambiguous_names_are_asked_one_after_the_other(netj: Netj, ask: Ask) -> None:
    assert netj("contact add 'Priya Shah' --every 9d").ok
    terminal = ask("log", "Da and Priya about rent")
    terminal.answer("Who is 'Da'?", "1")
    terminal.answer("Who is 'Priya'?", "1")
    assert terminal.end() == 0
    assert last(netj)["contacts"] == ["dan-stone", "priya-nair"]


@rows("argv", [("log", "da about rent"), ("amend", "-w", "da"), ("amend", "--except", "da")])
def test_in_a_pipe_an_ambiguous_name_ends_with_the_candidates(netj: Netj, journal: Path, argv: tuple[str, ...]) -> None:
    before = journal.read_bytes()
    code, out, err = netj(argv, stdin="1\n")
    assert (code, out) == (3, "")
    assert "dan-stone" in err
    assert "dana-whitfield" in err
    assert journal.read_bytes() == before


def test_whom_to_take_out_is_asked_too(netj: Netj, ask: Ask) -> None:
    assert netj("log dan-stone and dana-whitfield about rent").ok
    terminal = ask("amend", "--except", "da")
    terminal.answer("Who is 'da'?", "2")
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
    assert terminal.holds_nothing()
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


def test_of_two_of_one_name_in_an_evening_only_the_one_without_an_organization_is_asked_about(
    netj: Netj, ask: Ask
) -> None:
    assert netj("contact add 'Wim Bos' --handle wim").ok
    assert netj("contact add 'Wim Bos' --handle wim-too --org Initech").ok
    terminal = ask("log", "-")
    terminal.type("event: meetup\n- Wim Bos: one\n- Wim Bos @ Initech: two\n\x04")
    terminal.answer("Who is 'Wim Bos'?", "1")
    assert terminal.end() == 0
    assert last(netj)["contacts"] == ["wim", "wim-too"]


@pytest.mark.parametrize("argv", [("contact", "show", "da"), ("timeline", "da")])
def test_reading_commands_ask_too_and_change_nothing(ask: Ask, journal: Path, argv: tuple[str, ...]) -> None:
    before = journal.read_bytes()
    terminal = ask(*argv)
    terminal.until("Who is 'da'?")
    assert terminal.holds_nothing()
    terminal.type("2\n")
    terminal.until("rent")
    assert terminal.end() == 0
    assert journal.read_bytes() == before


def test_a_word_that_stands_twice_is_not_asked_about_as_it_may_be_no_name(ask: Ask) -> None:
    terminal = ask("search", "da", "--who", "da")
    assert terminal.end() == 3
    assert "dan-stone" in terminal.shown


@rows("command", ["contact show da", "timeline da", "contact delete da --yes"])
def test_in_a_pipe_other_commands_list_the_candidates_too(netj: Netj, command: str) -> None:
    code, out, err = netj(command, stdin="1\n")
    assert (code, out) == (3, "")
    assert "dan-stone\n  dana-whitfield" in err


def test_more_than_a_screen_of_candidates_is_no_choice(netj: Netj) -> None:
    for n in range(20):
        assert netj(f"contact add 'Daria {chr(65 + n)}'").ok
    code, out, err = netj("prep da")
    assert (code, out, err.count("\n  da")) == (3, "", 20)
    # Those kept up with come first.
    assert "'da' can mean 22 contacts.\n  dan-stone\n  dana-whitfield\n  daria-a" in err


# Thanks, and deleting


@pytest.mark.parametrize(("typed", "promises"), [("y", 2), ("n", 1)])
def test_achieving_an_objective_shows_who_helped_and_asks_for_thanks(
    netj: Netj, ask: Ask, journal: Path, typed: str, promises: int
) -> None:
    terminal = ask("objective", "achieve", "speaking")
    assert "Dana Whitfield" in terminal.until("Promise to thank them within a week? [y/n]")
    assert terminal.holds_nothing()
    terminal.type(typed + "\n")
    assert terminal.end() == 0
    assert len(records(netj, "followup")) == promises
    assert netj("objective show speaking -f json").rows[0]["status"] == "achieved"


def test_deleting_a_contact_says_how_much_goes_and_asks(netj: Netj, ask: Ask, journal: Path) -> None:
    before = journal.read_bytes()
    question = "(touches: 1, interactions with nobody else: 1, promises: 1)? [y/n]"
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
