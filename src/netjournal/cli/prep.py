"""`netj prep`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.options import ClientFilter, FieldsOption, FormatOption, NoHeaderOption, named_id

if TYPE_CHECKING:
    from netjournal.reports.prep import Asked, Prepared
    from netjournal.store.connection import ReadConnection

app = typer.Typer(add_completion=False)

#: Of several who are meant, so many are told with their command.
MOST_NAMED = 8


@app.command("prep")
def prep_command(
    ctx: typer.Context,
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHO...", help="A contact, an organization, or whoever calls; and +KEY."),
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="ORG", help="The organization they are from.")] = None,
    topic: Annotated[list[str] | None, typer.Option("-t", "--topic", help="What it will be about.")] = None,
    client: ClientFilter = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Before a conversation.

    What was said last, what is promised, what to ask, and why: of a contact, of an organization, or of somebody you do
    not know yet, from what the journal holds on the words, the organization, the topics and your objectives.

    \b
    Examples:
      netj prep dana
      netj prep "Robin Vale" --at Acme -t hiring +platform-role
      netj prep Acme -f json | jq -r '.[0].contacts[]'
    """
    session = session_of(ctx)
    from netjournal.reports.prep import PrepRow, prep
    from netjournal.store.sqlite import search as index

    with session.reading() as connection:
        asked = _asked(session, connection, who or [], at, topic or [], client)
        found = prep(connection, index, asked, session.today)
        meant = [] if found.row.known else _several(connection, asked.who)
    _say_first(session, found, meant)
    if session.is_view(format, fields):
        from netjournal.render.card import card
        from netjournal.reports.prep.screen import screen

        card(screen(found, session.today), sys.stdout)
    else:
        session.emit((found.row,), PrepRow, format=format, fields=fields, header=not no_header)


def _asked(
    session: Session, connection: ReadConnection, who: list[str], at: str | None, topics: list[str], client: str | None
) -> Asked:
    """What was typed as ids and words. Raises UsageError, NotFoundError and AmbiguousError."""
    from netjournal.errors import UsageError
    from netjournal.reports.prep import Asked

    words = " ".join(word for word in who if not word.startswith("+") or word == "+").strip()
    keys = [word for word in who if word.startswith("+") and word != "+"]
    if at and not words:
        # Nobody in particular: the organization is what is asked for.
        words, at = at, None
    if not words:
        raise UsageError("Before a conversation with whom?", "Name somebody: `netj prep dana`.")
    objective_ids: list[int] = []
    if keys:
        from netjournal.reports import find

        objective_ids = list(dict.fromkeys(find.objective(connection, key) for key in keys))
    if topics:
        from netjournal.domain.text import topic as topic_of

        topics = [topic_of(typed) for typed in topics]
    half_life = session.config.number("health.half_life")
    client_id = named_id(connection, "client", client)
    return Asked(words, at, tuple(topics), tuple(objective_ids), client_id, half_life)


def _several(connection: ReadConnection, words: str) -> list[str]:
    from netjournal.reports.prep.several import several

    return several(connection, words)


def _say_first(session: Session, found: Prepared, meant: list[str]) -> None:
    """What the answer is to be read with: that a name was only near, or that an organization is not known."""
    if meant:
        more = f" and {len(meant) - MOST_NAMED} more" if len(meant) > MOST_NAMED else ""
        session.hint(
            "One at a time: " + ", ".join(f"`netj prep {handle}`" for handle in meant[:MOST_NAMED]) + f"{more}."
        )
    elif found.guessed:
        session.hint(f"Nobody here is called that; the nearest is {found.row.contact}.")
    elif found.near:
        session.hint("Nobody here is called that. Near: " + ", ".join(found.near) + ".")
    if found.unknown_at:
        session.hint(f"There is no organization '{found.unknown_at}' here.")
