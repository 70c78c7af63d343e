"""Every snippet of the how-to pages does what the page says, on the journal that the pages are about."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from hasty import new_journal
from homes import LAPTOP, lay_out, shims, stand_in, tell, warmed
from kept import place
from snippets import Snippet, Step, is_netj_alone, snippets, words

if TYPE_CHECKING:
    from conftest import Netj

HOW_TO: Final = Path(__file__).resolve().parent.parent / "docs" / "how-to"
#: The others are one story, which test_docs.py runs whole.
PAGES: Final = [page for page in sorted(HOW_TO.glob("*.md")) if "<!-- today: " not in page.read_text(encoding="utf-8")]
ALL: Final = [snippet for page in PAGES for snippet in snippets(page)]
_UID: Final = re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_INSTANT: Final = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
#: The journal of the pages, and the laptop's.
_MADE: list[bytes] = []


@pytest.fixture
def home(tmp_path: Path, environment: dict[str, str], netj: Netj, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with the journal of the pages, the files they name, and `netj` in `.local/bin`."""
    journal = tmp_path / "journal.db"
    if not _MADE:
        tell(netj)
        _MADE.append(journal.read_bytes())
        assert netj(LAPTOP).code == 0
        _MADE.append(journal.read_bytes())
    for path, content in zip((journal, tmp_path / "laptop.db"), _MADE, strict=True):
        place(path, content)
    lay_out(tmp_path)
    shims(tmp_path / ".local" / "bin")
    monkeypatch.chdir(tmp_path)
    environment["PATH"] = f"{tmp_path / '.local' / 'bin'}{os.pathsep}{environment['PATH']}"
    for name, value in (("NAME", "Nora Berg"), ("EMAIL", "nora@example.com")):
        environment |= {f"GIT_AUTHOR_{name}": value, f"GIT_COMMITTER_{name}": value}
    # Of fzf the filter alone: nobody is there to pick.
    environment |= {"FZF_DEFAULT_OPTS": "--filter=priya", "GIT_CONFIG_NOSYSTEM": "1", "NETJ_WARMED": warmed()}
    return tmp_path


def pin_views(journal: Path) -> None:
    """Let the views of a copy take the pages' day for today: they ask SQLite's clock, which nothing pins."""
    with closing(sqlite3.connect(journal)) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'v_due'").fetchone()
        connection.execute("DROP VIEW v_due")
        connection.execute(made.replace("date('now', 'localtime')", "'2026-11-23'"))


def masked(text: str, home: Path) -> str:
    text = _INSTANT.sub("INSTANT", _UID.sub("UID", text)).replace(str(home), "~")
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def run(step: Step, home: Path, netj: Netj, environment: dict[str, str]) -> tuple[int, str]:
    """The exit code of a command and all that it prints, in the order in which it does."""
    if is_netj_alone(step.command):
        result = netj(words(step.command)[1:], tty=True)
        return result.code, result.stdout + result.stderr
    ended = subprocess.run(
        ["sh", "-c", step.command],
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stdout


def missing(snippet: Snippet, path: str) -> list[str]:
    return sorted(tool for tool in snippet.tools if shutil.which(tool, path=path) is None)


@pytest.mark.parametrize("snippet", ALL, ids=str)
def test_a_snippet_prints_what_its_page_says(
    snippet: Snippet, home: Path, netj: Netj, environment: dict[str, str]
) -> None:
    if lacks := missing(snippet, environment["PATH"]):
        pytest.skip(f"not on this machine: {', '.join(lacks)}")
    for name, body in snippet.files:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(body, encoding="utf-8")
        (home / name).chmod(0o755)
    if snippet.tools & {"sqlite3", "datasette"}:
        pin_views(home / "journal.db")
    for step in snippet.steps:
        code, said = run(step, home, netj, environment)
        assert masked(said, home) == masked(step.expected, home), f"$ {step.command}"
        if snippet.kind != "console":
            assert code == 0, step.command


def test_every_how_to_page_has_snippets() -> None:
    assert {snippet.page for snippet in ALL} == {page.name for page in PAGES}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("```python\nprint()\n```\n", "python"),
        ("<!-- file: a.sh -->\n```sh\ntrue\n```\n", "nothing runs the files"),
        ("```text\nout of nowhere\n```\n", "nothing prints"),
        ("```crontab\n@daily netj due\n```\n", "no command"),
    ],
)
def test_a_block_that_nothing_would_run_is_refused(text: str, complaint: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n## A section\n\n{text}", encoding="utf-8")
    with pytest.raises((ValueError, KeyError), match=complaint):
        snippets(page)


def test_a_snippet_that_needs_a_program_which_is_not_there_names_it(tmp_path: Path) -> None:
    (sampled,) = (snippet for snippet in ALL if snippet.section == "fzf")
    assert "fzf" in missing(sampled, str(tmp_path))


def script(name: str) -> str:
    """A file of the cookbook."""
    return next(body for snippet in ALL for found, body in snippet.files if found == name)


def test_the_prompt_counts_once_a_day_and_after_each_change(
    home: Path, netj: Netj, environment: dict[str, str]
) -> None:
    (home / "prompt.sh").write_text(script("prompt.sh"), encoding="utf-8")
    counting = home / ".local" / "bin" / "netj"
    counting.write_text(counting.read_text().replace("exec", "echo x >>~/calls; exec", 1))
    asked = Step(". ./prompt.sh; : >calls; netj_due_count; netj_due_count; netj_due_count; wc -l <calls", "")
    assert run(asked, home, netj, environment)[1].split("\n")[:3] == ["(2 due) "] * 3
    assert (home / "calls").read_text().count("x") == 1
    # As a prompt runs long after the journal was changed.
    os.utime(home / "journal.db", ns=(0, 0))
    run(Step("rm calls; . ./prompt.sh; : >calls; netj_due_count", ""), home, netj, environment)
    assert (home / "calls").read_text() == ""
    assert netj("log @priya-nair").code == 0
    os.utime(home / ".cache" / "netj-due", ns=(0, 0))
    assert run(Step(". ./prompt.sh; netj_due_count", ""), home, netj, environment)[1] == "(1 due) \n"
    (home / ".cache" / "netj-due").write_text("2001-01-01 7\n")
    assert run(Step(". ./prompt.sh; netj_due_count", ""), home, netj, environment)[1] == "(1 due) \n"


def test_scripts_say_nothing_where_there_is_nothing_to_say(home: Path, netj: Netj, environment: dict[str, str]) -> None:
    if shutil.which("awk") is None:
        pytest.skip("not on this machine: awk")
    (home / "journal.db").write_bytes(new_journal())
    for name in ("prompt.sh", ".local/bin/netj-bar", ".local/bin/netj-morning"):
        (home / name).write_text(script(name), encoding="utf-8")
        (home / name).chmod(0o755)
    xargs = next(s.steps[0].command for s in ALL if s.section == "xargs")
    for command in (". ./prompt.sh; netj_due_count", "netj-bar", "netj-morning", xargs):
        assert run(Step(command, ""), home, netj, environment)[1] == "", command


@pytest.mark.parametrize("tool", ["jq", "sqlite3"])
def test_what_stands_in_for_a_missing_program_answers_as_it_does(
    tool: str, home: Path, netj: Netj, environment: dict[str, str]
) -> None:
    if not stand_in(tool, home / ".local" / "bin"):
        pytest.skip(f"not on this machine: the Python package {tool}")
    pin_views(home / "journal.db")
    chosen = [s for s in ALL if s.tools & {"jq", "sqlite3"} == {tool}][:4]
    for step in (
        step for snippet in chosen for step in snippet.steps if tool in step.command and "<" not in step.command
    ):
        assert masked(run(step, home, netj, environment)[1], home) == masked(step.expected, home)
