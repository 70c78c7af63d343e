"""Which dormant ties are worth reviving first: not simply those that were once the closest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.health import health
from netjournal.domain.score import objective_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from netjournal.domain.score import ObjectiveFacts
    from netjournal.domain.words import Depth


class Weights(NamedTuple):
    """What each term counts for at most: one outweighs all those after it."""

    objective: float
    signal: float
    tie: float


WEIGHTS: Final = Weights(objective=4.0, signal=2.0, tie=1.0)
#: Any objective at all counts for so much, or a signal and a strong tie together could outweigh it.
HELPS_AT_ALL: Final = 0.8
#: A tie that lasted so many years counts in full for its age.
OLD_YEARS: Final = 5.0


class InFavour(NamedTuple):
    """What speaks for reviving a tie: objectives it could help, signals, and its two-way days with their depth."""

    objectives: tuple[ObjectiveFacts, ...]
    signals: int
    days: Mapping[date, Depth]


def years(days: Mapping[date, Depth]) -> float:
    """How long a tie lasted, in years from the first two-way touch to the last; 0 with none."""
    return (max(days) - min(days)).days / 365 if days else 0.0


def tie_value(days: Mapping[date, Depth]) -> float:
    """What a tie was, 0..1: half its strength h/(1+h), h its health on the last two-way day; half its age, to 5 years.

    Strength flattens early: whom one spent most time with is who is easiest to write to, not who knows most that is
    new. Source: Walter, Levin & Murnighan (2015), Organization Science 26(5); the halves are a judgement.
    """
    if not days:
        return 0.0
    strength = health(days.items(), max(days))
    return 0.5 * strength / (1 + strength) + 0.5 * min(1.0, years(days) / OLD_YEARS)


def terms(found: InFavour, today: date) -> dict[str, float]:
    """The contribution of each term, weight times a value of 0..1, rounded to 3 decimals, always in the same order."""
    pressing = max((objective_value(facts, today) for facts in found.objectives), default=None)
    helps = 0.0 if pressing is None else HELPS_AT_ALL + (1 - HELPS_AT_ALL) * pressing
    return {
        "objective": round(WEIGHTS.objective * helps, 3),
        "signal": WEIGHTS.signal if found.signals else 0.0,
        "tie": round(WEIGHTS.tie * tie_value(found.days), 3),
    }
