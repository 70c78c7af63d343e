"""`netj doctor`: that it sees each fault, mends what can be made anew, and changes nothing unless told to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from doctored import backed_up, damage, state, statuses

from netjournal.store import surroundings

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def journal(netj: Netj, environment: dict[str, str]) -> Path:
    return backed_up(netj, Path(environment["NETJ_DB"]))


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
