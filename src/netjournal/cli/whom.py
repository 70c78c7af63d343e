"""Asking which of several contacts is meant: each with what tells namesakes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.cli.context import Session
    from netjournal.reports.contacts import ContactRow


def ask_whom(session: Session, question: str, handles: Sequence[str], *more: str) -> str:
    """The handle chosen, or one of what else may be chosen. Raises UsageError and EOFError as `ask` does."""
    from netjournal.reports.contacts_list import with_handles

    with session.reading() as connection:
        rows: dict[str, ContactRow] = {row.contact: row for row in with_handles(connection, handles, session.today)}
    told = [_told(rows[handle]) if handle in rows else "" for handle in handles]
    return session.ask(question, choices=(*handles, *more), told=told)


def introduced(row: ContactRow) -> str:
    """A contact by name, with title and organization."""
    work = ", ".join(part for part in (row.title, row.organization) if part)
    return f"{row.name} ({work})" if work else row.name


def _told(row: ContactRow) -> str:
    return f"{introduced(row)}, last {row.last_on}" if row.last_on else introduced(row)
