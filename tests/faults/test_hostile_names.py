"""Names that try to move the cursor, colour the screen, reorder a line or pose as markup: shown harmlessly everywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from examples import LINES, WRITERS

from hasty import once

if TYPE_CHECKING:
    from forked import Warm

    from conftest import Netj, Spawn

pytest_plugins = ["warm"]

#: What stands for each of them on a terminal.
SHOWN: Final = {
    "Esc\x1b[31mRed": r"Esc\x1b[31mRed",
    "Osc\x1b]8;;http://x.org\x07Link": r"Osc\x1b]8;;http://x.org\x07Link",
    "Csi\x9b2J": r"Csi\x9b2J",
    "Ret\rurn": "Ret urn",
    "Del\x7f\x08": r"Del\x7f\x08",
    "Bidi\u202egnp": "Bidi\ufffdgnp",
    "Isolate\u2066x": "Isolate\ufffdx",
    "Mark[red]up[/]": "Mark[red]up[/]",
    "Close[/red]": "Close[/red]",
    "Emoji:bomb:": "Emoji:bomb:",
    "Tag\U000e0041": "Tag\ufffd",
    "Zero\u200bwidth": "Zero\ufffdwidth",
}
#: All of it in one name, which stands wherever a name, a note or a summary can.
WORST: Final = " ".join(SHOWN)
NAMES: Final = [WORST, *SHOWN]
#: A line end inside a name is one blank when it is stored.
STORED: Final = [name.replace("\r", " ") for name in NAMES]
VIEWS: Final = [
    "contact list",
    "contact show worst",
    "due",
    "due --all --explain",
    "next",
    "timeline worst",
    "timeline +goal",
    "interaction list",
    "interaction show 1",
    "objective list",
    "objective show goal",
    "circle list",
    "org list",
    "org show Acme",
    "group list",
    "group show table",
    "followup list",
    "opportunity list",
    "opportunity show 1",
    "topic list",
    "topic show sre",
    "search Esc",
    "prep worst",
    "prep nobody-of-these",
    "plan",
    "review",
    "review --chart",
    "review --client worst --with-notes",
    "changes",
    "changes worst",
]
FORMATS: Final = ("table", "md", "tsv", "csv", "json", "ndjson")
WIDE: Final = {"COLUMNS": "250"}


@pytest.fixture(autouse=True)
def journal(netj: Netj, environment: dict[str, str]) -> None:
    """A journal where each of the names is a contact's, an organization's, an objective's, a note, a promise…"""
    once(Path(environment["NETJ_DB"]), lambda: fill(netj))


def fill(netj: Netj) -> None:
    for n, name in enumerate(SHOWN, start=1):
        assert netj(["contact", "add", name, "--handle", f"handle-{n}", "--circle", "inner"]).ok
    log = ["log", "-w", "worst", "-k", "coffee", "--on", "2026-09-01", "-o", "goal", "--next", f"send {WORST}"]
    for words in (
        ["contact", "add", WORST, "--handle", "worst", "--circle", "inner", "--org", WORST, "--title", WORST],
        ["objective", "add", WORST, "--key", "goal", "--why", WORST, "--looking-for", WORST],
        ["circle", "add", WORST, "--every", "4w"],
        ["group", "add", WORST, "--with", "worst"],
        ["group", "add", "table", "--with", "worst"],
        ["objective", "add", "Theirs", "--client", "worst", "--ask", WORST, "--org", WORST, "-t", "sre"],
        [*log, "--note", WORST, "--gave", WORST, "--they", f"call {WORST}", "about", WORST, "#sre", "+theirs"],
        ["opportunity", "add", WORST, "--org", WORST, "--through", "worst", "--note", WORST],
        ["contact", "edit", "handle-1", "--org", "Acme", "--title", WORST],
        ["contact", "edit", "worst", "--note", f"{WORST} again"],
    ):
        assert netj(words).ok


def harmless(text: str) -> bool:
    """Whether text holds nothing that a terminal acts on, but for line ends and tabs."""
    return all(c.isprintable() or c in "\r\n\t" for c in text.replace("\u200d", ""))


def test_every_command_that_reads_is_among_the_views() -> None:
    # An export is a file; what else reads has nothing of the journal's own texts in it.
    others = {"export", "backup list", "backup verify", "doctor"}
    assert {name for name in LINES.keys() - WRITERS - others if not any(v.startswith(name) for v in VIEWS)} == set()


@pytest.mark.parametrize("form", FORMATS)
def test_a_view_on_a_terminal_holds_nothing_that_acts_on_it(form: str, netj: Netj) -> None:
    for view in VIEWS:
        ended = netj(f"{view} -f {form}", tty=True, env=WIDE)
        assert (view, ended.code) == (view, 0)
        assert harmless(ended.stdout.replace("\r", "\x00")), (view, ended.stdout)


def test_a_view_in_colour_holds_only_the_colours_of_the_program(netj: Netj) -> None:
    colours = {**WIDE, "NO_COLOR": "", "TERM": "xterm-256color"}
    told = [netj(f"{view} -f table", tty=True, env=colours) for view in VIEWS]
    for view, ended in zip(VIEWS, told, strict=True):
        plain = re.sub(r"\x1b\[[0-9;]*m", "", ended.stdout)
        assert harmless(plain.replace("\r", "\x00")), (view, plain)
        assert "\x1b[31mRed" not in ended.stdout
    assert any("\x1b[" in ended.stdout for ended in told)


def test_each_name_is_shown_whole_in_a_table(netj: Netj) -> None:
    listed = netj("contact list -f table --fields name", tty=True, env=WIDE).ok.stdout
    for shown in SHOWN.values():
        assert shown in listed


def test_all_of_them_in_one_name_are_shown_whole_on_its_pages(netj: Netj) -> None:
    pages = ["contact show worst", "interaction show 1", "objective show goal"]
    for page in pages:
        assert " ".join(SHOWN.values()) in netj(f"{page} -f table", tty=True, env={"COLUMNS": "2000"}).ok.stdout


@pytest.mark.parametrize("form", ["table", "md"])
def test_markdown_and_tables_in_a_pipe_are_harmless_too(form: str, netj: Netj) -> None:
    for view in VIEWS:
        assert harmless(netj(f"{view} -f {form}", env=WIDE).ok.stdout.replace("\r", "\x00")), view


def test_markup_in_a_name_is_no_markup_in_markdown(netj: Netj) -> None:
    listed = netj("contact list -f md --fields name").ok.stdout
    assert r"Mark\[red\]up\[/\]" in listed


def test_ndjson_is_exact_and_ascii(netj: Netj) -> None:
    ended = netj("contact list -f ndjson --fields name,organization")
    assert ended.ok.stdout.isascii()
    rows = [json.loads(line) for line in ended.stdout.splitlines()]
    assert sorted(row["name"] for row in rows) == sorted(STORED)
    assert {row["organization"] for row in rows} == {None, "Acme", STORED[0]}


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_an_export_is_exact_and_holds_nothing_that_acts_on_a_terminal(form: str, netj: Netj) -> None:
    ended = netj(f"export --as {form}")
    assert harmless(ended.ok.stdout.replace("\r", "\x00"))
    told = json.loads(ended.stdout) if form == "json" else [json.loads(line) for line in ended.stdout.splitlines()]
    assert sorted(r["name"] for r in told if r["type"] == "contact") == sorted(STORED)
    assert [r["note"] for r in told if r["type"] == "interaction"] == [WORST]


MISTAKES: Final = [
    ["log", "-w", "worst", "about", WORST, "--next", f"send {WORST}"],
    ["log", "-w", WORST, "about", WORST],
    ["log", "-w", f"{WORST[:9]} Someone", "about", "x"],
    ["contact", "show", f"{WORST}x"],
    ["contact", "show", "E"],
    ["contact", "add", "Somebody", "--circle", WORST],
    ["contact", "add", WORST, "--org", WORST],
    ["objective", "show", WORST],
    ["timeline", f"+{WORST}"],
    ["circle", "edit", WORST, "--every", WORST],
    ["group", "add", WORST],
    ["org", "show", f"{WORST}x"],
    ["log", "--on", WORST, "-w", "worst"],
    ["due", "-f", WORST],
    ["due", "--fields", WORST],
    [WORST],
    ["due", f"--{WORST}"],
    ["--db", f"/dev/null/{WORST}", "log", "@worst"],
    ["import", WORST],
    ["undo"],
]


@pytest.mark.parametrize("terminal", [True, False])
def test_receipts_and_errors_hold_nothing_that_acts_on_a_terminal(terminal: bool, netj: Netj) -> None:
    for words in MISTAKES:
        ended = netj(words, tty=terminal, env={**WIDE, "NETJ_FORMAT": "table"})
        for text in (ended.stdout, ended.stderr):
            assert harmless(text.replace("\r", "\x00")), (words, text)
        assert ended.code != 1, (words, ended)


def test_candidates_are_told_by_handle_and_not_by_name(netj: Netj) -> None:
    name = NAMES[1]
    assert netj(["contact", "add", name, "--handle", "twin", "--org", "Elsewhere"]).ok
    ended = netj(["contact", "show", name])
    assert ended.code == 3
    assert ended.stderr.splitlines()[1:3] == ["  handle-1", "  twin"]


def test_a_process_of_its_own_shows_a_name_as_this_one_does(netj: Netj, warm: Warm, spawn: Spawn) -> None:
    assert spawn("contact list -f md").stdout == netj("contact list -f md").stdout
    shown = warm("contact list -f table", terminal=True, env=WIDE).ok.stdout
    # A terminal adds CR to each line end, and only there.
    assert shown.replace("\r\n", "\n") == netj("contact list -f table", tty=True, env=WIDE).stdout
