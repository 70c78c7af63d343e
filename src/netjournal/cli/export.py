"""`netj export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import ClientFilter, ContactFilter, SinceOption, UntilOption, named_id
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(add_completion=False)


@app.command("export")
def export_command(
    ctx: typer.Context,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="A file, made whole or not at all.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that file.")] = False,
    file_format: Annotated[
        str | None,
        typer.Option(
            "--as",
            "-f",
            "--format",
            metavar="ndjson|json|csv|tsv|vcard|ics|markdown|friends",
            help="The form; of a file by its suffix, else ndjson.",
        ),
    ] = None,
    kinds: Annotated[
        list[str] | None, typer.Option("--type", help="Only records of a type, such as interaction.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    client: ClientFilter = None,
    who: ContactFilter = None,
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help="csv and tsv that Excel opens well and never runs.")
    ] = False,
    vcard_version: Annotated[str, typer.Option("--vcard-version", metavar="3.0|4.0", help="Of vcard.")] = "3.0",
    todo: Annotated[bool, typer.Option("--todo", help="ics as tasks, not as all-day events.")] = False,
) -> None:
    """Write everything out.

    Every record with all its fields, in a stable order; the first line says what the file is. That is ndjson, which
    loses nothing and `netj import` reads back; the other forms hold what their readers can hold. A FILE that ends in
    .csv, .tsv, .json, .vcf, .ics or .md is of that form without --as, and friends.md of its own. csv and tsv are one
    --type; --for-spreadsheet marks what would run as a formula, and `netj import --from-spreadsheet` takes the marks
    off. ics is the days ahead on which contacts and promises fall due.

    \b
    Examples:
      netj export | jq -c 'select(.type == "interaction")'
      netj export --to journal.ndjson
      netj export --type interaction --since 90d --as json | jq length
      netj export --type contact --for-spreadsheet --to contacts.csv
      netj export --to due.ics --force
    """
    session = session_of(ctx)
    from netjournal.cli import exporting
    from netjournal.cli.spans import since_day, until_day
    from netjournal.interchange.files import spooled, write_whole
    from netjournal.reports.export import TYPES, Part
    from netjournal.store.queries.scope import other_clients

    form = exporting.Form(file_format or exporting.form_of(to), for_spreadsheet, vcard_version, todo)
    types = _types(kinds or (), TYPES)
    exporting.check(form, types, to)
    days = (
        since_day(session, since) if since is not None else None,
        until_day(session, until) if until is not None else None,
    )
    with session.reading() as connection:
        part = Part(
            named_id(connection, "client", client),
            named_id(connection, "contact", who),
            *days,
            types,
            set() if client is not None else None,
        )
        others = other_clients(connection, part.client_id) if part.client_id is not None else frozenset()
        write = exporting.written(connection, form, part, (session.today, session.now))
        if to is not None:
            with write_whole(to, force=force) as file:
                write(file)
            if remark := exporting.remark_on(to, file_format):
                session.hint(remark)
            if client is not None:
                session.hint(exporting.private(client, len(others & (part.named or set()))))
            return
        answer = spooled()
        try:
            write(answer)
        except BaseException:
            answer.close()
            raise
    with answer:
        if session.is_terminal and form.name != "ndjson":
            _show(answer)
        else:
            _copy(answer)
    if client is not None and session.is_terminal:
        session.hint(exporting.private(client, len(others & (part.named or set()))))


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


def _show(file: IO[bytes]) -> None:
    """Show the finished export to a person: nothing that is stored may act on the terminal."""
    from netjournal.render.plain import sanitise

    file.seek(0)
    for line in file:
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        sys.stdout.write("\t".join(map(sanitise, cells)) + "\n")


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
