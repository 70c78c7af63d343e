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
    from netjournal.render.card import card, row_pairs

    pairs = row_pairs(answer.rows[0], DueRow, _CARD)
    shown = [pair for pair in pairs if getattr(pair[1], "value", None) not in (None, ())]
    card([*shown, *([("last note", note)] if note else [])], sys.stdout)


_CARD = (
    "name",
    "contact",
    "organization",
    "why",
    "last_on",
    "last_kind",
    "last_summary",
    "objectives",
    "followups",
    "signals",
)
