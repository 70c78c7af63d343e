"""Today in five lines: what bare `netj` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain.dates import show_day
from netjournal.reports.due import due
from netjournal.reports.due_facts import Wanted
from netjournal.reports.objectives import objective_rows
from netjournal.store.queries import today as queries
from netjournal.store.queries.objectives import active_objectives

if TYPE_CHECKING:
    from datetime import date

    from netjournal.reports.objectives import ObjectiveRow
    from netjournal.store.connection import ReadConnection

FIRST_STEPS: Final = (
    "Welcome. Three steps, and the journal works for you:",
    '  1. what you want:    netj objective add "Platform role" --why "lead a team again"',
    "  2. who you know:     netj import linkedin Connections.csv, then netj keep",
    '  3. what happens:     netj log "coffee with Dana Whitfield about hiring" --new --circle inner',
    "Then each morning: netj due",
)


def today_lines(connection: ReadConnection, today: date) -> tuple[str, ...]:
    """Five lines: the three first steps for an empty journal, else how today stands."""
    if queries.is_empty(connection):
        return FIRST_STEPS
    answer = due(connection, Wanted(), today)
    contacts = [row for row in answer.rows if row.type == "contact"]
    promises = [row for row in answer.rows if row.type == "followup"]
    overdue = sum(row.standing == "overdue" for row in contacts)
    active = objective_rows(connection, active_objectives(connection), today)
    touched, objectives = queries.touched_since(connection, today)
    return (
        f"{show_day(today)}: {_count(len(contacts), 'contact')} to reach"
        + (f", {overdue} of them overdue" if overdue else "")
        + f"; {_count(len(promises), 'promise')} due",
        f"First: {contacts[0].name}, {contacts[0].why}" if contacts else "Nobody is waiting to hear from you.",
        f"Promise: {promises[0].why}" if promises else "No promise is due.",
        _objective(active),
        f"This week: {_count(touched, 'touch', 'touches')}, {_count(objectives, 'objective')} stated. "
        "See netj due, netj next, netj log.",
    )


def _objective(active: tuple[ObjectiveRow, ...]) -> str:
    neglected = [row for row in active if row.neglected]
    if not active:
        return 'No objective yet: netj objective add "…" says what all this is for.'
    if not neglected:
        return (
            f"All {len(active)} objectives have somebody helping."
            if len(active) > 1
            else f"{active[0].key} is in hand."
        )
    more = f" (and {len(neglected) - 1} more)" if len(neglected) > 1 else ""
    return f"Nobody is helping with {neglected[0].key} at the moment{more}: netj objective show {neglected[0].key}"


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
