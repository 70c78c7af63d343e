"""What goes into the wheel beside the program: the manual page, made from the code, and the completion scripts."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from netjournal.cli import lazy
from netjournal.cli.tree import TABLE
from rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "man" / "netj.1"
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_manual_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="ascii") == runpy.run_path(str(ROOT / "docs" / "manual.py"))["page"](), (
        "run `python docs/generate.py`"
    )


def test_the_manual_page_names_every_command_with_its_options_and_examples() -> None:
    page = PAGE.read_text(encoding="ascii").replace("\\-", "-")
    told = dict(re.findall(r"^\\fBnetj ([^\\]+)\\fR.*\n\.RS 4\n((?:.*\n)*?)\.EE\n", page, re.MULTILINE))
    top = lazy.group(TABLE)
    commands = {
        f"{name} {verb}".strip(): command
        for name in TABLE
        for verb, command in (getattr(top.commands[name], "commands", None) or {"": top.commands[name]}).items()
    }
    assert told.keys() == commands.keys()
    told_once = {"--format", "--fields", "--no-header", "--help"}
    for name, command in commands.items():
        options = {max(p.opts, key=len) for p in command.params if p.param_type_name == "option"}
        assert {option for option in options if f"\\fB{option}\\fR" not in told[name]} <= told_once, name
        assert told[name].partition("\n.EX\n")[2].count("netj ") >= 2


LINTERS: Final = {
    "mandoc": ("mandoc", "-T", "lint", "-W", "warning"),
    "groff": ("groff", "-man", "-ww", "-z"),
}


@pytest.mark.parametrize("linter", LINTERS)
def test_a_formatter_finds_nothing_wrong_with_it(linter: str) -> None:
    if shutil.which(linter) is None:
        pytest.skip(f"{linter} is not installed here")
    said = subprocess.run([*LINTERS[linter], str(PAGE)], capture_output=True, text=True, check=False)
    # Before its release a page has no date.
    lines = [line for line in (said.stdout + said.stderr).splitlines() if "missing date" not in line]
    assert lines == []


def test_no_line_of_the_page_is_taken_for_a_request_that_it_is_not() -> None:
    macros = {"TH", "SH", "SS", "PP", "TP", "RS", "RE", "EX", "EE", "B", "BR", "br", '\\"'}
    lines = PAGE.read_text(encoding="ascii").splitlines()
    assert {line[1:].split()[0] for line in lines if line[:1] in (".", "'")} <= macros
    assert [lines.count(macro) for macro in (".RS 4", ".EX")] == [lines.count(macro) for macro in (".RE", ".EE")]


def test_the_wheel_puts_each_file_where_its_reader_looks() -> None:
    shared = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    load = "# Completion of netj for {}: load it with `{}`."
    assert {
        place: (ROOT / source).read_text(encoding="utf-8").partition("\n")[0] for source, place in shared.items()
    } == {
        "share/man/man1/netj.1": '.\\" Made from the code by python docs/generate.py; change the code, not this page.',
        "share/bash-completion/completions/netj": load.format("bash", "source <(netj completion bash)"),
        "share/zsh/site-functions/_netj": "#compdef netj",
        "share/fish/vendor_completions.d/netj.fish": load.format("fish", "netj completion fish | source"),
    }


def _needed(package: str, extras: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """What a package asks for on this machine."""
    for asked in map(Requirement, metadata.requires(package) or ()):
        if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield asked.name, frozenset(asked.extras)


def test_every_package_that_the_gate_installs_is_pinned_to_one_version() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []
    pinned = {canonicalize_name(line.partition("==")[0]) for line in lines}
    seen = {("netjournal", frozenset({"dev", ""}))}
    queue = [*seen]
    while queue:
        for name, extras in _needed(*queue.pop()):
            if (name, extras) not in seen:
                seen.add((name, extras))
                queue.append((name, extras))
    assert len(seen) > 20
    assert {canonicalize_name(name) for name, _ in seen} - {"netjournal"} - pinned == set()


@rows("name", ["contributing.md", "releasing.md"])
def test_what_the_guides_name_is_there(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/.])((?:\.ci|docs|src|tests)/[\w./-]*\w/?)", text))
    assert len(named) >= 9
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
