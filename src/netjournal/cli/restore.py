"""`netj restore`."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption, YesOption

app = typer.Typer(add_completion=False)


@app.command("restore")
def restore_command(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE", help="A backup, or `latest`: the newest good one.")],
    yes: YesOption = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Put a backup in place.

    The file is checked first; today's journal is kept in the folder `backups`, damaged or not, so that nothing is
    lost. A file is named by its path, or by its name in `netj backup list`.

    \b
    Examples:
      netj restore latest
      netj restore latest --yes -f json | jq -r '.[0].kept'
    """
    from netjournal.store.backups import RestoredRow, chosen, restored

    session = session_of(ctx)
    path = session.journal_path
    session.check_output(RestoredRow, format=format, fields=fields)
    file = chosen(path, source)
    session.confirm(f"Put {file.name} in the place of the journal? Today's is kept in backups.", yes=yes)
    receipt = restored(path, file, session.today, keep=session.config.number("backup.keep"))
    session.show_card(receipt, RestoredRow, format=format, fields=fields, header=not no_header)
