"""`netj circle`."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption, YesOption

app = typer.Typer(add_completion=False, help="Named cadences.")

COLUMNS = ("circle", "every_days", "latest_days", "contact_count")

Latest = Annotated[
    str | None, typer.Option("--latest", metavar="3mo", help="The worst accepted gap; 1.5 × every unless said.")
]


@app.command("list")
def list_(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List circles.

    \b
    Examples:
      netj circle list
      netj circle list -f json
    """
    from netjournal.reports.circles import CircleRow, circle_rows

    session = session_of(ctx)
    with session.reading() as connection:
        rows = circle_rows(connection)
    session.emit(rows, CircleRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    every: Annotated[str, typer.Option("--every", metavar="6w", help="The wished cadence.")],
    latest: Latest = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Add a circle.

    \b
    Examples:
      netj circle add mentors --every 6w
      netj circle add press --every 3mo --latest 6mo
    """
    from netjournal.domain.dates import read_days
    from netjournal.journal.circles import add_circle
    from netjournal.reports.circles import CircleRow

    session = session_of(ctx)
    session.check_output(CircleRow, format=format, fields=fields)
    limits = read_days(every), read_days(latest) if latest is not None else None
    with session.writing("circle add") as uow:
        row = add_circle(uow, name, *limits)
    session.emit((row,), CircleRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("edit")
def edit(
    ctx: typer.Context,
    circle: Annotated[str, typer.Argument(metavar="CIRCLE")],
    name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    every: Annotated[str | None, typer.Option("--every", metavar="6w", help="The wished cadence.")] = None,
    latest: Latest = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Change a circle, and with it the cadence of all in it; --latest '' is 1.5 × every again.

    \b
    Examples:
      netj circle edit active --every 6w
      netj circle edit outer --name acquaintances
    """
    from netjournal.domain.dates import read_days
    from netjournal.journal.circles import edit_circle
    from netjournal.reports.circles import CircleRow

    session = session_of(ctx)
    session.check_output(CircleRow, format=format, fields=fields)
    latest_days = None if latest is None else read_days(latest) if latest else 0
    limits = read_days(every) if every is not None else None, latest_days
    with session.writing("circle edit") as uow:
        row = edit_circle(uow, circle, name, *limits)
    session.emit((row,), CircleRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("remove")
def remove(
    ctx: typer.Context,
    circle: Annotated[str, typer.Argument(metavar="CIRCLE")],
    to: Annotated[str | None, typer.Option("--to", metavar="CIRCLE", help="Where those in it go.")] = None,
    yes: YesOption = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Remove a circle; those in it go to another, or have no cadence but their own.

    \b
    Examples:
      netj circle remove outer --to yearly
      netj circle remove outer --yes
    """
    from netjournal.journal.circles import remove_circle
    from netjournal.reports import find
    from netjournal.reports.circles import CircleRow, circle_row

    session = session_of(ctx)
    session.check_output(CircleRow, format=format, fields=fields)
    with session.reading() as connection:
        count = circle_row(connection, find.circle(connection, circle)).contact_count
    if count and to is None:
        session.confirm(f"Remove '{circle}' (contacts: {count}, who will have no cadence but their own)?", yes=yes)
    with session.writing("circle remove") as uow:
        row = remove_circle(uow, circle, to)
    session.emit((row,), CircleRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
    session.hint("Removed. `netj undo` brings it back.")
