"""Names that try to move the cursor, colour the screen, reorder a line or pose as markup: shown harmlessly everywhere."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from forked import Warm

    from conftest import Spawn

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
NAMES: Final = list(SHOWN)
#: A line end inside a name is one blank when it is stored.
STORED: Final = [name.replace("\r", " ") for name in NAMES]
VIEWS: Final = [
    "contact list",
    "contact show {handle}",
    "due",
    "due --all --explain",
    "next",
    "timeline {handle}",
    "timeline +{key}",
    "interaction list",
    "interaction show {id}",
    "objective list",
    "objective show {key}",
    "circle list",
    "org list",
    "group list",
    "followup list",
    "search {word}",
]
HANDLE: Final = {name: re.sub("[^a-z0-9]+", "-", f"handle-{n}") for n, name in enumerate(NAMES)}
WIDE: Final = {"COLUMNS": "250"}


@pytest.fixture(scope="module")
def template(warm_parent: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal where each of the names is a contact's, an organization's, an objective's, a note, a promise…"""
    path = tmp_path_factory.mktemp("hostile") / "journal.db"
    environment = {"NETJ_DB": str(path), "NETJ_CONFIG": str(path.parent / "no.toml"), "NETJ_TODAY": "2026-11-23"}
    for n, name in enumerate(NAMES):
        for words in (
            ["contact", "add", name, "--handle", HANDLE[name], "--circle", "inner", "--org", f"Org {name}", "--title", name],
            ["objective", "add", f"Goal {name}", "--key", f"goal-{n}", "--why", name, "--looking-for", name],
            ["circle", "add", f"Circle {name}", "--every", "4w"],
            ["group", "add", f"Group {name}", "--with", HANDLE[name]],
            ["log", "-w", HANDLE[name], "-k", "coffee", "--on", "2026-09-01", "-o", f"goal-{n}", "--note", name,
             "--next", f"send {name}", "--gave", name, "about", name],
        ):  # fmt: skip
            assert warm_parent(words, env=environment).ok
    return path


@pytest.fixture(autouse=True)
def journal(template: Path, warm: Warm) -> None:
    """A copy of it for each test."""
    shutil.copy(template, warm.environment["NETJ_DB"])


def lines_of(view: str, n: int) -> str:
    word = re.match("[A-Za-z]+", NAMES[n])
    assert word is not None
    return view.format(handle=HANDLE[NAMES[n]], key=f"goal-{n}", id=n + 1, word=word[0])


def harmless(text: str) -> bool:
    """Whether text holds nothing that a terminal acts on, but for line ends and tabs."""
    return all(c.isprintable() or c in "\r\n\t" for c in text.replace("\u200d", ""))


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_on_a_terminal_holds_nothing_that_acts_on_it(view: str, warm: Warm) -> None:
    seen = ""
    for format in ("table", "md", "tsv", "csv", "json", "ndjson"):
        for n in range(len(NAMES)) if "{" in view and format == "table" else (0,):
            ended = warm([*lines_of(view, n).split(), "-f", format], terminal=True, env=WIDE)
            assert ended.code == 0, ended
            # A terminal adds CR to each line end, and only there.
            assert harmless(ended.stdout.replace("\r\n", "\n").replace("\r", "\x00")), (format, ended.stdout)
            seen += ended.stdout if format == "table" else ""
    assert "\\x1b" in seen or "Esc" not in seen


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_in_colour_holds_only_colours(view: str, warm: Warm) -> None:
    colours = {**WIDE, "NO_COLOR": "", "TERM": "xterm-256color"}
    ended = warm([*lines_of(view, 0).split(), "-f", "table"], terminal=True, env=colours)
    assert ended.code == 0
    # Colours that the program itself chose: the stored one is 31 alone, and its ESC would not survive.
    plain = re.sub(r"\x1b\[[0-9;]*m", "", ended.stdout)
    assert harmless(plain.replace("\r\n", "\n").replace("\r", "\x00")), plain
    assert "\x1b[31mRed" not in ended.stdout


def test_each_name_is_shown_whole_in_a_table(warm: Warm) -> None:
    listed = warm("contact list -f table --fields name", terminal=True, env=WIDE).ok.stdout
    for shown in SHOWN.values():
        assert shown in listed


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_shown_whole_on_its_own_page(name: str, warm: Warm) -> None:
    for command in (
        f"contact show {HANDLE[name]}",
        f"interaction show {NAMES.index(name) + 1}",
        f"timeline {HANDLE[name]}",
    ):
        assert SHOWN[name] in warm(f"{command} -f table", terminal=True, env=WIDE).ok.stdout, command


def test_markdown_and_tables_in_a_pipe_are_harmless_too(warm: Warm) -> None:
    for view in VIEWS:
        for format in ("table", "md"):
            ended = warm([*lines_of(view, 0).split(), "-f", format], env=WIDE)
            assert harmless(ended.ok.stdout.replace("\r", "\x00")), (view, format)


def test_markup_in_a_name_is_no_markup_in_markdown(warm: Warm) -> None:
    listed = warm("contact list -f md --fields name").ok.stdout
    assert r"Mark\[red\]up\[/\]" in listed


def test_ndjson_is_exact_and_ascii(warm: Warm) -> None:
    ended = warm("contact list -f ndjson --fields name,organization")
    assert ended.ok.stdout.isascii()
    rows = [json.loads(line) for line in ended.stdout.splitlines()]
    assert sorted(row["name"] for row in rows) == sorted(STORED)
    assert sorted(row["organization"] for row in rows) == sorted(f"Org {name}" for name in STORED)


@pytest.mark.parametrize("format", ["json", "ndjson"])
def test_an_export_is_exact_and_holds_nothing_that_acts_on_a_terminal(format: str, warm: Warm) -> None:
    ended = warm(f"export --as {format}")
    assert harmless(ended.ok.stdout.replace("\r", "\x00"))
    told = json.loads(ended.stdout) if format == "json" else [json.loads(line) for line in ended.stdout.splitlines()]
    assert sorted(r["name"] for r in told if r["type"] == "contact") == sorted(STORED)
    # A note is kept as it was typed, but for its line ends.
    assert {r["note"] for r in told if r["type"] == "interaction"} >= {n for n in NAMES if "\r" not in n}


@pytest.mark.parametrize("terminal", [True, False])
def test_receipts_and_errors_hold_nothing_that_acts_on_a_terminal(terminal: bool, warm: Warm) -> None:
    for name in NAMES:
        for words in (
            ["log", "-w", HANDLE[name], "about", name, "--next", f"send {name}"],
            ["log", "-w", name, "about", name],
            ["log", "-w", f"{name} Someone", "about", "x"],
            ["contact", "show", f"{name}x"],
            ["contact", "show", name[:1]],
            ["contact", "add", f"{name} II", "--circle", name],
            ["contact", "add", name, "--org", f"Org {name}"],
            ["objective", "show", name],
            ["timeline", f"+{name}"],
            ["circle", "edit", name, "--every", name],
            ["group", "add", f"Group {name}"],
            ["org", "show", f"{name}x"],
            ["log", "--on", name, "-w", HANDLE[name]],
            ["due", "-f", name],
            ["due", "--fields", name],
            [name],
            ["due", f"--{name}"],
            ["undo"],
        ):
            ended = warm(words, terminal=terminal, env={**WIDE, "NETJ_FORMAT": "table"})
            for text in (ended.stdout, ended.stderr):
                assert harmless(text.replace("\r\n", "\n").replace("\r", "\x00")), (words, text)
            assert ended.code != 1, (words, ended)


def test_candidates_are_told_by_handle_and_not_by_name(warm: Warm) -> None:
    assert warm(["contact", "add", NAMES[0], "--handle", "twin", "--org", "Elsewhere"]).ok
    ended = warm(["contact", "show", NAMES[0]])
    assert ended.code == 3
    assert ended.stderr.splitlines()[1:3] == ["  handle-0", "  twin"]


def test_a_spawned_command_shows_a_name_as_a_forked_one_does(warm: Warm, spawn: Spawn) -> None:
    assert spawn("contact list -f md").stdout == warm("contact list -f md").stdout
