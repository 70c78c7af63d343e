"""What completion knows without loading a command: the same as the commands say, and cheap to know."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from completion_journal import fill

from netjournal.cli import expected, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Netj


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "journal.db"
    fill(path)
    return path


@pytest.fixture
def journal(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared, tmp_path / "journal.db"))


@pytest.fixture
def offered(netj: Netj) -> Callable[[str], list[str]]:
    """A function that gives the candidates for a line up to the cursor."""

    def call(line: str) -> list[str]:
        answer = netj([tree.COMPLETE, line])
        assert (answer.code, answer.stderr) == (0, "")
        return [text.partition("\t")[0] for text in answer.stdout.splitlines()]

    return call


def real_commands() -> Iterator[tuple[str, Any]]:
    for name, entry in tree.TABLE.items():
        found = expected.real(name)
        if tree.has_verbs(entry):
            for verb, below in found.commands.items():
                yield f"{name} {verb}", below
        else:
            yield name, found


def test_the_tables_say_of_each_option_what_the_command_says() -> None:
    wrong = []
    for command, found in real_commands():
        for parameter in found.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                kind = expected.option_kind(command, option)
                said = expected.kind_of(parameter)
                if (kind == expected.FLAG) != parameter.is_flag:
                    wrong.append(f"{command} {option}: {kind}")
                elif said != expected.ANYTHING and kind.replace("guest", "who").partition("-")[0] != said:
                    wrong.append(f"{command} {option}: {kind}, but it takes {said}")
    assert wrong == []


def test_the_tables_say_of_each_argument_what_the_command_says() -> None:
    real = dict(real_commands())
    wrong = []
    for command, kinds in expected.ARGUMENTS.items():
        if command.split()[0] not in tree.TABLE or (" " in command and command not in real):
            continue
        given = [p for p in real[command].params if p.param_type_name == "argument"]
        # A last word of no kind may come again: nothing is offered for it.
        told = [
            (kind.endswith("…"), p.nargs == -1) for kind, p in zip(kinds, given, strict=False) if kind != "anything"
        ]
        if any(said != is_so for said, is_so in told) or len(given) < len(kinds):
            wrong.append(command)
    assert wrong == []


def test_a_command_that_the_tables_do_not_hold_is_asked_itself(
    journal: Path, offered: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["netj contact show da", "netj due --circle inn", "netj export --to ", "netj due -f js", "netj undo x"]
    known = [offered(line) for line in lines]
    for table in ("OPTIONS", "OPTIONS_OF", "ARGUMENTS"):
        monkeypatch.setattr(expected, table, {})
    assert [offered(line) for line in lines] == known


HEAVY = {
    *("dataclasses", "dateutil", "inspect", "json", "platformdirs", "rich", "sqlalchemy", "sqlmodel", "subprocess"),
    *("tomllib", "typer"),
}
OURS = {
    *("cli", "cli.app", "cli.boundary", "cli.complete", "cli.expected", "cli.tree", "config", "domain", "domain.kinds"),
    *("errors", "render", "render.plain", "store", "store.queries", "store.queries.complete", "store.sqlite"),
    *("store.sqlite.faults", "store.sqlite.glance", "store.sqlite.opener"),
}
SCRIPT = """
import sys
before = set(sys.modules)
from netjournal.cli.app import run
code = run(sys.argv[1:])
print(code, *sorted(set(sys.modules) - before))
"""


@pytest.mark.parametrize(
    "line", ["netj log @da", "netj contact show da", "netj log --done ", "netj log 'x +pl", "netj "]
)
def test_a_handle_is_completed_without_typer_orm_or_rich(journal: Path, environment: dict[str, str], line: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, tree.COMPLETE, line], env=environment, capture_output=True, text=True, check=True
    )
    *answer, last = ended.stdout.splitlines()
    code, *modules = last.split()
    assert code == "0"
    assert answer
    assert HEAVY & set(modules) == set()
    ours = {name for name in modules if name.partition(".")[0] == "netjournal"}
    assert ours <= {"netjournal", *(f"netjournal.{name}" for name in OURS)}


def test_the_hidden_command_is_in_no_help(netj: Netj) -> None:
    assert tree.COMPLETE not in netj("--help").ok.stdout
