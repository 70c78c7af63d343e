"""How often a contact is wished for, when that falls due, and how things stand today.

Every duration is a whole number of days, 1 or more.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.errors import UsageError

if TYPE_CHECKING:
    from netjournal.domain.words import Standing

#: The circles of a new journal, with the days between touches: three weeks, two months, six months, a year.
STARTING_CIRCLES: Final = (("inner", 21), ("active", 60), ("outer", 180), ("yearly", 365))

#: A contact is due soon within this many days, or a quarter of its cadence where that is less.
SOON_DAYS: Final = 7


class Cadence(NamedTuple):
    """Two limits in days: the wished one, and the worst accepted one, which is never under it."""

    every_days: int
    latest_days: int


def check(every_days: int, latest_days: int | None) -> None:
    """Refuse a worst gap that is shorter than the wished one, both in days. Raises UsageError."""
    if latest_days is not None and latest_days < every_days:
        raise UsageError(
            "`--latest` is the worst accepted gap, so it cannot be shorter than the wished one.",
            f"Here that is {every_days} days.",
        )


def effective(
    own_every: int | None, own_latest: int | None, circle_every: int | None, circle_latest: int | None
) -> Cadence | None:
    """The cadence that holds for a contact: its own, else its circle's, else None.

    All in days. A `latest` nobody gave is one and a half times `every`, rounded up; a contact with an `every` of its
    own does not take the circle's `latest`, which was meant for another pace.
    """
    every = own_every if own_every is not None else circle_every
    if every is None:
        return None
    latest = own_latest
    if latest is None and own_every is None:
        latest = circle_latest
    if latest is None:
        latest = (3 * every + 1) // 2
    return Cadence(every, max(every, latest))


def due_on(cadence: Cadence, last_on: date | None, first_due_on: date | None) -> date:
    """The day a contact falls due: the last day plus `every`, or with no last day the stored first one.

    Raises ValueError if neither day is known, which the store must not let happen to a contact with a cadence.
    """
    if last_on is not None:
        return last_on + timedelta(days=cadence.every_days)
    if first_due_on is None:
        raise ValueError("a contact with a cadence needs a last day or a first due day")
    return first_due_on


def spread(today: date, every_days: int, count: int) -> tuple[date, ...]:
    """The first due days of the contacts that one command gives a cadence to.

    One contact is due on the day it was given; several are spread evenly over `every_days`, so that keeping a
    hundred people does not make a hundred rows of the next morning.
    """
    return tuple(today + timedelta(days=place * every_days // count) for place in range(count))


def lateness(today: date, due_on: date, every_days: int) -> float:
    """How late a contact is in units of its own cadence: 1 on the due day, 2 one `every` later, never under 0."""
    return max(0.0, 1 + (today - due_on).days / every_days)


def latest_on(cadence: Cadence, due_on: date) -> date:
    """The last day on which a contact that fell due on `due_on` is not yet overdue."""
    return due_on + timedelta(days=cadence.latest_days - cadence.every_days)


def standing(
    today: date,
    *,
    cadence: Cadence | None,
    due_on: date | None,
    last_on: date | None,
    paused: bool,
    snoozed_until: date | None,
    promise_ahead: bool,
) -> Standing:
    """The one word on how things stand with a contact today.

    `due_on` is None for a contact without a cadence; `promise_ahead` says that my open promise with them has a day
    after today. What the user decided (pause, snooze, promise) comes before what the clock says, but a promise
    covers a contact only until its latest day.
    """
    if cadence is None or due_on is None:
        return "untracked"
    if paused:
        return "paused"
    if snoozed_until is not None and today < snoozed_until:
        return "snoozed"
    worst = latest_on(cadence, due_on) if last_on is None else last_on + timedelta(days=cadence.latest_days)
    if today > worst:
        return "overdue"
    if promise_ahead:
        return "planned"
    days_ahead = (due_on - today).days
    if days_ahead <= 0:
        return "due"
    # Four times both sides: a quarter of a cadence is rarely a whole number of days.
    return "soon" if 4 * days_ahead <= min(4 * SOON_DAYS, cadence.every_days) else "on-track"
