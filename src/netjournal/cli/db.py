"""`netj db`."""

from __future__ import annotations

import typer

from netjournal.cli.context import session_of
from netjournal.cli.line import print_line

app = typer.Typer(add_completion=False, help="Where the journal is.")


@app.command("path")
def path(ctx: typer.Context) -> None:
    """Print where the journal is, whether or not there is one yet.

    \b
    Examples:
      netj db path
      netj --db work.db db path
    """
    session = session_of(ctx)
    print_line(session, str(session.journal_path))
