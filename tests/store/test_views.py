"""The views for sqlite3 and Datasette: their columns are a contract, and they tell what the program tells."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from everything import contents, full, raw, writing

from netjournal.journal.undo import undo
from netjournal.store.sqlite import backup

if TYPE_CHECKING:
    from conftest import Netj

#: More columns may follow; none goes, changes its name or its place.
COLUMNS = {
    "v_contacts": "uid id contact name organization title circle every_days latest_days last_on due_on touch_count "
    "location birthday met note snoozed_until paused connected_on added_on archived",
    "v_due": "uid contact name organization standing due_on days_late every_days latest_days latest_on last_on",
    "v_interactions": "uid id on_day kind depth direction summary note minutes gave got exposure none_on_purpose source",
    "v_touches": "contact name interaction on_day kind direction summary note exposure",
    "v_supports": "interaction on_day objective",
    "v_objectives": "uid key title why looking_for done_when client status by_day outcome opened_on closed_on",
    "v_followups": "uid id text owner by_day contact name objective interaction status opened_on closed_on",
    "v_opportunities": "uid id title organization stage direction through objective origin note opened_on closed_on",
    "v_affiliations": "contact name organization title since until",
}


@pytest.fixture
def today(environment: dict[str, str]) -> str:
    """The system's day as SQLite sees it, which the program takes too."""
    with closing(sqlite3.connect(":memory:")) as connection:
        ((day,),) = connection.execute("SELECT date('now', 'localtime')").fetchall()
    environment["NETJ_TODAY"] = day
    return str(day)


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    with raw(path) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def days_from(today: str, *ahead: int) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        return [connection.execute("SELECT date(?, ?)", (today, f"{n} days")).fetchone()[0] for n in ahead]


def test_every_view_has_the_columns_that_are_told(tmp_path: Path) -> None:
    full(tmp_path / "journal.db")
    with raw(tmp_path / "journal.db") as connection:
        views = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        found = {view: [row[1] for row in connection.execute(f"PRAGMA table_info({view})")] for view in views}
        counts = {view: connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0] for view in views}
    assert {view: " ".join(names) for view, names in found.items()} == COLUMNS
    # The journal has rows in every table: no view loses all of them.
    assert all(counts.values()), counts


def _make(netj: Netj, today: str) -> None:
    """A journal with somebody in every standing that there is."""
    before = dict(zip(range(1, 121), days_from(today, *(-n for n in range(1, 121))), strict=True))
    (soon,) = days_from(today, 30)
    people: list[tuple[str, str, int | None]] = [
        ("overdue-own", "--every 10d", 60), ("overdue-circle", "--circle inner", 120), ("due-own", "--every 10d", 12),
        ("due-today", "--every 30d", 30), ("soon", "--every 30d", 24), ("on-track", "--every 30d", 2),
        ("untouched", "--every 40d", None), ("planned", "--every 10d", 12), ("late-planned", "--every 10d", 60),
        ("snoozed", "--every 10d", 60), ("paused", "--every 10d", 60), ("archived", "--every 10d", 60),
        ("untracked", "", 5), ("odd", "--every 7d", 9), ("latest", "--every 10d --latest 90d", 60),
        ("both", "--circle inner --every 5d", 6),
        # On both sides of each boundary.
        *((f"every10-{ago}", "--every 10d", ago) for ago in (7, 8, 9, 10, 15, 16)),
        *((f"every30-{ago}", "--every 30d", ago) for ago in (22, 23, 29, 31, 45, 46)),
    ]  # fmt: skip
    for name, words, ago in people:
        assert netj(f"contact add {name} {words} --org Acme").ok
        if ago is not None:
            assert netj(["log", f"{before[ago]}: coffee with @{name} about x"]).ok
    for name in ("planned", "late-planned"):
        assert netj(["followup", "add", f"call @{name}", "--by", soon]).ok
    assert netj("snooze snoozed 'in 3 weeks'").ok
    assert netj("snooze paused").ok
    assert netj("contact archive archived").ok
    assert netj("contact add told --org Globex --title CTO").ok
    assert netj(f"keep told --every 30d --last {before[40]}").ok
    # Nobody's touch: sent to more than a few.
    everybody = [word for name, *_ in people[:7] for word in ("--with", name)]
    assert netj(["log", "season's greetings", "--kind", "email", *everybody]).ok


_MADE: dict[str, bytes] = {}


@pytest.fixture
def path(netj: Netj, environment: dict[str, str], today: str) -> Path:
    """That journal, made once."""
    found = Path(environment["NETJ_DB"])
    if today not in _MADE:
        _make(netj, today)
        _MADE[today] = found.read_bytes()
    found.write_bytes(_MADE[today])
    return found


def test_due_of_the_view_is_due_of_the_command(netj: Netj, path: Path) -> None:
    keys = (
        "contact",
        "name",
        "organization",
        "standing",
        "due_on",
        "days_late",
        "every_days",
        "latest_days",
        "last_on",
    )
    told = {row["contact"]: row for row in netj("due --all --hidden -f json").rows if row["type"] == "contact"}
    seen = {row["contact"]: row for row in rows(path, "SELECT * FROM v_due")}
    assert {row["standing"] for row in seen.values()} == {
        "overdue", "due", "soon", "on-track", "planned", "snoozed", "paused",
    }  # fmt: skip
    assert seen.keys() == told.keys()
    assert {who: {k: row[k] for k in keys} for who, row in seen.items()} == {
        who: {k: row[k] for k in keys} for who, row in told.items()
    }


def test_contacts_of_the_view_are_those_of_the_list(netj: Netj, path: Path) -> None:
    keys = (
        "uid",
        "contact",
        "name",
        "organization",
        "title",
        "circle",
        "every_days",
        "last_on",
        "due_on",
        "touch_count",
    )
    told = netj("contact list -f json").rows + netj("contact list --archived -f json").rows
    seen = rows(path, "SELECT * FROM v_contacts ORDER BY archived, name")
    assert [{k: row[k] for k in keys} for row in seen] == [{k: row[k] for k in keys} for row in told]
    assert [bool(row["archived"]) for row in seen] == [row["archived"] for row in told]


def test_nothing_can_be_written_through_a_view(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    full(path)
    before = contents(path)
    with raw(path) as connection:
        for view in COLUMNS:
            column = COLUMNS[view].split()[0]
            for sql in (
                f"DELETE FROM {view}",
                f"UPDATE {view} SET {column} = 'x'",
                f"INSERT INTO {view} DEFAULT VALUES",
            ):
                with pytest.raises(sqlite3.OperationalError, match="because it is a view"):
                    connection.execute(sql)
    assert contents(path) == before


def test_views_look_after_themselves_in_undo_and_backup(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    full(path)
    before = {view: rows(path, f"SELECT * FROM {view}") for view in COLUMNS}
    with writing(path, "change") as uow:
        uow.remove("touch", contact_id=1)
        uow.change("contact", {"id": 2}, name="Zed", name_key="zed")
    assert {view: rows(path, f"SELECT * FROM {view}") for view in COLUMNS} != before
    with writing(path, "undo") as uow:
        undo(uow)
    assert {view: rows(path, f"SELECT * FROM {view}") for view in COLUMNS} == before
    copy = backup.back_up(path, "before-import")
    assert copy is not None
    assert {view: rows(copy, f"SELECT * FROM {view}") for view in COLUMNS} == before
