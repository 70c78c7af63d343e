"""`netj doctor`: that it sees each fault, mends what can be made anew, and changes nothing unless told to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

from netjournal.store import surroundings
from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def journal(netj: Netj, environment: dict[str, str]) -> Path:
    """The story's journal, with a backup."""
    path = Path(environment["NETJ_DB"])
    story.tell(netj, path)
    path.chmod(0o600)
    assert netj("backup").ok
    return path


def statuses(netj: Netj, command: str = "doctor") -> dict[str, str]:
    ended = netj(f"{command} --fields check,status --no-header")
    rows = dict(line.split("\t") for line in ended.stdout.splitlines())
    failed = [check for check, status in rows.items() if status == "failed"]
    assert ended.code == (5 if failed else 0)
    assert all(check in ended.stderr for check in failed)
    return rows


def damage(journal: Path, *statements: str) -> None:
    """Change the file behind the program's back: no foreign keys, no triggers."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_a_sound_journal_is_sound_and_looking_changes_no_byte(netj: Netj, journal: Path) -> None:
    before = state(journal.parent)
    found = statuses(netj)
    assert set(found.values()) == {"ok"}
    assert set(found) >= {"file", "records", "last write", "schema", "sqlite", "file system", "synced folder"}
    assert set(found) >= {"permissions", "backups", "pages", "references", "search index", "settings"}
    assert state(journal.parent) == before


def test_its_rows_say_how_much_there_is_and_what_was_written_last_and_hold_no_stored_value(
    netj: Netj, journal: Path
) -> None:
    rows = {row["check"]: row["text"] for row in netj("doctor -f json").rows}
    assert rows["records"].startswith("contact 4, ")
    assert rows["last write"] == "2026-11-23, import linkedin"
    assert rows["file"].startswith(str(journal))
    assert "Dana" not in "".join(rows.values())


FAULTS = {
    "a document that is missing": ("DELETE FROM search_docsize WHERE id = (4 << 40) + 1", "search index"),
    "a word that is missing": (
        "INSERT INTO search (search, rowid, title, body) SELECT 'delete', (4 << 40) + id, 'hiring', '' FROM interaction "
        "WHERE id = 1; INSERT INTO search (rowid, title, body) VALUES ((4 << 40) + 1, '', '')",
        "search index",
    ),
    "a document too many": ("INSERT INTO search (rowid, title, body) VALUES (99, 'gone', '')", "search index"),
    "two documents with each other's words": (
        "DROP TRIGGER contact_alias_search_update; DROP TRIGGER organization_search_update; "
        "UPDATE contact_alias SET alias = 'Acme Inc.'; UPDATE organization SET name = 'Dee' WHERE id = 1",
        "search index",
    ),
    "a stale document": (
        "DROP TRIGGER followup_search_update; UPDATE followup SET text = 'other words' WHERE id = 1",
        "search index",
    ),
    "a stale title": (
        "DROP TRIGGER affiliation_search_update; UPDATE affiliation SET title = 'Chief of nothing' WHERE id = 1",
        "search index",
    ),
    "words in another order": (
        "DROP TRIGGER followup_search_update; UPDATE followup SET text = 'deck the send' WHERE text = 'send the deck'",
        "search index",
    ),
    "a name folded otherwise": ("UPDATE contact SET name_key = 'somebody' WHERE id = 1", "folded names"),
    "an organization folded otherwise": ("UPDATE organization SET name_key = 'zzz' WHERE id = 1", "folded names"),
    "an address folded otherwise": ("UPDATE contact_method SET value_key = 'zzz' WHERE id = 1", "folded names"),
    "a talk that counts as exposure": ("UPDATE interaction SET exposure = 1 WHERE id = 1", "exposure"),
    "a post that does not": ("UPDATE interaction SET exposure = 0 WHERE kind = 'post'", "exposure"),
    "a touch on another day": ("UPDATE touch SET on_day = '2020-01-01' WHERE interaction_id = 1", "touch days"),
    "a touch of another kind": ("UPDATE touch SET kind = 'post' WHERE interaction_id = 1", "touch days"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_what_is_derived_is_found_and_mended_and_the_mend_is_one_step(
    fault: str, netj: Netj, journal: Path
) -> None:
    statements, check = FAULTS[fault]
    damage(journal, *statements.split("; "))
    before = journal.read_bytes()
    assert statuses(netj)[check] == "failed"
    assert journal.read_bytes() == before
    mended = statuses(netj, "doctor --repair")
    assert mended[check] == "repaired"
    assert "failed" not in mended.values()
    assert set(statuses(netj).values()) == {"ok"}
    assert (journal.parent / "backups" / "journal-2026-11-23-before-repair.db").read_bytes()
    if check in ("folded names", "exposure"):
        assert netj("undo --fields command --no-header").ok.stdout == "doctor --repair\n"


def test_without_a_fault_a_repair_writes_nothing(netj: Netj, journal: Path) -> None:
    before = state(journal.parent)
    assert "repaired" not in statuses(netj, "doctor --repair").values()
    assert state(journal.parent) == before


@pytest.mark.parametrize(
    ("statement", "check", "status"),
    [
        ("INSERT INTO support (interaction_id, objective_id) VALUES (1, 99)", "references", "failed"),
        (
            "INSERT INTO organization_alias (organization_id, alias, alias_key) "
            "SELECT 2, name, name_key FROM organization WHERE id = 1",
            "organizations",
            "warning",
        ),
        ("UPDATE change SET key = 'no json' WHERE id = 1", "past", "failed"),
        ("UPDATE change SET table_name = 'contact\"; DROP TABLE contact; --' WHERE id = 1", "past", "failed"),
    ],
)
def test_what_only_its_owner_can_decide_is_named_with_the_mend(
    statement: str, check: str, status: str, netj: Netj, journal: Path
) -> None:
    damage(journal, statement)
    assert statuses(netj)[check] == status
    assert statuses(netj, "doctor --repair")[check] == status


def test_two_names_that_fold_alike_are_left_to_their_owner(netj: Netj, journal: Path) -> None:
    damage(
        journal,
        "UPDATE circle SET name_key = 'x1' WHERE id = 1",
        "UPDATE circle SET name = 'Inner', name_key = 'x2' WHERE id = 2",
    )
    assert statuses(netj, "doctor --repair")["folded names"] == "failed"
    assert statuses(netj)["folded names"] == "failed"


def test_files_that_others_may_read_are_named_and_closed(netj: Netj, journal: Path) -> None:
    (backup,) = (journal.parent / "backups").iterdir()
    for file in (journal, backup):
        file.chmod(0o644)
    assert statuses(netj)["permissions"] == "warning"
    assert journal.stat().st_mode & 0o777 == 0o644
    assert statuses(netj, "doctor --repair")["permissions"] == "repaired"
    assert {file.stat().st_mode & 0o777 for file in (journal, backup)} == {0o600}


def test_a_folder_that_is_not_ours_is_not_closed(netj: Netj, journal: Path) -> None:
    journal.parent.chmod(0o777)
    assert statuses(netj, "doctor --repair")["permissions"] == "warning"
    assert journal.parent.stat().st_mode & 0o777 == 0o777
    journal.parent.chmod(0o700)


def test_a_newest_backup_that_is_damaged_is_a_failure_and_none_a_warning(netj: Netj, journal: Path) -> None:
    (backup,) = (journal.parent / "backups").iterdir()
    with open(backup, "r+b") as file:
        file.truncate(8192)
    assert statuses(netj)["backups"] == "failed"
    backup.unlink()
    assert statuses(netj)["backups"] == "warning"


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox (Personal)/notes", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("OneDrive - Acme", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-me@example.com/My Drive", "Google Drive"),
        ("shared", "Syncthing"),
    ],
)
def test_a_synced_folder_is_named_with_its_risk_and_the_mend(
    folder: str, service: str, netj: Netj, tmp_path: Path
) -> None:
    place = tmp_path / folder / "deep"
    place.mkdir(parents=True)
    if service == "Syncthing":
        (tmp_path / folder / ".stfolder").mkdir()
    path = place / "journal.db"
    path.touch()
    (row,) = [r for r in netj(["--db", str(path), "doctor", "-f", "json"]).rows if r["check"] == "synced folder"]
    assert row["status"] == "warning"
    assert row["text"].startswith(f"{service} ")
    assert "netj backup FILE" in row["text"]


def test_a_disk_of_another_machine_is_named(netj: Netj, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert journal.exists()
    monkeypatch.setattr(surroundings, "file_system", lambda _: ("nfs4", True))
    assert statuses(netj)["file system"] == "warning"


def test_settings_that_cannot_be_read_are_told_and_stop_nothing(
    netj: Netj, journal: Path, environment: dict[str, str]
) -> None:
    assert journal.exists()
    Path(environment["NETJ_CONFIG"]).write_text("capacity = [")
    found = statuses(netj)
    assert (found["settings"], found["pages"]) == ("failed", "ok")


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
