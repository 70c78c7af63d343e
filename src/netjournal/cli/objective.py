"""`netj objective`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from netjournal.cli import objective_life
from netjournal.cli.context import Session, session_of
from netjournal.cli.options import ClientFilter, FieldsOption, FormatOption, NoHeaderOption, named_id
from netjournal.domain import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.journal.objectives import ObjectiveWords
    from netjournal.reports.objectives import ObjectiveRow

app = typer.Typer(add_completion=False, help="What to reach, and why.")
app.command("pause")(objective_life.pause)
app.command("resume")(objective_life.resume)
app.command("achieve")(objective_life.achieve)
app.command("drop")(objective_life.drop)


class ObjectiveCells(NamedTuple):
    """What a table of objectives shows: how each goes lately is told in words."""

    key: words.Key
    title: words.Prose
    status: str
    client: words.Handle | None
    by: date | None
    lately: words.Prose | None
    contact_count: int


Key = Annotated[str | None, typer.Option("--key", help="The word for scripts and +marks.")]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="What it is for.")]
By = Annotated[str | None, typer.Option("--by", metavar="DATE", help="The target day.")]
LookingFor = Annotated[str | None, typer.Option("--looking-for", metavar="TEXT", help="What would help.")]
Asks = Annotated[list[str] | None, typer.Option("--ask", metavar="TEXT", help="A question to ask people.")]
Topics = Annotated[list[str] | None, typer.Option("-t", "--topic", help="A topic it is about.")]
Orgs = Annotated[list[str] | None, typer.Option("--org", help="An organization it is about.")]
DoneWhen = Annotated[str | None, typer.Option("--done-when", metavar="TEXT", help="What done looks like.")]
Client = Annotated[str | None, typer.Option("--client", metavar="WHO", help="On whose behalf; yours unless said.")]


@app.command("add")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    key: Key = None,
    why: Why = None,
    by: By = None,
    looking_for: LookingFor = None,
    ask: Asks = None,
    topic: Topics = None,
    org: Orgs = None,
    done_when: DoneWhen = None,
    client: Client = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Add an objective.

    \b
    Examples:
      netj objective add "Platform role" --why "lead a team again" --by 2027-03-31 --topic sre
      netj objective add "Speak at a conference" --key speaking --ask "who picks the talks?"
    """
    from netjournal.cli.objective_card import show_objective
    from netjournal.journal.objectives import add_objective
    from netjournal.reports.objectives import ObjectiveDetailRow

    session = session_of(ctx)
    session.check_output(ObjectiveDetailRow, format=format, fields=fields)
    words = _words(session, ctx.params)
    with session.writing("objective add") as uow:
        row = add_objective(uow, words)
    show_objective(session, row, format, fields, header=not no_header)


@app.command("edit")
def edit(
    ctx: typer.Context,
    objective: Annotated[str, typer.Argument(metavar="OBJECTIVE")],
    title: Annotated[str | None, typer.Option("--title", help="Another title.")] = None,
    key: Key = None,
    why: Why = None,
    by: By = None,
    looking_for: LookingFor = None,
    ask: Asks = None,
    topic: Topics = None,
    org: Orgs = None,
    done_when: DoneWhen = None,
    client: Client = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Change an objective.

    A single value replaces the one before; repeatable ones are added; '' clears.

    \b
    Examples:
      netj objective edit platform-role --by "1 march"
      netj objective edit platform-role --ask "what does the on-call rota look like?"
    """
    from netjournal.cli.objective_card import show_objective
    from netjournal.journal.objectives import edit_objective
    from netjournal.reports.objectives import ObjectiveDetailRow

    session = session_of(ctx)
    session.check_output(ObjectiveDetailRow, format=format, fields=fields)
    words = _words(session, ctx.params)
    with session.writing("objective edit") as uow:
        row = edit_objective(uow, objective, words)
    show_objective(session, row, format, fields, header=not no_header)


def _words(session: Session, params: dict[str, object]) -> ObjectiveWords:
    """What the options say of an objective."""
    from netjournal.domain.dates import read_future_day
    from netjournal.journal.objectives import ObjectiveWords

    by = params.get("by")
    names = {"asks": "ask", "topics": "topic", "organizations": "org"}
    said = {
        field: params[names.get(field, field)]
        for field in ObjectiveWords._fields
        if field not in ("by", "no_day") and params.get(names.get(field, field)) is not None
    }
    return ObjectiveWords(
        **said,  # type: ignore[arg-type]  # the options and the fields have the same types
        by=read_future_day(str(by), session.today, order=session.date_order) if by else None,
        no_day=by == "",
    )


@app.command("list")
def list_(
    ctx: typer.Context,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="active|paused|achieved|dropped", help="Only objectives of a status."),
    ] = None,
    client: ClientFilter = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List objectives, and how each goes lately.

    The table tells of touches in 30 days, or how long there was none. A
    `contact count` of 0 says that nobody is helping; `gaps` of the other
    formats says what else is missing.

    \b
    Examples:
      netj objective list
      netj objective list -f json | jq -r '.[] | select(.neglected) | .key'
    """
    session = session_of(ctx)
    from netjournal.domain.text import one_of
    from netjournal.reports.objectives import ObjectiveRow, objective_list

    if status is not None:
        one_of(status, ("active", "paused", "achieved", "dropped"), "status")
    with session.reading() as connection:
        rows = objective_list(connection, status, named_id(connection, "client", client), session.today)
    if session.is_view(format, fields):
        _show_list(session, rows, header=not no_header)
    else:
        session.emit(rows, ObjectiveRow, format=format, fields=fields, header=not no_header)
    if not rows and session.format(format) == "table":
        is_whole = status is None and client is None
        session.hint(
            'None yet. `netj objective add "Platform role" --why "…"` adds one.' if is_whole else "None of these."
        )


def _show_list(session: Session, rows: Sequence[ObjectiveRow], *, header: bool) -> None:
    from netjournal.reports.objectives import lately

    cells = [
        ObjectiveCells(r.key, r.title, r.status, r.client, r.by, lately(r, session.today), r.contact_count)
        for r in rows
    ]
    # What says the same of all is no column: that all are active, or nobody's but one's own, or over.
    dull = {"status": "active", "client": None, "lately": None}
    alike = {name for name, same in dull.items() if all(getattr(cell, name) == same for cell in cells)}
    columns = [name for name in ObjectiveCells._fields if name not in alike]
    session.emit(cells, ObjectiveCells, format="table", header=header, columns=columns)


@app.command("show")
def show(
    ctx: typer.Context,
    objective: Annotated[str, typer.Argument(metavar="OBJECTIVE")],
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Show an objective, who supports it, and the interactions that did.

    \b
    Examples:
      netj objective show platform-role
      netj objective show platform-role -f json | jq '.[0].gaps'
    """
    session = session_of(ctx)
    from netjournal.cli.objective_card import show_objective
    from netjournal.reports import find
    from netjournal.reports.interactions import timeline_of_objective
    from netjournal.reports.objectives import objective_detail

    with session.reading() as connection:
        objective_id = find.objective(connection, objective)
        row = objective_detail(connection, objective_id, session.today)
        is_view = session.is_view(format, fields)
        touched = tuple(timeline_of_objective(connection, objective_id)) if is_view else ()
    show_objective(session, row, format, fields, header=not no_header)
    if touched:
        from netjournal.cli.timeline import show_timeline

        sys.stdout.write("\n")
        show_timeline(session, touched)
