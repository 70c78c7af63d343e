"""`--since` and `--until` as typed: a day, or a time back from today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from netjournal.domain.dates import read_day, read_days, show_day
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from netjournal.cli.context import Session


def since_day(session: Session, typed: str) -> str:
    """The first day of a span: `30d` back from today, or a day. Raises UsageError."""
    days = _days(typed)
    return until_day(session, typed) if days is None else (session.today - timedelta(days=days)).isoformat()


def until_day(session: Session, typed: str) -> str:
    """The last day of a span. Raises UsageError."""
    return read_day(typed, session.today, "past", order=session.date_order).isoformat()


def days_since(session: Session, typed: str) -> int:
    """How many days to look back, today among them: as many as typed, or from the day typed. Raises UsageError."""
    days = _days(typed)
    if days is not None:
        return days
    first = read_day(typed, session.today, "past", order=session.date_order)
    if first > session.today:
        raise UsageError(f"{show_day(first)} is in the future.", "Name a day that is past, or a time, like 90d.")
    return (session.today - first).days + 1


def _days(typed: str) -> int | None:
    try:
        return read_days(typed)
    except UsageError:
        return None
