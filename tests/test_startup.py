"""What a command may import: a set, from a fresh interpreter, so that no stopwatch is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from conftest import Netj

#: Never on a path that only reads.
HEAVY = frozenset(
    {
        "asyncio",
        "bz2",
        "dataclasses",
        "dateutil",
        # Python 3.12's own pathlib looks into it.
        *(("fnmatch",) if sys.version_info[:2] != (3, 12) else ()),
        "importlib.metadata",
        "ipaddress",
        "lzma",
        "platformdirs",
        "pydantic",
        "rich",
        "sqlalchemy",
        "sqlmodel",
        "subprocess",
        "textwrap",
        "tokenize",
        "tomllib",
    }
)
#: Never where the answer is in the program itself.
ALMOST_ALL = HEAVY | {"datetime", "inspect", "json", "pathlib", "shutil", "sqlite3", "subprocess", "typer"}
BARE = frozenset(f"netjournal{module}" for module in ("", ".errors", ".cli", ".cli.app", ".cli.boundary", ".cli.tree"))
#: The page that names all commands is broken at the terminal's width.
PAGE = frozenset({"netjournal.render", "netjournal.render.width"})
#: What every command that goes through Typer needs.
SHELL = BARE | {
    f"netjournal.{module}" for module in ("clock", "config", "cli.context", "cli.later", "cli.lazy", "cli.stderr")
}


def _ours(layer: str, modules: str) -> frozenset[str]:
    return frozenset({f"netjournal.{layer}", *(f"netjournal.{layer}.{module}" for module in modules.split())})


#: What every answer from the journal needs: the opener, and for rows the formats that are no table.
STORE = SHELL | _ours("store", "queries sqlite sqlite.faults sqlite.opener")
ROWS = STORE | _ours("render", "machine plain show") | {"netjournal.cli.options"}
#: Looking up a contact, an objective or a circle by what was typed.
FIND = (
    _ours("domain", "names text words kinds")
    | _ours("reports", "find")
    | _ours("store.queries", "contacts lists names organizations")
)
CLOCK = (
    _ours("domain", "cadence replies")
    | _ours("reports", "clock promises")
    | _ours("store.queries", "followups interactions")
)
DUE = (
    ROWS
    | FIND
    | CLOCK
    | _ours("cli", "due")
    | _ours("domain", "counts dates naming purpose rhythm score terms")
    | _ours("reports", "due due_facts reasons signals")
    | _ours("store.queries", "due objectives")
)


PREP = (
    ROWS
    | FIND
    | CLOCK
    | _ours("cli", "prep")
    | _ours("domain", "health opportunities purpose rhythm searching terms")
    | _ours(
        "reports",
        "interactions prep prep.met prep.objectives prep.person prep.row prep.said prep.tie prep.who signals work",
    )
    | _ours("store", "connection sqlite.search")
    | _ours("store.queries", "introductions objectives prep")
)
REVIEW = (
    ROWS
    | FIND
    | _ours("cli", "review spans")
    | _ours("domain", "cadence dates health naming opportunities purpose review")
    | _ours("reports", "clock opportunities ties")
    | _ours("reports", "review review.bonds review.figures review.look review.moments review.objectives review.rows")
    | _ours("store.queries", "followups objectives opportunities review ties")
)


PLAN = (
    DUE
    | _ours("cli", "plan")
    | _ours("domain", "capacity naming plan")
    | _ours("reports", "plan plan_wishes")
    | _ours("store.queries", "plan")
)


class Path(NamedTuple):
    """A command, the modules it may not import, and those of ours that it may."""

    command: str
    banned: frozenset[str]
    ours: frozenset[str]


PATHS = (
    Path("--version", ALMOST_ALL, BARE),
    Path("--help", ALMOST_ALL, BARE | PAGE),
    Path("--db x.db --help", HEAVY, SHELL | PAGE),
    Path("due", HEAVY, DUE),
    Path("due -f json --limit 20 --explain", HEAVY, DUE),
    Path("next -f json", HEAVY, DUE | _ours("cli", "next") | _ours("reports", "last")),
    Path(
        "contact show dana-whitfield -f json",
        HEAVY,
        ROWS | FIND | CLOCK | _ours("cli", "contact contact_life") | _ours("reports", "contacts work"),
    ),
    Path("prep dana-whitfield -f json", HEAVY, PREP),
    Path("plan -f json", HEAVY, PLAN),
    Path("review -f json", HEAVY, REVIEW),
    Path(
        "objective list -f json",
        HEAVY,
        ROWS
        | FIND
        | _ours("cli", "objective objective_life")
        | _ours("domain", "cadence health purpose")
        | _ours("reports", "clock objectives support ties")
        | _ours("store.queries", "followups objectives review support ties"),
    ),
    Path(
        "timeline dana-whitfield -f json",
        HEAVY,
        ROWS
        | FIND
        | CLOCK
        | _ours("cli", "held timeline")
        | _ours("domain", "purpose")
        | _ours("reports", "interactions")
        | _ours("store.queries", "objectives scope"),
    ),
    Path(
        "due --dormant",
        HEAVY,
        DUE | _ours("domain", "dormant health") | _ours("reports", "dormant") | _ours("store.queries", "dormant"),
    ),
    Path(
        "opportunity list -f json",
        HEAVY,
        ROWS
        | FIND
        | CLOCK
        | _ours("cli", "opportunity")
        | _ours("domain", "opportunities")
        | _ours("reports", "opportunities")
        | _ours("store.queries", "opportunities"),
    ),
    Path(
        "export",
        HEAVY,
        STORE
        | FIND
        | _ours("cli", "export exporting options spans")
        | _ours("domain", "dates")
        | _ours("interchange", "files ndjson")
        | _ours("reports", "export")
        | _ours("store.queries", "export export_interactions scope"),
    ),
)

SCRIPT = """
import json, sys
before = set(sys.modules)
from netjournal.cli.app import run
code = run(sys.argv[1:])
waiting = {name for name, module in sys.modules.items() if type(module).__name__ == "_Later"}
print(json.dumps([code, sorted(set(sys.modules) - before - waiting)]), file=sys.stderr)
"""


def imported_by(command: str, environment: dict[str, str]) -> set[str]:
    """The modules that a fresh interpreter imports for a command."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *command.split()], env=environment, capture_output=True, text=True, check=True
    )
    code, modules = json.loads(ended.stderr.splitlines()[-1])
    assert code == 0
    return set(modules)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.command)
def test_a_command_imports_only_what_it_needs(path: Path, environment: dict[str, str], netj: Netj) -> None:
    netj("contact add 'Dana Whitfield' --circle inner").ok  # noqa: B018  # it must succeed
    netj("log --on 2026-10-01 'coffee with dana about hiring' --next 'send the deck'").ok  # noqa: B018
    modules = imported_by(path.command, environment)
    assert modules & path.banned == set()
    assert {name for name in modules if name.partition(".")[0] == "netjournal"} <= path.ours


def test_a_module_put_off_is_loaded_when_it_is_looked_into_and_one_that_cannot_be_is_missed_as_before() -> None:
    script = """
import sys
from types import ModuleType
from netjournal.cli import later
later.put_off({"textwrap": "", "lzma": "_no_such_part", "tabnanny": "", "json": ""})
import tabnanny
import textwrap
assert type(textwrap) is type(tabnanny) is later._Later and "lzma" not in sys.modules and "dedent" not in vars(textwrap)
from textwrap import dedent
assert type(textwrap) is ModuleType and dedent(" a") == "a" and sys.modules["textwrap"] is textwrap
tabnanny.__spec__.loader.exec_module = lambda module: 1 / 0
for _ in range(2):
    try:
        tabnanny.check
    except ZeroDivisionError:
        assert type(tabnanny) is later._Later
    else:
        raise AssertionError
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
