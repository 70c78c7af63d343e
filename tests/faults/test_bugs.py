"""A bug in the store, under every command there is: one line without values, and frames only where they are asked for."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from forked import state
from sqlalchemy.orm import Session

from netjournal.cli import lazy, tree
from netjournal.store.sqlite.opener import SqliteReader

if TYPE_CHECKING:
    from forked import State, Warm

    from conftest import Netj, Result

pytest_plugins = ["warm"]

#: An example of every command and verb; a new one is added here.
LINES: Final = {
    "log": "log coffee with @dana-whitfield about hiring",
    "amend": "amend 1 --note more",
    "due": "due -f json",
    "next": "next",
    "plan": "plan",
    "prep": "prep dana-whitfield",
    "done": "done 1",
    "keep": "keep dana-whitfield --circle outer",
    "snooze": "snooze dana-whitfield",
    "contact add": "contact add 'Priya Nair'",
    "contact archive": "contact archive dana-whitfield",
    "contact delete": "contact delete dana-whitfield --yes",
    "contact edit": "contact edit dana-whitfield --location Oslo",
    "contact list": "contact list",
    "contact merge": "contact merge dana-whitfield lena-ortiz",
    "contact rename": "contact rename dana-whitfield 'Dana Ames'",
    "contact show": "contact show dana-whitfield",
    "org list": "org list",
    "org merge": "org merge Acme Umbrella",
    "org rename": "org rename Acme Apex",
    "org show": "org show Acme",
    "group add": "group add friday --with dana-whitfield",
    "group delete": "group delete tuesday",
    "group edit": "group edit tuesday --with dana-whitfield",
    "group list": "group list",
    "group show": "group show tuesday",
    "circle add": "circle add monthly --every 1mo",
    "circle edit": "circle edit inner --every 4w",
    "circle list": "circle list",
    "circle remove": "circle remove yearly",
    "objective achieve": "objective achieve new-role",
    "objective add": "objective add 'Another role'",
    "objective drop": "objective drop new-role",
    "objective edit": "objective edit new-role --why because",
    "objective list": "objective list",
    "objective pause": "objective pause new-role",
    "objective resume": "objective resume old-role",
    "objective show": "objective show new-role",
    "followup add": "followup add 'send the deck' --with dana-whitfield",
    "followup done": "followup done 1",
    "followup drop": "followup drop 1",
    "followup list": "followup list",
    "opportunity add": "opportunity add 'Staff role' --through dana-whitfield",
    "opportunity close": "opportunity close 1 lost",
    "opportunity list": "opportunity list",
    "opportunity move": "opportunity move 1 talking",
    "opportunity show": "opportunity show 1",
    "topic list": "topic list",
    "topic show": "topic show sre",
    "interaction delete": "interaction delete 1",
    "interaction list": "interaction list",
    "interaction show": "interaction show 1",
    "timeline": "timeline dana-whitfield",
    "review": "review",
    "import": "import linkedin {folder}/Connections.csv",
    "export": "export",
    "search": "search hiring",
    "undo": "undo",
    "redo": "redo",
    "changes": "changes",
    "forget": "forget dana-whitfield --yes",
}
#: Commands that ask nothing of the store.
WITHOUT_STORE: Final = {
    *("schema", "completion", "db path"),
    # Makes a journal of its own: tests/cli/test_demo.py has its bugs.
    "demo",
    # These go by the file itself: tests/cli/test_doctor.py has their bugs.
    *("backup", "restore", "doctor"),
    *("config edit", "config get", "config list", "config path", "config set"),
}

#: Those that write; whatever is not named here may only read.
WRITERS: Final = {
    *("log", "amend", "done", "keep", "snooze", "import", "undo", "redo", "forget", "restore", "backup"),
    *(f"contact {verb}" for verb in ("add", "archive", "delete", "edit", "merge", "rename")),
    *("org merge", "org rename", "group add", "group delete", "group edit"),
    *("circle add", "circle edit", "circle remove"),
    *(f"objective {verb}" for verb in ("achieve", "add", "drop", "edit", "pause", "resume")),
    *("followup add", "followup done", "followup drop"),
    *("opportunity add", "opportunity close", "opportunity move", "interaction delete"),
}

SECRET: Final = "secret note text"


def fail_reading(patch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of the store fails, with a message that quotes a note and a cause that does too."""

    def fail(*given: object, **values: object) -> None:
        note = SECRET
        try:
            raise ValueError(note)
        except ValueError as cause:
            raise RuntimeError("while storing " + note) from cause

    patch.setattr(SqliteReader, "rows", fail)
    patch.setattr(SqliteReader, "each", fail)


def fail_writing(patch: pytest.MonkeyPatch) -> None:
    """Reading works; the first row that is written meets a constraint whose message quotes it."""

    def fail(*given: object, **values: object) -> None:
        raise sqlite3.IntegrityError(f"CHECK constraint failed: {SECRET}")

    patch.setattr(Session, "execute", fail)
    patch.setattr(Session, "flush", fail)


#: The same of reading, with an error of the file itself, for a process of its own.
MISREADING: Final = f"""
import sqlite3
from netjournal.store.sqlite.opener import SqliteReader
def fail(self, *given, **values):
    raise sqlite3.OperationalError("while storing " + {SECRET!r})
SqliteReader.rows = SqliteReader.each = fail
"""
WRITING: Final = f"""
import sqlite3
from sqlalchemy.orm import Session
def fail(self, *given, **values):
    raise sqlite3.IntegrityError("CHECK constraint failed: {SECRET}")
Session.execute = Session.flush = fail
"""


def every_line() -> set[str]:
    """Every command, or its verbs, as the program itself lists them."""
    group = lazy.group(tree.TABLE)
    return {
        f"{name} {verb}".strip()
        for name in tree.TABLE
        for verb in getattr(group.commands[name], "commands", None) or [""]
    }


def records(folder: Path) -> State:
    """The files of a folder but for backups, which a command may make before it fails."""
    return {name: file for name, file in state(folder).items() if not name.startswith("backups")}


def stamped(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file of a folder with its bytes, its mode, and when it was changed."""
    return {name: (*file, (folder / name).stat().st_mtime_ns) for name, file in state(folder).items()}


def all_of_them(netj: Netj, folder: Path, debug: str = "0") -> dict[str, Result]:
    """How each example ends, where none of them can write."""
    return {name: netj(line.format(folder=folder), env={"NETJ_DEBUG": debug}) for name, line in LINES.items()}


@pytest.fixture(scope="session")
def kept() -> list[bytes]:
    """The journal of these tests, once it was made."""
    return []


@pytest.fixture
def journal(kept: list[bytes], netj: Netj, environment: dict[str, str], tmp_path: Path) -> Path:
    """A journal in which every one of the commands has something to do."""
    path = Path(environment["NETJ_DB"])
    if not kept:
        fill(netj)
        kept.append(path.read_bytes())
    path.write_bytes(kept[0])
    path.chmod(0o600)
    (tmp_path / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAna,Aru,,ana@x.org,Acme,Lead,01 Nov 2026\n"
    )
    return path


def fill(netj: Netj) -> None:
    for line in (
        f"contact add 'Dana Whitfield' --circle inner --org Acme -t sre --note '{SECRET}'",
        "contact add 'Lena Ortiz' --org Umbrella",
        "objective add 'New role'",
        "objective add 'Old role'",
        "objective pause old-role",
        f"log @dana-whitfield about hiring --next 'send CV by friday' --note '{SECRET}'",
        "group add tuesday --with lena-ortiz",
        "opportunity add 'SRE lead' --org Acme",
        "contact add 'Undone Person'",
        "undo",
    ):
        assert netj(line).ok


def test_every_command_has_its_example_here() -> None:
    assert every_line() - WITHOUT_STORE == set(LINES)


def test_every_example_does_what_it_should_and_only_those_that_write_change_a_byte(
    netj: Netj, journal: Path, tmp_path: Path
) -> None:
    whole = journal.read_bytes()
    for name, line in LINES.items():
        before = stamped(tmp_path)
        ended = netj(line.format(folder=tmp_path))
        assert (name, ended.code, ended.stderr if ended.code else "") == (name, 0, "")
        assert (name, stamped(tmp_path) != before) == (name, name in WRITERS)
        journal.write_bytes(whole)


@pytest.mark.usefixtures("journal")
def test_a_bug_in_the_store_is_one_line_without_values_whatever_the_command(
    netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = records(tmp_path)
    fail_reading(monkeypatch)
    for name, ended in all_of_them(netj, tmp_path).items():
        assert (name, ended.code, ended.stdout) == (name, 1, "")
        assert re.fullmatch(
            r"netj: an internal error \(RuntimeError in netjournal\.[a-z_.]+:\d+\); set NETJ_DEBUG=1 for the frames\n",
            ended.stderr,
        ), (name, ended.stderr)
    assert records(tmp_path) == before


@pytest.mark.usefixtures("journal")
def test_the_frames_of_a_bug_hold_no_values(netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_reading(monkeypatch)
    for name, ended in all_of_them(netj, tmp_path, "1").items():
        assert (name, ended.code, ended.stdout) == (name, 1, "")
        first, *frames = ended.stderr.splitlines()
        assert first.startswith("netj: an internal error (RuntimeError in netjournal.")
        assert [frame.strip() for frame in frames if not frame.startswith("    ")] == ["RuntimeError", "ValueError"]
        assert any("/netjournal/cli/" in frame and " in " in frame for frame in frames), name
        assert "secret" not in ended.stderr
        assert "Traceback" not in ended.stderr


@pytest.mark.usefixtures("journal")
def test_the_frames_of_a_refused_row_hold_no_values_whatever_the_command(
    netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = records(tmp_path)
    written = 0
    fail_writing(monkeypatch)
    for name, ended in all_of_them(netj, tmp_path, "1").items():
        assert "secret" not in ended.stderr, name
        if ended.code:
            written += 1
            if name in ("undo", "redo"):
                # Here a refused row says that later records are in the way: the user's to mend.
                assert (ended.code, ended.stdout) == (4, "")
                continue
            assert (name, ended.code, ended.stdout) == (name, 1, "")
            assert ended.stderr.startswith("netj: an internal error (IntegrityError in netjournal."), name
            assert "Traceback" not in ended.stderr, name
    assert written > len(LINES) / 2
    assert records(tmp_path) == before


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("command", ["log", "due", "export"])
def test_an_error_or_a_refusal_of_the_database_is_one_line_without_values(command: str, warm: Warm) -> None:
    for before in (MISREADING, WRITING) if command == "log" else (MISREADING,):
        ended = warm(LINES[command], before=before)
        assert (ended.code, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
        assert "secret" not in ended.stderr
