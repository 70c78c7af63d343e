"""The store: what is kept, and the two doors to it. Only this package speaks SQL."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from netjournal.store.connection import ReadConnection
    from netjournal.store.unit_of_work import UnitOfWork


@contextmanager
def reading(path: Path) -> Iterator[ReadConnection]:
    """Open the journal for one consistent answer; a missing journal reads as empty.

    Raises JournalError, BusyError or StorageError.
    """
    from netjournal.store.sqlite.opener import open_for_reading

    with open_for_reading(path) as connection:
        yield connection


@contextmanager
def writing(path: Path, command: str, today: date, now: str) -> Iterator[UnitOfWork]:
    """Open the journal for one command: one transaction, whole or absent, and one step of undo.

    This is the lazy door to the ORM: nothing else imports it. Raises JournalError, BusyError or StorageError.
    """
    from netjournal.store.unit_of_work import unit_of_work

    with unit_of_work(path, command, today, now) as uow:
        yield uow


@contextmanager
def rehearsing(path: Path, command: str, today: date, now: str) -> Iterator[UnitOfWork]:
    """Open the journal as `writing` does and keep nothing of what is written; where there is none, none is made."""
    from netjournal.store.unit_of_work import rehearsal

    with rehearsal(path, command, today, now) as uow:
        yield uow
