"""`netj snooze`."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False)

COLUMNS = ("name", "contact", "standing", "due_on")


@app.command("snooze")
def snooze_command(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="WHO")],
    until: Annotated[
        list[str] | None, typer.Argument(metavar="[UNTIL|off]", help="A day, a time such as 2w, or off.")
    ] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Leave them for later.

    Until a day; without one the contact is paused until `off`. Your promises to them still come up.

    \b
    Examples:
      netj snooze dana "in 3 weeks"
      netj snooze priya 2w
      netj snooze dana off
    """
    from netjournal.domain.dates import show_day
    from netjournal.journal.contacts import snooze
    from netjournal.reports.contacts import ContactRow

    session = session_of(ctx)
    session.check_output(ContactRow, format=format, fields=fields)
    with session.writing("snooze") as uow:
        row, day = snooze(uow, who, " ".join(until) if until else None, session.date_order)
    # Nobody who is paused falls due.
    columns = [column for column in COLUMNS if column != "due_on" or row.standing != "paused"]
    session.emit((row,), ContactRow, format=format, fields=fields, header=not no_header, columns=columns)
    if row.standing == "paused" and session.format(format) == "table":
        session.hint(f"Paused until `netj snooze {row.contact} off`.")
    if day is not None and session.format(format) == "table":
        session.hint(f"Snoozed until {show_day(day)}.")
    if row.standing == "untracked":
        session.hint("They have no cadence, so they were not due anyway.")
