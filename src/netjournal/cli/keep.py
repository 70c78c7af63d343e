"""`netj keep`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.errors import UsageError

app = typer.Typer(add_completion=False)

COLUMNS = ("name", "contact", "circle", "every_days", "due_on", "objectives")


@app.command("keep")
def keep_command(
    ctx: typer.Context,
    who: Annotated[
        list[str] | None, typer.Argument(metavar="[WHO]...", help="Contacts, group:NAME, or - for stdin.")
    ] = None,
    circle: Annotated[str | None, typer.Option("--circle", help="The circle that gives the cadence.")] = None,
    every: Annotated[str | None, typer.Option("--every", metavar="6w", help="The wished cadence.")] = None,
    latest: Annotated[str | None, typer.Option("--latest", metavar="3mo", help="The worst accepted gap.")] = None,
    objectives: Annotated[
        list[str] | None, typer.Option("-o", "--for", metavar="KEY", help="Link to an objective.")
    ] = None,
    last: Annotated[str | None, typer.Option("--last", metavar="DATE", help="When you were last in touch.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Give contacts a cadence.

    Whoever you have met falls due by the last touch. Of several without a touch, given a cadence at once, the first due
    days are spread over it. Without WHO a terminal walks through those without a cadence, one key each.

    \b
    Examples:
      netj keep dana priya --circle inner
      netj keep "Sam Lee" --every 6w --latest 3mo --last "12 Nov"
      netj contact list --untracked --org Acme --fields contact --no-header | netj keep - --circle outer
    """
    session = session_of(ctx)
    from netjournal.domain.dates import read_days
    from netjournal.journal.keep import KeepWords, keep
    from netjournal.reports.contacts import ContactRow

    session.check_output(ContactRow, format=format, fields=fields)
    named = [name for typed in who or () for name in (_from_stdin() if typed == "-" else [typed])]
    nothing_said = not who and all(option is None for option in (circle, every, latest, last)) and not objectives
    if nothing_said and session.can_ask:
        from netjournal.cli.walk import walk
        from netjournal.journal.keep import keep_chosen

        rows: tuple[ContactRow, ...] = ()
        if choices := walk(session):
            with session.writing("keep") as uow:
                rows = keep_chosen(uow, choices)
        session.emit(rows, ContactRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
        return
    if who and not named:
        raise UsageError(
            "Nobody was named on stdin.", "A line is a handle, as in `netj contact list --fields contact`."
        )
    if not named:
        raise UsageError("Whom do you want to keep in touch with?", "Name contacts, or - to read handles from stdin.")
    words = KeepWords(
        tuple(named),
        circle,
        read_days(every) if every is not None else None,
        read_days(latest) if latest is not None else None,
        tuple(objectives or ()),
        last,
        session.date_order,
    )
    with session.writing("keep") as uow:
        rows = keep(uow, words)
    session.emit(rows, ContactRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


def _from_stdin() -> list[str]:
    """Handles, one a line; only the first field of a line counts, and a header is no handle."""
    lines = [line.split("\t")[0].strip() for line in sys.stdin.read().splitlines()]
    return [line for n, line in enumerate(lines) if line and not (n == 0 and line == "contact")]
