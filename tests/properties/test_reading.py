"""I9: a reading command changes no byte and creates no file; I5: every format holds the same rows and fields."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from acts import ACTS, NOW, TODAY, Act, examples, journal, perform
from hypothesis import given
from hypothesis import strategies as st

from netjournal import store
from netjournal.errors import NetjError
from netjournal.journal.contacts import add_contact
from netjournal.journal.log import log
from netjournal.journal.people import ContactWords
from netjournal.journal.words import LogWords
from netjournal.render.plain import field_names, flat
from netjournal.render.show import FORMATS, show
from netjournal.reports.contacts import ContactRow
from netjournal.reports.contacts_list import Filters, contact_list
from netjournal.reports.due import DueRow, due
from netjournal.reports.due_facts import Wanted
from netjournal.reports.interactions import InteractionRow, interaction_rows
from netjournal.reports.objectives import ObjectiveRow, objective_list
from netjournal.store.queries.interactions import interactions

if TYPE_CHECKING:
    from conftest import Netj

#: Every command that only reads, found or not.
READERS = (
    "due", "due --all --explain", "due --within 30d --hidden", "due --signals", "due --drifting", "due -o role", "due --check",
    "next", "contact list", "contact list --archived", "contact show ann", "contact show nobody", "circle list",
    "objective list", "objective show role", "interaction list", "interaction list --since 30d", "interaction show 1",
    "timeline ann", "timeline +role", "export", "export --as json", "schema", "schema due", "search about", "org list",
    "group list", "followup list", "topic list", "import linkedin - --dry-run", "--version", "--help", "due --help",
)  # fmt: skip
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nZed,Zedson,,,Acme,CTO,15 Jan 2024\n"
)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("tty", [False, True])
def test_a_reader_of_a_missing_journal_makes_nothing(netj: Netj, environment: dict[str, str], tty: bool) -> None:
    folder = Path(environment["NETJ_DB"]).parent
    for where in (folder / "journal.db", folder / "none" / "journal.db"):
        for command in READERS:
            assert netj(command, stdin=CONNECTIONS, tty=tty, env={"NETJ_DB": str(where)}).code in (0, 3), command
            assert list(folder.iterdir()) == [], command


@pytest.mark.parametrize("tty", [False, True])
def test_a_reader_changes_no_byte(netj: Netj, environment: dict[str, str], tty: bool) -> None:
    path = Path(environment["NETJ_DB"])
    with journal() as begun:
        assert perform(begun, Act("log", (LogWords("coffee with ann about x", on="2026-10-01"),)))
        path.write_bytes(begun.read_bytes())
    before = snapshot(path.parent)
    for command in READERS:
        assert netj(command, stdin=CONNECTIONS, tty=tty).code in (0, 3, 10), command
        assert snapshot(path.parent) == before, command


def test_an_empty_file_reads_as_a_missing_journal(netj: Netj, environment: dict[str, str]) -> None:
    path = Path(environment["NETJ_DB"])
    path.touch()
    assert netj("due -f json") == (0, "[]\n", "")
    assert snapshot(path.parent)["journal.db"][0] == b""


Rows = tuple[type[Any], tuple[Any, ...]]


def every_answer(path: Path) -> list[Rows]:
    with store.reading(path) as connection:
        return [
            (DueRow, due(connection, Wanted(everyone=True, hidden=True), TODAY).rows),
            (ContactRow, contact_list(connection, Filters(), TODAY)),
            (InteractionRow, interaction_rows(connection, interactions(connection))),
            (ObjectiveRow, objective_list(connection, None, None, TODAY)),
        ]


def said(rows: tuple[Any, ...], row_type: type[Any], form: str) -> str:
    out = io.StringIO()
    show(rows, row_type, form, out)
    return out.getvalue()


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    return json.loads(json.dumps(value, default=str))


def hold_the_same(rows: tuple[Any, ...], row_type: type[Any]) -> None:
    names = field_names(row_type)
    expected = [{name: plain(value) for name, value in zip(names, row, strict=True)} for row in rows]
    assert json.loads(said(rows, row_type, "json")) == expected
    assert [json.loads(line) for line in said(rows, row_type, "ndjson").splitlines()] == expected
    text = said(rows, row_type, "csv")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [list(names), *[[flat(v) for v in row] for row in rows]]
    lines = said(rows, row_type, "tsv").split("\n")
    assert [line.split("\t") for line in lines[:1]] == [list(names)]
    assert len(lines) == len(rows) + 2
    assert all(line.count("\t") == len(names) - 1 for line in lines[:-1])
    assert len(said(rows, row_type, "md").removesuffix("\n").split("\n")) == len(rows) + 2
    assert set(FORMATS) == {"table", "json", "ndjson", "csv", "tsv", "md"}


@examples(12)
@given(st.lists(ACTS, min_size=2, max_size=6))
def test_every_format_holds_the_rows_of_any_journal(acts: list[Act]) -> None:
    with journal() as path:
        for act in acts:
            perform(path, act)
        for row_type, rows in every_answer(path):
            hold_the_same(rows, row_type)


ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)


@examples(12)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_every_format_holds_whatever_is_stored(name: str, summary: str, note: str) -> None:
    with journal() as path:
        try:
            with store.writing(path, "test", TODAY, NOW) as uow:
                add_contact(uow, ContactWords(name=name, every=1, note=note))
                log(uow, LogWords(f"about {summary}", who=["ann"], note=f"{note}\n\t|;,\"'", gave=summary))
        except NetjError:
            return
        for row_type, rows in every_answer(path):
            hold_the_same(rows, row_type)
