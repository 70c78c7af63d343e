"""`netj contact`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli import contact_life
from netjournal.cli.context import session_of
from netjournal.cli.options import CircleFilter, FieldsOption, FormatOption, GroupFilter, NoHeaderOption

if TYPE_CHECKING:
    from netjournal.journal.people import ContactWords

app = typer.Typer(add_completion=False, help="People in your network.")
app.command("rename")(contact_life.rename)
app.command("archive")(contact_life.archive)
app.command("delete")(contact_life.delete)
app.command("merge")(contact_life.merge)

COLUMNS = ("contact", "name", "organization", "circle", "standing", "last_on")

Handle = Annotated[str | None, typer.Option("--handle", help="The word for scripts and @mentions.")]
Aliases = Annotated[list[str] | None, typer.Option("--alias", help="Another name.")]
Emails = Annotated[list[str] | None, typer.Option("--email", help="An e-mail address.")]
Phones = Annotated[list[str] | None, typer.Option("--phone", help="A phone number.")]
Urls = Annotated[list[str] | None, typer.Option("--url", help="A link, such as a profile.")]
Org = Annotated[str | None, typer.Option("--org", help="Where they work.")]
Title = Annotated[str | None, typer.Option("--title", help="What they do there.")]
Location = Annotated[str | None, typer.Option("--location", help="Where they live.")]
Birthday = Annotated[str | None, typer.Option("--birthday", metavar="DAY", help="1988-06-15, or 15 June.")]
Circle = Annotated[str | None, typer.Option("--circle", help="Their circle.")]
Every = Annotated[str | None, typer.Option("--every", metavar="6w", help="The wished cadence.")]
Latest = Annotated[str | None, typer.Option("--latest", metavar="3mo", help="The worst accepted gap.")]
Objectives = Annotated[
    list[str] | None, typer.Option("-o", "--for", metavar="KEY", help="An objective they help with.")
]
Topics = Annotated[list[str] | None, typer.Option("-t", "--topic", help="What they know about.")]
Met = Annotated[str | None, typer.Option("--met", metavar="TEXT", help="How you met.")]
IntroducedBy = Annotated[str | None, typer.Option("--introduced-by", metavar="WHO", help="Who introduced you.")]
Note = Annotated[str | None, typer.Option("-n", "--note", metavar="TEXT", help="What is worth remembering.")]


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    handle: Handle = None,
    alias: Aliases = None,
    email: Emails = None,
    phone: Phones = None,
    url: Urls = None,
    org: Org = None,
    title: Title = None,
    location: Location = None,
    birthday: Birthday = None,
    circle: Circle = None,
    every: Every = None,
    latest: Latest = None,
    objectives: Objectives = None,
    topics: Topics = None,
    met: Met = None,
    introduced_by: IntroducedBy = None,
    note: Note = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Add a contact.

    \b
    Examples:
      netj contact add "Dana Whitfield" --org Acme --title "VP Platform" --circle inner
      netj contact add "Priya Nair" --email priya@example.com --birthday "15 June" -o platform-role
    """
    from netjournal.journal.contacts import add_contact
    from netjournal.reports.contacts import ContactDetailRow

    session = session_of(ctx)
    session.check_output(ContactDetailRow, format=format, fields=fields)
    words = _words(ctx.params)
    with session.writing("contact add") as uow:
        row = add_contact(uow, words)
    session.show_card(row, ContactDetailRow, format=format, fields=fields, header=not no_header)


@app.command("edit")
def edit(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="WHO")],
    name: Annotated[str | None, typer.Option("--name", help="The display name.")] = None,
    handle: Handle = None,
    alias: Aliases = None,
    email: Emails = None,
    phone: Phones = None,
    url: Urls = None,
    org: Org = None,
    title: Title = None,
    location: Location = None,
    birthday: Birthday = None,
    circle: Circle = None,
    every: Every = None,
    latest: Latest = None,
    objectives: Objectives = None,
    topics: Topics = None,
    met: Met = None,
    introduced_by: IntroducedBy = None,
    note: Note = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Change a contact.

    A single value replaces the one before; repeatable ones are added; '' clears. Another organization ends the
    current affiliation today and begins a new one.

    \b
    Examples:
      netj contact edit dana --org Globex --title CTO
      netj contact edit dana --email '' --email dana@globex.example
    """
    from netjournal.journal.contacts import edit_contact
    from netjournal.reports.contacts import ContactDetailRow

    session = session_of(ctx)
    session.check_output(ContactDetailRow, format=format, fields=fields)
    words = _words(ctx.params)
    with session.writing("contact edit") as uow:
        row = edit_contact(uow, who, words)
    session.show_card(row, ContactDetailRow, format=format, fields=fields, header=not no_header)
    if name is not None:
        contact_life.tell_namesakes(session, row.contact)


def _words(params: dict[str, object]) -> ContactWords:
    """What the options say of a contact."""
    from netjournal.domain.dates import read_days
    from netjournal.journal.people import ContactWords

    said = {key: params[key] for key in ContactWords._fields if params.get(key) is not None}
    for duration in ("every", "latest"):
        if duration in said:
            said[duration] = read_days(str(said[duration])) if said[duration] else 0
    return ContactWords(**said)  # type: ignore[arg-type]  # the options and the fields have the same names and types


@app.command("show")
def show(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="WHO")],
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Show all that is stored of a contact.

    \b
    Examples:
      netj contact show dana
      netj contact show dana-whitfield -f json | jq '.[0].emails'
    """
    session = session_of(ctx)
    from netjournal.reports import find
    from netjournal.reports.contacts import ContactDetailRow, contact_detail

    with session.reading() as connection:
        row = contact_detail(connection, find.contact(connection, who), session.today)
    session.show_card(row, ContactDetailRow, format=format, fields=fields, header=not no_header)


@app.command("list")
def list_(
    ctx: typer.Context,
    untracked: Annotated[
        bool, typer.Option("--untracked", help="Only contacts without a cadence whom `keep` may offer one.")
    ] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Only contacts put away.")] = False,
    circle: CircleFilter = None,
    org: Annotated[str | None, typer.Option("--org", help="Only who works at an organization.")] = None,
    topic: Annotated[str | None, typer.Option("-t", "--topic", help="Only who knows about a topic.")] = None,
    objective: Annotated[
        str | None, typer.Option("-o", "--for", metavar="KEY", help="Only who is linked to an objective.")
    ] = None,
    group: GroupFilter = None,
    standing: Annotated[
        str | None, typer.Option("--standing", help="Only contacts of a standing, such as overdue.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List contacts.

    A bare terminal shows as many as `capacity` says, unless there is a
    --limit.

    \b
    Examples:
      netj contact list --standing overdue
      netj contact list --untracked --org Acme -f json
    """
    session = session_of(ctx)
    from netjournal.reports.contacts import ContactRow
    from netjournal.reports.contacts_list import Filters, contact_list

    filters = Filters(untracked, archived, circle, org, topic, objective, group, standing)
    with session.reading() as connection:
        rows = contact_list(connection, filters, session.today)
    shown = rows[: limit or session.shown_count(format)]
    session.emit(shown, ContactRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
    if len(shown) < len(rows) and limit is None:
        session.hint(f"{len(rows) - len(shown)} more: `--limit {len(rows)}` shows all.")
    if not rows and session.format(format) == "table":
        mend = '. `netj contact add "Dana Whitfield"` adds a contact, `netj import linkedin FILE` many.'
        session.hint("Nobody" + (mend if filters == Filters() else " like that."))
