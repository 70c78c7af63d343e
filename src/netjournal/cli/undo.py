"""`netj undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

if TYPE_CHECKING:
    from netjournal.cli.context import Session
    from netjournal.journal.undo import ChangedSinceError

app = typer.Typer(add_completion=False)


@app.command("undo")
def undo_command(
    ctx: typer.Context,
    action: Annotated[str | None, typer.Argument(metavar="[ACTION]", help="Its number in `netj changes`.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Take an action back.

    The newest command that wrote is taken back as one step, whatever it was; again goes one step further back, and
    `netj redo` forward again. A chosen action is taken back by its number, if nothing it changed was changed since;
    else both versions are shown.

    \b
    Examples:
      netj undo
      netj undo 12
      netj undo -f json | jq -r '.[0].command'
    """
    session = session_of(ctx)
    from netjournal.journal.undo import ChangedSinceError, Undone, undo

    session.check(Undone, format=format, fields=fields)
    try:
        with session.writing("undo") as uow:
            receipt = undo(uow, action)
    except ChangedSinceError as error:
        show_both(session, error, format)
        raise
    session.emit((receipt,), Undone, format=format, fields=fields, header=not no_header)


def show_both(session: Session, error: ChangedSinceError, format: str | None) -> None:
    """Show what stands in the way, as it was and as it is."""
    from netjournal.journal.undo import ConflictRow

    session.emit(error.rows, ConflictRow, format=format)
