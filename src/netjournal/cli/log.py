"""`netj log`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.log_words import LogOptions as Log
from netjournal.cli.log_words import words_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.domain.evening import SCISSORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.journal.logged import Logged
    from netjournal.journal.words import LogWords
    from netjournal.render.plain import Value

app = typer.Typer(add_completion=False)

#: What an editor opens on.
TEMPLATE = f"""{{first}}

{SCISSORS}
The first line is the interaction:   event: Data meetup at Globex +platform-role #kafka
Each line that begins with a dash is somebody met:
- Lena Ortiz @ Acme, Recruiter: hires for the staff role #hiring > send CV by friday
What they promised is `> they: send the deck`. Other lines are the note. An empty text logs nothing.
"""

Words = Annotated[
    list[str] | None, typer.Argument(metavar="[TEXT]...", help="One line of quick capture, or - for lines on stdin.")
]


@app.command("log")
def log_command(
    ctx: typer.Context,
    text: Words = None,
    who: Log.who = None,
    without: Log.without = None,
    kind: Log.kind = None,
    on: Log.on = None,
    objectives: Log.objectives = None,
    topics: Log.topics = None,
    note: Log.note = None,
    direction: Log.direction = None,
    minutes: Log.minutes = None,
    gave: Log.gave = None,
    got: Log.got = None,
    mine: Log.mine = None,
    theirs: Log.theirs = None,
    by: Log.by = None,
    done: Log.done = None,
    no_reply: Log.no_reply = False,
    intro: Log.intro = None,
    to: Log.to = None,
    via: Log.via = None,
    opportunity: Log.opportunity = None,
    new: Log.new = False,
    circle: Log.circle = None,
    edit: Annotated[
        bool, typer.Option("-e", "--edit", help="Write it in your editor: a line, then those met.")
    ] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Log one interaction.

    TEXT is [DATE:] [KIND] [with] NAME [and NAME] [about] WHAT, with @handle, group:NAME, +objective (or +none) and
    #topic anywhere; a message may be to or from NAME. Names end at the first `about`, `re`, `:` or `,`. A first name means a
    contact with a cadence or an earlier touch. Put TEXT in quotes: shells take an unquoted # for a comment.

    Without TEXT a terminal asks step by step what no option says. With - or --edit, each line
    `- NAME [@ ORG[, TITLE]]: note [#topic] [> promise by DATE]` after the first is somebody met; what they promised is
    `> they: …`.

    A call that nobody took is a message, which waits for an answer: `message to Dana: tried to call`.

    \b
    Examples:
      netj log dana
      netj log "yesterday: coffee with Dana, @priya about Q1 hiring +platform-role #hiring"
      netj log -w "Lena Ortiz @ Acme, Recruiter" --new "call about the staff role" --next "send CV by friday"
      netj log - --new < evening.txt
      netj log "post: What I learned from on-call #sre +platform-role"
    """
    from netjournal.cli.questions import ask_log
    from netjournal.errors import UsageError
    from netjournal.journal.logged import Logged

    session = session_of(ctx)
    session.check_output(Logged, format=format, fields=fields)
    words = words_of(session, ctx.params, " ".join(text or ()))
    if edit:
        from netjournal.cli.editor import edited

        with session.reading():
            pass  # a journal that cannot be opened is said before anything is written for it
        with edited(session, TEMPLATE.format(first=words.text)) as written:
            receipt = _log(session, with_evening(words, written))
    elif text == ["-"]:
        receipt = _log(session, with_evening(words, sys.stdin.read()))
    elif text or who or intro:
        _refuse_file_name(words.text)
        receipt = _log(session, words)
    elif session.can_ask:
        receipt = _log(session, ask_log(session, words))
    else:
        raise UsageError("What happened, and with whom?", 'Say it as in `netj log "coffee with Dana about hiring"`.')
    show_receipt(session, receipt, format, fields, header=not no_header)


def _refuse_file_name(text: str) -> None:
    """Refuse the name of a file where what happened should stand."""
    from pathlib import Path

    from netjournal.errors import UsageError

    if "." in text[1:-1] and " " not in text and Path(text).is_file():
        raise UsageError(f"'{text}' is a file.", f"`netj log - < {text}` reads its lines.")


def with_evening(words: LogWords, written: str) -> LogWords:
    """The words of a text of several lines, which may add to those of the options."""
    from netjournal.domain.evening import read_evening

    evening = read_evening(written)
    note = "\n".join(part for part in (words.note, evening.note) if part) or None
    loose = evening.note.splitlines() if evening.note else ()
    return words._replace(text=evening.first_line, guests=evening.guests, note=note, loose=loose)


def _log(session: Session, words: LogWords) -> Logged:
    from netjournal.cli.questions import until_settled
    from netjournal.journal.log import log

    def write(settled: LogWords) -> Logged:
        with session.writing("log") as uow:
            return log(uow, settled)

    return until_settled(session, words, write)


def show_receipt(
    session: Session, receipt: Logged, format: str | None, fields: str | None, *, header: bool, done: str = "logged"
) -> None:
    """Show what was understood: a card for a person, the row for a script; `done` is what was done to the interaction."""
    from netjournal.journal.logged import Logged

    if not session.is_view(format, fields):
        session.emit((receipt,), Logged, format=format, fields=fields, header=header)
    else:
        from netjournal.render.card import card

        card([(label, value) for label, value in _told(receipt, done) if value], sys.stdout)
    for remark in receipt.remarks:
        session.hint(remark)


def _told(receipt: Logged, done: str) -> Sequence[tuple[str, Value]]:
    """The receipt for a person: each day with its weekday, a message from whom or to whom."""
    from datetime import date

    from netjournal.domain.dates import show_day
    from netjournal.domain.kinds import DEPTH_OF_KIND
    from netjournal.render.card import promise_told

    implied = (f"[{receipt.implied}] implied",) if receipt.implied else ()
    depth = DEPTH_OF_KIND[receipt.kind]
    way = {"in": "from", "out": "to"}.get(receipt.direction, "with") if depth == "message" else "with"
    who = ", ".join(f"{n} (@{h})" for n, h in zip(receipt.names, receipt.contacts, strict=True))
    came = "new opportunity" if receipt.opportunity_new else "open opportunity"
    next_due = [told.split(" ") for told in receipt.next_due]

    def with_weekday(day: str) -> str:
        return show_day(date.fromisoformat(day))

    # What was open before is not read as promised now.
    before = [told for told in receipt.promises if told not in receipt.promised]
    kept, now, earlier = (
        "\n".join(promise_told(told, with_weekday) for told in group)
        for group in (receipt.closed, receipt.promised, before)
    )
    return [
        (done, f"#{receipt.id} {receipt.kind} on {show_day(receipt.on)}"),
        (way, who or ("" if depth == "broadcast" else "nobody named")),
        ("made", ", ".join(receipt.created)),
        ("about", receipt.summary or ""),
        ("note", receipt.note or ""),
        ("for", "none, on purpose" if receipt.none_on_purpose else ", ".join((*receipt.objectives, *implied))),
        ("topics", ", ".join(receipt.topics)),
        ("minutes", receipt.minutes),
        ("gave", receipt.gave or ""),
        ("got", receipt.got or ""),
        ("part of", f"{receipt.opportunity} ({came})" if receipt.opportunity else ""),
        ("kept", kept),
        ("promises", now),
        ("earlier", earlier),
        ("next due", "\n".join(f"{handle} {with_weekday(day)}" for handle, day in next_due)),
        ("undo", "netj undo"),
    ]
