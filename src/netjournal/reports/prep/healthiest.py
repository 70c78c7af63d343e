"""The healthiest of an organization's people, of whom there may be hundreds with tens of thousands of touches."""

from __future__ import annotations

from datetime import date, timedelta
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, Final

from netjournal.domain.health import fading
from netjournal.domain.kinds import DEPTH_OF_KIND, DEPTHS
from netjournal.domain.terms import total
from netjournal.reports.prep.tie import health_terms
from netjournal.store.queries import ties as queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.connection import ReadConnection

#: After so many half-lives a touch weighs less than a millionth: the third decimal does not see it.
REACH: Final = 20
#: Bounds look at the days of so many; of those before, one touch on each would add up to a quarter at most.
SEEN: Final = 9
#: Half-lives, and what a touch from there on to the one before weighs at most: steps that grow as touches fade.
STEPS: Final = tuple(
    (n, 2.0**-before) for before, n in ((0, 0.5), (0.5, 1), (1, 1.5), (1.5, 2), (2, 3), (3, 4), (4, 6), (6, SEEN))
)
#: Organizations are told by so many people each, now and formerly; the rest are counted.
MOST_PEOPLE: Final = 10
MOST_FORMER: Final = 5


class People:
    """An organization's people: the day of each one's newest touch, what health is at most, and what it is."""

    def __init__(self, connection: ReadConnection, organization_id: int, today: date, half_life_days: float) -> None:
        self._connection = connection
        self._today = today
        self._half_life_days = half_life_days
        #: The day of the newest touch, of those touched within reach.
        self.newest = queries.newest_days(connection, organization_id, self._ago(REACH))
        steps = [(self._ago(n), weight) for n, weight in STEPS]
        self._weighed = queries.weighed_touches(connection, organization_id, steps)
        # One on every day from before the first step, for only one counts; and what is told is rounded by depth.
        tail = fading(self._days_of(SEEN), half_life_days) / (1 - fading(1, half_life_days))
        self._unseen = tail + 0.001 * len(DEPTHS)

    def bound(self, contact_id: int) -> float:
        """What contact health is at most: as if every touch were a conversation."""
        return self._weighed.get(contact_id, 0.0) + self._unseen

    def health(self, contact_id: int) -> float:
        """What contact health is."""
        until = self._today.isoformat()
        read = queries.touches_back(self._connection, contact_id, self._ago(REACH), until)
        touches = [(date.fromisoformat(on), DEPTH_OF_KIND[kind]) for on, kind in read]
        return total(health_terms(touches, self._today, self._half_life_days))

    def _ago(self, half_lives: float) -> str:
        return (self._today - timedelta(days=self._days_of(half_lives))).isoformat()

    def _days_of(self, half_lives: float) -> int:
        return min(int(half_lives * self._half_life_days), 200 * 365)


def healthiest(known: People, people: Iterable[int], most: int) -> dict[int, float]:
    """The health of the healthiest `most` of some people of an organization, the best first.

    All touches of one after the other are read, the highest bound first, until nobody left can come among the best.
    """
    found: dict[int, float] = {}
    best: list[float] = []
    for i in sorted(people, key=lambda i: (-known.bound(i), i)):
        if len(best) == most and known.bound(i) < best[0]:
            break
        found[i] = known.health(i)
        (heappush if len(best) < most else heappushpop)(best, found[i])
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most])
