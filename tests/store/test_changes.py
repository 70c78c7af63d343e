"""Whatever a command changed, by whatever statement, undo puts back; and what it cannot put back it leaves alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from everything import contents, full, newest_action, raw, writing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hasty
from kept import put_away
from netjournal.journal.undo import undo
from netjournal.store.sqlite import changes, opener
from netjournal.store.unit_of_work import unit_of_work
from tries import tries

if TYPE_CHECKING:
    from collections.abc import Callable

    from netjournal.store.unit_of_work import UnitOfWork


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of the test's own with rows in every table."""
    return full(tmp_path / "journal.db")


def _tables() -> list[str]:
    connection = opener.empty_in_memory()
    names = list(changes.tracked_tables(connection))
    connection.close()
    return names


TRACKED = _tables()
#: A column of each table, and a value that it does not hold yet, to set in every row at once.
SETTABLE = {
    "affiliation": "title = 'Head'",
    "circle": "every_days = every_days + 1",
    "contact": "note = NULL",
    "contact_alias": "alias = 'Other'",
    "contact_card": "rest = 'X-OTHER:1'",
    "contact_group": "name = 'Other'",
    "contact_method": "position = 7",
    "contact_objective": "objective_id = 3 - objective_id",
    "contact_source": "external_id = external_id || '-new'",
    "contact_topic": "topic = 'other'",
    "followup": "status = 'done'",
    "group_member": "contact_id = 3",
    "interaction": "on_day = '2026-10-31'",
    "interaction_source": "source = 'mbox'",
    "interaction_topic": "topic = topic || '2'",
    "introduction": "via_contact_id = NULL",
    "journal": "uid = '00000000000000000000000000000000'",
    "objective": "title = 'Other'",
    "objective_ask": "ask = 'other'",
    "objective_organization": "organization_id = 3 - organization_id",
    "objective_topic": "topic = topic || '2'",
    "opportunity": "stage = 'won'",
    "opportunity_interaction": "interaction_id = 3 - interaction_id",
    "organization": "name = name || '!'",
    "organization_alias": "alias = 'Other'",
    "signal": "text = 'other'",
    "support": "objective_id = 3 - objective_id",
    "touch": "contact_id = 3 WHERE contact_id = 1",
    "touch_note": "note = 'other'",
    "touch_topic": "topic = 'other'",
}


def undone(journal: Path, act: Callable[[UnitOfWork], object]) -> None:
    """Run one action, see that it changed something, and see undo take all of it back."""
    before = contents(journal)
    with writing(journal) as uow:
        act(uow)
    assert contents(journal) != before
    with writing(journal, "undo") as uow:
        undo(uow)
    assert contents(journal) == before


def test_undo_looks_after_every_table_but_its_own_record() -> None:
    assert set(TRACKED) == set(SETTABLE)
    with closing(opener.empty_in_memory()) as connection:
        stored = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        names = {name for (name,) in stored if not name.startswith("sqlite_")}
    assert set(TRACKED) == names - {"action", "change"}


def test_other_tests_begin_with_the_triggers_that_the_program_makes(journal: Path) -> None:
    def made(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
        return sorted(connection.execute("SELECT name, tbl_name, sql FROM temp.sqlite_schema"))

    with closing(sqlite3.connect(journal)) as connection:
        changes.begin(connection, 7)
        triggers = made(connection)
    for action_id in (7, 8):
        with closing(hasty.open_hastily(journal)) as connection:
            hasty.begin(connection, action_id)
            numbered = [(*names, sql.replace("action_here()", "7")) for *names, sql in made(connection)]
            assert numbered == triggers
            assert connection.execute("SELECT action_here()").fetchone() == (action_id,)
            changes.end(connection)
    put_away()


def test_the_journal_of_these_tests_has_rows_in_every_table(journal: Path) -> None:
    assert [name for name, rows in contents(journal).items() if len(rows) < 2] == ["journal"]


def test_undo_of_the_action_that_filled_every_table_leaves_a_new_journal(journal: Path, tmp_path: Path) -> None:
    with writing(tmp_path / "new.db") as uow:
        uow.add_record("organization", name="Acme", name_key="acme")
    with writing(tmp_path / "new.db", "undo") as uow:
        undo(uow)
    with writing(journal, "undo") as uow:
        undo(uow)
    assert {**contents(journal), "journal": []} == {**contents(tmp_path / "new.db"), "journal": []}


@pytest.mark.hastened
@pytest.mark.parametrize("table", SETTABLE)
def test_an_update_of_every_row_of_a_table_is_undone(table: str, journal: Path) -> None:
    undone(journal, lambda uow: uow.raw.execute(f'UPDATE "{table}" SET {SETTABLE[table]}'))


@pytest.mark.hastened
@pytest.mark.parametrize("table", TRACKED)
def test_a_deletion_of_every_row_of_a_table_is_undone_with_all_that_went_with_it(table: str, journal: Path) -> None:
    undone(journal, lambda uow: uow.raw.execute(f'DELETE FROM "{table}"'))


@pytest.mark.hastened
@pytest.mark.parametrize("table", TRACKED)
def test_a_deletion_of_one_row_is_undone_with_all_that_went_with_it(table: str, journal: Path) -> None:
    with raw(journal) as connection:
        keys = [c.name for c in changes.tracked_tables(connection)[table] if c.key]
        listed = ", ".join(keys)
        values = connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY 1 LIMIT 1').fetchone()
    undone(journal, lambda uow: uow.remove(table, **dict(zip(keys, values, strict=True))))


def test_a_set_based_insert_is_undone(journal: Path) -> None:
    undone(journal, lambda uow: uow.raw.execute("INSERT INTO contact_topic SELECT id, 'many' FROM contact"))


def test_rows_of_one_statement_that_point_at_each_other_are_undone(journal: Path) -> None:
    # Undo takes the last one away first, which frees the one that points at it: a second change of the same row.
    columns = "id, uid, handle, name, name_key, introduced_by_id, added_on, changed_at"
    values = "10 + id, substr(uid, 1, 30) || 'ff', 'new-' || id, name, name_key, 14 - id, added_on, changed_at"

    def act(uow: UnitOfWork) -> None:
        uow.raw.execute(f"INSERT INTO contact ({columns}) SELECT {values} FROM contact")
        uow.change("touch", {"contact_id": 1}, contact_id=11)

    undone(journal, act)


def test_rows_added_in_bulk_are_undone(journal: Path) -> None:
    rows = [{"contact_id": n, "topic": f"t{m}"} for n in (1, 2, 3) for m in range(50)]
    undone(journal, lambda uow: uow.add_many("contact_topic", rows))


def test_a_new_primary_key_and_what_follows_it_are_undone(journal: Path) -> None:
    def merge(uow: UnitOfWork) -> None:
        uow.change("touch", {"contact_id": 1}, contact_id=3)
        uow.change("contact_alias", {"contact_id": 1}, contact_id=2)
        uow.remove("contact", id=1)

    undone(journal, merge)


def test_a_row_changed_twice_and_one_made_and_deleted_in_one_action_are_undone(journal: Path) -> None:
    def act(uow: UnitOfWork) -> None:
        uow.change("contact", {"id": 1}, name="One")
        uow.change("contact", {"id": 1}, name="Two")
        made = uow.add_record("contact", handle="new", name="New", name_key="new", added_on="2026-11-01")
        uow.add("contact_topic", contact_id=made, topic="sre")
        uow.remove("contact", id=made)

    undone(journal, act)


def test_an_update_that_changes_nothing_leaves_no_action(journal: Path) -> None:
    newest = newest_action(journal)
    with writing(journal) as uow:
        uow.raw.execute("UPDATE contact SET name = name, every_days = every_days")
        assert changes.count(uow.raw, uow.action_id) == 0
    assert newest_action(journal) == newest


def test_a_command_that_writes_nothing_leaves_no_action_and_no_changed_byte(journal: Path) -> None:
    before = journal.read_bytes()
    with writing(journal):
        pass
    assert journal.read_bytes() == before


def interrupted(uow: UnitOfWork) -> None:
    uow.remove("contact", id=1)
    raise KeyboardInterrupt


def test_a_command_that_fails_leaves_nothing(journal: Path) -> None:
    before, newest = contents(journal), newest_action(journal)
    with pytest.raises(KeyboardInterrupt), writing(journal) as uow:
        interrupted(uow)
    assert (contents(journal), newest_action(journal)) == (before, newest)


def test_an_id_is_not_used_again_after_undo(journal: Path) -> None:
    def add(handle: str) -> int:
        with writing(journal) as uow:
            return uow.add_record("contact", handle=handle, name="New", name_key="new", added_on="2026-11-01")

    first = add("first")
    with writing(journal, "undo") as uow:
        undo(uow)
    assert add("second") > first


def test_the_notes_of_a_change_are_there_only_while_a_command_writes(journal: Path) -> None:
    with writing(journal) as uow:
        changes.end(uow.raw)
        uow.raw.execute("UPDATE contact SET name = 'unnoted'")
        assert changes.count(uow.raw, uow.action_id) == 0
    with raw(journal) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%_updated'").fetchone() == (0,)


STATEMENTS = [
    *[f'UPDATE "{table}" SET {text}' for table, text in SETTABLE.items()],
    *[f'DELETE FROM "{table}" WHERE "{key}" = {n}' for table, key in
      [("contact", "id"), ("interaction", "id"), ("objective", "id"), ("organization", "id"), ("touch", "contact_id")]
      for n in (1, 2)],
    "UPDATE interaction SET exposure = 1 - exposure",
    "UPDATE contact SET introduced_by_id = 4 - id WHERE id <> 2",
    "INSERT INTO contact_topic SELECT id, 'n' || (SELECT count(*) FROM contact_topic) FROM contact",
]  # fmt: skip


@settings(
    max_examples=tries(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=4), min_size=1, max_size=4))
def test_undo_step_by_step_goes_back_through_any_actions(tmp_path: Path, actions: list[list[str]]) -> None:
    journal = full(tmp_path / "random.db")
    states = []
    for statements in actions:
        before, newest = contents(journal), newest_action(journal)
        with writing(journal) as uow:
            for statement in statements:
                # What a constraint refuses did nothing.
                with suppress(sqlite3.IntegrityError):
                    uow.raw.execute(statement)
        if newest_action(journal) != newest:
            states.append(before)
    for state in reversed(states):
        with writing(journal, "undo") as uow:
            undo(uow)
        assert contents(journal) == state


@pytest.mark.parametrize("later", ["2026-11-28T08:00:00.000000Z", "2030-01-01T00:00:00.000000Z"])
def test_saying_again_what_a_row_says_already_leaves_no_action_at_whatever_time(journal: Path, later: str) -> None:
    with unit_of_work(journal, "contact edit", date(2026, 11, 28), "2026-11-28T08:00:00.000000Z") as uow:
        assert uow.change("contact", {"id": 1}, location="Oslo", note=None) == 1
    action, before = newest_action(journal), contents(journal)
    with unit_of_work(journal, "contact edit", date(2026, 11, 28), later) as uow:
        assert uow.change("contact", {"id": 1}, location="Oslo", note=None) == 0
    assert (newest_action(journal), contents(journal)) == (action, before)
