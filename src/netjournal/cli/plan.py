"""`netj plan`."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal import config
from netjournal.cli.context import Session, session_of
from netjournal.cli.options import ClientFilter, FieldsOption, FormatOption, NoHeaderOption, SupportersFilter, named_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from netjournal.domain.capacity import Stretch
    from netjournal.reports.plan import Overload, Plan, PlanRow
    from netjournal.reports.plan_wishes import Resting

app = typer.Typer(add_completion=False)

#: From this width on a name and why stand side by side.
WIDE = 60
#: So many changes are named where cadences ask for too much; and so many contacts in one command.
MOST_CHANGES = 3
MOST_HANDLES = 8


@app.command("plan")
def plan_command(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How many days, today the first.")] = 7,
    per_day: Annotated[
        int | None,
        typer.Option("--per-day", min=1, max=1000, help="Touches a day; else `capacity`, else what you usually do."),
    ] = None,
    objective: SupportersFilter = None,
    client: ClientFilter = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """The coming days, planned.

    Who, when and for which objective, within what one can do: promises by their day, the overdue and replies early, who
    falls due near their day, and somebody for each active objective.

    \b
    Examples:
      netj plan
      netj plan --days 14 --per-day 3 -o platform-role
      netj plan -f json | jq -r '.[] | [.day, .name] | @tsv'
    """
    from netjournal.reports.plan import Asked, PlanRow, plan

    session = session_of(ctx)
    most = config.BY_NAME["capacity"].default
    assert isinstance(most, int)
    given = per_day or _capacity(session)
    with session.reading() as connection:
        ids = named_id(connection, "objective", objective), named_id(connection, "client", client)
        found = plan(connection, Asked(days, given, most, *ids), session.today)
    is_view = session.is_view(format, fields)
    if is_view:
        _show(found.rows)
    else:
        session.emit(found.rows, PlanRow, format=format, fields=fields, header=not no_header)
    _say_more(session, found, days, is_view, "" if given else ", what the last eight weeks show you do")


def _capacity(session: Session) -> int | None:
    """The touches a day that somebody set; None where nobody did."""
    is_set = any(row.name == "capacity" and row.source != "default" for row in config.setting_rows(session.environ))
    return session.config.number("capacity") if is_set else None


def _show(rows: Sequence[PlanRow]) -> None:
    from netjournal.domain.dates import show_day
    from netjournal.render.card import write_card
    from netjournal.render.console import make_console
    from netjournal.render.page import Page
    from netjournal.render.width import cells_of
    from netjournal.reports.reasons import NOBODY_NAMED

    page, console = Page(sys.stdout), make_console(sys.stdout)
    names = [f"  {row.name or NOBODY_NAMED}" for row in rows]
    widest = max(map(cells_of, names), default=0)
    labels = iter(names)
    for day, group in groupby(rows, key=lambda row: row.day):
        told = [(next(labels), row.why + _purpose(row)) for row in group]
        if page.width < WIDE:
            page.part(show_day(day), [line for name, why in told for line in (name, f"    {why}")])
            continue
        page.part(show_day(day))
        # Unstyled, for Rich takes its time over every line, and a month of plans has many.
        pairs = [(name + " " * (widest - cells_of(name)), why) for name, why in told]
        write_card(pairs, sys.stdout, console, rich=False)


def _purpose(row: PlanRow) -> str:
    """The objectives that the reasons do not name already."""
    unsaid = [f"+{key}" for key in row.for_objectives if f"help with {key}" not in row.why]
    return "".join(f" {key}" for key in unsaid)


def _say_more(session: Session, found: Plan, days: int, is_view: bool, pace: str) -> None:
    span = "today" if days == 1 else f"in these {days} days"
    if found.overload is not None:
        session.hint(_overload(found.overload, found.per_day))
    if found.left_count:
        people = "1 more finds" if found.left_count == 1 else f"{found.left_count} more find"
        session.hint(
            f"{people} no room at {found.per_day} a day{pace}: `netj due --within {days - 1 or 1}d` has all, "
            f"`netj plan --per-day {found.per_day + 1}` more."
        )
    for key in found.starved:
        session.hint(f"There is no room for {key} {span}: `netj plan --per-day {found.per_day + 1}` makes some.")
    alike: dict[tuple[Resting, ...], list[str]] = {}
    for key, resting in found.resting.items():
        alike.setdefault(resting, []).append(key)
    for resting, keys in alike.items():
        session.hint(_rested(keys, resting, session.today))
    for key in found.helpless:
        session.hint(f"Nobody you could ask is linked to {key} yet: `netj keep WHO -o {key}` says who helps.")
    if not found.rows and is_view:
        # Where an objective was told of just now, that is what to do first.
        first_steps = (
            ' `netj keep WHO --circle active` says with whom to stay in touch, `netj objective add "…"` what for.'
        )
        told = found.resting or found.helpless
        session.hint(f"Nothing asks for a touch {span}." + ("" if told else first_steps))


def _rested(keys: Sequence[str], resting: Sequence[Resting], today: date) -> str:
    """Who could help with some objectives but is left in peace, and the plan that reaches the first of them."""
    from netjournal.domain.naming import listed, near_day

    free_on = resting[0].free_on
    return (
        f"For {listed(keys)} you were in touch with {listed([rested.name for rested in resting])} just now: "
        f"`netj plan --days {(free_on - today).days + 1}` reaches them again, from {near_day(free_on, today)} on."
    )


def _overload(overload: Overload, per_day: int) -> str:
    """What cadences ask for beside what one can do, and the commands that bring them together."""
    asked = f"Your cadences ask for {overload.asked_a_day:.1f} touches a day; there is room for {per_day}."
    if not overload.stretches:
        return (
            f"{asked} No few changes mend that: give some a slower circle with `netj keep WHO --circle outer`, "
            "or let them rest with `netj snooze WHO`."
        )
    changes = _changes(overload.stretches)
    more = len(changes) - MOST_CHANGES
    rest = f", and {more} more changes like these" if more > 0 else ""
    return f"{asked} They fit with {'; '.join(changes[:MOST_CHANGES])}{rest}."


def _changes(stretches: Sequence[Stretch]) -> list[str]:
    """Each change in words with its command; contacts that change alike share one."""
    from shlex import quote

    from netjournal.domain.dates import show_days

    alike: dict[tuple[int, int], list[str]] = {}
    told = []
    for pledge, every in stretches:
        if pledge.is_circle:
            told.append(
                f"circle {pledge.who} {show_days(pledge.every_days)} → {show_days(every)}: "
                f"`netj circle edit {quote(pledge.who)} --every {show_days(every)}`"
            )
        else:
            alike.setdefault((pledge.every_days, every), []).append(pledge.who)
    for (before, after), handles in alike.items():
        for n in range(0, len(handles), MOST_HANDLES):
            who = " ".join(handles[n : n + MOST_HANDLES])
            told.append(f"{who} {show_days(before)} → {show_days(after)}: `netj keep {who} --every {show_days(after)}`")
    return told
