"""`netj doctor` of a file that is missing, no journal, damaged or written by somebody else; and what it saves of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from doctored import backed_up, state, statuses

from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def journal(netj: Netj, environment: dict[str, str]) -> Path:
    return backed_up(netj, Path(environment["NETJ_DB"]))


def test_a_missing_journal_is_no_fault_and_none_is_made(netj: Netj, tmp_path: Path) -> None:
    assert statuses(netj) == {"file": "ok", "settings": "ok"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"To do: call Dana\n" * 900, bytes(range(256)) * 40, None])
def test_a_file_that_is_no_journal_is_5_and_untouched(content: bytes | None, netj: Netj, journal: Path) -> None:
    journal.write_bytes(journal.read_bytes()[: 1 << 14] if content is None else content)
    before = state(journal.parent)
    for command in ("doctor", "doctor --repair"):
        found = statuses(netj, command)
        assert "failed" in found.values()
        assert state(journal.parent) == before


def test_a_damaged_page_is_a_failure_that_names_both_mends(netj: Netj, journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'touch'").fetchone()
    with open(journal, "r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    before = state(journal.parent)
    assert statuses(netj, "doctor --repair")["pages"] == "failed"
    (text,) = [line for line in netj("doctor").stdout.splitlines() if line.startswith("pages\t")]
    assert "netj restore latest" in text
    assert "netj doctor --salvage" in text
    assert state(journal.parent) == before


@pytest.mark.parametrize("command", ["doctor", "backup", "backup list", "backup verify", "restore latest --yes"])
def test_a_bug_in_the_store_is_one_line_without_values(
    command: str, netj: Netj, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(journal.parent)

    def fail(*_: object) -> None:
        raise RuntimeError("secret note text")

    monkeypatch.setattr(opener, "connect", fail)
    for debug in ("0", "1"):
        ended = netj(command, env={"NETJ_DEBUG": debug})
        assert (ended.code, ended.stdout) == (1, "")
        assert "secret" not in ended.stderr
        assert debug == "1" or ended.stderr.count("\n") == 1
    assert state(journal.parent) == before


def test_salvage_makes_a_new_journal_and_says_how_much_it_holds(netj: Netj, journal: Path, tmp_path: Path) -> None:
    before, new = journal.read_bytes(), tmp_path / "new.db"
    whole = netj("export").ok.stdout
    rows = {row["table"]: row for row in netj(["doctor", "--salvage", str(new), "-f", "json"]).rows}
    assert rows["contact"] == {"table": "contact", "read_count": 4, "lost_count": 0}
    assert new.stat().st_mode & 0o777 == 0o600
    assert netj(["--db", str(new), "export"]).ok.stdout == whole
    assert journal.read_bytes() == before
    assert netj(["doctor", "--salvage", str(new)]).code == 4
    assert netj(["doctor", "--repair", "--salvage", "x.db"]).code == 2


@pytest.mark.parametrize(
    "values",
    [
        {"key": "no json"},
        {"key": '{"id\\" = 1 OR 1=1 --": 1}'},
        {"key": "[1]"},
        {"table_name": 'contact"; DROP TABLE contact; --'},
        {"table_name": "sqlite_master"},
    ],
)
def test_a_past_that_this_program_did_not_write_is_never_replayed(
    values: dict[str, str], netj: Netj, environment: dict[str, str]
) -> None:
    assert netj(["contact", "add", "Ana Lu"]).ok
    assert netj(["contact", "add", "Bo"]).ok
    path = Path(environment["NETJ_DB"])
    ((column, value),) = values.items()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE change SET {column} = ? WHERE action_id = 2", (value,))
        connection.commit()
    before = netj("export").ok.stdout
    refused = netj("undo")
    assert (refused.code, refused.stdout) == (5, "")
    assert value not in refused.stderr
    assert netj("export").ok.stdout == before
    assert netj("doctor -f json").code == 5
    # What came before can still be taken back by its number.
    assert netj("undo 1").ok
