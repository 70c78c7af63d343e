"""Bare `netj`: today in five lines, or the three first steps."""

from __future__ import annotations

import sys

from netjournal.cli.context import Session


def show_today(session: Session | None = None) -> None:
    """Print what today asks for; on an empty journal, how to begin."""
    from netjournal.render.card import write_lines
    from netjournal.reports.today import today_lines

    session = session or Session()
    with session.reading() as connection:
        told = today_lines(connection, session.today)
    write_lines(told, sys.stdout)
