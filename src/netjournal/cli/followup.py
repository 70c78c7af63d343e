"""`netj followup`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import ClientFilter, FieldsOption, FormatOption, NoHeaderOption, ObjectiveFilter, named_id

if TYPE_CHECKING:
    from netjournal.cli.context import Session
    from netjournal.journal.followups import Promised

app = typer.Typer(add_completion=False, help="Promises, both ways.")

COLUMNS = ("id", "text", "by", "name", "owner", "objective")

Numbers = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Numbers in `netj followup list`; a terminal lists and asks without."),
]


@app.command("add")
def add(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="TEXT [@who] [by DATE].")],
    who: Annotated[str | None, typer.Option("-w", "--with", metavar="WHO", help="To whom, or from whom.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="The day; in 7 days unless said.")] = None,
    objective: Annotated[
        str | None, typer.Option("-o", "--for", metavar="KEY", help="The objective it serves.")
    ] = None,
    owner: Annotated[str, typer.Option("--owner", metavar="me|them", help="Whose promise it is.")] = "me",
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Add a promise.

    \b
    Examples:
      netj followup add "send the slides @dana by friday"
      netj followup add "introduce me to the CTO" --with dana --owner them --by +2w
    """
    from netjournal.domain.text import one_of
    from netjournal.domain.words import Owner
    from netjournal.journal.followups import FollowupWords, add_followup
    from netjournal.reports.followups import FollowupRow

    session = session_of(ctx)
    session.check_output(FollowupRow, format=format, fields=fields)
    one_of(owner, get_args(Owner), "owner")
    words = FollowupWords(" ".join(text), who, by, objective, owner, session.date_order)  # type: ignore[arg-type]
    with session.writing("followup add") as uow:
        done = add_followup(uow, words)
    _show(session, done, format, fields, header=not no_header)


@app.command("edit")
def edit(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ID", help="The number in `netj followup list`.")],
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="[TEXT] [@who] [by DATE].")] = None,
    who: Annotated[str | None, typer.Option("-w", "--with", metavar="WHO", help="To whom, or from whom.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="The day.")] = None,
    objective: Annotated[
        str | None, typer.Option("-o", "--for", metavar="KEY", help="The objective it serves.")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="me|them", help="Whose promise it is.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Give an open promise another day, or other words.

    What is not said stays. '' takes back --with and --for.

    \b
    Examples:
      netj followup edit 12 by friday
      netj followup edit 12 "send the slides and the code" -o platform-role
    """
    from netjournal.domain.text import one_of
    from netjournal.domain.words import Owner
    from netjournal.journal.followups import FollowupWords, edit_followup
    from netjournal.reports.followups import FollowupRow

    session = session_of(ctx)
    session.check_output(FollowupRow, format=format, fields=fields)
    if owner is not None:
        one_of(owner, get_args(Owner), "owner")
    words = FollowupWords(" ".join(text or ()), who, by, objective, owner, session.date_order)  # type: ignore[arg-type]
    with session.writing("followup edit") as uow:
        done = edit_followup(uow, number, words)
    _show(session, done, format, fields, header=not no_header)


def _show(session: Session, done: Promised, format: str | None, fields: str | None, *, header: bool) -> None:
    """The promise that was written, and for which day it is."""
    from netjournal.domain.dates import show_day
    from netjournal.reports.followups import FollowupRow

    session.emit((done.row,), FollowupRow, format=format, fields=fields, header=header, columns=COLUMNS)
    if done.remark is not None:
        session.hint(done.remark)
    elif session.is_view(format, fields):
        session.hint(f"For {show_day(done.row.by)}.")


@app.command("list")
def list_(
    ctx: typer.Context,
    owner: Annotated[str | None, typer.Option("--owner", metavar="me|them", help="Only mine, or theirs.")] = None,
    who: Annotated[
        str | None, typer.Option("-w", "--with", metavar="WHO", help="Only what is promised to or by a contact.")
    ] = None,
    objective: ObjectiveFilter = None,
    client: ClientFilter = None,
    everything: Annotated[bool, typer.Option("--all", help="Done and dropped ones too.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List open promises, the nearest day first.

    \b
    Examples:
      netj followup list
      netj followup list --owner them -f json
      netj followup list --client dana
    """
    session = session_of(ctx)
    from netjournal.domain.text import one_of
    from netjournal.domain.words import Owner
    from netjournal.reports.followups import FollowupFilters, FollowupRow, followup_list

    if owner is not None:
        one_of(owner, get_args(Owner), "owner")
    with session.reading() as connection:
        filters = FollowupFilters(
            owner,
            named_id(connection, "contact", who),
            named_id(connection, "objective", objective),
            named_id(connection, "client", client),
            everything,
        )
        rows = followup_list(connection, filters, session.today)
    columns = (*COLUMNS, "status") if everything else COLUMNS
    session.emit(rows, FollowupRow, format=format, fields=fields, header=not no_header, columns=columns)
    if not rows and session.format(format) == "table":
        session.hint("No promise is open." if filters == FollowupFilters() else "None of these.")


@app.command("done")
def done(
    ctx: typer.Context,
    numbers: Numbers = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Mark promises as kept.

    \b
    Examples:
      netj followup done 12
      netj done 12 13
    """
    close(ctx, numbers, "done", format, fields, header=not no_header)


@app.command("drop")
def drop(
    ctx: typer.Context,
    numbers: Numbers = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Let promises go.

    \b
    Examples:
      netj followup drop 12
      netj followup list --owner them --fields id --no-header | xargs netj followup drop
    """
    close(ctx, numbers, "dropped", format, fields, header=not no_header)


def close(
    ctx: typer.Context, numbers: list[str] | None, status: str, format: str | None, fields: str | None, *, header: bool
) -> None:
    """Close promises and show them."""
    from netjournal.journal.followups import close_followups
    from netjournal.reports.followups import FollowupRow

    session = session_of(ctx)
    session.check_output(FollowupRow, format=format, fields=fields)
    rows: tuple[FollowupRow, ...] = ()
    if numbers := numbers or _asked(session, status):
        with session.writing("followup done" if status == "done" else "followup drop") as uow:
            rows = close_followups(uow, numbers, status)
    columns = ("id", "text", "name", "status")
    session.emit(rows, FollowupRow, format=format, fields=fields, header=header, columns=columns)


def _asked(session: Session, status: str) -> list[str]:
    """The numbers of the promises that somebody says were kept, or are let go, of all that are open."""
    from netjournal.domain.dates import show_day
    from netjournal.errors import UsageError
    from netjournal.reports.followups import FollowupFilters, followup_list

    if not session.can_ask:
        raise UsageError("Which promise?", "`netj followup list` shows their numbers.")
    with session.reading() as connection:
        rows = followup_list(connection, FollowupFilters(), session.today)
    if not rows:
        session.hint("No promise is open.")
        return []
    for row in rows:
        whose = f"{row.name}'s" if row.owner == "them" and row.name else "theirs" if row.owner == "them" else row.name
        session.hint(f"  {row.id:>3}  {show_day(row.by)}  {row.text}{f' ({whose})' if whose else ''}")
    known = {str(row.id) for row in rows}
    question = "Which were kept?" if status == "done" else "Which do you let go?"
    while True:
        typed = session.ask(f"{question} (numbers; Enter for none)", default="").replace(",", " ").split()
        if known.issuperset(word.removeprefix("#") for word in typed):
            return typed
        session.hint("Answer with numbers of the list.")
