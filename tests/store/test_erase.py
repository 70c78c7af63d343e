"""What only SQLite understands of forgetting: marks in the record, the swept file, copies that hold somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from everything import full, newest_action, raw, writing

from netjournal.store.sqlite.erase import holders, sweep

if TYPE_CHECKING:
    from pathlib import Path


def test_what_undid_a_forgotten_action_is_forgotten_with_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    full(path)
    with writing(path, "edit") as uow:
        uow.change("contact", {"handle": "person-3"}, note="secret")
    edited = newest_action(path)
    with writing(path, "undo") as uow:
        uow.take_back(edited)
    with raw(path) as connection:
        # A row that the undo put back without a change of its own: only the chain tells that they belong together.
        connection.execute("DELETE FROM change WHERE action_id = ?", (edited + 1,))
    with writing(path, "other") as uow:
        uow.change("organization", {"name": "Acme"}, name="Apex")
    with writing(path, "forget") as uow:
        third = uow.read.rows("SELECT id FROM contact WHERE handle = 'person-3'")[0][0]
        uow.remove("contact", id=third)
        erased = uow.erase([third], lambda text: "secret" in text)
    with raw(path) as connection:
        marks = dict(connection.execute("SELECT command, forgotten FROM action").fetchall())
        assert marks == {"fill": 1, "edit": 1, "undo": 1, "other": 0, "forget": 1}
        assert "secret" not in repr(connection.execute("SELECT * FROM change").fetchall())
    assert (erased.action_count, erased.rows) == (3, {"contact": 1})


def test_a_swept_file_holds_nothing_that_was_deleted_even_without_secure_delete(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    full(path)
    with raw(path) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("UPDATE touch_note SET note = 'zebrafinch'")
        connection.execute("DELETE FROM touch_note")
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    assert b"brafinch" in path.read_bytes()
    sweep(path)
    assert b"brafinch" not in path.read_bytes()


def test_copies_are_asked_for_now_and_for_the_past_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    full(path)
    with raw(path) as connection:
        ((uid,),) = connection.execute("SELECT uid FROM contact WHERE handle = 'person-3'").fetchall()
    (tmp_path / "backups").mkdir()
    alive = tmp_path / "backups" / "one.db"
    alive.write_bytes(path.read_bytes())
    with writing(path, "delete") as uow:
        uow.remove("contact", handle="person-3")
    past = tmp_path / "backups" / "two.db"
    past.write_bytes(path.read_bytes())
    (tmp_path / "backups" / "readme.txt").write_text(uid)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in (alive, past)}
    assert holders(path, [uid]).holding == (alive, past)
    assert holders(path, ["0" * 32]).holding == ()
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in (alive, past)} == before
