"""`netj undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NamedTuple

    from netjournal.cli.context import Session
    from netjournal.journal.undo import Undone
    from netjournal.store.unit_of_work import UnitOfWork

app = typer.Typer(add_completion=False)

#: What a table shows of the receipt.
RECEIPT = ("action", "command", "state", "on", "records")


@app.command("undo")
def undo_command(
    ctx: typer.Context,
    action: Annotated[str | None, typer.Argument(metavar="[ACTION]", help="Its number in `netj changes`.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Take an action back.

    The newest command that wrote is taken back as one step, whatever it was; again goes one step further back, and
    `netj redo` forward again; the receipt names what was taken away or put back. A chosen action is taken back by
    its number, if nothing it changed was changed since; else both versions are shown.

    \b
    Examples:
      netj undo
      netj undo 12
      netj undo -f json | jq -r '.[0].command'
    """
    from netjournal.journal.undo import undo

    def take_back(uow: UnitOfWork) -> Undone:
        return undo(uow, action)

    replay(session_of(ctx), "undo", take_back, format, fields, header=not no_header)


def replay(
    session: Session,
    command: str,
    take_back: Callable[[UnitOfWork], Undone],
    format: str | None,
    fields: str | None,
    *,
    header: bool,
) -> None:
    """Take back or put back, and show the receipt; where it is refused, what stands in the way, as it was and as it is.

    `fields` may be those of either answer, as nobody knows beforehand which it will be.
    """
    from netjournal.journal.undo import ChangedSinceError, ConflictRow, Undone

    is_of_receipt = _has_fields(session, Undone, fields)
    if not is_of_receipt and not _has_fields(session, ConflictRow, fields):
        session.check_output(Undone, format=format, fields=fields)
    try:
        with session.writing(command) as uow:
            receipt = take_back(uow)
    except ChangedSinceError as error:
        wanted = fields if _has_fields(session, ConflictRow, fields) else None
        session.emit(error.rows, ConflictRow, format=format, fields=wanted, header=header)
        raise
    wanted = fields if is_of_receipt else None
    session.emit((receipt,), Undone, format=format, fields=wanted, header=header, columns=RECEIPT)


def _has_fields(session: Session, row_type: type[NamedTuple], fields: str | None) -> bool:
    from netjournal.errors import UsageError

    try:
        session.check_output(row_type, fields=fields)
    except UsageError:
        return False
    return True
