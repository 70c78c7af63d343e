"""Every example in the help of a command does what it should."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

import pytest

from documents import script
from homes import lay_out
from netjournal.cli.tree import TABLE
from rows import rows
from snippets import words

if TYPE_CHECKING:
    from conftest import Netj


@cache
def helps() -> list[tuple[str, str]]:
    return list(script("generate").helps(200))


def examples() -> list[tuple[str, str]]:
    return [
        (name, line.strip())
        for name, text in helps()
        for line in text.partition("Examples:")[2].splitlines()
        if line.startswith("    netj ")
    ]


def test_every_command_has_two_examples_in_its_help() -> None:
    count = Counter(name for name, _ in examples())
    assert [name for name, text in helps() if "\nCommands:" not in text and count[name] < 2] == []
    assert {name.split()[1] for name in count} == set(TABLE)


#: What examples speak of.
_GIVEN: Final = [
    ["objective", "add", "Platform role", "--topic", "sre"],
    ["objective", "add", "Speaking"],
    [
        "log",
        "-w",
        "Dana Whitfield @ Acme",
        "-w",
        "Sam Lee",
        "--new",
        "--circle",
        "inner",
        "hiring #hiring +platform-role",
    ],
    ["log", "-w", "Priya Nair @ Globex", "--new", "--circle", "inner", "hiring", "--direction", "in"],
    ["contact", "add", "Dana Whitfield", "--handle", "dana-whitfield-2", "--org", "Globex"],
    ["contact", "add", "D. Whitfield", "--org", "Globex Europe"],
    ["contact", "add", "Ana Ruiz", "--org", "Acme"],
    ["group", "add", "Tuesday circle", "--with", "dana-whitfield", "--with", "priya"],
    *[["opportunity", "add", f"Role {n}", "--through", "dana-whitfield", "--on", "2026-11-01"] for n in range(3)],
    *([["log", "--on", "yesterday", "--next", "send the notes", "dana +speaking"]] * 13),
]
#: An editor that leaves a remark: where an example opens one.
_EDITOR: Final = shlex.join([sys.executable, "-c", "import sys; open(sys.argv[1], 'a').write('# seen')"])
#: What must be otherwise before some examples, by how they begin.
_BEFORE: Final = {
    "netj contact add": [
        ["contact", "delete", who, "--yes"] for who in ("dana-whitfield", "dana-whitfield-2", "priya")
    ],
    "netj restore": [["backup"]],
    "netj group add": [["group", "delete", "Tuesday circle"]],
    "netj redo": [["undo"]],
    "netj objective resume": [["objective", "pause", "speaking"], ["objective", "pause", "platform-role"]],
    "netj objective add": [
        ["objective", "edit", "speaking", "--key", "talks"],
        ["objective", "edit", "platform-role", "--title", "Another role"],
    ],
    'netj org merge Acme "Acme Robotics"': [["contact", "add", "Rae Kim", "--org", "Acme Robotics"]],
    'netj org rename "acme robotics"': [["org", "rename", "Acme", "Acme Robotics"]],
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that holds what the examples of the help texts speak of."""
    from netjournal.cli.app import run

    folder = tmp_path_factory.mktemp("prepared")
    journal = folder / "journal.db"
    with patch.dict(os.environ, {"NETJ_TODAY": "2026-11-23", "NETJ_CONFIG": str(folder / "config.toml")}):
        for line in _GIVEN:
            assert run(["--db", str(journal), *line, "-f", "ndjson"]) == 0
    return journal


@pytest.mark.parametrize("command", TABLE)
def test_every_example_of_a_help_text_runs(
    command: str,
    netj: Netj,
    prepared: Path,
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = [example for name, example in examples() if name.split()[1] == command]

    @rows("example", given)
    def runs(example: str) -> None:
        home = Path(tempfile.mkdtemp(dir=tmp_path))
        environment.update(HOME=str(home), NETJ_DB=str(home / "journal.db"), NETJ_CONFIG=str(home / "config.toml"))
        monkeypatch.chdir(home)
        monkeypatch.setattr(tempfile, "tempdir", str(home))
        shutil.copy(prepared, home / "journal.db")
        if command == "import":
            lay_out(home)
            (home / "people.csv").write_text("Name,Mail,Firm\nAda Obi,ada@example.com,Contoso\n", encoding="utf-8")
        _run(example, netj)

    runs()


#: What the file of an evening holds.
_EVENING: Final = "event: Data meetup\n- Eve Adams @ Contoso: hires\n"


def _run(example: str, netj: Netj) -> None:
    for line in next((lines for begin, lines in _BEFORE.items() if example.startswith(begin)), []):
        assert netj(line).ok
    said = ""
    ran = 0
    for part in _parts(example):
        if part[0] != "netj":
            continue
        # What asks before it deletes is shown in its help as it is used on a terminal.
        asks = (part[1:3] == ["contact", "delete"] or part[1] == "restore") and "--yes" not in part
        typed = part
        if "<" in part:
            said, typed = _EVENING, part[: part.index("<")]
        result = netj(typed[1:], stdin="yes\n" if asks else said, tty=asks, env={"VISUAL": _EDITOR})
        assert result.code in ((0, 10) if "--check" in part else (0,)), result.stderr
        said = result.stdout
        ran += 1
    assert ran


def _parts(example: str) -> list[list[str]]:
    """The programs of a command line with their arguments; where their output goes is left out."""
    parts: list[list[str]] = [[]]
    spoken = iter(words(example))
    for word in spoken:
        if word in ("|", "||", "&&", ";"):
            parts.append([])
        elif word in (">", ">>"):
            next(spoken)
        else:
            parts[-1].append(word)
    return parts
