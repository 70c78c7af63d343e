"""The pace two people keep without a cadence, and when a silence breaks it."""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

#: So many of the newest days with a touch tell what is usual: a pace that was given up years ago does not.
NEWEST_DAYS: Final = 12
#: Fewer days than this show no rhythm: three gaps are the least with a middle one.
FEWEST_DAYS: Final = 4
#: A silence shorter than this is never drifting, however quick the pace was.
SHORTEST_SILENCE_DAYS: Final = 14


def usual_gap(days: Sequence[date]) -> float | None:
    """The median number of days between the newest 12 days with a touch, or None with fewer than 4.

    The median, so that one long holiday does not change what is usual. The days may come in any order.
    """
    # As numbers: thousands of contacts are asked about, and a difference of dates is an object each.
    distinct = sorted({day.toordinal() for day in days})[-NEWEST_DAYS:]
    if len(distinct) < FEWEST_DAYS:
        return None
    lengths: list[int] = sorted(map(sub, distinct[1:], distinct))
    middle = len(lengths) // 2
    return (lengths[middle] + lengths[~middle]) / 2


def is_drifting(days: Sequence[date], today: date) -> bool:
    """Whether the silence since the last touch is over twice the usual gap, and 14 days or more."""
    gap = usual_gap(days)
    if gap is None:
        return False
    silence = (today - max(days)).days
    return silence >= SHORTEST_SILENCE_DAYS and silence > 2 * gap
