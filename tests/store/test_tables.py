"""The tables in code are the tables in a file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Column, ForeignKeyConstraint
from sqlalchemy import types as column_types

from netjournal.store.sqlite import opener, steps
from netjournal.store.tables import TABLES, Contact, Table
from rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table as CoreTable

Fact = tuple[Any, ...]


@pytest.fixture(scope="module")
def made() -> Iterator[sqlite3.Connection]:
    """A database that got its schema from the steps."""
    with closing(opener.empty_in_memory()) as connection:
        yield connection


def core(name: str) -> CoreTable:
    return TABLES[name].metadata.tables[name]


def names_in(made: sqlite3.Connection) -> set[str]:
    return {
        row[0]
        for row in made.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        if not row[0].startswith("sqlite_")
    }


def type_of(column: Column[Any]) -> str:
    return "INTEGER" if isinstance(column.type, column_types.Integer) else "TEXT"


def default_of(column: Column[Any]) -> object:
    return getattr(column.default, "arg", None)


def test_the_steps_make_the_tables_that_the_code_knows_and_no_others(made: sqlite3.Connection) -> None:
    assert names_in(made) == set(TABLES)


@rows("name", TABLES)
def test_the_columns_of_a_table_are_the_same_in_code_and_in_the_file(name: str, made: sqlite3.Connection) -> None:
    wanted, found = [], []
    for place, column in enumerate(core(name).columns):
        # An integer primary key is never NULL, but SQLite does not call it NOT NULL.
        required = not column.nullable and not (column.primary_key and column.name == "id")
        wanted.append((place, column.name, type_of(column), required, default_of(column), column.primary_key))
    for cid, column_name, declared, notnull, default, key, hidden in made.execute(f"PRAGMA table_xinfo({name})"):
        assert not hidden
        value = None if default is None else int(default) if declared == "INTEGER" else default.strip("'")
        found.append((cid, column_name, declared, bool(notnull), value, bool(key)))
    assert found == wanted


@rows("name", TABLES)
def test_the_primary_key_of_a_table_is_the_same_in_code_and_in_the_file(name: str, made: sqlite3.Connection) -> None:
    keyed = sorted((row[5], row[1]) for row in made.execute(f"PRAGMA table_xinfo({name})") if row[5])
    assert [column for _, column in keyed] == [column.name for column in core(name).primary_key.columns]


def foreign_keys_in(made: sqlite3.Connection, name: str) -> set[Fact]:
    """(columns, parent, its columns, on update, on delete) of each."""
    found: dict[int, list[Fact]] = {}
    for row in made.execute(f"PRAGMA foreign_key_list({name})"):
        found.setdefault(row[0], []).append(row)
    keys = set()
    for pairs in found.values():
        pairs.sort(key=lambda row: int(row[1]))
        keys.add((tuple(r[3] for r in pairs), pairs[0][2], tuple(r[4] for r in pairs), pairs[0][5], pairs[0][6]))
    return keys


@rows("name", TABLES)
def test_the_foreign_keys_of_a_table_are_the_same_in_code_and_in_the_file(name: str, made: sqlite3.Connection) -> None:
    wanted = set()
    for constraint in core(name).constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            parents = tuple(element.target_fullname.split(".")[1] for element in constraint.elements)
            parent = constraint.elements[0].target_fullname.split(".")[0]
            actions = (constraint.onupdate or "NO ACTION", constraint.ondelete or "NO ACTION")
            wanted.add((tuple(constraint.column_keys), parent, parents, *actions))
    assert foreign_keys_in(made, name) == wanted


@rows("name", TABLES)
def test_a_table_is_strict(name: str, made: sqlite3.Connection) -> None:
    assert made.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (name,)).fetchone() == (1,)


@rows("name", TABLES)
def test_each_foreign_key_of_a_table_has_an_index_that_begins_with_its_columns(
    name: str, made: sqlite3.Connection
) -> None:
    indexes = []
    for _, index, _, _, _ in made.execute(f"PRAGMA index_list({name})").fetchall():
        (text,) = made.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (index,)).fetchone() or (None,)
        columns = [row[2] for row in made.execute(f"PRAGMA index_xinfo({index})") if row[5]]
        where = re.search(r"\bWHERE (.*)", text or "")
        # A partial index serves a parent's deletion only where what it leaves out are NULLs.
        if where is None or where[1] == f"{columns[0]} IS NOT NULL":
            indexes.append(columns)
    for columns, parent, theirs, *_ in foreign_keys_in(made, name):
        # Copies beside the parent's key tell nothing more of which row it is.
        keyed = {row[1] for row in made.execute(f"PRAGMA table_info({parent})") if row[5]}
        telling = [own for own, of_parent in zip(columns, theirs, strict=True) if of_parent in keyed]
        assert any(index[: len(telling)] == telling for index in indexes), columns


def test_ids_of_records_are_never_used_again(made: sqlite3.Connection) -> None:
    for name in TABLES:
        (text,) = made.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        if name != "journal" and "id INTEGER PRIMARY KEY" in text:
            assert "id INTEGER PRIMARY KEY AUTOINCREMENT" in text, name


def test_a_table_of_the_code_is_named_after_its_class() -> None:
    assert {str(table.__tablename__): table for table in Table.__subclasses__()} == TABLES
    assert TABLES["contact"] is Contact


def test_a_script_that_does_not_end_its_last_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="semicolon"):
        list(steps.statements("CREATE TABLE a (b);\nCREATE TABLE c (d)"))


def test_a_trigger_is_one_statement_whatever_it_holds() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n    DELETE FROM b;\n    DELETE FROM c;\nEND;"
    assert list(steps.statements(f"-- why\n\nCREATE TABLE a (b);\n{trigger}\n")) == ["CREATE TABLE a (b);", trigger]
