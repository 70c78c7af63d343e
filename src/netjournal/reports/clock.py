"""How things stand with a contact today, from its facts: the one derivation that every report shares."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import cadence as cadences

if TYPE_CHECKING:
    from netjournal.domain.cadence import Cadence
    from netjournal.domain.words import Standing
    from netjournal.store.queries.contacts import ContactFacts


class Clock(NamedTuple):
    """Cadence, last day, due day and standing of one contact; all None for one without a cadence."""

    cadence: Cadence | None
    last_on: date | None
    due_on: date | None
    lateness: float | None
    standing: Standing


def day(text: str | None) -> date | None:
    """A stored day."""
    return None if text is None else date.fromisoformat(text)


def last_day(facts: ContactFacts) -> str | None:
    """The newest touch, or the day told by `--last` where that is later."""
    if facts.touched_on is None or facts.told_last_on is None:
        return facts.touched_on or facts.told_last_on
    return max(facts.touched_on, facts.told_last_on)


def clock(facts: ContactFacts, today: date, promise_ahead: bool) -> Clock:
    """Derive a contact's clock; `promise_ahead` says that my open promise with them has a day after today."""
    cadence = cadences.effective(facts.own_every, facts.own_latest, facts.circle_every, facts.circle_latest)
    last_on = day(last_day(facts))
    if cadence is None:
        return Clock(None, last_on, None, None, "untracked")
    due_on = cadences.due_on(cadence, last_on, day(facts.first_due_on) or today)
    standing = cadences.standing(
        today,
        cadence=cadence,
        due_on=due_on,
        last_on=last_on,
        paused=bool(facts.paused),
        snoozed_until=day(facts.snoozed_until),
        promise_ahead=promise_ahead,
    )
    return Clock(cadence, last_on, due_on, cadences.lateness(today, due_on, cadence.every_days), standing)
