"""The healthiest of an organization's people, of whom there may be hundreds with tens of thousands of touches."""

from __future__ import annotations

from datetime import date, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

from netjournal.domain.health import DEPTH_WEIGHT, fading
from netjournal.domain.kinds import DEPTH_OF_KIND, DEPTH_RANK, DEPTHS
from netjournal.reports.prep.tie import total
from netjournal.store.queries import ties as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.domain.words import Depth
    from netjournal.store.connection import ReadConnection

#: After so many half-lives a touch weighs less than a millionth: the third decimal does not see it.
REACH: Final = 20
#: The first bound looks at the days of so many; of those before, one touch on each would add up to a quarter at most.
SEEN: Final = 9
#: Half-lives, and what a touch from there on to the one before weighs at most: steps that grow as touches fade.
STEPS: Final = tuple(
    (n, 2.0**-before) for before, n in ((0, 0.5), (0.5, 1), (1, 1.5), (1.5, 2), (2, 3), (3, 4), (4, 6), (6, SEEN))
)
#: Touches are read back to so many half-lives at a time.
STAGES: Final = (0, 3, 7, REACH)
LAST: Final = len(STAGES) - 1
#: Organizations are told by so many people each, now and formerly; the rest are counted.
MOST_PEOPLE: Final = 10
MOST_FORMER: Final = 5


def healthiest(known: People, people: Iterable[int], most: int) -> dict[int, float]:
    """The health of the healthiest `most` of some people of an organization, the best first.

    What each touch was is dear to read, as it stands in its interaction. So a bound is drawn closer only for those
    whom it puts among the best, from the last touches back, until the best are known exactly.
    """
    among = list(people)
    while True:
        leading = known.leading(among, most)
        behind = min((known.stage(i) for i in leading), default=LAST)
        if behind == LAST:
            return {i: known.bound(i) for i in leading}
        # A first look costs little: those next in line come along, as most of them will be looked at.
        more = known.leading(among, 2 * most) if behind == 0 else leading
        known.read([i for i in more if known.stage(i) == behind], behind + 1)


class People:
    """An organization's people: bounds on the health of each, from above, drawn closer as their touches are read."""

    def __init__(self, connection: ReadConnection, organization_id: int, today: date, half_life_days: float) -> None:
        self._connection = connection
        self._today = today
        self._half_life_days = half_life_days
        self._steps = [(self._ago(n), weight) for n, weight in STEPS]
        #: The day of the newest touch, of those touched within reach.
        self.newest = queries.newest_days(connection, organization_id, self._ago(REACH))
        self._bounds = queries.weighed_touches(connection, organization_id, self._steps)
        # What is told is rounded by depth, and may come out higher by so much.
        self._least = 0.001 * len(DEPTHS) + self._tail()
        self._bounds = {i: bound + self._least for i, bound in self._bounds.items()}
        self._stages: dict[int, int] = {}
        self._deepest: dict[int, dict[str, Depth]] = {}
        # Thousands of touches fall on some hundred days: by day, the weight in the first bound and what has not faded.
        self._days: dict[str, tuple[float, float]] = {}

    def bound(self, contact_id: int) -> float:
        """What contact health is at most, and after the last stage what it is."""
        return self._bounds.get(contact_id, self._least)

    def stage(self, contact_id: int) -> int:
        """How far back the touches of a contact have been read."""
        return self._stages.get(contact_id, 0)

    def leading(self, people: Iterable[int], most: int) -> list[int]:
        """The first so many by what is known; where that is equal, who is not known exactly comes first."""
        return nsmallest(most, people, key=lambda i: (-self.bound(i), self.stage(i) == LAST, i))

    def read(self, people: Sequence[int], stage: int) -> None:
        """Draw the bounds of some closer by what their touches of a stage were; after the last they are exact."""
        before, since = (self._ago(STAGES[n]) for n in (stage - 1, stage))
        if stage == 1:
            before = (self._today + timedelta(days=1)).isoformat()
        found: dict[int, dict[str, Depth]] = {i: {} for i in people}
        weighed = dict.fromkeys(people, 0.0)
        for contact_id, on, kind in queries.kinds_between(self._connection, people, since, before):
            depth = DEPTH_OF_KIND[kind]
            theirs = found[contact_id]
            weighed[contact_id] += (self._days.get(on) or self._weighed(on))[0]
            if on not in theirs or DEPTH_RANK[depth] > DEPTH_RANK[theirs[on]]:
                theirs[on] = depth
        for i, theirs in found.items():
            self._stages[i] = stage
            self._deepest.setdefault(i, {}).update(theirs)
            if stage == LAST:
                self._bounds[i] = self._exact(self._deepest[i])
            else:
                left = sum([DEPTH_WEIGHT[depth] * self._days[on][1] for on, depth in theirs.items()])
                self._bounds[i] = self.bound(i) - weighed[i] + left

    def _exact(self, deepest: dict[str, Depth]) -> float:
        """Contact health as `tie` tells it: the sum of its terms, each rounded."""
        terms = dict.fromkeys(DEPTHS, 0.0)
        # By day, as in `domain.health`: floats added in another order may differ in the last digit.
        for on in sorted(deepest):
            depth = deepest[on]
            terms[depth] += DEPTH_WEIGHT[depth] * self._days[on][1]
        return total({depth: round(term, 3) for depth, term in terms.items()})

    def _weighed(self, on: str) -> tuple[float, float]:
        step = next((weight for day, weight in self._steps if on >= day), 0.0)
        fade = fading((self._today - date.fromisoformat(on)).days, self._half_life_days)
        found = self._days[on] = step, fade
        return found

    def _tail(self) -> float:
        """What touches from before the first bound's days weigh at most: one on every day, for only one counts."""
        return fading(self._days_of(SEEN), self._half_life_days) / (1 - fading(1, self._half_life_days))

    def _ago(self, half_lives: float) -> str:
        return (self._today - timedelta(days=self._days_of(half_lives))).isoformat()

    def _days_of(self, half_lives: float) -> int:
        return min(int(half_lives * self._half_life_days), 200 * 365)
