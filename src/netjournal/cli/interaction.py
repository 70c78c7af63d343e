"""`netj interaction`."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption, SinceOption, UntilOption

app = typer.Typer(add_completion=False, help="What you logged.")

Number = Annotated[str, typer.Argument(metavar="ID", help="The number in the column `id` of the list.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many, the newest.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List interactions, newest first.

    A bare terminal shows as many as `capacity` says, unless there is a --since or a --limit.

    \b
    Examples:
      netj interaction list --since 30d
      netj interaction list --since "1 nov" --until yesterday -f csv
    """
    session = session_of(ctx)
    from netjournal.cli.spans import since_day, until_day
    from netjournal.cli.timeline import show_timeline
    from netjournal.reports.interactions import InteractionRow, interaction_list

    first = since_day(session, since) if since is not None else None
    last = until_day(session, until) if until is not None else None
    most = None if limit or since else session.shown_count(format)
    with session.held(), session.reading() as connection:
        # One more than is shown, to know whether there are more.
        found = interaction_list(connection, first, last, limit or (most and most + 1))
        rows = islice(found, most)
        if session.is_view(format, fields):
            show_timeline(session, rows, header=not no_header)
        else:
            session.emit(rows, InteractionRow, format=format, fields=fields, header=not no_header)
        has_more = next(found, None) is not None
    if most and has_more:
        session.hint(f"These are the newest {most}: `--limit N` and `--since 90d` show more.")


@app.command("show")
def show(
    ctx: typer.Context,
    number: Number,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Show an interaction with its notes.

    \b
    Examples:
      netj interaction show 12
      netj interaction show 12 -f json | jq -r '.[0].note'
    """
    session = session_of(ctx)
    from netjournal.reports.interactions import InteractionRow, interaction

    with session.reading() as connection:
        row = interaction(connection, number)
    session.show_card(row, InteractionRow, format=format, fields=fields, header=not no_header)


@app.command("delete")
def delete(
    ctx: typer.Context,
    number: Number,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Delete an interaction; promises made in it stay, and `netj undo` brings it back.

    \b
    Examples:
      netj interaction delete 12
      netj interaction delete 12 -f json
    """
    session = session_of(ctx)
    from netjournal.journal.interactions import delete_interaction
    from netjournal.reports.interactions import InteractionRow

    session.check_output(InteractionRow, format=format, fields=fields)
    with session.writing("interaction delete") as uow:
        row = delete_interaction(uow, number)
    session.show_card(row, InteractionRow, format=format, fields=fields, header=not no_header)
    session.hint("Deleted. `netj undo` brings it back.")
