"""The documents say what the program does: pages made again, examples run, links followed, words kept out."""

from __future__ import annotations

import codecs
import importlib.util
import inspect
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import pytest

from netjournal import clock
from netjournal.cli.tree import TABLE
from snippets import Step, console, is_netj_alone, lay_out, shims, warmed, words

if TYPE_CHECKING:
    from types import FrameType

    from conftest import Netj

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
PAGES: Final = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
DECISIONS: Final = sorted((DOCS / "decisions").glob("[0-9]*.md"))
_UID: Final = re.compile(r"\b[0-9a-f]{32}\b")
_BLOCK: Final = re.compile(
    r"^(?:<!-- today: (\S+) -->\n)?```(?:console|sh)\n(\$ netj.*?)^```$", re.MULTILINE | re.DOTALL
)


@cache
def script(name: str) -> Any:
    """A program of the documents, as a module."""
    found = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


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


# --- examples in the help


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
    *([["opportunity", "add", "Staff SRE", "--through", "dana-whitfield", "--on", "2026-11-01"]] * 3),
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
    "netj objective add": [["objective", "edit", "speaking", "--key", "talks"]],
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


@pytest.mark.parametrize(("name", "example"), examples(), ids=lambda text: text)
def test_every_example_of_a_help_text_runs(
    name: str, example: str, netj: Netj, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if name == "netj import":
        lay_out(tmp_path)
        (tmp_path / "people.csv").write_text("Name,Mail,Firm\nAda Obi,ada@example.com,Contoso\n", encoding="utf-8")
    shutil.copy(prepared, tmp_path / "journal.db")
    for line in next((lines for begin, lines in _BEFORE.items() if example.startswith(begin)), []):
        assert netj(line).ok
    said = ""
    ran = 0
    for part in _parts(example):
        if part[0] != "netj":
            continue
        # What asks before it deletes is shown in its help as it is used on a terminal.
        asks = (part[1:3] == ["contact", "delete"] or part[1] == "restore") and "--yes" not in part
        result = netj(part[1:], stdin="yes\n" if asks else said, tty=asks, env={"VISUAL": _EDITOR})
        assert result.code in ((0, 10) if "--check" in part else (0,)), result.stderr
        said = result.stdout
        ran += 1
    assert ran, name


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


# --- links, headings, words


def test_every_relative_link_and_anchor_leads_somewhere() -> None:
    broken = []
    for page in PAGES:
        text = _FENCED.sub("", page.read_text(encoding="utf-8"))
        for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
            target, _, anchor = link.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            found = (page.parent / target).resolve() if target else page
            # The pages are a site too, which holds docs alone; the README is read where the repository is.
            outside = page.name != "README.md" and not found.is_relative_to(DOCS)
            if outside or not found.exists() or (anchor and anchor not in _anchors(found)):
                broken.append(f"{name_of(page)}: {link}")
    assert broken == []


_FENCED: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@cache
def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings; a second heading of one name gets a number, as everywhere."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    found: Counter[str] = Counter()
    anchors = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        slug = re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")
        anchors.add(f"{slug}-{found[slug]}" if found[slug] else slug)
        found[slug] += 1
    return anchors


def test_every_command_that_a_page_names_is_there() -> None:
    wrong = []
    for page in PAGES:
        text = _FENCED.sub("", page.read_text(encoding="utf-8"))
        named = re.findall(r"`netj(?: --db \S+)? ([a-z]+)\b", text)
        # Nouns take unique prefixes.
        wrong += [f"{name_of(page)}: netj {n}" for n in named if not any(there.startswith(n) for there in TABLE)]
    assert wrong == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    pages = [DOCS / "index.md"]
    while pages:
        page = pages.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
            pages += [(page.parent / link).resolve() for link in links]
    assert set(DOCS.rglob("*.md")) - reached == set()


def test_every_decision_has_its_number_and_its_four_headings() -> None:
    wrong = []
    for page in DECISIONS:
        text = page.read_text(encoding="utf-8")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        if headings != ["Context", "Decision", "Figures", "Consequences"] or not re.match(
            rf"# {page.name[:4]} \S", text
        ):
            wrong.append(f"{page.name}: {headings}")
    assert wrong == []


def test_no_two_decisions_have_one_number() -> None:
    assert [number for number, n in Counter(page.name[:4] for page in DECISIONS).items() if n > 1] == []


def test_the_readme_is_under_two_hundred_lines_and_keeps_both_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    for marker in ("run", "test"):
        (command,) = re.findall(rf"^<!-- command: {marker} -->\n```sh\n(.+)\n```$", text, re.MULTILINE)
        assert "\n" not in command


def test_every_console_block_of_the_readme_is_run() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("```console\n") == len(re.findall(r"^```console\n\$ netj", text, re.MULTILINE))
    assert re.findall(r"^```(\w+)$", text, re.MULTILINE).count("sh") == 2


def repository_files() -> list[Path]:
    """The files that git keeps or would; in a checkout without git, all but what tools make."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.splitlines()]
    else:
        found = [
            p for part in ("src", "tests", "docs") for p in (ROOT / part).rglob("*") if "__pycache__" not in p.parts
        ]
    return [path for path in found if path.is_file()]


#: Spelt so that this file does not hold them: folders of a machine, registries, and makers' names.
_BANNED: Final = [
    r"(?<![\w.~]){0}(?:wo{1}rk|ro{1}ot|ho{1}me|t{1}mp|us{1}ers|o{1}pt){0}".format("/", ""),
    r"\b(?:py" r"pi|python" r"hosted|npm" r"js)\.(?:org|com)\b",
    r"\b(?:{})\b".format("|".join(
        codecs.decode(word, "rot13")
        for word in (
            "pynhqr", "naguebcvp", "bcranv", "pungtcg", "tcg", "pbcvybg", "trzvav", "pbqrk",
            "yyzf?", "ynathntr zbqry", "nv[- ]trarengrq", "trarengrq jvgu", "pb-nhguberq-ol",
        )
    )),
]  # fmt: skip


def test_no_file_names_a_machine_a_registry_or_what_wrote_it() -> None:
    # In small letters throughout: a pattern that ignores case takes twice as long over three megabytes.
    banned = re.compile("|".join(_BANNED))
    assert banned.search("/" + "tmp/x")
    assert banned.search("see " + "py" + "pi.org")
    assert banned.search(codecs.decode("pynhqr", "rot13"))
    found = []
    for path in repository_files():
        text = path.read_bytes().decode("utf-8", "replace").lower()
        found += [f"{name_of(path)}: {m[0]}" for m in banned.finditer(text)]
    assert found == []


def test_the_generator_of_the_reference_is_imported_by_no_command() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert "generate" not in re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE)
