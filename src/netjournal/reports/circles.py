"""Circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.cadence import effective
from netjournal.domain.words import Prose, Uid
from netjournal.store.queries import circles as queries

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class CircleRow(NamedTuple):
    """One circle; `latest_days` is the limit in force, given or not."""

    uid: Uid
    circle: Prose
    every_days: int
    latest_days: int
    contact_count: int


def circle_rows(connection: ReadConnection) -> tuple[CircleRow, ...]:
    """Every circle, the most frequent first."""
    return tuple(map(_row, queries.circles(connection)))


def circle_row(connection: ReadConnection, circle_id: int) -> CircleRow:
    """One circle by its id."""
    return next(_row(fact) for fact in queries.circles(connection) if fact.id == circle_id)


def _row(fact: queries.CircleFacts) -> CircleRow:
    cadence = effective(None, None, fact.every_days, fact.latest_days)
    assert cadence is not None
    return CircleRow(Uid(fact.uid), Prose(fact.name), fact.every_days, cadence.latest_days, fact.contact_count)
