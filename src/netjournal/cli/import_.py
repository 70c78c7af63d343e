"""`netj import`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.errors import InputFileError, UsageError

if TYPE_CHECKING:
    from netjournal.cli.context import Session
    from netjournal.journal.imports import Imported

app = typer.Typer(add_completion=False)

FORMATS = ("linkedin",)


@app.command("import")
def import_command(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="[FORMAT] FILE...", help="A format's name, and files; - is stdin.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Take nothing from a file with a bad item.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Bring other files in.

    LinkedIn's Connections.csv becomes contacts without a cadence; `netj keep` gives one. Importing a file again
    changes nothing; a newer export tells of new jobs. FORMAT is linkedin; it is found by itself when left out.

    \b
    Examples:
      netj import linkedin Connections.csv --dry-run
      netj import Connections.csv
    """
    from netjournal.interchange.people import read_people
    from netjournal.journal.imports import Imported, carry_out, receipt
    from netjournal.journal.matching import plan

    session = session_of(ctx)
    session.check(Imported, format=format, fields=fields)
    named = files[0] if files[0] in FORMATS and not os.path.exists(files[0]) else None
    paths = files[1:] if named else files
    if not paths:
        raise UsageError("Which file?", "As in `netj import linkedin Connections.csv`; - reads standard input.")
    found = read_people(paths, sys.stdin.buffer if hasattr(sys.stdin, "buffer") else None, named)
    if strict and found.bad:
        raise InputFileError(f"{found.bad[0]}; with --strict nothing was imported.")
    with session.reading() as connection:
        planned = plan(connection, found.source, found.people)
    if planned.changes and not dry_run:
        session.back_up("before-import")
        with session.writing(f"import {found.source}") as uow:
            # Decided again under the lock: another process may have written meanwhile.
            planned = plan(uow.read, found.source, found.people)
            carry_out(uow, planned)
    _show(session, receipt(planned, found.read, found.skipped, found.notes), format, fields, header=not no_header)
    if dry_run:
        session.hint("Nothing was changed.")


def _show(session: Session, row: Imported, format: str | None, fields: str | None, *, header: bool) -> None:
    from netjournal.journal.imports import Imported

    if session.format(format) != "table" or fields:
        session.emit((row,), Imported, format=format, fields=fields, header=header)
        return
    from netjournal.render.card import card, row_pairs

    card(row_pairs(row, Imported), sys.stdout)
    if row.created:
        session.hint("They have no cadence yet: `netj keep WHO --circle active` says whom to stay in touch with.")
