"""`netj done`."""

from __future__ import annotations

import typer

from netjournal.cli.followup import Numbers, close
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False)


@app.command("done")
def done_command(
    ctx: typer.Context,
    numbers: Numbers = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Mark promises as kept.

    The same as `netj followup done`. Without ID a terminal lists the open promises and asks which.

    \b
    Examples:
      netj done 12
      netj done 12 13
    """
    close(ctx, numbers, "done", format, fields, header=not no_header)
