"""The search index is always what it would be if it were made anew from the rows, and copies follow what they copy."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from everything import full, newest_action, raw, writing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from netjournal.journal.undo import undo
from tries import tries

#: A document's type, its table, the columns of its title and of its body.
DOCUMENTS: tuple[tuple[int, str, list[str], list[str]], ...] = (
    (1, "contact", ["name"], ["location", "met", "note"]),
    (2, "contact_alias", ["alias"], []),
    (3, "organization", ["name"], []),
    (4, "interaction", ["summary"], ["note", "gave", "got"]),
    (5, "touch_note", [], ["note"]),
    (6, "followup", ["text"], []),
    (7, "objective", ["title"], ["why", "looking_for", "done_when", "outcome"]),
    (8, "opportunity", ["title"], ["note"]),
    (9, "affiliation", ["title"], []),
)
INDEX = """CREATE VIRTUAL TABLE search USING fts5 (
    title, body, content = '', tokenize = "unicode61 remove_diacritics 2"
)"""
Words = list[tuple[Any, ...]]
# The triggers of the index lie in the file: how that is opened changes nothing of what they do.
pytestmark = pytest.mark.hastened


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of the test's own with rows in every table."""
    return full(tmp_path / "journal.db")


def words_in(connection: sqlite3.Connection) -> Words:
    """Every word of an index with its document, its column and its place there."""
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search, instance)")
    found = connection.execute("SELECT doc, term, col FROM temp.words ORDER BY 1, 2, 3").fetchall()
    connection.execute("DROP TABLE temp.words")
    return found


def as_it_is(journal: Path) -> Words:
    with raw(journal) as connection:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        return words_in(connection)


def made_anew(journal: Path) -> Words:
    with raw(journal) as connection, closing(sqlite3.connect(":memory:")) as fresh:
        fresh.execute(INDEX)
        for kind, table, title, body in DOCUMENTS:
            for identity, *texts in connection.execute(f"SELECT {', '.join(['id', *title, *body])} FROM {table}"):
                told = [text or "" for text in texts]
                document = ((kind << 40) + identity, " ".join(told[: len(title)]), " ".join(told[len(title) :]))
                fresh.execute("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", document)
        return words_in(fresh)


def test_the_index_holds_every_document_of_a_full_journal(journal: Path) -> None:
    words = as_it_is(journal)
    assert words == made_anew(journal)
    assert {doc >> 40 for doc, _, _ in words} == {kind for kind, *_ in DOCUMENTS}


def test_every_text_that_is_indexed_is_named_here(journal: Path) -> None:
    with raw(journal) as connection:
        found = {row[0] for row in connection.execute("SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger'")}
    assert found == {table for _, table, _, _ in DOCUMENTS}


OPTIONAL = {
    "contact": ["location", "met", "note"],
    "interaction": ["summary", "note", "gave", "got"],
    "objective": ["why", "looking_for", "done_when", "outcome"],
    "opportunity": ["note"],
    "affiliation": ["title"],
}
CHANGES = [
    *[f"DELETE FROM {table} WHERE id = {n}" for _, table, _, _ in DOCUMENTS for n in (1, 2)],
    *[
        f"UPDATE {table} SET {column} = 'rewritten ' || id || ' Ünïcode'"
        for _, table, title, body in DOCUMENTS
        for column in [*title, *body]
    ],
    *[f"UPDATE {table} SET {column} = NULL" for table, columns in OPTIONAL.items() for column in columns],
    "UPDATE interaction SET on_day = '2026-10-31'",
    "DELETE FROM organization",
    "DELETE FROM contact",
    "UPDATE touch SET contact_id = 3 WHERE contact_id = 1",
    "DELETE FROM touch WHERE contact_id = 1",
    "INSERT INTO contact_alias (contact_id, alias, alias_key) SELECT id, 'Nick ' || id, 'nick' FROM contact",
]


def changed(journal: Path, statements: list[str]) -> bool:
    """Run statements as one action; say whether it left one."""
    newest = newest_action(journal)
    with writing(journal) as uow:
        for statement in statements:
            # What a constraint refuses did nothing.
            with suppress(sqlite3.IntegrityError):
                uow.raw.execute(statement)
    return newest_action(journal) != newest


@pytest.mark.parametrize("statement", CHANGES)
def test_the_index_follows_a_change_and_its_undo(statement: str, journal: Path) -> None:
    before = as_it_is(journal)
    assert changed(journal, [statement])
    assert as_it_is(journal) == made_anew(journal)
    with writing(journal, "undo") as uow:
        undo(uow)
    assert as_it_is(journal) == before == made_anew(journal)


@settings(
    max_examples=tries(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=5), min_size=1, max_size=3))
def test_the_index_follows_any_changes_and_their_undo(tmp_path: Path, actions: list[list[str]]) -> None:
    journal = full(tmp_path / "random.db")
    made = 0
    for statements in actions:
        made += changed(journal, statements)
        assert as_it_is(journal) == made_anew(journal)
    for _ in range(made):
        with writing(journal, "undo") as uow:
            undo(uow)
        assert as_it_is(journal) == made_anew(journal)


def copies(journal: Path) -> Words:
    """Touches that say other than their interaction."""
    with raw(journal) as connection:
        return connection.execute(
            "SELECT t.* FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
            "WHERE (t.on_day, t.exposure, t.kind, t.direction) IS NOT (i.on_day, i.exposure, i.kind, i.direction)"
        ).fetchall()


COPIED: dict[str, Any] = {"on_day": "2026-10-30", "exposure": 1, "kind": "email", "direction": "in"}


@pytest.mark.parametrize("values", [*({column: value} for column, value in COPIED.items()), COPIED])
def test_what_a_touch_copies_follows_its_interaction(values: dict[str, Any], journal: Path) -> None:
    with writing(journal) as uow:
        assert uow.change("interaction", {"id": 1}, **values) == 1
    assert copies(journal) == []
    with raw(journal) as connection:
        listed = ", ".join(values)
        found = connection.execute(f"SELECT DISTINCT {listed} FROM touch WHERE interaction_id = 1").fetchall()
        notes = connection.execute("SELECT count(*) FROM touch_note WHERE interaction_id = 1").fetchone()
    assert (found, notes) == ([tuple(values.values())], (2,))


@pytest.mark.parametrize("column", COPIED)
def test_what_a_touch_copies_cannot_be_set_otherwise(column: str, journal: Path) -> None:
    values, row = {column: COPIED[column]}, {"contact_id": 3, "interaction_id": 1, "on_day": "2026-11-01"}
    with pytest.raises(IntegrityError), writing(journal) as uow:
        uow.change("touch", {"contact_id": 1, "interaction_id": 1}, **values)
    with pytest.raises(IntegrityError), writing(journal) as uow:
        uow.add("touch", **{**row, "exposure": 0, "kind": "coffee", "direction": "mutual", **values})
    assert copies(journal) == []


TWICE = """
import sys
from pathlib import Path
from everything import writing
from netjournal.store.tables import ContactTopic
with writing(Path(sys.argv[1])) as uow:
    for row in (rows := [ContactTopic(contact_id=1, topic="twice") for _ in range(2)]):
        uow._session.add(row)
        uow._session.flush()
"""


def test_a_warning_of_the_orm_is_an_error_outside_tests_too(journal: Path) -> None:
    # In a process of its own: pytest makes every warning an error here.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    words = [sys.executable, "-c", TWICE, str(journal)]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert ended.stderr.splitlines()[-1].startswith("sqlalchemy.exc.SAWarning: ")


def test_a_column_that_a_table_has_not_is_refused(journal: Path) -> None:
    with pytest.raises(ValueError, match="no column"), writing(journal) as uow:
        uow.add("contact_topic", contact_id=1, topics="sre")
