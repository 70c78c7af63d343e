"""The options of `log`, which `amend` shares, and the words they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from netjournal.domain.text import one_of
from netjournal.domain.words import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netjournal.cli.context import Session
    from netjournal.journal.words import LogWords


class LogOptions:
    """The type of each option, by the name of its parameter."""

    who = Annotated[list[str] | None, typer.Option("-w", "--with", metavar="WHO", help="Who took part, or group:NAME.")]
    without = Annotated[list[str] | None, typer.Option("--except", metavar="WHO", help="Who of them did not.")]
    kind = Annotated[
        str | None, typer.Option("-k", "--kind", help="coffee, meal, call, video, meeting, email, post, …")
    ]
    on = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; today unless said.")]
    objectives = Annotated[list[str] | None, typer.Option("-o", "--for", metavar="KEY", help="An objective, or none.")]
    topics = Annotated[list[str] | None, typer.Option("-t", "--topic", help="A topic.")]
    note = Annotated[str | None, typer.Option("-n", "--note", metavar="TEXT", help="What is worth remembering.")]
    direction = Annotated[str | None, typer.Option("--direction", metavar="in|out|mutual", help="Who spoke to whom.")]
    minutes = Annotated[int | None, typer.Option("--minutes", metavar="N", help="How long it took.")]
    gave = Annotated[str | None, typer.Option("--gave", metavar="TEXT", help="What you gave.")]
    got = Annotated[str | None, typer.Option("--got", metavar="TEXT", help="What you got.")]
    mine = Annotated[
        list[str] | None, typer.Option("--next", metavar="TEXT", help="Your promise: TEXT [@who] [by DATE].")
    ]
    theirs = Annotated[list[str] | None, typer.Option("--they", metavar="TEXT", help="Their promise, likewise.")]
    by = Annotated[str | None, typer.Option("--by", metavar="DATE", help="The day of the one promise without.")]
    done = Annotated[list[str] | None, typer.Option("--done", metavar="ID", help="Promises kept by this.")]
    no_reply = Annotated[bool, typer.Option("--no-reply", help="Nothing is owed for it.")]
    intro = Annotated[str | None, typer.Option("--intro", metavar="A", help="Who was introduced …")]
    to = Annotated[str | None, typer.Option("--to", metavar="B", help="… to whom, if not to you …")]
    via = Annotated[str | None, typer.Option("--via", metavar="C", help="… by whom, if not by you.")]
    opportunity = Annotated[str | None, typer.Option("--opportunity", metavar="TITLE", help="What came up.")]
    new = Annotated[bool, typer.Option("--new", help="Make contacts of unknown names.")]
    circle = Annotated[str | None, typer.Option("--circle", help="The circle of those made.")]


def words_of(session: Session, params: Mapping[str, Any], text: str) -> LogWords:
    """What the options say. Raises UsageError for a wrong direction."""
    from netjournal.journal.words import LogWords

    said = {name: params[name] for name in vars(LogOptions) if params.get(name) is not None}
    if "direction" in said:
        one_of(said["direction"], get_args(Direction), "direction")
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return LogWords(text, order=session.date_order, **{**said, **lists})
