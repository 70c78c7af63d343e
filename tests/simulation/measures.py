"""What came of a life, and by how much one order does better than another on the same lives."""

from __future__ import annotations

from random import Random
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from life import Life


class Told(NamedTuple):
    """The measures of one life under one order: of each, less is better."""

    #: Ties that starved.
    lost: float
    #: Days beyond the latest limit, summed over people.
    beyond: float
    #: The greatest lateness there ever was, in cadences.
    worst: float
    #: Objectives that were over without the touches they needed.
    starved: float
    #: Promises not kept within a week of their day.
    broken: float
    #: Messages without an answer for 30 days.
    ignored: float
    #: Standard deviation over days of the number of people who wait.
    uneven: float


class Beside(NamedTuple):
    """What is told beside the measures and not aimed at."""

    #: Wished touches a month with those who were lost: a close tie counts for more than a distant one.
    contact_lost: float
    #: Touches made.
    touches: float


class Tally:
    """The measures while a life is lived."""

    def __init__(self) -> None:
        self.lost: list[int] = []
        self.beyond = 0
        self.worst = 0.0
        self.broken = 0
        self.ignored = 0
        self.waiting: list[int] = []
        self.made: list[int] = []

    def told(self, life: Life, got: Sequence[int]) -> tuple[Told, Beside]:
        """The life is over."""
        days = len(self.made)
        over = [o for o in life.objectives if o.end < days]
        starved = sum(got[o.id] < o.needed for o in over)
        contact = sum(30 / life.people[one].cadence.every_days for one in self.lost)
        told = Told(len(self.lost), self.beyond, self.worst, starved, self.broken, self.ignored, pstdev(self.waiting))
        return told, Beside(contact, sum(self.made))


class Interval(NamedTuple):
    """A mean, and where it lies with 95 % confidence."""

    mean: float
    low: float
    high: float

    @property
    def side(self) -> int:
        """Below 0, above 0, or neither: -1, 1, 0."""
        return -1 if self.high < 0 else 1 if self.low > 0 else 0


def bootstrap(values: Sequence[float], rounds: int = 2000) -> Interval:
    """The mean with its 95 % interval, by drawing as many values again and again (Efron 1979, percentile method)."""
    draw = Random("bootstrap")
    count = len(values)
    means = sorted(sum(draw.choices(values, k=count)) / count for _ in range(rounds))
    return Interval(fmean(values), means[rounds * 25 // 1000], means[rounds * 975 // 1000 - 1])


def paired(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """Ours less theirs, life by life: below 0 is better."""
    return bootstrap([a - b for a, b in zip(ours, theirs, strict=True)])


def cost(told: Sequence[Told], yardstick: Sequence[Told]) -> float:
    """One figure for a whole run: each measure's mean as a share of the yardstick's, and the mean of the shares."""
    return fmean(
        fmean(mine) / fmean(other)
        for mine, other in zip(zip(*told, strict=True), zip(*yardstick, strict=True), strict=True)
    )
