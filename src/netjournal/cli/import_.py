"""`netj import`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption, SinceOption, UntilOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.cli.context import Session
    from netjournal.interchange.records import Options
    from netjournal.interchange.sources import Source
    from netjournal.journal.importing.plan import Imported

app = typer.Typer(add_completion=False)


@app.command("import")
def import_command(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="[FORMAT] FILE...", help="A format's name, and files or folders; - is stdin.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Take nothing from a file with a bad item.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Make contacts of strangers in mail, meetings, messages.")] = False,
    me: Annotated[
        list[str] | None, typer.Option("--me", metavar="ADDRESS", help="Your own mail or profile address.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: Annotated[str | None, typer.Option("--kind", help="What a calendar's meetings are, such as call.")] = None,
    map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADER=FIELD", help="What a column is, or the name of a saved map."),
    ] = None,
    save_map: Annotated[str | None, typer.Option("--save-map", metavar="NAME", help="Keep --map by a name.")] = None,
    people_from_tags: Annotated[
        bool, typer.Option("--people-from-tags", help="Every tag of a jrnl entry names a person.")
    ] = False,
    from_spreadsheet: Annotated[
        bool, typer.Option("--from-spreadsheet", help="The table was written with --for-spreadsheet.")
    ] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Bring other files in.

    FORMAT is linkedin (its zip, folder or files), google, outlook, thunderbird, csv, vcard, ical, mail (mbox, Maildir,
    eml), friends, monica, jrnl or netjournal (an export of another machine's journal); it is found by itself when
    left out. Importing a file again changes nothing; a newer one tells of new jobs. People get no cadence: `netj keep`
    gives one. Mail and meetings are taken with people you know; --new makes contacts of the others.

    \b
    Examples:
      netj import LinkedInDataExport.zip --dry-run
      netj import linkedin Connections.csv
      netj import ical calendar.ics --me nora@example.com --since 90d
      netj import people.csv --map "Mail=email" --map "Firm=company" --save-map crm
      ssh laptop netj export | netj import -
    """
    from netjournal.cli import importing
    from netjournal.interchange.formats import OWN
    from netjournal.journal.importing.plan import Imported

    session = session_of(ctx)
    session.check_output(Imported, format=format, fields=fields)
    named, paths = importing.named_format(files)
    options = importing.options_of(
        session,
        me=me or (),
        maps=map or (),
        since=since,
        until=until,
        kind=kind,
        people_from_tags=people_from_tags,
        from_spreadsheet=from_spreadsheet,
    )
    # Whoever says what the columns are has a table.
    with importing.opened(paths, named or ("csv" if map else None)) as (name, sources):
        if save_map is not None:
            importing.keep_map(session, save_map, map or (), dry_run=True)
        if name == OWN:
            from netjournal.cli.joining import join_journals

            row, made = join_journals(session, sources, dry_run=dry_run, strict=strict), 0
        else:
            row, made = _import(session, name, sources, options, dry_run=dry_run, strict=strict, new=new)
    if save_map is not None:
        # Only once it has served: a map that fails is not worth a name.
        importing.keep_map(session, save_map, map or (), dry_run=dry_run)
    _show(session, row, format, fields, header=not no_header)
    if dry_run:
        session.hint("Nothing was changed.")
    elif made and session.format(format) == "table":
        session.hint("New contacts have no cadence: `netj keep WHO --circle active` says whom to stay in touch with.")


def _import(
    session: Session,
    name: str,
    sources: Sequence[Source],
    options: Options,
    *,
    dry_run: bool,
    strict: bool,
    new: bool,
) -> tuple[Imported, int]:
    """The receipt, and how many contacts are new."""
    from netjournal.cli import importing
    from netjournal.journal.importing.plan import carry_out, plan, receipt

    if dry_run:
        importing.preview(session, name, sources, options)
    found = importing.gathered(session, name, sources, options, new=new)
    if strict:
        importing.refuse_bad(found.bad)
    handles: dict[int, str] = {}
    with session.reading() as connection:
        planned = plan(connection, found, new=new)
        if dry_run:
            importing.foretell(session, connection, planned)
    if planned.changes_something and not dry_run:
        session.back_up("before-import")
        with session.writing(f"import {name}") as uow:
            # Decided again under the lock: another process may have written meanwhile.
            planned = plan(uow.read, found, new=new)
            handles = carry_out(uow, planned)
    return receipt(planned, found, handles), sum(change.is_new for change in planned.changes)


def _show(session: Session, row: Imported, format: str | None, fields: str | None, *, header: bool) -> None:
    from netjournal.journal.importing.plan import Imported

    if not session.is_view(format, fields):
        session.emit((row,), Imported, format=format, fields=fields, header=header)
        return
    from netjournal.render.card import card, row_pairs

    counts = [field for field in Imported._fields if field != "warnings"]
    # One warning a line: they are sentences, with commas of their own.
    told = [("warnings", "\n".join(row.warnings))] if row.warnings else []
    card([*row_pairs(row, Imported, counts), *told], sys.stdout)
