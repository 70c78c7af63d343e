"""`netj objective pause|resume|achieve|drop`: verbs that `objective` takes in."""

from __future__ import annotations

from typing import Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

Objective = Annotated[str, typer.Argument(metavar="OBJECTIVE")]
Outcome = Annotated[str | None, typer.Option("--outcome", metavar="TEXT", help="What came of it.")]


def pause(
    ctx: typer.Context,
    objective: Objective,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Leave an objective alone for now.

    \b
    Examples:
      netj objective pause speaking
      netj objective pause platform-role -f json
    """
    _set_status(ctx, objective, "paused", None, format, fields, header=not no_header)


def resume(
    ctx: typer.Context,
    objective: Objective,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Take an objective up again, whatever became of it.

    \b
    Examples:
      netj objective resume speaking
      netj objective resume platform-role -f json
    """
    _set_status(ctx, objective, "active", None, format, fields, header=not no_header)


def drop(
    ctx: typer.Context,
    objective: Objective,
    outcome: Outcome = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Let an objective go. What implied it states it from then on, as when it is reached.

    \b
    Examples:
      netj objective drop speaking
      netj objective drop speaking --outcome "no longer what I want"
    """
    _set_status(ctx, objective, "dropped", outcome, format, fields, header=not no_header)


def achieve(
    ctx: typer.Context,
    objective: Objective,
    outcome: Outcome = None,
    thank: Annotated[
        bool | None, typer.Option("--thank/--no-thank", help="Promise a thank-you to each who helped.")
    ] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Say that an objective is reached, see who helped, and promise them thanks.

    What was for it without saying so (in brackets until now) states it from
    then on, so that it stays counted. `netj undo` takes all of it back.

    \b
    Examples:
      netj objective achieve platform-role --outcome "Staff engineer at Acme" --thank
      netj objective achieve speaking --no-thank
    """
    from netjournal.reports import find
    from netjournal.reports.objectives import ObjectiveDetailRow, helpers

    session = session_of(ctx)
    session.check_output(ObjectiveDetailRow, format=format, fields=fields)
    with session.reading() as connection:
        helped = helpers(connection, find.objective(connection, objective))
    if helped:
        session.hint("Who helped: " + ", ".join(name for _, name in helped) + ".")
        if thank is None and session.can_ask:
            thank = session.ask_whether(f"Promise to thank {'them' if len(helped) == 1 else 'each'} within a week?")
    _set_status(ctx, objective, "achieved", outcome, format, fields, header=not no_header, thank=bool(thank))


def _set_status(
    ctx: typer.Context,
    objective: str,
    status: str,
    outcome: str | None,
    format: str | None,
    fields: str | None,
    *,
    header: bool,
    thank: bool = False,
) -> None:
    from netjournal.cli.objective_card import show_objective
    from netjournal.domain.counts import counted
    from netjournal.journal.objectives import set_status
    from netjournal.reports.objectives import ObjectiveDetailRow

    session = session_of(ctx)
    session.check_output(ObjectiveDetailRow, format=format, fields=fields)
    verb = {"paused": "pause", "active": "resume", "achieved": "achieve", "dropped": "drop"}[status]
    with session.writing(f"objective {verb}") as uow:
        done = set_status(uow, objective, status, outcome, thank=thank)
    if done.stated_count:
        many = counted(done.stated_count, "interaction")
        session.hint(f"From now on stated, no longer implied, for +{done.row.key}: {many}.")
    show_objective(session, done.row, format, fields, header=header)
