"""`netj org`."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False, help="Where contacts work.")

COLUMNS = ("organization", "contact_count", "former_count", "touch_count", "last_on")

Org = Annotated[str, typer.Argument(metavar="ORG")]


@app.command("list")
def list_(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List organizations.

    \b
    Examples:
      netj org list
      netj org list -f json | jq -r '.[] | select(.contact_count > 2) | .organization'
    """
    session = session_of(ctx)
    from netjournal.reports.organizations import OrganizationRow, organization_rows

    with session.reading() as connection:
        rows = organization_rows(connection)
    session.emit(rows, OrganizationRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("show")
def show(
    ctx: typer.Context,
    org: Org,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Show an organization and who works or worked there.

    \b
    Examples:
      netj org show acme
      netj org show acme -f json | jq '.[0].contacts'
    """
    session = session_of(ctx)
    from netjournal.reports import find
    from netjournal.reports.organizations import OrganizationDetailRow, organization_detail

    with session.reading() as connection:
        row = organization_detail(connection, find.organization(connection, org))
    session.show_card(row, OrganizationDetailRow, format=format, fields=fields, header=not no_header)


@app.command("rename")
def rename(
    ctx: typer.Context,
    org: Org,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Give an organization another name; it still answers to the old one.

    \b
    Examples:
      netj org rename acme "Acme Robotics"
      netj org rename "acme robotics" Acme
    """
    from netjournal.journal.organizations import rename_organization
    from netjournal.reports.organizations import OrganizationRow

    session = session_of(ctx)
    session.check_output(OrganizationRow, format=format, fields=fields)
    with session.writing("org rename") as uow:
        row = rename_organization(uow, org, name)
    session.emit((row,), OrganizationRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("merge")
def merge(
    ctx: typer.Context,
    keep: Annotated[str, typer.Argument(metavar="KEEP")],
    other: Annotated[str, typer.Argument(metavar="OTHER")],
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Make one organization of two; the first keeps its name.

    \b
    Examples:
      netj org merge Acme "Acme Robotics"
      netj org merge globex "globex europe"
    """
    from netjournal.journal.organizations import merge_organizations
    from netjournal.reports import find
    from netjournal.reports.organizations import OrganizationRow

    session = session_of(ctx)
    session.check_output(OrganizationRow, format=format, fields=fields)
    with session.reading() as connection:
        for typed in (keep, other):
            find.organization(connection, typed)
    session.back_up("before-merge")
    with session.writing("org merge") as uow:
        row = merge_organizations(uow, keep, other)
    session.emit((row,), OrganizationRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
    session.hint("Merged. `netj undo` parts them again.")
