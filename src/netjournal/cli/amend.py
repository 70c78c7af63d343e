"""`netj amend`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.log import show_receipt
from netjournal.cli.log_words import LogOptions as Log
from netjournal.cli.log_words import words_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.domain.evening import SCISSORS

if TYPE_CHECKING:
    from netjournal.journal.words import LogWords

#: What an editor opens on.
TEMPLATE = f"{{note}}\n\n{SCISSORS}\nWhat stands above is the note of the interaction; nothing above clears it.\n"

app = typer.Typer(add_completion=False)


@app.command("amend")
def amend_command(
    ctx: typer.Context,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[ID] [TEXT]...", help="A number; marks to add, a new summary.")
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("-x", metavar="KEY", help="An objective, or #topic, to remove.")
    ] = None,
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
    edit: Annotated[bool, typer.Option("-e", "--edit", help="Change the note in your editor.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Change what was logged.

    The last interaction, or the one whose number comes first. In TEXT, @handle, +objective and #topic add; other words
    are the new summary; a day and a colon at its start move it. Options replace single values ('' clears) and add to
    lists; --except takes a person out, -x an objective or topic. --edit opens the note in your editor.

    \b
    Examples:
      netj amend +platform-role #hiring
      netj amend 12 --on yesterday --note "she moves in March" -x speaking
    """
    from netjournal.cli.questions import until_settled
    from netjournal.errors import UsageError
    from netjournal.journal.amend import AmendWords, amend
    from netjournal.journal.logged import Logged

    session = session_of(ctx)
    session.check_output(Logged, format=format, fields=fields)
    said = [word for word in text or () if word.strip()]
    number = said.pop(0) if said and said[0].removeprefix("#").isdecimal() else None
    # A mark that stands alone is a label, never a word of the new summary.
    marks = [word for word in said if word[:1] in ("+", "#", "@") and " " not in word]
    words = words_of(session, ctx.params, " ".join(word for word in said if word not in marks))
    words = words._replace(
        objectives=(*words.objectives, *(mark[1:] for mark in marks if mark[0] == "+")),
        topics=(*words.topics, *(mark[1:] for mark in marks if mark[0] == "#")),
        who=(*words.who, *(mark[1:] for mark in marks if mark[0] == "@")),
    )
    if not said and not remove and not edit and words == words_of(session, {}, ""):
        raise UsageError("What should change?", "As in `netj amend +platform-role --note …`; --help has more.")

    def write(settled: LogWords) -> Logged:
        with session.writing("amend") as uow:
            return amend(uow, AmendWords(settled, number, tuple(remove or ())))

    if edit:
        from netjournal.cli.editor import edited

        with edited(session, TEMPLATE.format(note=_note(session, number))) as written:
            note = written.split(SCISSORS, 1)[0].strip("\n")
            receipt = until_settled(session, words._replace(note=note), write)
    else:
        receipt = until_settled(session, words, write)
    show_receipt(session, receipt, format, fields, header=not no_header, done="amended")


def _note(session: Session, number: str | None) -> str:
    """The note as it stands: the journal is opened and checked before anything is written for it."""
    from netjournal.reports.interactions import interaction

    with session.reading() as connection:
        return interaction(connection, number).note or ""
