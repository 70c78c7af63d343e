"""`netj doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.errors import ConfigError, JournalError, UsageError

if TYPE_CHECKING:
    from netjournal.cli.context import Session
    from netjournal.store.checkup import CheckRow

app = typer.Typer(add_completion=False)


@app.command("doctor")
def doctor_command(
    ctx: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be made anew, after a backup.")] = False,
    salvage: Annotated[
        Path | None,
        typer.Option("--salvage", metavar="FILE", help="Read what is left of a damaged journal into a new one."),
    ] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Check the journal.

    Each row is one check: ok, a warning, failed, or repaired. Nothing is changed without --repair, which makes anew
    the search index and what else is derived, and closes files to others. Exits with 5 where a check failed.

    \b
    Examples:
      netj doctor
      netj doctor -f json | jq -r '.[] | select(.status != "ok") | .text'
      netj doctor --repair
      netj doctor --salvage rescued.db
    """
    from netjournal.store.checkup import CheckRow, checkup

    session = session_of(ctx)
    if salvage is not None:
        if repair:
            raise UsageError("`--repair` and `--salvage` are two different mends.", "Give one of them.")
        _salvage(session, salvage.expanduser(), format, fields, header=not no_header)
        return
    settings = _settings(session)
    # Broken settings are told here, so they must not stand in the way.
    shown = format or (("table" if session.is_terminal else "tsv") if settings.status == "failed" else None)
    session.check_output(CheckRow, format=shown, fields=fields)
    moment = (session.today, session.now)
    rows = (*checkup(session.journal_path, moment, repair=repair), settings)
    session.emit(rows, CheckRow, format=shown, fields=fields, header=not no_header)
    if failed := [row.check for row in rows if row.status == "failed"]:
        raise JournalError(f"The check failed: {', '.join(failed)}.", "The row of each says how it is mended.")


def _settings(session: Session) -> CheckRow:
    from netjournal.config import config_path, load
    from netjournal.store.checkup import CheckRow

    try:
        load(session.environ)
    except ConfigError as error:
        return CheckRow("settings", "failed", error.sentence)
    path = config_path(session.environ)
    return CheckRow("settings", "ok", f"{path}" if path.exists() else "the defaults")


def _salvage(session: Session, new: Path, format: str | None, fields: str | None, *, header: bool) -> None:
    from netjournal.store.checkup import SalvagedRow, salvaged

    session.check_output(SalvagedRow, format=format, fields=fields)
    rows, damaged = salvaged(session.journal_path, new)
    session.emit(rows, SalvagedRow, format=format, fields=fields, header=header)
    pages = {0: "No page was", 1: "1 page was"}.get(damaged, f"{damaged} pages were")
    session.hint(f"{pages} unreadable. The damaged journal is unchanged; use the new one with --db {new}.")
