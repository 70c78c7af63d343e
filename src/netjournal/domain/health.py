"""How alive a contact is, from the touches written down: a sparse log is not a weak tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain.kinds import DEPTH_RANK, DEPTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from netjournal.domain.words import Depth, Direction

#: What one touch of each depth counts for on its day.
DEPTH_WEIGHT: Final[dict[Depth, float]] = {"conversation": 1.0, "exchange": 0.6, "message": 0.3, "broadcast": 0.0}
HALF_LIFE_DAYS: Final = 90.0

#: A tie is grown by two-way touches on this many days ...
GROWN_TOUCH_DAYS: Final = 3
#: ... with at least this many days from the first to the last.
GROWN_SPAN_DAYS: Final = 60
DORMANT_DAYS: Final = 365


def fading(age_days: int, half_life_days: float) -> float:
    """What is left of a touch's weight after so many days: half of it after each half-life."""
    return float(2.0 ** (-age_days / half_life_days))


def health(touches: Iterable[tuple[date, Depth]], today: date, half_life_days: float = HALF_LIFE_DAYS) -> float:
    """Contact health of one contact: the sum of w(depth)·2^(−age/half-life) over its touches.

    One touch a day counts, the deepest; a day after `today` does not count yet. `half_life_days` is above 0. The
    unit is conversations held today. Source of the form: the Interactions Rank of Roth et al. (2010), KDD; the weights,
    and one touch a day, are a judgement.
    """
    return sum((weight for _, weight in _weighed(touches, today, half_life_days)), 0.0)


def health_by_depth(
    touches: Iterable[tuple[date, Depth]], today: date, half_life_days: float = HALF_LIFE_DAYS
) -> dict[Depth, float]:
    """What the days of each depth add to contact health, deepest first; a day belongs to its deepest touch."""
    parts = dict.fromkeys(DEPTHS, 0.0)
    for depth, weight in _weighed(touches, today, half_life_days):
        parts[depth] += weight
    return parts


def _weighed(
    touches: Iterable[tuple[date, Depth]], today: date, half_life_days: float
) -> Iterator[tuple[Depth, float]]:
    """The deepest touch of each day, and what is left of its weight."""
    deepest: dict[date, Depth] = {}
    for day, depth in touches:
        if day <= today and (day not in deepest or DEPTH_RANK[depth] > DEPTH_RANK[deepest[day]]):
            deepest[day] = depth
    # By day: floats added in another order may differ in the last digit, and the order of logging must not matter.
    for day in sorted(deepest):
        yield deepest[day], DEPTH_WEIGHT[deepest[day]] * fading((today - day).days, half_life_days)


def two_way(direction: Direction, depth: Depth) -> bool:
    """Whether a touch shows both sides taking part: mutual, and an exchange or deeper."""
    return direction == "mutual" and depth in ("conversation", "exchange")


def is_grown(two_way_days: Iterable[date]) -> bool:
    """Whether a tie has grown: two-way touches on 3 or more days that span 60 or more."""
    days = set(two_way_days)
    return len(days) >= GROWN_TOUCH_DAYS and (max(days) - min(days)).days >= GROWN_SPAN_DAYS


def is_dormant(grown: bool, last_on: date | None, today: date) -> bool:
    """Whether a tie that had grown has gone without a touch for 365 days."""
    return grown and last_on is not None and (today - last_on).days >= DORMANT_DAYS
