"""`netj search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import (
    ClientFilter,
    ContactFilter,
    FieldsOption,
    FormatOption,
    NoHeaderOption,
    ObjectiveFilter,
    SinceOption,
    named_id,
)

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection

app = typer.Typer(add_completion=False)

COLUMNS = ("type", "title", "snippet", "on", "contacts")


@app.command("search")
def search_command(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words that must all be there.")],
    who: ContactFilter = None,
    objective: ObjectiveFilter = None,
    kind: Annotated[str | None, typer.Option("-k", "--kind", help="Only interactions of a kind.")] = None,
    since: SinceOption = None,
    topic: Annotated[str | None, typer.Option("-t", "--topic", help="Only what is on a topic.")] = None,
    client: ClientFilter = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 is all that were ranked.")] = 20,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Find words anywhere.

    In names, titles, organizations, summaries, notes, promises, objectives: all words must be there, without regard to
    case or accents. Of very common words the newest 2,000 hits of a kind are ranked.

    \b
    Examples:
      netj search hiring
      netj search "staff role" --who dana --since 90d -f json
    """
    session = session_of(ctx)
    from netjournal.cli.spans import since_day
    from netjournal.domain.kinds import kind_required
    from netjournal.domain.text import topic as topic_of
    from netjournal.domain.words import Handle, Prose, few
    from netjournal.reports.search import SearchRow, search
    from netjournal.store.sqlite import search as index

    filters: dict[str, str | int] = {}
    if kind is not None:
        filters["kind"] = kind_required(kind)
    if since is not None:
        filters["since"] = since_day(session, since)
    if topic is not None:
        filters["topic"] = topic_of(topic)
    with session.reading() as connection:
        named = {
            "who": named_id(connection, "contact", who),
            "objective": named_id(connection, "objective", objective),
            "client": named_id(connection, "client", client),
        }
        filters |= {name: found for name, found in named.items() if found is not None}
        answer = search(connection, index, " ".join(text), filters, limit)
        known = () if answer.rows or topic is not None or client is not None else _topics_among(connection, text)
    rows = answer.rows
    if session.is_view(format, fields):
        # A title that is the whole text need not be read twice, nor who came to a crowded evening; the note on one of
        # them says whose it is.
        rows = tuple(
            row._replace(
                snippet=Prose(f"{row.noted}: {row.snippet}" if row.noted and len(row.contacts) > 1 else row.snippet)
                if row.snippet != row.title
                else Prose(""),
                contacts=tuple(map(Handle, few(row.contacts))),
            )
            for row in rows
        )
    columns = [column for column in COLUMNS if column != "snippet" or any(row.snippet for row in rows)]
    session.emit(rows, SearchRow, format=format, fields=fields, header=not no_header, columns=columns)
    more = answer.total - len(answer.rows)
    if more:
        session.hint(f"{more} more: `--limit 0` shows all.")
    elif known:
        session.hint(f"No words hold it, but it is a topic: `netj topic show {known[0]}`.")
    elif not answer.rows and session.format(format) == "table":
        session.hint("Nothing holds all of these words.")


def _topics_among(connection: ReadConnection, text: list[str]) -> tuple[str, ...]:
    """The topic that a text names as a whole, where there is one."""
    from netjournal.store.queries import complete

    word = " ".join(text).strip().removeprefix("#").casefold()
    return tuple(found.text for found in complete.topics(connection, word) if found.text == word)
