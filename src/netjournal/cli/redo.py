"""`netj redo`."""

from __future__ import annotations

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False)


@app.command("redo")
def redo_command(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Put back what was undone.

    What the last undo took away comes back, as one step; again goes one undo further. Once something new was
    written, there is nothing to redo.

    \b
    Examples:
      netj redo
      netj undo && netj redo
    """
    session = session_of(ctx)
    from netjournal.journal.undo import Undone, redo

    session.check(Undone, format=format, fields=fields)
    with session.writing("redo") as uow:
        receipt = redo(uow)
    session.emit((receipt,), Undone, format=format, fields=fields, header=not no_header)
