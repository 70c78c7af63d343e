"""The write side: one session, one transaction, one action in the change record."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, delete, event, false, insert, or_, update
from sqlalchemy.exc import DBAPIError, SAWarning
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from netjournal.errors import ConflictError
from netjournal.store.sqlite import changes
from netjournal.store.sqlite.faults import user_error
from netjournal.store.sqlite.opener import SqliteReader, is_missing, open_for_writing
from netjournal.store.tables import TABLES
from netjournal.store.uid import new_uid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Engine, Table

    from netjournal.store.sqlite.erase import Erased

# The ORM warns where it is about to lose or reorder something: in a journal that is a failure.
warnings.filterwarnings("error", category=SAWarning)


class UnitOfWork:
    """One command's writes; `read` answers queries inside the same transaction.

    Values are checked by the domain before they come here, and again by the tables' own constraints.
    """

    def __init__(self, session: Session, raw: sqlite3.Connection, action_id: int, today: date, now: str) -> None:
        self._session = session
        self.raw = raw
        self.action_id = action_id
        self.today = today
        self.now = now
        self.read = SqliteReader(raw)
        #: A fresh uid; for rows made in bulk too.
        self.new_uid: Callable[[], str] = new_uid
        self._taken_back: int | None = None
        self.is_given_up = False
        self.is_erased = False
        self._keeps_stamps = False

    def add(self, table: str, **values: Any) -> int:
        """Add one row through its SQLModel class; return its id (0 where its key is not a number of its own)."""
        model = TABLES[table]
        unknown = values.keys() - model.model_fields.keys()
        if unknown:
            raise ValueError(f"{table} has no column {sorted(unknown)}")
        row = model(**values)
        self._session.add(row)
        self._session.flush()
        return int(getattr(row, "id", None) or 0)

    def add_record(self, table: str, **values: Any) -> int:
        """Add one row that travels: with a fresh uid unless one is given, and the time of its change."""
        values.setdefault("uid", self.new_uid())
        return self.add(table, changed_at=self.now, **values)

    def add_many(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many rows of one shape by one statement."""
        if rows:
            self._session.execute(insert(_core(table)), [dict(row) for row in rows])

    def add_rows(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows by the hundred thousand, as they come: values in the order of the columns."""
        listed, marks = ", ".join(map(_quoted, columns)), ", ".join("?" * len(columns))
        self.raw.executemany(f"INSERT INTO {_quoted(table)} ({listed}) VALUES ({marks})", rows)

    def change_rows(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Change many rows by their ids: values in the order of the columns, then the id; nothing is added to them."""
        changed = ", ".join(f"{_quoted(column)} = ?" for column in columns)
        self.raw.executemany(f"UPDATE {_quoted(table)} SET {changed} WHERE id = ?", rows)

    def remove_rows(self, table: str, column: str, values: Iterable[Any]) -> None:
        """Delete the rows that have one of many values in a column."""
        self.raw.executemany(
            f"DELETE FROM {_quoted(table)} WHERE {_quoted(column)} = ?", ((value,) for value in values)
        )

    def give_up(self) -> None:
        """Keep nothing of what is written: the transaction is rolled back at its end, as if it had failed."""
        self.is_given_up = True

    def keep_stamps(self) -> None:
        """Leave the time of each record's change as it is written: it was told by another journal."""
        self._keeps_stamps = True

    def finish(self) -> bool:
        """Write what is still to be written, and give each edited record its stamp; return whether to keep it all."""
        self._session.flush()
        if self.is_given_up or not (self.is_erased or changes.count(self.raw, self.action_id)):
            return False
        # An undo and a redo bring back the stamps that were there.
        if self._taken_back is None and not self._keeps_stamps and not self.is_erased:
            changes.stamp(self.raw, changes.edited(self.raw, self.action_id), self.now)
        return True

    def change(self, table: str, where: Mapping[str, Any], **values: Any) -> int:
        """Change the rows that match and say otherwise now; return how many.

        A row that says so already keeps its stamp: whether a command changed anything is no question of the clock.
        """
        core = _core(table)
        says_otherwise = or_(false(), *(core.c[name].is_distinct_from(value) for name, value in values.items()))
        if "changed_at" in core.c:
            values.setdefault("changed_at", self.now)
        found = self._session.execute(update(core).where(*_matches(core, where), says_otherwise).values(**values))
        return int(getattr(found, "rowcount", 0))

    def remove(self, table: str, **where: Any) -> int:
        """Delete the rows that match, and by the tables' own rules what belongs to them; return how many matched."""
        core = _core(table)
        found = self._session.execute(delete(core).where(*_matches(core, where)))
        return int(getattr(found, "rowcount", 0))

    def next_id(self, table: str) -> int:
        """The id that the next new row of a table gets: for rows made in bulk that name each other."""
        found = self.raw.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return int(found[0]) + 1 if found else 1

    def take_back(self, action_id: int) -> int:
        """Put back every row an action changed, and note that this action undoes it; return how many rows.

        Raises ConflictError where that would also change rows which the action never touched, or where what it
        took away has been replaced since.
        """
        expected = changes.count(self.raw, action_id)
        self._taken_back = action_id
        self.raw.execute("UPDATE action SET undoes_id = ? WHERE id = ?", (action_id, self.action_id))
        changes.replay_backwards(self.raw, action_id)
        if changes.count(self.raw, self.action_id) != expected and changes.strays(self.raw, action_id, self.action_id):
            raise ConflictError(_built_on(action_id))
        return expected

    def erase(self, contacts: Collection[int], is_named: Callable[[str], bool]) -> Erased:
        """Erase from the record what this action removed, the past of some contacts, and what named them.

        Nothing is left that could undo this action; it is kept all the same, as one that changed nothing.
        """
        from netjournal.store.sqlite.erase import erase

        self._session.flush()
        self.is_erased = True
        edited = changes.edited(self.raw, self.action_id)
        erased = erase(self.raw, self.action_id, contacts, is_named)
        # Not noted: a record that somebody forgotten was part of would lose its own past by it.
        changes.end(self.raw)
        changes.stamp(self.raw, edited, self.now)
        return erased

    def conflict(self, error: BaseException | None) -> ConflictError | None:
        """What a refused constraint means to the user: later records stand in the way of an undo, or a bug of ours."""
        if self._taken_back is None or not isinstance(error, sqlite3.IntegrityError):
            return None
        return ConflictError(_built_on(self._taken_back))


def _built_on(action_id: int) -> str:
    return f"Action {action_id} cannot be undone: later records are built on it."


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _core(table: str) -> Table:
    return TABLES[table].metadata.tables[table]


def _matches(core: Table, where: Mapping[str, Any]) -> list[Any]:
    return [
        core.c[name].in_(value) if isinstance(value, tuple) else core.c[name] == value for name, value in where.items()
    ]


#: The connection that the one engine of this process hands out next: each unit of work opens its own.
_RAW: ContextVar[sqlite3.Connection] = ContextVar("raw")


@cache
def _engine() -> Engine:
    engine = create_engine("sqlite://", creator=_RAW.get, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # The driver's own deferred BEGIN loses updates in silence when two writers meet.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def unit_of_work(path: Path, command: str, today: date, now: str) -> Iterator[UnitOfWork]:
    """Run one command's writes in one transaction; a command that changes nothing leaves no action behind.

    Raises JournalError, BusyError or StorageError.
    """
    raw = open_for_writing(path)
    uow: UnitOfWork | None = None
    try:
        _RAW.set(raw)
        with Session(_engine(), expire_on_commit=False) as session:
            session.connection()
            action = raw.execute(
                "INSERT INTO action (on_day, at, command) VALUES (?, ?, ?)", (today.isoformat(), now, command)
            )
            uow = UnitOfWork(session, raw, int(action.lastrowid or 0), today, now)
            changes.begin(raw, uow.action_id)
            yield uow
            if uow.finish():
                session.commit()
            else:
                session.rollback()
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        shown = user_error(cause, path) if isinstance(cause, sqlite3.Error) else None
        shown = shown or (uow.conflict(cause) if uow else None)
        if shown is None:
            raise
        raise shown from None
    finally:
        raw.close()


@contextmanager
def rehearsal(path: Path, command: str, today: date, now: str) -> Iterator[UnitOfWork]:
    """Run one command's writes and keep nothing of them; where there is no journal yet, none is made.

    Raises JournalError, BusyError or StorageError.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        place = Path(folder) / "journal.db" if is_missing(path) else path
        with unit_of_work(place, command, today, now) as uow:
            yield uow
            uow.give_up()
