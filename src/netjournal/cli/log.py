"""`netj log`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

if TYPE_CHECKING:
    from netjournal.journal.logged import Logged

app = typer.Typer(add_completion=False)

Words = Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="One line of quick capture.")]


@app.command("log")
def log_command(
    ctx: typer.Context,
    text: Words = None,
    who: Annotated[
        list[str] | None, typer.Option("-w", "--with", metavar="WHO", help="Who took part, or group:NAME.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--except", metavar="WHO", help="Who of a group did not.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("-k", "--kind", help="coffee, meal, call, video, meeting, email, post, …")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; today unless said.")] = None,
    objectives: Annotated[
        list[str] | None, typer.Option("-o", "--for", metavar="KEY", help="An objective, or none.")
    ] = None,
    topics: Annotated[list[str] | None, typer.Option("-t", "--topic", help="A topic.")] = None,
    note: Annotated[str | None, typer.Option("-n", "--note", metavar="TEXT", help="What is worth remembering.")] = None,
    direction: Annotated[
        str | None, typer.Option("--direction", metavar="in|out|mutual", help="Who spoke to whom.")
    ] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", metavar="N", help="How long it took.")] = None,
    gave: Annotated[str | None, typer.Option("--gave", metavar="TEXT", help="What you gave.")] = None,
    got: Annotated[str | None, typer.Option("--got", metavar="TEXT", help="What you got.")] = None,
    mine: Annotated[
        list[str] | None, typer.Option("--next", metavar="TEXT", help="Your promise: TEXT [@who] [by DATE].")
    ] = None,
    theirs: Annotated[list[str] | None, typer.Option("--they", metavar="TEXT", help="Their promise, likewise.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="The day of the one promise without.")] = None,
    done: Annotated[list[str] | None, typer.Option("--done", metavar="ID", help="Promises kept by this.")] = None,
    no_reply: Annotated[bool, typer.Option("--no-reply", help="Nothing is owed for it.")] = False,
    intro: Annotated[str | None, typer.Option("--intro", metavar="A", help="Who was introduced …")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="B", help="… to whom …")] = None,
    via: Annotated[str | None, typer.Option("--via", metavar="C", help="… by whom, if not by you.")] = None,
    opportunity: Annotated[str | None, typer.Option("--opportunity", metavar="TITLE", help="What came up.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Make contacts of unknown names.")] = False,
    circle: Annotated[str | None, typer.Option("--circle", help="The circle of those made.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Log one interaction.

    TEXT is [DATE:] [KIND] [with] NAME [and NAME] [about] WHAT, with @handle, +objective (or +none) and #topic
    anywhere. Names end at the first `about`, `re`, `:` or `,`. A first name means a contact with a cadence or an
    earlier touch. Shells take an unquoted # at the start of a word as a comment: put TEXT in quotes.

    \b
    Examples:
      netj log dana
      netj log "yesterday: coffee with Dana, @priya about Q1 hiring +platform-role #hiring"
      netj log -w "Lena Ortiz @ Acme, Recruiter" --new "call about the staff role" --next "send CV by friday"
      netj log "post: What I learned from on-call #sre +platform-role"
    """
    from netjournal.errors import UsageError
    from netjournal.journal.log import LogWords, log
    from netjournal.journal.logged import Logged

    session = session_of(ctx)
    session.check(Logged, format=format, fields=fields)
    if not text and not who and not intro:
        raise UsageError("What happened, and with whom?", 'Say it as in `netj log "coffee with Dana about hiring"`.')
    if direction not in (None, "in", "out", "mutual"):
        raise UsageError(f"'{direction}' is not a direction.", "Directions: in, out, mutual.")
    words = LogWords(
        " ".join(text or ()),
        tuple(who or ()),
        tuple(without or ()),
        kind,
        on,
        tuple(objectives or ()),
        tuple(topics or ()),
        note,
        direction,  # type: ignore[arg-type]  # checked above
        minutes,
        gave,
        got,
        tuple(mine or ()),
        tuple(theirs or ()),
        by,
        tuple(done or ()),
        no_reply,
        intro,
        to,
        via,
        opportunity,
        new,
        circle,
        session.config.text("date_order") or None,
    )
    with session.writing("log") as uow:
        receipt = log(uow, words)
    show_receipt(session, receipt, format, fields, not no_header)


def show_receipt(session: Session, receipt: Logged, format: str | None, fields: str | None, header: bool) -> None:
    """Show what was understood: a card for a person, the row for a script."""
    from netjournal.journal.logged import Logged

    if session.format(format) != "table" or fields:
        session.emit((receipt,), Logged, format=format, fields=fields, header=header)
    else:
        from netjournal.domain.dates import show_day
        from netjournal.render.card import card

        implied = (f"[{receipt.implied}]",) if receipt.implied else ()
        pairs = [
            ("logged", f"#{receipt.id} {receipt.kind} on {show_day(receipt.on)}"),
            ("with", ", ".join(f"{n} (@{h})" for n, h in zip(receipt.names, receipt.contacts, strict=True))),
            ("made", ", ".join(receipt.created)),
            ("about", receipt.summary or ""),
            ("note", receipt.note or ""),
            ("for", ", ".join((*receipt.objectives, *implied))),
            ("topics", ", ".join(receipt.topics)),
            ("promises", "\n".join(receipt.promises)),
            ("next due", "\n".join(receipt.next_due)),
            ("undo", "netj undo"),
        ]
        card([(label, value) for label, value in pairs if value], sys.stdout)
    for remark in receipt.remarks:
        session.hint(remark)
