"""`netj backup`, `list` and `verify`, and `netj restore`: what they say, and what they refuse."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def journal(netj: Netj, environment: dict[str, str]) -> Path:
    assert netj("contact add 'Dana Whitfield' --note 'likes tea'").ok
    return Path(environment["NETJ_DB"])


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {opener.SCHEMA_VERSION + 1}")


def spoil(path: Path) -> None:
    """Noise over the page of contacts."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'contact'").fetchone()
    with open(path, "r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def test_a_backup_without_a_name_is_kept_in_the_folder_and_listed_newest_first(netj: Netj, journal: Path) -> None:
    (made,) = netj("backup -f json").rows
    assert made == {
        "file": str(journal.parent / "backups" / "journal-2026-11-23-manual.db"),
        "day": "2026-11-23",
        "reason": "manual",
        "size": os.path.getsize(made["file"]),
        "schema": opener.SCHEMA_VERSION,
        "record_count": 5,
        "time": f"{datetime.fromtimestamp(os.path.getmtime(made['file'])):%H:%M:%S}",  # noqa: DTZ006  # as people read it
    }
    assert netj("contact add 'Priya Nair'").ok
    netj("backup", env={"NETJ_TODAY": "2026-11-24"}).ok  # noqa: B018
    netj("backup", env={"NETJ_TODAY": "2026-11-22"}).ok  # noqa: B018
    found = [(row["day"], row["record_count"]) for row in netj("backup list -f json").rows]
    assert found == [("2026-11-24", 6), ("2026-11-23", 5), ("2026-11-22", 6)]


def test_a_table_names_backups_whole_as_restore_takes_them_and_their_folder_beside(netj: Netj, journal: Path) -> None:
    netj("backup").ok  # noqa: B018
    ended = netj("backup list", tty=True, env={"COLUMNS": "80"}).ok
    assert [line.split()[0] for line in ended.stdout.splitlines()[2:]] == ["journal-2026-11-23-manual.db"]
    assert ended.stderr.split() == ["In", f"{journal.parent / 'backups'}:"]


def test_a_backup_with_a_name_is_a_private_journal_there_and_replaces_nothing_unasked(
    netj: Netj, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (made,) = netj("backup ./list -f json").rows
    assert (made["file"], oct(os.stat("list").st_mode & 0o777)) == ("list", "0o600")
    assert netj("--db list export").ok.stdout == netj("export").ok.stdout
    before = Path("list").read_bytes()
    netj("contact add 'Priya Nair'").ok  # noqa: B018
    ended = netj("backup ./list")
    assert (ended.code, ended.stdout, Path("list").read_bytes()) == (4, "", before)
    assert netj("backup ./list --force").ok
    assert netj("--db list export").ok.stdout == netj("export").ok.stdout
    # What SQLite left beside another file of this name would be applied to this one.
    Path("other.db-journal").write_text("left behind")
    assert netj("backup other.db").code == 4
    assert netj("backup other.db --force").ok
    assert netj(["backup", str(journal), "--force"]).code == 4
    assert netj("backup no/folder.db").code == 9
    for command in ("backup . --force", "export --to . --force"):
        assert netj(command) == (4, "", "netj: . is a folder.\n  Name a file in it.\n"), command
    assert {name for name in os.listdir() if name.startswith(".")} == set()
    assert not Path("other.db-journal").exists()


def test_without_a_journal_there_is_nothing_to_copy_or_list_and_none_is_made(netj: Netj, tmp_path: Path) -> None:
    for command in ("backup", "backup x.db", "backup verify", "restore latest --yes", "restore x.db --yes"):
        assert netj(command).code == 3
    assert netj("backup list -f json").rows == []
    assert list(tmp_path.iterdir()) == []


def test_verify_reads_the_newest_or_all_or_one_and_says_which_are_bad(netj: Netj, journal: Path) -> None:
    folder = journal.parent / "backups"
    for day in ("21", "22", "23"):
        netj("backup", env={"NETJ_TODAY": f"2026-11-{day}"}).ok  # noqa: B018
    assert [row["state"] for row in netj("backup verify -f json").rows] == ["ok"]
    spoil(folder / "journal-2026-11-22-manual.db")
    newer(folder / "journal-2026-11-21-manual.db")
    (folder / "journal-2026-11-20-manual.db").write_text("To do: call Dana\n" * 400)
    before = {file: file.read_bytes() for file in folder.iterdir()}
    ended = netj("backup verify all --fields day,state --no-header")
    assert ended.code == 5
    assert ended.stdout == "2026-11-23\tok\n2026-11-22\tdamaged\n2026-11-21\tnewer\n2026-11-20\tforeign\n"
    assert ended.stderr.startswith("netj: 3 of 4 backups cannot be restored.")
    assert netj("backup verify journal-2026-11-22-manual.db").code == 5
    assert netj(["backup", "verify", str(folder / "journal-2026-11-23-manual.db")]).code == 0
    assert netj("backup verify nothing.db").code == 3
    assert netj("backup list all").code == 2
    assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_references_to_nothing_make_a_backup_bad(netj: Netj, journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("INSERT INTO contact_topic (contact_id, topic) VALUES (99, 'sre')")
    assert netj("backup").ok
    assert netj("backup verify").code == 5


def test_latest_is_the_newest_good_backup_and_the_receipt_says_which(netj: Netj, journal: Path) -> None:
    whole = netj("export").ok.stdout
    netj("backup").ok  # noqa: B018
    netj("contact add 'Priya Nair'").ok  # noqa: B018
    netj("backup", env={"NETJ_TODAY": "2026-11-24"}).ok  # noqa: B018
    spoil(journal.parent / "backups" / "journal-2026-11-24-manual.db")
    (done,) = netj("restore latest --yes -f json").rows
    folder = journal.parent / "backups"
    assert done == {
        "file": str(journal),
        "source": str(folder / "journal-2026-11-23-manual.db"),
        "day": "2026-11-23",
        "schema": opener.SCHEMA_VERSION,
        "record_count": 5,
        "kept": str(folder / "journal-2026-11-23-before-restore.db"),
    }
    assert netj("export").ok.stdout == whole
    # What was kept aside is not the latest: once more gives the same.
    assert netj("restore latest --yes -f json").rows[0]["source"] == done["source"]
    assert netj(["restore", "journal-2026-11-23-before-restore.db", "--yes"]).ok
    assert "Priya" in netj("contact list").ok.stdout


def test_restore_asks_on_a_terminal_and_nowhere_else(netj: Netj, journal: Path) -> None:
    netj("backup").ok  # noqa: B018
    before = journal.read_bytes()
    assert netj("restore latest").code == 2
    assert netj("restore latest", tty=True, stdin="no\n").code == 130
    assert (journal.read_bytes(), len(os.listdir(journal.parent / "backups"))) == (before, 1)
    ended = netj("restore latest", tty=True, stdin="yes\n").ok
    assert "journal-2026-11-23-manual.db" in ended.stderr
    assert len(os.listdir(journal.parent / "backups")) == 2


@pytest.mark.parametrize("damage", ["text", "spoilt", "newer", "folder", "itself", "foreign", "empty"])
def test_a_file_that_is_no_whole_journal_is_refused_and_nothing_changes(
    damage: str, netj: Netj, journal: Path, tmp_path: Path
) -> None:
    file = tmp_path / "kept.db"
    assert netj(["backup", str(file)]).ok
    if damage == "text":
        file.write_text("To do: call Dana\n" * 400)
    elif damage == "spoilt":
        spoil(file)
    elif damage == "newer":
        newer(file)
    elif damage in ("folder", "foreign", "empty"):
        file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage == "empty":
        file.touch()
    elif damage == "foreign":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE bookmark (url)")
    before = {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()}
    ended = netj(["restore", str(journal if damage == "itself" else file), "--yes"])
    assert (ended.code, ended.stdout) == (4 if damage == "itself" else 5, "")
    assert "tea" not in ended.stderr
    assert {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()} == before


def test_another_programs_database_is_not_put_aside(netj: Netj, journal: Path, tmp_path: Path) -> None:
    assert netj(["backup", str(tmp_path / "kept.db")]).ok
    journal.unlink()
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute("CREATE TABLE bookmark (url)")
    before = journal.read_bytes()
    assert netj(["restore", str(tmp_path / "kept.db"), "--yes"]).code == 5
    assert journal.read_bytes() == before


def test_a_missing_journal_is_restored_too(netj: Netj, journal: Path) -> None:
    whole = netj("export").ok.stdout
    netj("backup").ok  # noqa: B018
    journal.unlink()
    assert netj("restore latest --yes -f json").rows[0]["kept"] is None
    assert netj("export").ok.stdout == whole
    assert journal.stat().st_mode & 0o777 == 0o600


def test_a_link_in_the_journals_place_stays_a_link(netj: Netj, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    os.rename(journal, tmp_path / "elsewhere" / "real.db")
    journal.symlink_to(tmp_path / "elsewhere" / "real.db")
    netj("backup").ok  # noqa: B018
    netj("contact add 'Priya Nair'").ok  # noqa: B018
    netj("restore latest --yes").ok  # noqa: B018
    assert journal.is_symlink()
    assert "Priya" not in netj("contact list").ok.stdout
