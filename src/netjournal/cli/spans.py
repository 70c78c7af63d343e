"""`--since` and `--until` as typed: a day, or a span back from today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from netjournal.domain.dates import read_day, read_days
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from netjournal.cli.context import Session


def since_day(session: Session, typed: str) -> str:
    """The first day of a span: `30d` back from today, or a day. Raises UsageError."""
    try:
        return (session.today - timedelta(days=read_days(typed))).isoformat()
    except UsageError:
        return until_day(session, typed)


def until_day(session: Session, typed: str) -> str:
    """The last day of a span. Raises UsageError."""
    return read_day(typed, session.today, "past", order=session.date_order).isoformat()
