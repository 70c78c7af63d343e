"""`netj forget`: what it asks first, whom it refuses, and what it says of what stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def path(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


def sqlite(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def prepared(netj: Netj) -> None:
    for line in (
        "contact add 'Dana Whitfield' --alias Dee --email dana@x.org",
        "contact add 'Lena Ortiz' --note 'knows DANA WHITFIELD, and Dee; write to Dana@x.org'",
        "contact add 'Dana Smith' --note 'not Dana'",
    ):
        netj(line)
    assert netj(["log", "-w", "lena-ortiz", "-n", "@dana-whitfield's idea", "2026-11-01: chat: x"]).ok
    assert netj(["log", "-w", "lena-ortiz", "-w", "dana-whitfield", "2026-11-02: Dana Whitfield said so"]).ok
    assert netj("amend 2 --note more").ok


def test_those_who_still_name_them_are_told_before_it_is_asked(netj: Netj, path: Path) -> None:
    prepared(netj)
    code, out, err = netj("forget dana-whitfield", tty=True, stdin="dana\n")
    assert (code, out) == (130, "")
    assert "3 records of others name them: contact lena-ortiz, interaction 1, interaction 2." in " ".join(err.split())
    assert "Nothing was changed." in err
    assert sqlite(path, "SELECT count(*) FROM contact WHERE handle = 'dana-whitfield'") == [(1,)]
    assert netj("forget dana-whitfield", tty=True, stdin="dana-whitfield\n").code == 0
    assert sqlite(path, "SELECT count(*) FROM contact WHERE handle = 'dana-whitfield'") == [(0,)]
    # An earlier version would name them too; now the record holds none.
    assert b"ana Whitfield said" not in b"".join(str(r).encode() for r in sqlite(path, "SELECT * FROM change"))


def test_scrub_takes_the_name_out_of_what_stays_and_of_nothing_else(netj: Netj, path: Path) -> None:
    prepared(netj)
    (receipt,) = netj("forget dana-whitfield --yes --scrub -f json").rows
    assert (receipt["scrubbed"], receipt["mentions"]) == (3, [])
    assert sqlite(path, "SELECT note FROM contact WHERE note IS NOT NULL ORDER BY id") == [
        ("knows someone, and someone; write to someone",),
        ("not Dana",),
    ]
    assert sqlite(path, "SELECT summary, note FROM interaction ORDER BY id") == [
        ("x", "someone's idea"),
        ("someone said so", "more"),
    ]
    assert netj("search someone -f json").rows
    assert netj("search Whitfield -f json").rows == []


def test_it_needs_a_yes_the_whole_handle_and_no_objective_of_theirs(netj: Netj, path: Path) -> None:
    prepared(netj)
    held = path.read_bytes()
    for line, code, said in (
        ("forget dana-whitfield", 2, "no terminal to ask on"),
        ("forget whitfield --yes", 2, "netj forget dana-whitfield --yes"),
        ("forget nobody --yes", 3, "Nobody here is called 'nobody'."),
        ("forget", 2, "Whom?"),
    ):
        ended = netj(line)
        assert (line, ended.code, ended.stdout) == (line, code, "")
        assert said in ended.stderr
    assert netj("forget dana-whitfield --dry-run -f json").rows[0]["removed"]["contact"] == 1
    assert path.read_bytes() == held
    assert netj("objective add 'New role' --client dana-whitfield").ok
    held = path.read_bytes()
    for line in ("forget dana-whitfield --yes", "forget dana-whitfield --dry-run"):
        assert netj(line).code == 4
    assert path.read_bytes() == held


def test_somebody_who_was_deleted_before_can_still_be_forgotten(netj: Netj, path: Path) -> None:
    prepared(netj)
    assert netj("contact delete dana-whitfield --yes").ok
    assert "Whitfield" in repr(sqlite(path, "SELECT * FROM change"))
    (receipt,) = netj("forget dana-whitfield --yes --scrub -f json").rows
    assert receipt["removed"] == {}
    assert receipt["version_count"] > 5
    assert b"hitfield" not in path.read_bytes()
    assert netj("forget dana-whitfield --yes").code == 3


def test_backups_that_hold_them_are_named_and_left_alone(netj: Netj, path: Path) -> None:
    prepared(netj)
    backups = path.parent / "backups"
    backups.mkdir()
    holding, before = backups / "journal-2026-11-22-daily.db", backups / "journal-2026-11-01-daily.db"
    holding.write_bytes(path.read_bytes())
    before.write_bytes(b"SQLite format 3\x00 and nothing else")
    (path.parent / "journal.db.aside").write_bytes(path.read_bytes())
    ended = netj("forget dana-whitfield --yes -f json")
    assert ended.rows[0]["backups"] == [str(holding), str(path.parent / "journal.db.aside")]
    assert f"cannot be read and may hold them: {before}" in ended.stderr
    assert b"hitfield" in holding.read_bytes()
    assert sorted(file.name for file in backups.iterdir()) == [before.name, holding.name]
