"""`netj group`."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False, help="People met together.")

COLUMNS = ("group", "contact_count", "contacts")

Name = Annotated[str, typer.Argument(metavar="GROUP")]
Members = Annotated[list[str] | None, typer.Option("-w", "--with", metavar="WHO", help="A member.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List groups.

    \b
    Examples:
      netj group list
      netj group list -f json
    """
    session = session_of(ctx)
    from netjournal.reports.groups import GroupRow, group_rows

    with session.reading() as connection:
        rows = group_rows(connection)
    session.emit(rows, GroupRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("show")
def show(
    ctx: typer.Context,
    group: Name,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Show the members of a group, as `contact list` does.

    \b
    Examples:
      netj group show "Tuesday circle"
      netj group show tuesday-circle -f json | jq -r '.[].contact'
    """
    session = session_of(ctx)
    from netjournal.reports.contacts import ContactRow
    from netjournal.reports.contacts_list import members

    with session.reading() as connection:
        rows = members(connection, group, session.today)
    columns = ("contact", "name", "organization", "standing", "last_on")
    session.emit(rows, ContactRow, format=format, fields=fields, header=not no_header, columns=columns)


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    who: Members = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Add a group.

    \b
    Examples:
      netj group add "Tuesday circle" --with dana --with priya
      netj log -w "group:Tuesday circle" --except priya "event: portfolio review"
    """
    from netjournal.journal.groups import add_group
    from netjournal.reports.groups import GroupRow

    session = session_of(ctx)
    session.check_output(GroupRow, format=format, fields=fields)
    with session.writing("group add") as uow:
        row = add_group(uow, name, who or ())
    session.emit((row,), GroupRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("edit")
def edit(
    ctx: typer.Context,
    group: Name,
    name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    who: Members = None,
    without: Annotated[list[str] | None, typer.Option("--except", metavar="WHO", help="No longer a member.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Change a group's name or members.

    \b
    Examples:
      netj group edit "Tuesday circle" --with sam --except priya
      netj group edit "Tuesday circle" --name "Wednesday circle"
    """
    from netjournal.journal.groups import edit_group
    from netjournal.reports.groups import GroupRow

    session = session_of(ctx)
    session.check_output(GroupRow, format=format, fields=fields)
    with session.writing("group edit") as uow:
        row = edit_group(uow, group, name, who or (), without or ())
    session.emit((row,), GroupRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("delete")
def delete(
    ctx: typer.Context,
    group: Name,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Delete a group; its members stay.

    \b
    Examples:
      netj group delete "Tuesday circle"
      netj group delete "Tuesday circle" -f json
    """
    from netjournal.journal.groups import delete_group
    from netjournal.reports.groups import GroupRow

    session = session_of(ctx)
    session.check_output(GroupRow, format=format, fields=fields)
    with session.writing("group delete") as uow:
        row = delete_group(uow, group)
    session.emit((row,), GroupRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
    session.hint("Deleted. `netj undo` brings it back.")
