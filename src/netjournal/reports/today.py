"""Today in five lines: what bare `netj` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain.counts import counted
from netjournal.domain.dates import show_day
from netjournal.reports.due import due
from netjournal.reports.due_facts import Wanted, linked_objectives, neglected_objectives
from netjournal.store.queries import today as queries
from netjournal.store.queries.objectives import active_objectives

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from netjournal.store.connection import ReadConnection

FIRST_STEPS: Final = (
    "Welcome. Three steps, and the journal works for you:",
    '  1. what you want  netj objective add "Platform role" --why "lead a team again"',
    "  2. who you know   netj import linkedin Connections.csv, then netj keep",
    '  3. what happens   netj log "coffee with Dana Whitfield" --new --circle inner',
    "Then each morning: netj due. To look around first: netj demo",
)


def today_lines(connection: ReadConnection, today: date) -> tuple[str, ...]:
    """Five lines: the three first steps for an empty journal, else how today stands."""
    if queries.is_empty(connection):
        return FIRST_STEPS
    answer = due(connection, Wanted(), today)
    contacts = [row for row in answer.rows if row.type == "contact"]
    promises = [row for row in answer.rows if row.type == "followup"]
    overdue = sum(row.standing == "overdue" for row in contacts)
    active, neglected = _neglected(connection, today)
    touched, objectives = queries.touched_this_week(connection, today)
    return (
        f"{show_day(today)}: {counted(len(contacts), 'contact')} to reach"
        + (f", {overdue} of them overdue" if overdue else "")
        + f"; {counted(len(promises), 'promise')} due",
        f"First: {contacts[0].name}, {contacts[0].why}" if contacts else "Nobody is waiting to hear from you.",
        f"Promise: {promises[0].why}" if promises else "No promise is due.",
        _objective(active, neglected),
        f"This week: {counted(touched, 'touch')}, {counted(objectives, 'objective')} stated. "
        "See netj due, netj next, netj log.",
    )


def _neglected(connection: ReadConnection, today: date) -> tuple[list[str], list[str]]:
    """The keys of the active objectives, and of those that nobody is helping with."""
    active = active_objectives(connection)
    linked = linked_objectives(connection) if active else {}
    neglected = neglected_objectives(connection, active, linked, today)
    return [o.key for o in active], [o.key for o in active if o.id in neglected]


def _objective(active: Sequence[str], neglected: Sequence[str]) -> str:
    if not active:
        return 'No objective yet: netj objective add "…" says what all this is for.'
    if not neglected:
        return f"All {len(active)} objectives have somebody helping." if len(active) > 1 else f"{active[0]} is in hand."
    more = f" (and {len(neglected) - 1} more)" if len(neglected) > 1 else ""
    return f"Nobody is helping with {neglected[0]} at the moment{more}: netj objective show {neglected[0]}"
