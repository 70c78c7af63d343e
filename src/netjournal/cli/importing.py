"""The steps of `import`: what the words on the line mean, reading, and what is shown before and after."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import IO, TYPE_CHECKING

from netjournal import config
from netjournal.errors import InputFileError, UsageError
from netjournal.interchange.formats import FORMATS, format_of, refuse_zips
from netjournal.interchange.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netjournal.cli.context import Session
    from netjournal.interchange.gather import Gathered
    from netjournal.interchange.records import Options
    from netjournal.interchange.sources import Source
    from netjournal.journal.importing.plan import Plan
    from netjournal.store.connection import ReadConnection

#: Formats whose people are taken only where they are known: a mailbox is full of strangers.
_KNOWN_ONLY = ("mail", "ical")


def named_format(words: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The format that the first word names, if it is a format's name and no file has it, and the files.

    Raises UsageError where no file is named.
    """
    named = words[0] if words[0] in FORMATS and not os.path.exists(words[0]) else None
    files = tuple(words[1:] if named else words)
    # An empty variable in a script would be the folder one is in.
    if not files or "" in files:
        raise UsageError("Which file?", "As in `netj import linkedin Connections.csv`; - reads standard input.")
    if files.count("-") > 1:
        raise UsageError("Standard input can be read only once.")
    return named, files


@contextmanager
def opened(files: Sequence[str], named: str | None) -> Iterator[tuple[str, list[Source]]]:
    """The format and the sources of the files; raises InputFileError."""
    stdin: IO[bytes] | None = getattr(sys.stdin, "buffer", None)
    with ExitStack() as stack:
        sources = []
        for file in files:
            sources.append(open_source(file, stdin))
            stack.callback(sources[-1].close)
        if named is not None:
            refuse_zips(sources, named)
        yield named or format_of(sources), sources


def options_of(
    session: Session,
    *,
    me: Sequence[str],
    maps: Sequence[str],
    since: str | None,
    until: str | None,
    kind: str | None,
    people_from_tags: bool,
    from_spreadsheet: bool,
) -> Options:
    """What was said of the files. Raises UsageError and ConfigError."""
    from netjournal.cli.spans import since_day, until_day
    from netjournal.domain.kinds import kind_required
    from netjournal.interchange.records import Options

    settings = session.config
    return Options(
        session.today,
        (*me, *settings.listed("me.emails"), *settings.listed("me.urls")),
        date.fromisoformat(since_day(session, since)) if since is not None else None,
        date.fromisoformat(until_day(session, until)) if until is not None else None,
        kind_required(kind) if kind is not None else None,
        column_map(session, maps),
        people_from_tags,
        session.date_order,
        None,
        from_spreadsheet,
    )


def column_map(session: Session, words: Sequence[str]) -> dict[str, str]:
    """What `--map` says of columns: folded header to field. Raises UsageError and ConfigError."""
    if not words:
        return {}
    from netjournal.configmaps import maps_path, saved_maps
    from netjournal.interchange.sheets.columns import parse_map

    return parse_map(words, saved_maps(maps_path(config.config_path(session.environ))))


def keep_map(session: Session, name: str, words: Sequence[str], *, dry_run: bool) -> None:
    """Save what `--map` says under a name, or with `dry_run` only look at it. Raises UsageError and ConfigError."""
    from netjournal.configmaps import maps_path, save_map

    columns = column_map(session, words)
    if not columns:
        raise UsageError("`--save-map` keeps what `--map` says.", 'As in --map "Mail=email" --save-map crm.')
    if dry_run:
        return
    save_map(maps_path(config.config_path(session.environ)), name, columns)
    session.hint(f"Saved: `--map {name}` says this the next time.")


@contextmanager
def reading_progress(session: Session, sources: Sequence[Source], *, readings: int = 1) -> Iterator[None]:
    """A progress bar on a terminal, while long files are read, at most so many times over."""
    from netjournal.render.progress import progress

    files = [s for source in sources for s in (source.members() if source.is_folder else (source,))]
    with progress("Reading", readings * sum(s.size() for s in files), shown=session.can_ask) as advance:
        for source in sources:
            source.progress = advance
        yield
        for source in sources:
            source.progress = None


def gathered(session: Session, name: str, sources: Sequence[Source], options: Options, *, new: bool) -> Gathered:
    """All items of the sources. Raises InputFileError."""
    from netjournal.interchange.gather import gather
    from netjournal.journal.importing.plan import known_guests

    known = None
    if name in _KNOWN_ONLY and not new:
        with session.reading() as connection:
            known = known_guests(connection)
    with reading_progress(session, sources):
        return gather(sources, name, options, known)


def preview(session: Session, name: str, sources: Sequence[Source], options: Options) -> None:
    """Say what each column of a table is taken for, and show its first rows."""
    if name != "csv":
        return
    from netjournal.interchange.sheets.generic import preview as preview_of

    for source in sources:
        found = preview_of(source, options)
        for header, field in found.fields:
            session.hint(f"  {header}  ->  {field or 'not taken'}")
        for row in found.rows:
            session.hint("  " + " | ".join(row))


def foretell(session: Session, connection: ReadConnection, planned: Plan) -> None:
    """Say what an import would change, line by line."""
    from netjournal.journal.importing.foreseen import foreseen

    for line in foreseen(connection, planned):
        session.hint(f"  {line}")


def refuse_bad(bad: Sequence[str]) -> None:
    """With `--strict`, take nothing from a file with a bad item. Raises InputFileError."""
    if bad:
        raise InputFileError(f"{bad[0]}; with --strict nothing was imported.")
