"""Salvage: whatever page is destroyed, every row outside it comes out, and the damaged file is only read."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from everything import full, raw, writing

from netjournal.errors import ConflictError, JournalError, NotFoundError
from netjournal.store.sqlite import opener
from netjournal.store.sqlite.salvage import salvage

if TYPE_CHECKING:
    from netjournal.store.unit_of_work import UnitOfWork

PAGE = 4096
#: Random damages; many more where tests are given time.
DAMAGES = 3 * int(os.environ.get("NETJ_FUZZ") or 1)
Tables = dict[str, set[tuple[Any, ...]]]


def people(uow: UnitOfWork, count: int) -> None:
    """Contacts that all know each other, with notes of every length up to three pages."""

    def uid(kind: str, n: int) -> str:
        return f"{kind}{n:030x}"

    contact = ("id", "uid", "handle", "name", "name_key", "note", "added_on", "changed_at")
    uow.add_rows(
        "contact",
        contact,
        (
            (n, uid("c0", n), f"p-{n}", f"P {n}", f"p {n}", f"note {n} " * (n % 150 + 1), "2026-01-01", "")
            for n in range(10, count)
        ),
    )
    meeting = ("id", "uid", "on_day", "kind", "direction", "exposure", "summary", "note", "changed_at")
    uow.add_rows(
        "interaction",
        meeting,
        (
            (n, uid("a0", n), "2026-01-02", "coffee", "mutual", 0, f"talk {n}", "long " * (n % 7) ** 5 or None, "")
            for n in range(10, count)
        ),
    )
    touch = ("contact_id", "interaction_id", "on_day", "exposure", "kind", "direction")
    uow.add_rows(
        "touch", touch, ((m, n, "2026-01-02", 0, "coffee", "mutual") for n in range(10, count) for m in (n, 1))
    )
    promise = ("id", "uid", "text", "owner", "by_day", "contact_id", "opened_on", "changed_at")
    uow.add_rows(
        "followup",
        promise,
        ((n, uid("f0", n), f"send {n}", "me", "2026-02-01", n, "2026-01-02", "") for n in range(10, count)),
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("full") / "journal.db"
    full(path)
    with writing(path) as uow:
        people(uow, 220)
    return path.read_bytes()


@pytest.fixture
def journal(template: bytes, tmp_path: Path) -> Path:
    (tmp_path / "journal.db").write_bytes(template)
    return tmp_path / "journal.db"


def tables(path: Path) -> Tables:
    with raw(path) as connection:
        names = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {name: set(connection.execute(f"SELECT * FROM {name}")) for (name,) in names}


def owners(path: Path) -> dict[int, tuple[str, str]]:
    """What each page belongs to, and whether it holds rows (leaf), leads to others (internal) or goes on (overflow)."""
    with raw(path) as connection:
        try:
            found = connection.execute("SELECT pageno, name, pagetype FROM dbstat").fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite was built without dbstat")
    return {page: (name, kind) for page, name, kind in found}


def overwrite(path: Path, pages: list[int], dice: random.Random) -> None:
    with open(path, "r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(dice.choice((dice.randbytes(PAGE), bytes(PAGE), b"\xff" * PAGE)))


def rescued(journal: Path) -> tuple[Tables, dict[str, int | None], int]:
    """What a salvage makes of a file, which must be a whole journal, and the old file untouched."""
    new, before = journal.with_name("new.db"), journal.read_bytes()
    new.unlink(missing_ok=True)
    told, damaged = salvage(journal, new)
    assert journal.read_bytes() == before
    assert {file.name for file in journal.parent.iterdir()} <= {"journal.db", "journal.db-journal", "new.db"}
    assert new.stat().st_mode & 0o777 == 0o600
    with raw(new) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    found = tables(new)
    assert {one.table: one.read_count for one in told} == {name: len(rows) for name, rows in found.items()}
    return found, {one.table: one.lost_count for one in told}, damaged


def test_of_a_whole_journal_everything_comes_out(journal: Path) -> None:
    found, lost, damaged = rescued(journal)
    assert found == tables(journal)
    assert (set(lost.values()), damaged) == ({0}, 0)
    with raw(journal) as old, raw(journal.with_name("new.db")) as new:
        both = [c.execute("SELECT * FROM sqlite_sequence ORDER BY name").fetchall() for c in (old, new)]
        assert both[0] == both[1]
        assert new.execute("SELECT count(*) FROM search WHERE search MATCH 'talk'").fetchone()[0] > 200


#: What a row names, by the places of the columns: where that is lost, the row goes, or only the name.
NAMES = {"touch": ((0, "contact"), (1, "interaction")), "followup": ((5, "contact"),)}


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_every_row_outside_the_destroyed_pages_comes_out(seed: int, journal: Path) -> None:
    whole, owned, dice = tables(journal), owners(journal), random.Random(seed)
    bad = dice.sample([page for page, (name, _) in owned.items() if name != "sqlite_schema"], 6)
    # In a table that is an index, pages that lead to others hold rows too.
    hurt = {owned[page][0] for page in bad if owned[page][1] != "internal" or owned[page][0] == "touch"}
    overwrite(journal, bad, dice)
    found, lost, _ = rescued(journal)
    ids = {name: {row[0] for row in found[name]} for name in ("contact", "interaction")}
    for name in ("contact", "interaction", "touch", "followup"):
        for row in whole[name] - found[name]:
            dangling = any(row[at] is not None and row[at] not in ids[other] for at, other in NAMES.get(name, ()))
            assert name in hurt or dangling, (name, row[:2])
        indexes = [page for page in bad if owned[page][0].startswith(("sqlite_autoindex_" + name, name + "_"))]
        if name in hurt & set(ids) and not indexes:
            # Its indexes say which rows there were.
            assert lost[name] == len(whole[name]) - len(found[name])
        if name == "followup" and name not in hurt:
            # A promise may have lost whom it was made to, and its own text never.
            assert {row[1:3] for row in found[name]} == {row[1:3] for row in whole[name]}


def test_a_page_that_only_leads_to_others_costs_no_row(journal: Path) -> None:
    whole, owned, dice = tables(journal), owners(journal), random.Random(1)
    inner = [page for page, (name, kind) in owned.items() if kind == "internal" and name in whole]
    assert {owned[page][0] for page in inner} >= {"contact", "interaction", "touch"}
    overwrite(journal, inner, dice)
    found, lost, damaged = rescued(journal)
    history = ("action", "change")
    assert {name: rows for name, rows in found.items() if name not in history} == {
        name: rows for name, rows in whole.items() if name not in history
    }
    assert damaged == len(inner)
    assert lost["touch"] == lost["contact"] == 0


def test_a_file_that_ends_too_early_gives_what_is_before_its_end(journal: Path) -> None:
    whole, owned = tables(journal), owners(journal)
    end = max(page for page, (name, _) in owned.items() if name == "contact")
    os.truncate(journal, end * PAGE)
    found, _, _ = rescued(journal)
    assert found["contact"] == whole["contact"]
    assert found["interaction"] <= whole["interaction"]


def test_undo_is_kept_only_where_all_of_its_record_was_read(journal: Path) -> None:
    owned = owners(journal)
    (page, *_) = [page for page, (name, kind) in owned.items() if name == "change" and kind == "leaf"]
    overwrite(journal, [page], random.Random(2))
    found, lost, _ = rescued(journal)
    assert (found["change"], found["action"]) == (set(), set())
    assert lost["change"]


def test_a_write_that_was_cut_off_is_taken_back_first(journal: Path) -> None:
    whole = tables(journal)
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE contact SET note = 'half written'")
        left = {name: (journal.parent / name).read_bytes() for name in ("journal.db", "journal.db-journal")}
        connection.execute("ROLLBACK")
    for name, content in left.items():
        (journal.parent / name).write_bytes(content)
    assert rescued(journal)[0] == whole
    assert (journal.parent / "journal.db-journal").read_bytes() == left["journal.db-journal"]


@pytest.mark.parametrize("head", [b"\xff" * PAGE, bytes(PAGE), b"To do: call Dana\n" * 300])
def test_without_the_first_page_nothing_can_be_read_and_it_says_so(head: bytes, journal: Path) -> None:
    with open(journal, "r+b") as file:
        file.write(head)
    before = journal.read_bytes()
    with pytest.raises(JournalError, match="Nothing can be read") as told:
        salvage(journal, journal.with_name("new.db"))
    assert "netj restore latest" in (told.value.hint or "")
    assert (journal.read_bytes(), [file.name for file in journal.parent.iterdir()]) == (before, ["journal.db"])


def test_an_older_schema_comes_out_as_it_is_and_a_newer_one_not_at_all(journal: Path) -> None:
    with raw(journal) as connection:
        connection.execute(f"PRAGMA user_version = {opener.SCHEMA_VERSION + 1}")
    with pytest.raises(JournalError, match="newer"):
        salvage(journal, journal.with_name("new.db"))


def test_an_existing_file_is_never_written_over_and_a_missing_one_not_made(journal: Path) -> None:
    new = journal.with_name("new.db")
    new.write_text("mine")
    with pytest.raises(ConflictError):
        salvage(journal, new)
    assert new.read_text() == "mine"
    with pytest.raises(NotFoundError):
        salvage(journal.with_name("none.db"), journal.with_name("other.db"))
    assert not journal.with_name("other.db").exists()
