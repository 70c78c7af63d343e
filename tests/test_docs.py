"""The documents say what the program does: pages made again, and their examples run."""

from __future__ import annotations

import inspect
import itertools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from documents import DOCS, PAGES, ROOT, name_of, script
from homes import lay_out, shims, warmed
from netjournal import clock
from snippets import Step, console, is_netj_alone, words

if TYPE_CHECKING:
    from types import FrameType

    from conftest import Netj

_UID: Final = re.compile(r"\b[0-9a-f]{32}\b")
_BLOCK: Final = re.compile(
    r"^(?:<!-- today: (\S+) -->\n)?```(?:console|sh)\n(\$ netj.*?)^```$", re.MULTILINE | re.DOTALL
)


# --- pages made from the code


def test_the_reference_is_what_the_code_says() -> None:
    there = {page.name: page.read_text(encoding="utf-8") for page in (DOCS / "reference").iterdir()}
    made = script("generate").pages()
    assert set(there) == set(made), "a page that is not made from the code, or one that is not there"
    assert [name for name in made if there[name] != made[name]] == [], "run `python docs/generate.py`"
    listed = (DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    assert listed == script("generate").decisions(), "run `python docs/generate.py`"


def test_every_variable_of_the_environment_that_is_read_is_on_the_page_of_settings() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r'\benviron(?:\.get\(|\[)"(\w+)"(?!\] = )', source))
    assert {"NETJ_DB", "VISUAL", "TERM"} <= read
    page = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    assert {name for name in read | {clock.PIN} if f"`{name}`" not in page} == set()


def test_the_picture_is_what_the_program_prints_and_fetches_nothing() -> None:
    picture = script("picture")
    drawn = picture.PICTURE.read_text(encoding="utf-8")
    assert drawn == picture.make(), "run `python docs/picture.py`"
    assert set(re.findall(r"\w+://[^\s\"'<]*", drawn)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@font-face|@import|url\((?!#)|<(?:script|image|foreignObject)|href", drawn)


# --- examples in the documents


def steps(page: Path) -> list[tuple[str | None, Step]]:
    """The commands of a page in their order, each with the day from which on it and those after it are typed."""
    found: list[tuple[str | None, Step]] = []
    for today, body in _BLOCK.findall(page.read_text(encoding="utf-8")):
        found += [(today or None, step) for step in console(body)]
    return found


def masked(text: str) -> str:
    text = _UID.sub("UID", text)
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


@pytest.fixture
def shell(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder with the files that pages name, whose `netj` is this one."""
    monkeypatch.chdir(tmp_path)
    lay_out(tmp_path)
    shims(tmp_path / "bin")
    environment["PATH"] = f"{tmp_path / 'bin'}{os.pathsep}{environment['PATH']}"
    environment["NETJ_WARMED"] = warmed()


def runs_whole(page: Path) -> bool:
    """Whether the commands of a page follow from each other; test_cookbook.py runs the others block by block."""
    return bool(steps(page)) and (page.parent != DOCS / "how-to" or "<!-- today: " in page.read_text(encoding="utf-8"))


RUN_WHOLE: Final = [page for page in PAGES if runs_whole(page)]


@pytest.mark.parametrize("page", RUN_WHOLE, ids=name_of)
@pytest.mark.usefixtures("shell")
def test_the_examples_of_a_page_print_what_it_says(page: Path, netj: Netj, environment: dict[str, str]) -> None:
    for today, step in steps(page):
        environment["NETJ_TODAY"] = today or environment["NETJ_TODAY"]
        if all(shutil.which(program, path=environment["PATH"]) for program in _programs(step.command)):
            assert masked(said(step.command, netj, environment)) == masked(step.expected), f"$ {step.command}"


def said(command: str, netj: Netj, environment: dict[str, str]) -> str:
    """What a command prints, on both streams."""
    if is_netj_alone(command):
        result = netj(words(command)[1:], tty=True)
        return result.stdout + result.stderr
    ended = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


def _programs(command: str) -> set[str]:
    spoken = ["|", *words(command)]
    return {word for before, word in itertools.pairwise(spoken) if before in ("|", "||", "&&", ";")}


# --- the page on architecture


ARCHITECTURE: Final = DOCS / "explanation" / "architecture.md"


def test_every_place_of_the_program_and_of_the_tests_is_on_the_page_of_architecture() -> None:
    page = ARCHITECTURE.read_text(encoding="utf-8")
    program = ROOT / "src" / "netjournal"
    places = [f"{path.parent.relative_to(program).as_posix()}/" for path in program.rglob("__init__.py")]
    places += [path.name for path in program.glob("*.py") if not path.name.startswith("__")]
    layers = {place.partition("/")[0] for place in places}
    tests = {f"tests/{path.parent.name}/" for path in (ROOT / "tests").glob("*/*.py") if path.parent.name not in layers}
    assert {place for place in {*places, *tests} - {"./", "store/"} if f"`{place}`" not in page} == set()
    named = re.findall(r"`([a-z_/]+\.py)`", page)
    assert {name for name in named if not (program / name).exists() and not (ROOT / name).exists()} == set()


@pytest.mark.as_it_is
@pytest.mark.parametrize(("section", "command"), [("The way of one", 'log "coffee with Dana"'), ("A morning", "due")])
def test_the_functions_on_the_page_of_architecture_are_called_in_that_order(
    section: str, command: str, netj: Netj
) -> None:
    (told,) = re.findall(rf"^## {section}.*?(?=^## )", ARCHITECTURE.read_text(encoding="utf-8"), re.M | re.S)
    way = [(place, name) for name, place in re.findall(r"^\| `([\w.]+)` \| `([\w/]+)\.py`", told, re.MULTILINE)]
    for given in (
        "contact add 'Dana Whitfield' --circle inner",
        "objective add Speaking",
        "contact edit dana -o speaking",
    ):
        assert netj(given, env={"NETJ_TODAY": "2026-10-01"}).code == 0
    called: dict[tuple[str, str], None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        module = frame.f_globals.get("__name__", "")
        # Bodies of classes and modules are run too, but by whoever comes first.
        if event == "call" and frame.f_code.co_flags & inspect.CO_OPTIMIZED and module.startswith("netjournal"):
            place = "/".join(module.split(".")[1:])
            called.setdefault((place, frame.f_code.co_qualname))
            called.setdefault((f"{place}/__init__", frame.f_code.co_qualname))

    sys.setprofile(note)
    try:
        result = netj(command, tty=True)
    finally:
        sys.setprofile(None)
    assert "dana-whitfield" in result.ok.stdout.replace("Dana Whitfield", "dana-whitfield")
    assert [step for step in way if step not in called] == []
    assert sorted(way, key=list(called).index) == way


def test_the_generator_of_the_reference_is_imported_by_no_command() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert "generate" not in re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE)
