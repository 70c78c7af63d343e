"""What gives contacts a cadence: the columns, the first due days, and what may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import cadence
from netjournal.errors import UsageError
from netjournal.reports import find
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries.circles import circles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from netjournal.store.unit_of_work import UnitOfWork


def columns(
    uow: UnitOfWork, circle: str | None, every: int | None, latest: int | None, first_days: Iterable[date]
) -> list[dict[str, object]]:
    """The columns that give a cadence, once for each first due day; empty where no cadence was said.

    Raises NotFoundError for an unknown circle; whether `latest` fits is for `check_latest`, once they are written.
    """
    shared: dict[str, object] = {}
    if circle is not None:
        shared["circle_id"] = find.circle(uow.read, circle) if circle else None
    if circle is not None or every is not None:
        # A circle too: it is a pace of its own, and an older personal cadence would silently win over it.
        shared["every_days"] = every or None
    if shared or latest is not None:
        # A worst gap belongs to the wished one beside it, and goes where that is said anew.
        shared["latest_days"] = latest or None
    gives = bool(circle) or bool(every)
    return [{**shared, **({"first_due_on": day.isoformat()} if gives else {})} for day in first_days]


def check_latest(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Refuse a worst gap that is shorter than the wished one, or belongs to no cadence. Raises UsageError."""
    for facts in contact_queries.contacts_by_id(uow.read, ids).values():
        every = facts.own_every if facts.own_every is not None else facts.circle_every
        if every is None:
            raise UsageError("`--latest` belongs to a cadence, and there is none.", "Give `--every` or `--circle` too.")
        cadence.check(every, facts.own_latest)


def first_days(uow: UnitOfWork, every: int | None, circle: str | None, count: int) -> tuple[date, ...]:
    """The first due days when one command gives a cadence to several contacts."""
    if every is None and circle:
        circle_id = find.circle(uow.read, circle)
        every = next(c.every_days for c in circles(uow.read) if c.id == circle_id)
    return cadence.spread(uow.today, every, count) if every else (uow.today,) * count
