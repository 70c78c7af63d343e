"""What a command may import: a set, from a fresh interpreter, so that no stopwatch is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import NamedTuple

import pytest

#: Never on a path that only reads.
HEAVY = frozenset(
    {
        "asyncio",
        "dataclasses",
        "dateutil",
        "importlib.metadata",
        "platformdirs",
        "pydantic",
        "rich",
        "sqlalchemy",
        "sqlmodel",
        "tomllib",
    }
)
#: Never where the answer is in the program itself.
ALMOST_ALL = HEAVY | {"datetime", "inspect", "json", "pathlib", "shutil", "sqlite3", "subprocess", "typer"}
BARE = frozenset(f"netjournal{module}" for module in ("", ".errors", ".cli", ".cli.app", ".cli.boundary", ".cli.tree"))
#: What every command that goes through Typer needs.
SHELL = BARE | {f"netjournal.{module}" for module in ("clock", "config", "cli.context", "cli.lazy")}


class Path(NamedTuple):
    """A command, the modules it may not import, and those of ours that it may."""

    command: str
    banned: frozenset[str]
    ours: frozenset[str]


PATHS = (
    Path("--version", ALMOST_ALL, BARE),
    Path("--help", ALMOST_ALL, BARE),
    Path("--db x.db --help", HEAVY, SHELL),
)

SCRIPT = """
import json, sys
before = set(sys.modules)
from netjournal.cli.app import run
code = run(sys.argv[1:])
json.dump([code, sorted(set(sys.modules) - before)], sys.stderr)
"""


def imported_by(command: str, environment: dict[str, str]) -> set[str]:
    """The modules that a fresh interpreter imports for a command."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *command.split()], env=environment, capture_output=True, text=True, check=True
    )
    code, modules = json.loads(ended.stderr)
    assert code == 0
    return set(modules)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.command)
def test_a_command_imports_only_what_it_needs(path: Path, environment: dict[str, str]) -> None:
    modules = imported_by(path.command, environment)
    assert modules & path.banned == set()
    assert {name for name in modules if name.partition(".")[0] == "netjournal"} <= path.ours
