"""`netj topic`."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

app = typer.Typer(add_completion=False, help="Areas of interest.")

COLUMNS = ("topic", "contact_count", "last_on", "last_contact", "last_summary", "objectives")


@app.command("list")
def list_(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List topics, and with whom each came up last.

    \b
    Examples:
      netj topic list
      netj topic list -f json | jq -r '.[].topic'
    """
    session = session_of(ctx)
    from netjournal.reports.topics import TopicRow, topic_rows

    with session.reading() as connection:
        rows = topic_rows(connection)
    session.emit(rows, TopicRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
    if not rows and session.format(format) == "table":
        session.hint("None yet. Write `#hiring` in a line for `netj log`, or `netj contact edit WHO -t hiring`.")


@app.command("show")
def show(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Show who knows about a topic, what they told you, and when last.

    TOPIC may be the beginning of its word.

    \b
    Examples:
      netj topic show hiring
      netj topic show hiring -f json
    """
    session = session_of(ctx)
    from netjournal.domain.text import topic as topic_of
    from netjournal.reports.topics import TopicContactRow, topic_contacts, topic_meant

    typed = topic_of(topic)
    with session.reading() as connection:
        meant = topic_meant(connection, typed)
        rows = topic_contacts(connection, meant)
    columns = ("name", "told", "last_on", "knows", "organization")
    session.emit(rows, TopicContactRow, format=format, fields=fields, header=not no_header, columns=columns)
    if meant != typed:
        session.hint(f"'{typed}' is taken for the topic {meant}.")
