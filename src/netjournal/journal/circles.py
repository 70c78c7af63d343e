"""`circle add|edit|remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import cadence, names, text
from netjournal.errors import ConflictError, UsageError
from netjournal.reports import find
from netjournal.reports.circles import circle_row
from netjournal.store.queries import circles as circle_queries
from netjournal.store.queries import names as queries

if TYPE_CHECKING:
    from netjournal.reports.circles import CircleRow
    from netjournal.store.unit_of_work import UnitOfWork


def add_circle(uow: UnitOfWork, name: str, every: int, latest: int | None) -> CircleRow:
    """Make a circle; durations are days. Raises UsageError and ConflictError."""
    shown = _free_name(uow, name)
    cadence.check(every, latest)
    circle_id = uow.add_record("circle", name=shown, name_key=names.fold(shown), every_days=every, latest_days=latest)
    return circle_row(uow.read, circle_id)


def edit_circle(uow: UnitOfWork, typed: str, name: str | None, every: int | None, latest: int | None) -> CircleRow:
    """Change a circle's name or limits (days); a `latest` of 0, and an older one under a new `every`, is dropped."""
    circle_id = find.circle(uow.read, typed)
    text.something((name, every, latest) != (None, None, None), "circle")
    now = next(c for c in circle_queries.circles(uow.read) if c.id == circle_id)
    values: dict[str, object] = {}
    if name is not None and names.fold(name) != names.fold(now.name):
        shown = _free_name(uow, name)
        values |= {"name": shown, "name_key": names.fold(shown)}
    elif name is not None:
        values["name"] = text.name(name, "The circle's name")
    if every is not None:
        values["every_days"] = every
        if now.latest_days is not None and now.latest_days < every:
            values["latest_days"] = None
    if latest is not None:
        cadence.check(every if every is not None else now.every_days, latest or None)
        values["latest_days"] = latest or None
    if values:
        uow.change("circle", {"id": circle_id}, **values)
    return circle_row(uow.read, circle_id)


def remove_circle(uow: UnitOfWork, typed: str, to: str | None) -> CircleRow:
    """Remove a circle; those in it go to another, or have no cadence but their own."""
    circle_id = find.circle(uow.read, typed)
    row = circle_row(uow.read, circle_id)
    if to is not None:
        other = find.circle(uow.read, to)
        if other == circle_id:
            raise UsageError("`--to` names the circle that is to be removed.")
        uow.change("contact", {"circle_id": circle_id}, circle_id=other)
    uow.change("contact", {"circle_id": circle_id}, circle_id=None)
    uow.remove("circle", id=circle_id)
    return row


def _free_name(uow: UnitOfWork, name: str) -> str:
    shown = text.name(name, "The circle's name")
    if names.fold(shown) in {named.word for named in queries.circles_named(uow.read)}:
        raise ConflictError(
            f"There is a circle '{shown}' already.", f"`netj circle edit {text.in_shell(shown)} …` changes it."
        )
    return shown
