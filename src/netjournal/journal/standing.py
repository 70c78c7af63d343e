"""What becomes of objectives and circles: pause, resume, achieve, drop; remove."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from netjournal.domain import text
from netjournal.errors import ConflictError, UsageError
from netjournal.journal.followups import PROMISE_DAYS
from netjournal.reports import find
from netjournal.reports.circles import circle_rows
from netjournal.reports.objectives import helpers, objective_detail
from netjournal.store.queries import circles as circle_queries
from netjournal.store.queries import objectives as queries

if TYPE_CHECKING:
    from netjournal.reports.circles import CircleRow
    from netjournal.reports.objectives import ObjectiveDetailRow
    from netjournal.store.unit_of_work import UnitOfWork


def set_status(
    uow: UnitOfWork, typed: str, status: str, outcome: str | None = None, *, thank: bool = False
) -> ObjectiveDetailRow:
    """Say what became of an objective; `thank` promises a thank-you to each who helped.

    Raises ConflictError where it is that already.
    """
    objective_id = find.objective(uow.read, typed)
    now = queries.objective(uow.read, objective_id)
    if now.status == status and outcome is None:
        raise ConflictError(f"{now.key} is {status} already.")
    closed = status in ("achieved", "dropped")
    values: dict[str, object] = {"status": status, "closed_on": uow.today.isoformat() if closed else None}
    if outcome is not None:
        values["outcome"] = text.line(outcome, "The outcome")
    elif not closed:
        values["outcome"] = None
    uow.change("objective", {"id": objective_id}, **values)
    for contact_id, _ in helpers(uow.read, objective_id) if thank else ():
        uow.add_record(
            "followup",
            text=f"thank them for helping with {now.title}",
            owner="me",
            by_day=(uow.today + timedelta(days=PROMISE_DAYS)).isoformat(),
            contact_id=contact_id,
            objective_id=objective_id,
            opened_on=uow.today.isoformat(),
        )
    return objective_detail(uow.read, objective_id, uow.today)


def remove_circle(uow: UnitOfWork, typed: str, to: str | None) -> CircleRow:
    """Remove a circle; those in it go to another, or have no cadence but their own."""
    circle_id = find.circle(uow.read, typed)
    row = next(
        r for r, c in zip(circle_rows(uow.read), circle_queries.circles(uow.read), strict=True) if c.id == circle_id
    )
    if to is not None:
        other = find.circle(uow.read, to)
        if other == circle_id:
            raise UsageError("`--to` names the circle that is to be removed.")
        uow.change("contact", {"circle_id": circle_id}, circle_id=other)
    uow.change("contact", {"circle_id": circle_id}, circle_id=None)
    uow.remove("circle", id=circle_id)
    return row
