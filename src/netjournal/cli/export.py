"""`netj export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    kinds: Annotated[
        list[str] | None, typer.Option("--type", help="Only records of a type, such as interaction.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE|30d", help="What happened from this day on.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="What happened up to this day.")] = None,
    client: Annotated[str | None, typer.Option("--client", metavar="WHO", help="Only what is for a client.")] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="WHO", help="Only what concerns a contact.")] = None,
) -> None:
    """Write everything out.

    Every record with all its fields, in a stable order; the first line says what the file is.

    \b
    Examples:
      netj export | jq -c 'select(.type == "interaction")'
      netj export --to journal.ndjson
      netj export --type interaction --since 90d --as json | jq length
    """
    session = session_of(ctx)
    if file_format not in _FORMATS:
        raise UsageError(f"'{file_format}' is not a form of export.", "Forms: " + ", ".join(_FORMATS) + ".")
    from netjournal.cli.spans import since_day, until_day
    from netjournal.interchange.files import spooled, write_whole
    from netjournal.interchange.ndjson import write_json, write_ndjson
    from netjournal.reports import find
    from netjournal.reports.export import TYPES, Part, exported

    write = write_ndjson if file_format == "ndjson" else write_json
    days = (
        since_day(session, since) if since is not None else None,
        until_day(session, until) if until is not None else None,
    )
    with session.reading() as connection:
        part = Part(
            find.contact(connection, client) if client is not None else None,
            find.contact(connection, who) if who is not None else None,
            *days,
            _types(kinds or (), TYPES),
        )
        if to is not None:
            with write_whole(to, force=force) as file:
                write(exported(connection, part), file)
            return
        answer = spooled()
        write(exported(connection, part), answer)
    with answer:
        _copy(answer)


def _types(typed: Sequence[str], types: Sequence[str]) -> tuple[str, ...]:
    """Types of records as typed, in the singular or the plural. Raises UsageError."""
    found = []
    for word in typed:
        wanted = word.casefold()
        kind = next((kind for kind in types if wanted in (kind, f"{kind}s", kind[:-1] + "ies")), None)
        if kind is None:
            raise UsageError(f"'{word}' is not a type of record.", "Types: " + ", ".join(types) + ".")
        found.append(kind)
    return tuple(found)


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
