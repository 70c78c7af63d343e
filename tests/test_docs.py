"""The documents say what the program does: pages made again, examples run, links followed, words kept out."""

from __future__ import annotations

import codecs
import importlib.util
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
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from unittest.mock import patch

import pytest

from netjournal.cli.tree import TABLE
from snippets import lay_out

if TYPE_CHECKING:
    from conftest import Netj

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
PAGES: Final = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
DECISIONS: Final = sorted((DOCS / "decisions").glob("[0-9]*.md"))
_UID: Final = re.compile(r"\b[0-9a-f]{32}\b")
_BLOCK: Final = re.compile(
    r"^(?:<!-- today: (\S+) -->\n)?```(?:console|sh)\n(\$ netj.*?)^```$", re.MULTILINE | re.DOTALL
)

#: What the README's import reads.
CONNECTIONS: Final = """\
Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ingrid,Solberg,https://www.linkedin.com/in/ingrid-solberg,,Fjord Analytics,Head of Data,02 Nov 2023
Jørgen,Bakke,https://www.linkedin.com/in/jorgen-bakke,jorgen@example.com,Contoso,Staff Engineer,14 Nov 2025
Mei,Tan,https://www.linkedin.com/in/mei-tan,,Globex,Engineering Manager,07 Jun 2026
,,,,,,07 Jun 2026
"""


@cache
def _generator() -> Any:
    found = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --- pages made from the code


@cache
def made_pages() -> dict[str, str]:
    pages: dict[str, str] = _generator().pages()
    return pages


@pytest.mark.parametrize("name", sorted(made_pages()))
def test_a_reference_page_is_what_the_code_says(name: str) -> None:
    made = made_pages()[name]
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == made, "run `python docs/generate.py`"


def test_every_reference_page_is_made_from_the_code() -> None:
    assert {page.name for page in (DOCS / "reference").iterdir()} == set(made_pages())


# --- examples in the documents


class Step(NamedTuple):
    """One command of a document, and what it is said to print."""

    command: str
    today: str | None
    expected: str


def steps(page: Path) -> list[Step]:
    found = []
    for today, body in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            taken = 1
            while lines[taken - 1].endswith("\\"):
                taken += 1
            command = " ".join(line.removesuffix("\\").strip() for line in lines[:taken])
            found.append(Step(command, today or None, "\n".join(lines[taken:])))
    return found


def masked(text: str) -> str:
    text = _UID.sub("UID", text)
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


@pytest.fixture
def shell(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A folder whose `netj` is this one, for commands that are more than one program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "netj"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m netjournal "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment["PATH"] = f"{folder}{os.pathsep}{environment['PATH']}"
    return folder


#: The others are run block by block in test_cookbook.py.
RUN_WHOLE: Final = [page for page in PAGES if steps(page) and page.parent != DOCS / "how-to"]


@pytest.mark.parametrize("page", RUN_WHOLE, ids=name_of)
@pytest.mark.usefixtures("shell")
def test_the_examples_of_a_page_print_what_it_says(
    page: Path, netj: Netj, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    today: str | None = None
    for step in steps(page):
        today = step.today or today
        pinned = {"NETJ_TODAY": today} if today else {}
        if _is_piped(step.command):
            if not all(shutil.which(program) for program in _programs(step.command) - {"netj"}):
                continue
            ended = subprocess.run(
                ["sh", "-c", step.command], env={**environment, **pinned}, capture_output=True, text=True, check=False
            )
            said = ended.stdout + ended.stderr
        else:
            result = netj(shlex.split(step.command)[1:], tty=True, env=pinned)
            said = result.stdout + result.stderr
        assert masked(said) == masked(step.expected), f"$ {step.command}"


def _words(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    return list(lexer)


def _is_piped(command: str) -> bool:
    return bool({"|", "||", ">", ">>", "<", "&&", ";"} & set(_words(command)))


def _programs(command: str) -> set[str]:
    words = ["|", *_words(command)]
    return {word for before, word in itertools.pairwise(words) if before in ("|", "||", "&&", ";")}


# --- examples in the help


@cache
def helps() -> list[tuple[str, str]]:
    return list(_generator().helps(200))


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
    *([["log", "--on", "yesterday", "--next", "send the notes", "dana +speaking"]] * 39),
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
    words = iter(_words(example))
    for word in words:
        if word in ("|", "||", "&&", ";"):
            parts.append([])
        elif word in (">", ">>"):
            next(words)
        else:
            parts[-1].append(word)
    return parts


# --- links, headings, words


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text))
    broken = []
    for link in links:
        target, _, anchor = link.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        found = (page.parent / target).resolve() if target else page
        if not found.exists() or (anchor and anchor not in _anchors(found)):
            broken.append(link)
    assert broken == []


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_page_is_linked_from_the_index() -> None:
    index = DOCS / "index.md"
    linked = {(DOCS / link).resolve() for link in re.findall(r"\]\(([^)#]+)", index.read_text(encoding="utf-8"))}
    assert set(DOCS.rglob("*.md")) - linked == {index}


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_has_its_four_headings(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Figures", "Consequences"]
    assert re.match(rf"# {page.name[:4]} \S", page.read_text(encoding="utf-8"))


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_readme_is_under_two_hundred_lines_and_keeps_both_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    for marker in ("run", "test"):
        (command,) = re.findall(rf"^<!-- command: {marker} -->\n```sh\n(.+)\n```$", text, re.MULTILINE)
        assert "\n" not in command


def test_the_readme_names_the_commands_there_are_and_promises_none_of_them_for_later() -> None:
    there, _, later = (
        (ROOT / "README.md").read_text(encoding="utf-8").partition("## Not yet")[2].partition("It has no ")
    )
    assert set(re.findall(r"`([a-z]+)`", there)) == set(TABLE)
    assert not set(re.findall(r"`netj ([a-z]+)`", later))


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
    r"(?<![\w.~]){0}(?:wo{1}rk|ro{1}ot|ho{1}me|t{1}mp|Us{1}ers|o{1}pt){0}".format("/", ""),
    r"\b[a-z0-9.-]*(?:py" r"pi|python" r"hosted|npm" r"js)\.(?:org|com)\b",
    *(
        rf"\b{codecs.decode(word, 'rot13')}\b"
        for word in (
            "pynhqr", "naguebcvp", "bcranv", "pungtcg", "tcg", "pbcvybg", "trzvav", "pbqrk",
            "yyzf?", "ynathntr zbqry", "nv[- ]trarengrq", "trarengrq jvgu", "pb-nhguberq-ol",
        )
    ),
]  # fmt: skip


def test_no_file_names_a_machine_a_registry_or_what_wrote_it() -> None:
    banned = re.compile("|".join(_BANNED), re.IGNORECASE)
    assert banned.search("/" + "tmp/x")
    assert banned.search("see " + "py" + "pi.org")
    assert banned.search(codecs.decode("Pynhqr", "rot13"))
    found = []
    for path in repository_files():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{name_of(path)}: {m[0]}" for m in banned.finditer(text)]
    assert found == []


def test_the_generator_of_the_reference_is_imported_by_no_command() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert "generate" not in re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE)
