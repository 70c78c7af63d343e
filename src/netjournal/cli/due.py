"""`netj due`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.options import (
    CircleFilter,
    ClientFilter,
    FieldsOption,
    FormatOption,
    GroupFilter,
    NoHeaderOption,
    SupportersFilter,
    named_id,
)
from netjournal.domain.counts import counted
from netjournal.domain.words import Prose
from netjournal.errors import EXIT_OVERDUE, UsageError
from netjournal.reports.due import DueRow, due, untracked_count
from netjournal.reports.due_facts import Wanted
from netjournal.reports.reasons import NOBODY_NAMED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from netjournal.reports.due import Due
    from netjournal.store.connection import ReadConnection

app = typer.Typer(add_completion=False)

#: What a table shows of a row at 80 columns.
COLUMNS = ("name", "why", "standing", "objectives")
EXPLAINED = ("name", "why", "score", "terms")
DORMANT = ("name", "why", "last_on")


@app.command("due")
def due_command(
    ctx: typer.Context,
    within: Annotated[
        str | None, typer.Option("--within", metavar="7d", help="Also who falls due within this time.")
    ] = None,
    objective: SupportersFilter = None,
    client: ClientFilter = None,
    circle: CircleFilter = None,
    group: GroupFilter = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many rows.")] = None,
    hidden: Annotated[bool, typer.Option("--hidden", help="Snoozed and paused contacts too.")] = False,
    everyone: Annotated[bool, typer.Option("--all", help="Everyone with a cadence, whatever the standing.")] = False,
    drifting: Annotated[
        bool, typer.Option("--drifting", help="Who without a cadence is quiet for unusually long.")
    ] = False,
    dormant: Annotated[
        bool, typer.Option("--dormant", help="Grown ties without a touch for a year, worth reviving.")
    ] = False,
    signals: Annotated[bool, typer.Option("--signals", help="Who has a new job or a birthday.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show the terms of the score.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 10 if somebody is overdue.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Whom to contact today.

    Contacts due or overdue, promises due, replies owed: the most urgent first, each with its why.

    \b
    Examples:
      netj due
      netj due --within 7d -o platform-role
      netj due --dormant -o platform-role
      netj due -f json | jq -r '.[].contact'
      netj due --check --circle inner >/dev/null || echo "somebody waits"
    """
    session = session_of(ctx)
    if dormant and (within or everyone or drifting or signals):
        raise UsageError("--dormant is a list of its own.", "Leave out --within, --all, --drifting and --signals.")
    with session.reading() as connection:
        wanted = Wanted(
            within_days=0 if within is None else _days(within),
            objective_id=named_id(connection, "objective", objective),
            client_id=named_id(connection, "client", client),
            circle_id=named_id(connection, "circle", circle),
            group_id=named_id(connection, "group", group),
            hidden=hidden,
            everyone=everyone,
            drifting=drifting,
            signals=signals,
        )
        answer = _report(dormant)(connection, wanted, session.today, limit or session.shown_count(format))
        untracked = 0 if dormant or signals or drifting else untracked_count(connection, answer)
    shown_as = session.format(format)
    # The terms come only with --explain; every other field always.
    every = ",".join(field for field in DueRow._fields if explain or field != "terms")
    picked = fields or (None if shown_as == "table" else every)
    columns = EXPLAINED if explain else DORMANT if dormant else COLUMNS
    rows = answer.rows
    if shown_as == "table" and not fields:
        # A term of nothing explains nothing, and a line that begins with blanks reads as part of the one before.
        rows = tuple(
            row._replace(
                name=row.name or Prose(NOBODY_NAMED), terms={name: term for name, term in row.terms.items() if term}
            )
            for row in rows
        )
    session.emit(rows, DueRow, format=format, fields=picked, header=not no_header, columns=columns)
    nobody = (
        "Nobody has news." if signals else "Nobody is quiet for longer than usual." if drifting else "Nobody is due."
    )
    _say_more(session, answer, shown_as, untracked, nobody, dormant=dormant)
    if check and answer.overdue:
        raise typer.Exit(EXIT_OVERDUE)


def _report(dormant: bool) -> Callable[[ReadConnection, Wanted, date, int | None], Due]:
    if not dormant:
        return due
    from netjournal.reports.dormant import dormant as dormant_ties

    return dormant_ties


def _days(within: str) -> int:
    from netjournal.domain.dates import read_days

    return read_days(within)


def _say_more(session: Session, answer: Due, shown_as: str, untracked: int, nobody: str, *, dormant: bool) -> None:
    more = answer.total - len(answer.rows)
    if more > 0 and shown_as == "table":
        asked = "netj due --dormant" if dormant else "netj due"
        session.hint(f"{more} more: `{asked} --limit {answer.total}` shows all.")
    if untracked:
        people = f"{counted(untracked, 'contact')} {'has' if untracked == 1 else 'have'}"
        session.hint(f"{people} no cadence yet: `netj keep WHO --circle active` says how often to be in touch.")
    elif not answer.total and shown_as == "table":
        session.hint("No grown tie is dormant." if dormant else nobody)
