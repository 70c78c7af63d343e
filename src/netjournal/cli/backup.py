"""`netj backup`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.errors import JournalError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.cli.context import Session
    from netjournal.store.backups import BackupRow, VerifiedRow

app = typer.Typer(add_completion=False)

#: What a table shows at 80 columns; a file's name holds the day and the reason too, and is what `restore` takes.
COLUMNS = ("file", "day", "time", "record_count")
VERIFIED = ("file", "state", "day", "time")


@app.command("backup")
def backup_command(
    ctx: typer.Context,
    what: Annotated[str | None, typer.Argument(metavar="[FILE]", help="A new file; or `list` or `verify`.")] = None,
    which: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="What to verify, or `all`; else the newest.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that file.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Copy the journal safely.

    A whole, checked copy, in a file or (without one) in the folder `backups` beside the journal. `list` names the
    backups there are, the newest first; `verify` reads one wholly, or all, and exits with 5 where one is bad. A file
    that is called list or verify is given as ./list.

    \b
    Examples:
      netj backup
      netj backup list
      netj backup && netj backup verify all
      netj backup safe.db --force
    """
    from netjournal.store.backups import BackupRow, VerifiedRow, backup_rows, make, verified

    session = session_of(ctx)
    path = session.journal_path
    if which is not None and what != "verify":
        raise UsageError("Only `netj backup verify` takes a second word.", "`netj backup --help` has examples.")
    is_verify = what == "verify"
    row_type = VerifiedRow if is_verify else BackupRow
    session.check_output(row_type, format=format, fields=fields)
    rows: tuple[VerifiedRow, ...] | tuple[BackupRow, ...]
    if is_verify:
        rows = verified(path, which)
    elif what == "list":
        rows = backup_rows(path)
    else:
        target = Path(what).expanduser() if what else None
        rows = (make(path, session.today, target, force=force, keep=session.config.number("backup.keep")),)
    shown = _by_name(session, rows) if session.is_view(format, fields) else rows
    columns = VERIFIED if is_verify else COLUMNS
    session.emit(shown, row_type, format=format, fields=fields, header=not no_header, columns=columns)
    if is_verify and (bad := sum(getattr(row, "state", None) != "ok" for row in rows)):
        raise JournalError(f"{bad} of {len(rows)} backups cannot be restored.", "`netj backup` makes a good one.")


def _by_name(session: Session, rows: Sequence[BackupRow | VerifiedRow]) -> Sequence[BackupRow | VerifiedRow]:
    """Backups of one folder by their names, and on stderr where that is: a whole path would be broken in a table."""
    folders = {str(Path(row.file).parent) for row in rows}
    if len(folders) != 1:
        return rows
    session.hint(f"In {folders.pop()}:")
    return [row._replace(file=Path(row.file).name) for row in rows]
