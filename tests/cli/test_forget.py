"""`netj forget`: nothing of somebody is left, and nothing else is lost."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from columns import CHOSEN, NOW, TODAY, Everything

from netjournal import store
from netjournal.store.sqlite.changes import tracked_tables

if TYPE_CHECKING:
    from conftest import Netj

#: Tables of which nothing belongs to one person alone.
OTHERS = {"circle", "organization", "organization_alias", "contact_group", "opportunity", "opportunity_interaction"}


def mark(*what: object) -> str:
    """A word that is nowhere else, and begins as no other: an index leaves out beginnings that words share."""
    return blake2b(repr(what).encode(), digest_size=8).hexdigest()


class Marked(Everything):
    """One row in every table, with a word of its own in every text."""

    def value(self, table: str, column: str) -> Any:
        found = super().value(table, column)
        is_free = isinstance(found, str) and f"{table}.{column}" not in CHOSEN and found.startswith("the ")
        return mark(table, column) if is_free else found


@pytest.fixture(autouse=True)
def path(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


def sqlite(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def is_theirs(table: str) -> bool:
    return table not in OTHERS and not table.startswith("objective")


@pytest.fixture
def marks(netj: Netj, path: Path) -> set[str]:
    """Somebody with a word in every text of theirs, and a past: edited, undone, redone, merged, imported, deleted."""
    with store.writing(path, "fill", TODAY, NOW) as uow:
        made = Marked(uow)
        uow.change("objective", {"id": made.ids["objective"]}, client_id=None)
    found = {
        value
        for column, value in made.values.items()
        if isinstance(value, str) and len(value) == 16 and is_theirs(column.split(".")[0])
    }
    assert len(found) > 20
    found |= {"handle-of-the-contact"}
    with store.writing(path, "edit", TODAY, NOW) as uow:
        for column, value in made.values.items():
            table, name = column.split(".")
            if value in found and name not in ("handle", "topic", "source", "external_id") and made.ids[table]:
                found.add(mark("edited", column))
                uow.change(table, {"id": made.ids[table]}, **{name: mark("edited", column)})
    them = "handle-of-the-contact"
    for line in (
        ["undo"],
        ["redo"],
        ["contact", "add", "Lena Ortiz"],
        ["contact", "add", mark("second"), "--note", mark("second note"), "--alias", mark("second alias")],
        [
            "log",
            "-w",
            mark("second"),
            "-w",
            "lena-ortiz",
            "-n",
            mark("shared, deleted"),
            "--on",
            "2026-01-02",
            "chat: x",
        ],
        ["interaction", "delete", "2"],
        ["log", f"chat with @{mark('second')} about {mark('alone')}", "--next", f"{mark('promise')} by friday"],
        ["import", "linkedin", "-"],
        ["contact", "merge", them, mark("second")],
        ["contact", "merge", them, f"{mark('first')} {mark('last')}"],
        ["contact", "edit", them, "--location", mark("place"), "--org", ""],
        ["undo"],
        ["log", f"coffee with @{them}, @lena-ortiz about rent", "--on", "2026-01-03"],
        ["contact", "edit", "lena-ortiz", "--introduced-by", them, "--note", "hers"],
        ["opportunity", "add", "Staff role", "--through", them],
        ["contact", "add", f"{mark('gone')}", "--alias", mark("second"), "--note", mark("gone note")],
        ["contact", "delete", mark("gone"), "--yes"],
    ):
        assert netj(line, stdin=connections()).ok, line
    words = (
        "second",
        "second note",
        "second alias",
        "shared, deleted",
        "alone",
        "promise",
        "place",
        "gone note",
        "gone",
    )
    found |= {mark(word) for word in (*words, "first", "last", "mail", "role")}
    held = path.read_bytes()
    assert all(marked(word) in held for word in found - {mark("alone")})
    return found


def connections() -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    writer.writerow([mark("first"), mark("last"), "", f"{mark('mail')}@x.org", "Acme", mark("role"), "15 Jan 2024"])
    return out.getvalue()


def marked(word: str) -> bytes:
    """What an index holds of a word at least."""
    return word[4:].encode()


def exported(netj: Netj) -> list[dict[str, Any]]:
    return [json.loads(line) for line in netj("export").ok.stdout.splitlines()]


def without(value: Any, links: set[str]) -> Any:
    """A record without its links to one contact."""
    if isinstance(value, dict):
        return {
            k: None if isinstance(one, str) and one in links else one
            for k, one in _members(value, links)
            if k not in links
        }
    if isinstance(value, list):
        kept = [one for one in value if not (links & ({*one.values()} if isinstance(one, dict) else {one}))]
        return [without(one, links) for one in kept]
    return value


def _members(value: dict[str, Any], links: set[str]) -> list[tuple[str, Any]]:
    return [(key, without(one, links) if isinstance(one, dict | list) else one) for key, one in value.items()]


def test_nothing_is_left_of_somebody_and_everybody_else_is_as_before(netj: Netj, path: Path, marks: set[str]) -> None:
    drafts = path.parent / "drafts"
    drafts.mkdir()
    (drafts / "netj-theirs.txt").write_text("coffee with @handle-of-the-contact")
    (drafts / "netj-other.txt").write_text("coffee with lena")
    before = exported(netj)
    uid = next(r["uid"] for r in before if r.get("contact") == "handle-of-the-contact")
    (receipt,) = netj("forget handle-of-the-contact --yes -f json").rows
    for file in path.parent.rglob("*"):
        held = file.read_bytes() if file.is_file() else b""
        assert {word for word in marks if marked(word) in held} == set(), file
    with closing(sqlite3.connect(path)) as connection:
        told = [
            repr(connection.execute(f'SELECT * FROM "{t}"').fetchall()) for t in (*tracked_tables(connection), "change")
        ]
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search, row)")
        indexed = {row[0] for row in connection.execute("SELECT term FROM temp.words")}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    assert not any(word in text for word in (*marks, uid) for text in told)
    assert indexed.isdisjoint(marks)
    after = exported(netj)
    left = {record["uid"] for record in after}
    links = {"handle-of-the-contact", *(record["uid"] for record in before if record["uid"] not in left)}
    # Who lost a link is newer for it: nothing else of them has changed.
    stamped = [{**record, "changed_at": None} for record in after if record["type"] != "netjournal"]
    kept = [without(record, links) for record in before if record["uid"] in left and record["type"] != "netjournal"]
    assert stamped == [{**record, "changed_at": None} for record in kept]
    gone = sorted(r["type"] for r in before if r["uid"] not in left)
    assert gone == ["contact", "followup", "followup", "interaction", "interaction", "signal"]
    assert (receipt["removed"]["contact"], receipt["removed"]["interaction"], receipt["draft_count"]) == (1, 2, 1)
    assert [file.name for file in drafts.iterdir()] == ["netj-other.txt"]


@pytest.mark.usefixtures("marks")
def test_what_lost_its_past_cannot_be_undone_and_the_rest_can(netj: Netj, path: Path) -> None:
    assert netj("contact add 'Max Frank'").ok
    kept = netj("export").stdout
    assert netj("contact edit max-frank --location Oslo").ok
    netj("forget handle-of-the-contact --yes").ok  # noqa: B018  # `ok` asserts
    forget = netj("changes -f json").rows[0]
    assert (forget["command"], forget["change_count"]) == ("forget", 0)
    for action in (forget["action"], 1):
        code, out, err = netj(f"undo {action}")
        assert (code, out) == (4, "")
        assert "cannot be undone: what it changed was forgotten." in err
    assert netj("redo").code == 3
    assert netj("undo -f json").rows[0]["command"] == "contact edit"
    assert [line for line in netj("export").stdout.splitlines() if "max-frank" in line] == [
        line for line in kept.splitlines() if "max-frank" in line
    ]
    assert netj("redo -f json").rows[0]["command"] == "contact edit"
    # Lena's own past went too: who introduced her was in it.
    for expected in ("contact edit", "contact add"):
        assert netj("undo -f json").rows[0]["command"] == expected
    assert netj("undo").code == 3
    assert sqlite(path, "PRAGMA foreign_key_check") == []
