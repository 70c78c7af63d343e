"""`netj schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False)


@app.command("schema")
def schema_command(
    ctx: typer.Context,
    name: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]", help="An answer, such as due or contact list.")
    ] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """The keys of every answer.

    Without NAME the answers there are; with it the keys of one, in order, with their types and meanings.

    \b
    Examples:
      netj schema
      netj schema contact list
      netj schema due -f md
    """
    from netjournal.reports.schema import AnswerRow, FieldRow, answers, keys_of

    session = session_of(ctx)
    rows, row_type = (keys_of(" ".join(name)), FieldRow) if name else (answers(), AnswerRow)
    session.emit(rows, row_type, format=format, fields=fields, header=not no_header)
