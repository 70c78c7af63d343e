"""`netj export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.errors import UsageError

app = typer.Typer(add_completion=False)

_FORMATS = ("ndjson", "json")


@app.command("export")
def export_command(
    ctx: typer.Context,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="A file, made whole or not at all.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that file.")] = False,
    file_format: Annotated[
        str, typer.Option("--as", "-f", "--format", metavar="ndjson|json", help="The form.")
    ] = "ndjson",
) -> None:
    """Write everything out.

    Every record with all its fields, in a stable order; the first line says what the file is.

    \b
    Examples:
      netj export | jq -c 'select(.type == "interaction")'
      netj export --to journal.ndjson
    """
    session = session_of(ctx)
    if file_format not in _FORMATS:
        raise UsageError(f"'{file_format}' is not a form of export.", "Forms: " + ", ".join(_FORMATS) + ".")
    from netjournal.interchange.files import spooled, write_whole
    from netjournal.interchange.ndjson import write_json, write_ndjson
    from netjournal.store.queries.export import records

    write = write_ndjson if file_format == "ndjson" else write_json
    if to is not None:
        with session.reading() as connection, write_whole(to, force=force) as file:
            write(records(connection), file)
        return
    with spooled() as file:
        with session.reading() as connection:
            write(records(connection), file)
        _copy(file)


def _copy(file: IO[bytes]) -> None:
    """Send the finished export to stdout: the journal is closed by now, so a reader that pauses holds up nobody."""
    file.seek(0)
    out = getattr(sys.stdout, "buffer", None)
    while piece := file.read(1 << 16):
        if out is None:
            sys.stdout.write(piece.decode("utf-8"))
        else:
            sys.stdout.flush()
            out.write(piece)
