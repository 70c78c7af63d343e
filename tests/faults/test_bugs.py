"""A bug in the store, under every command there is: one line without values, and frames only where they are asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from forked import state

from netjournal.cli import lazy, tree

if TYPE_CHECKING:
    from forked import Ended, State, Warm

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
#: Whatever is asked of the store fails, with a message that quotes a note and a cause that does too.
READING = f"""
from netjournal.store.sqlite.opener import SqliteReader
def fail(self, *given, **values):
    note = {SECRET!r}
    try:
        raise ValueError(note)
    except ValueError as cause:
        raise RuntimeError("while storing " + note) from cause
SqliteReader.rows = SqliteReader.each = fail
"""
#: Reading works; the first row that is written meets a constraint whose message quotes it.
WRITING = f"""
import sqlite3
from sqlalchemy.orm import Session
def fail(self, *given, **values):
    raise sqlite3.IntegrityError("CHECK constraint failed: {SECRET}")
Session.execute = Session.flush = fail
"""
#: The file itself gives an error in the middle of a command.
MISREADING = READING.replace("RuntimeError(", "sqlite3.OperationalError(").replace(
    "\nfrom", "\nimport sqlite3\nfrom", 1
)


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


def all_of_them(warm: Warm, folder: Path, before: str, debug: str = "0") -> dict[str, Ended]:
    """How each example ends, several at once, where none of them can write."""
    lanes = [[line.format(folder=folder) for line in list(LINES.values())[n::3]] for n in range(3)]
    told = warm.lanes(lanes, before=before, env={"NETJ_DEBUG": debug})
    return {name: told[n % 3][n // 3] for n, name in enumerate(LINES)}


@pytest.fixture
def journal(warm: Warm, tmp_path: Path) -> Path:
    """A journal in which every one of the commands has something to do."""
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
        assert warm(line).ok
    (tmp_path / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAna,Aru,,ana@x.org,Acme,Lead,01 Nov 2026\n"
    )
    return Path(warm.environment["NETJ_DB"])


def test_every_command_has_its_example_here() -> None:
    assert every_line() - WITHOUT_STORE == set(LINES)


def test_every_example_does_what_it_should_and_only_those_that_write_change_a_byte(
    warm: Warm, journal: Path, tmp_path: Path
) -> None:
    whole = journal.read_bytes()
    for name, line in LINES.items():
        before = stamped(tmp_path)
        ended = warm(line.format(folder=tmp_path))
        assert (name, ended.code, ended.stderr if ended.code else "") == (name, 0, "")
        assert (name, stamped(tmp_path) != before) == (name, name in WRITERS)
        journal.write_bytes(whole)


@pytest.mark.usefixtures("journal")
def test_a_bug_in_the_store_is_one_line_without_values_whatever_the_command(warm: Warm, tmp_path: Path) -> None:
    before = records(tmp_path)
    for name, ended in all_of_them(warm, tmp_path, READING).items():
        assert (name, ended.code, ended.stdout) == (name, 1, "")
        assert re.fullmatch(
            r"netj: an internal error \(RuntimeError in netjournal\.[a-z_.]+:\d+\); set NETJ_DEBUG=1 for the frames\n",
            ended.stderr,
        ), (name, ended.stderr)
    assert records(tmp_path) == before


@pytest.mark.usefixtures("journal")
def test_the_frames_of_a_bug_hold_no_values(warm: Warm, tmp_path: Path) -> None:
    for name, ended in all_of_them(warm, tmp_path, READING, "1").items():
        assert (name, ended.code, ended.stdout) == (name, 1, "")
        first, *frames = ended.stderr.splitlines()
        assert first.startswith("netj: an internal error (RuntimeError in netjournal.")
        assert [frame.strip() for frame in frames if not frame.startswith("    ")] == ["RuntimeError", "ValueError"]
        assert any("/netjournal/cli/" in frame and " in " in frame for frame in frames), name
        assert "secret" not in ended.stderr
        assert "Traceback" not in ended.stderr


@pytest.mark.usefixtures("journal")
def test_the_frames_of_a_refused_row_hold_no_values_whatever_the_command(warm: Warm, tmp_path: Path) -> None:
    before = records(tmp_path)
    written = 0
    for name, ended in all_of_them(warm, tmp_path, WRITING, "1").items():
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
