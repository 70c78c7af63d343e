"""Completion: what a word on the command line may become."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from completion_journal import PLAIN, TRAPS, fill

from netjournal.cli import tree
from netjournal.cli.complete import FILES, candidates
from netjournal.store.sqlite import glance, opener
from rows import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Netj, Spawn


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


@rows(
    ("line", "begins"),
    [
        ("netj lo", ["log"]),
        ("netj contact sh", ["show"]),
        ("netj con sh", ["show"]),
        ("netj config ", ["list", "get", "set", "edit", "path"]),
        ("netj db ", ["path"]),
        ("netj due --wit", ["--within"]),
        ("netj contact list --st", ["--standing"]),
        ("netj --d", ["--db"]),
        ("netj contact show da", ["dana-whitfield", "daniel-ito"]),
        ("netj contact merge dana-whitfield dani", ["daniel-ito"]),
        ("netj contact archive dana-whitfield dani", ["daniel-ito"]),
        ("netj contact rename dana-whitfield da", []),
        ("netj log -w dan", ["dana-whitfield", "daniel-ito"]),
        ("netj log -wdan", []),
        ("netj log --with=dana", ["--with=dana-whitfield"]),
        ("netj log -w group:t", ["group:tuesday-circle"]),
        ("netj log -w group:a", ["group:amter-hofe"]),
        ("netj keep group:t", ["group:tuesday-circle"]),
        ("netj search --who dana", ["dana-whitfield"]),
        ("netj due --client dana", ["dana-whitfield"]),
        ("netj log @dana", ["@dana-whitfield"]),
        ("netj log coffee @dana", ["@dana-whitfield"]),
        ('netj log "coffee with @dana', ["@dana-whitfield"]),
        ("netj log 'coffee with dana", ["dana-whitfield"]),
        ("netj log 'coffee with sam about dana", []),
        ("netj log coffee\\ with\\ @dana", ["@dana-whitfield"]),
        ("netj log --next 'thank @dana", ["@dana-whitfield"]),
        ("netj log --next dana", []),
        ("netj log --note dana", []),
        ("netj log x@dana", []),
        ("netj log cof", ["coffee"]),
        ("netj log coffee cof", []),
        ("netj log -k co", ["coffee"]),
        ("netj log --direction ", ["in", "out", "mutual"]),
        ("netj due -o pl", ["platform-role"]),
        ("netj due --for=pl", ["--for=platform-role"]),
        ("netj log 'coffee +pl", ["+platform-role"]),
        ("netj log 'coffee +no", ["+none"]),
        ("netj timeline +pl", ["+platform-role"]),
        ("netj timeline +no", []),
        ("netj amend -x pl", ["platform-role"]),
        ("netj amend -x '#hi", ["#hiring"]),
        ("netj objective show sp", ["speaking"]),
        ("netj log -t hi", ["hiring"]),
        ("netj log 'talk #hi", ["#hiring"]),
        ("netj topic show ", ["hiring"]),
        ("netj due --circle in", ["inner"]),
        ("netj circle remove outer --to ye", ["yearly"]),
        ("netj due --group tu", ["tuesday-circle"]),
        ("netj org show acme", ["acme-robotics"]),
        ("netj due -f js", ["json"]),
        ("netj export --as nd", ["ndjson"]),
        ("netj completion ", ["bash", "zsh", "fish"]),
        ("netj config get bac", ["backup.keep"]),
        ("netj schema contact-l", ["contact-list"]),
        ("netj done 1", ["1"]),
        ("netj followup drop 1", ["1"]),
        ("netj followup edit 1", ["1"]),
        ("netj log --done 1", ["1"]),
        ("netj interaction show 1", ["1"]),
        ("netj amend 1", ["1"]),
        ("netj --db ", [FILES]),
        ("netj import ", [FILES]),
        ("netj export --to ", [FILES]),
        ("netj frobnicate ", []),
        ("netj c ", []),
    ],
)
def test_a_word_becomes_what_stands_there(
    journal: Path, offered: Callable[[str], list[str]], line: str, begins: list[str]
) -> None:
    found = offered(line)
    if begins == ["1"]:
        # There are as many numbers as traps; those that begin so come along.
        found = [text for text in found if not text.startswith("1") or text == "1"]
    assert sorted(found) == sorted(begins)


def test_the_descriptions_are_clean_and_short(journal: Path, netj: Netj) -> None:
    for line in ("netj log @", "netj log -o ", "netj log --done ", "netj amend ", "netj log -w group:"):
        answer = netj([tree.COMPLETE, line]).ok.stdout
        assert answer.count("\n") > len(TRAPS) / 2, line
        for text in answer.splitlines():
            candidate, tab, meaning = text.partition("\t")
            assert tab
            assert len(meaning) <= 60
            assert meaning.isprintable(), line
            assert PLAIN.fullmatch(candidate), line


def test_no_candidate_from_the_journal_holds_anything_a_shell_could_run(
    journal: Path, offered: Callable[[str], list[str]]
) -> None:
    lines = ["log ", "log @", "log +", "log '#", "log -w ", "log -o ", "log -t ", "log --circle ", "due --group "]
    lines += ["org show ", "topic show ", "done ", "amend ", "interaction show ", "contact show -- ", "log @$", "log `"]
    for line in lines:
        for text in offered(f"netj {line}"):
            assert PLAIN.fullmatch(text), line
            assert text[0] != "-"


def test_the_line_may_name_the_journal(
    journal: Path, offered: Callable[[str], list[str]], tmp_path: Path, environment: dict[str, str]
) -> None:
    other = tmp_path / "no journal.db"
    assert offered(f"netj --db '{other}' log @dana") == []
    assert offered(f"netj --db={shlex.quote(str(other))} log @dana") == []
    assert offered(f"NETJ_DB='{other}' netj log @dana") == []
    shutil.copy(journal, other)
    for line in (
        f"netj --db '{other}' log @dana",
        f"NETJ_DB='{other}' netj log @dana",
        "netj --db ~/no\\ journal.db log @dana",
    ):
        environment["NETJ_DB"] = str(tmp_path / "none.db")
        assert [text for text, _ in candidates(line.replace("~", str(tmp_path)), environment)] == ["@dana-whitfield"]


def test_a_variable_in_a_path_is_read_and_a_command_in_it_is_not_run(
    journal: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JOURNALS", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert [text for text, _ in candidates("netj --db $JOURNALS/journal.db log @dana", {})] == ["@dana-whitfield"]
    assert candidates('netj --db "$(touch PWNED)" log @dana', {}) == []
    assert not list(tmp_path.glob("PWNED*"))


def test_without_a_journal_it_is_silent_and_makes_nothing(netj: Netj, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    for line in ("log @", "log ", "done ", "log -o ", "due --circle "):
        answer = netj([tree.COMPLETE, f"netj {line}"], env={"NETJ_DB": str(tmp_path / "new" / "journal.db")})
        assert answer == (0, "", "")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("content", [b"", b"no journal at all", b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_journal_is_silence_and_stays(spawn: Spawn, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(content)
    assert spawn([tree.COMPLETE, "netj log @"]) == (0, "", "")
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_journal_that_somebody_holds_is_silence_at_once(journal: Path, netj: Netj) -> None:
    holder = sqlite3.connect(journal, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert netj([tree.COMPLETE, "netj log @"]) == (0, "", "")
    finally:
        holder.close()


@pytest.mark.parametrize("version", [opener.SCHEMA_VERSION - 1, opener.SCHEMA_VERSION + 1])
def test_a_journal_of_another_schema_is_left_as_it_is(
    journal: Path, netj: Netj, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a newer program finds an older journal, and an older program a newer one.
    monkeypatch.setattr(opener, "SCHEMA_VERSION", version)
    content = journal.read_bytes()
    files = sorted(journal.parent.rglob("*"))
    assert netj([tree.COMPLETE, "netj log @"]) == (0, "", "")
    assert journal.read_bytes() == content
    assert sorted(journal.parent.rglob("*")) == files


def test_a_look_cannot_write(journal: Path) -> None:
    with glance.glance(journal) as connection:
        assert connection is not None
        with pytest.raises(Exception, match="readonly"):
            connection.rows("DELETE FROM contact")


@rows("argv", [[], ["", ""], ["netj log 'unclosed \\"], ["\udcff netj log @"], ["=x netj ="]])
def test_what_makes_no_sense_is_silence(netj: Netj, argv: list[str]) -> None:
    answer = netj([tree.COMPLETE, *argv])
    assert (answer.code, answer.stderr) == (0, "")
