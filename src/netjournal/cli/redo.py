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
    from netjournal.cli.undo import replay
    from netjournal.journal.undo import redo

    replay(session_of(ctx), "redo", redo, format, fields, header=not no_header)
