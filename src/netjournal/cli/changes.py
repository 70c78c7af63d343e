"""`netj changes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection

app = typer.Typer(add_completion=False)

#: What a table shows at 80 columns.
ACTIONS = ("action", "on", "command", "state", "changed")
CHANGES = ("action", "on", "command", "field", "before", "after")


@app.command("changes")
def changes_command(
    ctx: typer.Context,
    who: Annotated[
        str | None, typer.Argument(metavar="[WHO]", help="A contact, an objective, or an interaction's number.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many rows.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """What was done, and when.

    Every command that wrote, the newest first, with what it changed; its number is what `netj undo` takes. A bare
    terminal shows as many as `capacity` says, unless there is a --limit. With WHO, the past of one record: each value
    as it was before and after.

    \b
    Examples:
      netj changes --limit 5
      netj changes dana
      netj changes 12 -f json
    """
    session = session_of(ctx)
    from netjournal.reports.changes import ActionRow, ChangeRow, action_rows, changes_of_record

    most = None if limit else session.shown_count(format)
    with session.reading() as connection:
        if who is None:
            # One more than is shown, to know whether there are more.
            actions = action_rows(connection, limit or (most and most + 1))
        else:
            changes = changes_of_record(connection, *_record(connection, who))[:limit]
    if who is None:
        session.emit(actions[:most], ActionRow, format=format, fields=fields, header=not no_header, columns=ACTIONS)
        if most and len(actions) > most:
            session.hint(f"These are the newest {most}: `netj changes --limit N` shows more.")
    else:
        session.emit(changes, ChangeRow, format=format, fields=fields, header=not no_header, columns=CHANGES)


def _record(connection: ReadConnection, typed: str) -> tuple[str, int]:
    """The table and number of what was named. Raises NotFoundError and AmbiguousError."""
    from netjournal.errors import NotFoundError
    from netjournal.reports import find
    from netjournal.reports.interactions import interaction

    if typed.removeprefix("#").isdecimal():
        return "interaction", interaction(connection, typed).id
    try:
        return "contact", find.contact(connection, typed)
    except NotFoundError as nobody:
        try:
            return "objective", find.objective(connection, typed.removeprefix("+"))
        except NotFoundError:
            raise nobody from None
