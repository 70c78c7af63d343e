"""Today in five lines: what bare `netj` says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from netjournal.domain import purpose
from netjournal.domain.counts import counted
from netjournal.domain.dates import show_day
from netjournal.reports import reasons
from netjournal.reports.due import due, untracked_count
from netjournal.reports.due_facts import Wanted, linked_objectives, neglected_objectives
from netjournal.store.queries import today as queries
from netjournal.store.queries.objectives import active_objectives

if TYPE_CHECKING:
    from netjournal.reports.due import Due
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
    touched, objectives = queries.touched_this_week(connection, today)
    return (
        f"{show_day(today)}: {counted(len(contacts), 'contact') if contacts else 'nobody'} to reach"
        + (f", {overdue} of them overdue" if overdue else "")
        + f"; {counted(len(promises), 'promise') if promises else 'no promise'} due",
        f"First: {contacts[0].name}, {contacts[0].why}" if contacts else _nobody(connection, answer),
        reasons.of_whom(promises[0].why, promises[0].name) if promises else "No promise is due.",
        _objective(connection, today),
        f"This week: {counted(touched, 'touch')}, {counted(objectives, 'objective')} stated. "
        "See netj due, netj next, netj log.",
    )


def _nobody(connection: ReadConnection, answer: Due) -> str:
    """Why there is nobody to reach: a promise may be due all the same."""
    if untracked := untracked_count(connection, answer):
        people = f"{counted(untracked, 'contact')} {'has' if untracked == 1 else 'have'}"
        return f"{people} no cadence yet: netj keep says how often to be in touch."
    return "No cadence has run out, and no reply is owed."


def _objective(connection: ReadConnection, today: date) -> str:
    """How the active objectives stand; of those with neither touch nor next step the one whose day is nearest."""
    active = active_objectives(connection)
    if not active:
        return 'No objective yet: netj objective add "…" says what all this is for.'
    neglected = neglected_objectives(connection, active, linked_objectives(connection), today)
    if not neglected:
        return f"All {len(active)} objectives are in hand." if len(active) > 1 else f"{active[0].key} is in hand."
    first = min((o for o in active if o.id in neglected), key=lambda o: (o.by_day or "9999", o.key))
    # One that was added lately has no silence to speak of.
    is_new = purpose.is_new(date.fromisoformat(first.opened_on), today)
    how = (
        f"{first.key} is new, with no next step yet"
        if is_new
        else f"No touch for {first.key} in {purpose.NEGLECT_DAYS} days"
    )
    if len(neglected) > 1:
        return f"{how} (and {len(neglected) - 1} more): netj objective list"
    return f"{how}: netj objective show {first.key}"
