"""`netj timeline`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.options import ClientFilter, FieldsOption, FormatOption, NoHeaderOption, named_id
from netjournal.domain.words import Key, Prose, few

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.reports.interactions import InteractionRow

app = typer.Typer(add_completion=False)


class TimelineCells(NamedTuple):
    """What a table of interactions shows: the objectives each supports, implied ones in brackets."""

    id: int
    on: date
    kind: str
    with_: tuple[Prose, ...]
    about: Prose | None
    supports: tuple[Key, ...]


@app.command("timeline")
def timeline_command(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHO|OBJECTIVE")],
    client: ClientFilter = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """A history, day by day.

    Every interaction with a contact or for an objective, newest first, with the objectives each supports: stated,
    [implied], or none on purpose. A + before the word means an objective.

    \b
    Examples:
      netj timeline dana
      netj timeline +platform-role -f json | jq '.[].summary'
    """
    session = session_of(ctx)
    from netjournal.reports.interactions import InteractionRow, for_client, timeline

    with session.held(), session.reading() as connection:
        rows = timeline(connection, what)
        client_id = named_id(connection, "client", client)
        rows = rows if client_id is None else for_client(connection, rows, client_id)
        if session.is_view(format, fields):
            show_timeline(session, rows, header=not no_header)
        else:
            session.emit(rows, InteractionRow, format=format, fields=fields, header=not no_header)


def show_timeline(session: Session, rows: Iterable[InteractionRow], *, header: bool = True) -> None:
    """Show interactions as a table with one column for what each supports."""
    cells = [
        TimelineCells(row.id, row.on, row.kind, tuple(map(Prose, few(row.names))), row.summary, _supports(row))
        for row in rows
    ]
    session.emit(cells, TimelineCells, format="table", header=header)


def _supports(row: InteractionRow) -> tuple[Key, ...]:
    if row.none_on_purpose:
        return (Key("none on purpose"),)
    return row.objectives or ((Key(f"[{row.implied}]"),) if row.implied else ())
