"""`netj undo`."""

from __future__ import annotations

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False)


@app.command("undo")
def undo_command(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Take an action back.

    The newest command that wrote is taken back as one step, whatever it was; again goes one step further back.

    \b
    Examples:
      netj undo
      netj undo -f json | jq -r '.[0].command'
    """
    session = session_of(ctx)
    from netjournal.journal.undo import Undone, undo

    session.check(Undone, format=format, fields=fields)
    with session.writing("undo") as uow:
        receipt = undo(uow)
    session.emit((receipt,), Undone, format=format, fields=fields, header=not no_header)
