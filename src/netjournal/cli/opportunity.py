"""`netj opportunity`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.options import ClientFilter, FieldsOption, FormatOption, NoHeaderOption, ObjectiveFilter, named_id
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netjournal.journal.opportunities import OpportunityWords
    from netjournal.reports.opportunities import OpportunityRow

app = typer.Typer(add_completion=False, help="What came up.")

#: What a table shows of a row at 80 columns; what is left out where it is narrower stands last.
COLUMNS = ("id", "title", "stage", "organization", "through", "origin")
CLOSED = ("id", "title", "stage", "closed_on", "origin", "organization", "through")
STAGE = "lead|talking|applied|interview|offer"
STAGES = STAGE.replace("|", ", ")
ENDING = "won|lost|declined|lapsed"

Number = Annotated[str, typer.Argument(metavar="ID", help="The number in the column `id` of the list.")]
Org = Annotated[str | None, typer.Option("--org", help="Where.")]
Through = Annotated[str | None, typer.Option("--through", metavar="WHO", help="Through whom it came up.")]
Objective = Annotated[str | None, typer.Option("-o", "--for", metavar="KEY", help="The objective it serves.")]
Direction = Annotated[
    str | None, typer.Option("--direction", metavar="in|out", help="in: it came to you; out: you went for it.")
]
Origin = Annotated[
    str | None,
    typer.Option(
        "--origin",
        metavar="relationship|introduction|exposure|cold",
        help="Where it came from; derived from the log unless said.",
    ),
]
Note = Annotated[str | None, typer.Option("-n", "--note", metavar="TEXT", help="What is worth remembering.")]
Interactions = Annotated[
    list[str] | None, typer.Option("--interaction", metavar="ID", help="An interaction that belongs to it.")
]


@app.command("add")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    organization: Org = None,
    through: Through = None,
    objective: Objective = None,
    direction: Direction = None,
    stage: Annotated[str, typer.Option("--stage", metavar=STAGE, help="How far it has come.")] = "lead",
    origin: Origin = None,
    note: Note = None,
    interactions: Interactions = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When it came up; today unless said.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Add an opportunity.

    Through somebody, it is at their organization unless another is said. It came in unless it went --direction out.

    \b
    Examples:
      netj opportunity add "Staff SRE" --through dana --for platform-role
      netj opportunity add "Talk in Oslo" --direction out --on 2026-10-01
    """
    from netjournal.journal.opportunities import add_opportunity
    from netjournal.reports.opportunities import OpportunityRow

    session = session_of(ctx)
    session.check_output(OpportunityRow, format=format, fields=fields)
    words, opened_on = _words(ctx.params), _day(session, on) or session.today
    with session.writing("opportunity add") as uow:
        row = add_opportunity(uow, title, words, stage, opened_on)
    _show_receipt(session, row, format, fields, header=not no_header)


@app.command("list")
def list_(
    ctx: typer.Context,
    objective: ObjectiveFilter = None,
    organization: Annotated[str | None, typer.Option("--org", help="Only what is at an organization.")] = None,
    through: Annotated[
        str | None, typer.Option("--through", metavar="WHO", help="Only what came through a contact.")
    ] = None,
    client: ClientFilter = None,
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage", metavar=f"{STAGE}|{ENDING}", help="Only what is at a stage; an ending shows closed ones."
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too, after those open.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List what is open, the furthest first.

    \b
    Examples:
      netj opportunity list
      netj opportunity list --all --for platform-role
      netj opportunity list --stage won -f json | jq -r '.[].origin'
    """
    session = session_of(ctx)
    from netjournal.domain.opportunities import ENDINGS, STAGES
    from netjournal.domain.text import one_of
    from netjournal.reports.opportunities import OpportunityFilters, OpportunityRow, opportunity_list

    if stage is not None:
        one_of(stage, STAGES, "stage")
    with session.reading() as connection:
        filters = OpportunityFilters(
            objective_id=named_id(connection, "objective", objective),
            organization_id=named_id(connection, "organization", organization),
            client_id=named_id(connection, "client", client),
            through_id=named_id(connection, "contact", through),
            stage=stage,
            everything=everything,
        )
        rows = opportunity_list(connection, filters, session.today)
    columns = CLOSED if everything or stage in ENDINGS else COLUMNS
    session.emit(rows, OpportunityRow, format=format, fields=fields, header=not no_header, columns=columns)
    if not rows and session.format(format) == "table":
        is_whole = filters in (OpportunityFilters(), OpportunityFilters(everything=True))
        session.hint(
            'None. `netj opportunity add "Staff SRE" --through WHO` adds one.' if is_whole else "None of these."
        )


@app.command("show")
def show(
    ctx: typer.Context,
    number: Number,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Show an opportunity, where it came from, and the interactions that belong to it.

    \b
    Examples:
      netj opportunity show 3
      netj opportunity show 3 -f json | jq '.[0].touches_before'
    """
    session = session_of(ctx)
    from netjournal.cli.timeline import show_timeline
    from netjournal.reports import find
    from netjournal.reports.opportunities import OpportunityRow, linked_interactions, opportunity_row

    is_view = session.is_view(format, fields)
    with session.reading() as connection:
        opportunity_id = find.number(number, "an opportunity")
        row = opportunity_row(connection, opportunity_id, session.today)
        linked = linked_interactions(connection, opportunity_id) if is_view else ()
    # What a timeline tells below is not told in one line above it.
    shown = row._replace(interactions=()) if is_view else row
    session.show_card(shown, OpportunityRow, format=format, fields=fields, header=not no_header)
    if linked:
        sys.stdout.write("\n")
        show_timeline(session, linked)


@app.command("move")
def move(
    ctx: typer.Context,
    number: Number,
    stage: Annotated[str | None, typer.Argument(metavar="STAGE", help=f"{STAGES}, or an ending.")] = None,
    stage_option: Annotated[str | None, typer.Option("--stage", help="The same, as in `add`.")] = None,
    organization: Org = None,
    through: Through = None,
    objective: Objective = None,
    direction: Direction = None,
    origin: Origin = None,
    note: Note = None,
    interactions: Interactions = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Say how far an opportunity has come, or more of it.

    One that was closed is open again. A value replaces the one before, '' clears it; interactions are added.

    \b
    Examples:
      netj opportunity move 3 interview
      netj opportunity move 3 talking --interaction 12 --through dana
    """
    from netjournal.journal.opportunities import move_opportunity
    from netjournal.reports.opportunities import OpportunityRow

    session = session_of(ctx)
    session.check_output(OpportunityRow, format=format, fields=fields)
    if stage is not None and stage_option is not None:
        raise UsageError("The stage is said twice.", "Leave out one of STAGE and `--stage`.")
    with session.writing("opportunity move") as uow:
        row = move_opportunity(uow, number, stage or stage_option, _words(ctx.params))
    _show_receipt(session, row, format, fields, header=not no_header)


@app.command("close")
def close(
    ctx: typer.Context,
    number: Number,
    ending: Annotated[str, typer.Argument(metavar=ENDING)],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When; today unless said.")] = None,
    note: Note = None,
    interactions: Interactions = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Say how an opportunity ended.

    \b
    Examples:
      netj opportunity close 3 won
      netj opportunity close 3 declined --on "last friday" --note "too far from home"
    """
    from netjournal.journal.opportunities import close_opportunity
    from netjournal.reports.opportunities import OpportunityRow

    session = session_of(ctx)
    session.check_output(OpportunityRow, format=format, fields=fields)
    closed_on = _day(session, on)
    with session.writing("opportunity close") as uow:
        row = close_opportunity(uow, number, ending, closed_on, _words(ctx.params))
    _show_receipt(session, row, format, fields, header=not no_header)


def _words(params: Mapping[str, Any]) -> OpportunityWords:
    """What the options say of an opportunity."""
    from netjournal.journal.opportunities import OpportunityWords

    said = {field: params[field] for field in OpportunityWords._fields if params.get(field) is not None}
    return OpportunityWords(**said | {"interactions": tuple(said.get("interactions", ()))})


def _day(session: Session, typed: str | None) -> Any:
    """The day that --on names, of what happened."""
    from netjournal.domain.dates import read_past_day

    if typed is None:
        return None
    return read_past_day(typed, session.today, order=session.date_order)


def _show_receipt(
    session: Session, row: OpportunityRow, format: str | None, fields: str | None, *, header: bool
) -> None:
    from netjournal.domain.opportunities import is_open
    from netjournal.reports.opportunities import OpportunityRow

    columns = COLUMNS if is_open(row.stage) else CLOSED
    session.emit((row,), OpportunityRow, format=format, fields=fields, header=header, columns=columns)
    if not row.through and row.touches_before and session.format(format) == "table":
        session.hint(
            f"You know somebody there: `netj opportunity move {row.id} --through WHO` if it came through them."
        )
