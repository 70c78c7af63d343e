"""The pace two people keep without a cadence, and when a silence breaks it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

#: Fewer days than this show no rhythm: three gaps are the least with a middle one.
FEWEST_DAYS: Final = 4
#: A silence shorter than this is never drifting, however quick the pace was.
SHORTEST_SILENCE_DAYS: Final = 14


def usual_gap(days: Sequence[date]) -> float | None:
    """The median number of days between touches, or None with touches on fewer than 4 days.

    The median, so that one long holiday does not change what is usual. The days may come in any order.
    """
    distinct = sorted(set(days))
    if len(distinct) < FEWEST_DAYS:
        return None
    lengths = sorted((later - earlier).days for earlier, later in pairwise(distinct))
    middle = len(lengths) // 2
    return (lengths[middle] + lengths[~middle]) / 2


def is_drifting(days: Sequence[date], today: date) -> bool:
    """Whether the silence since the last touch is over twice the usual gap, and 14 days or more."""
    gap = usual_gap(days)
    if gap is None:
        return False
    silence = (today - max(days)).days
    return silence >= SHORTEST_SILENCE_DAYS and silence > 2 * gap
