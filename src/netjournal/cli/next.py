"""`netj next`."""

from __future__ import annotations

import sys

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import ClientFilter, FieldsOption, FormatOption, NoHeaderOption, named_id
from netjournal.reports.due import DueRow, due
from netjournal.reports.due_facts import Wanted
from netjournal.reports.last import last_note

app = typer.Typer(add_completion=False)

#: What the card tells, from top to bottom.
CARD = (
    *("name", "contact", "organization", "why", "last_on", "last_kind", "last_summary"),
    *("objectives", "followups", "signals"),
)


@app.command("next")
def next_command(
    ctx: typer.Context,
    client: ClientFilter = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """The first of those due.

    The first row of `netj due`, with the last note of that contact.

    \b
    Examples:
      netj next
      netj next -f json | jq -r '.[0].why'
    """
    session = session_of(ctx)
    with session.reading() as connection:
        wanted = Wanted(client_id=named_id(connection, "client", client))
        answer = due(connection, wanted, session.today, 1)
        # The newest note may be about somebody else's objective.
        whose = answer.rows[0].contact if answer.rows and client is None else None
        note = last_note(connection, whose) if whose else None
    if not session.is_view(format, fields):
        every = ",".join(field for field in DueRow._fields if field != "terms")
        session.emit(answer.rows, DueRow, format=format, fields=fields or every, header=not no_header)
        return
    if not answer.rows:
        session.hint("Nobody is due.")
        return
    from netjournal.render.card import card, row_pairs, telling_fields

    row = answer.rows[0]
    has = telling_fields(row, DueRow)
    pairs = row_pairs(row, DueRow, [field for field in CARD if field in has])
    card([*pairs, *([("last note", note)] if note else [])], sys.stdout)
