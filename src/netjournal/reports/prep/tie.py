"""How alive a contact is by the log: health with its terms, for one contact or the people of an organization."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.health import HALF_LIFE_DAYS, health, is_dormant, is_grown, two_way
from netjournal.domain.kinds import DEPTH_OF_KIND, DEPTH_RANK, DEPTHS
from netjournal.domain.rhythm import usual_gap
from netjournal.store.queries import prep as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.domain.words import Depth
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.prep import TouchFacts

#: After so many half-lives a touch weighs less than a millionth: the third decimal does not see it.
REACH: Final = 20
#: Organizations are told by so many people each, now and formerly; the rest are counted.
MOST_PEOPLE: Final = 10
MOST_FORMER: Final = 5


class Tie(NamedTuple):
    """Health, its terms by depth, and what the touches show of the tie."""

    health: float
    terms: dict[str, float]
    grown: bool
    dormant: bool
    usual_days: float | None


def tie(touches: Sequence[TouchFacts], today: date, half_life_days: float = HALF_LIFE_DAYS) -> Tie:
    """The tie with one contact, from all their touches."""
    dated = [(date.fromisoformat(t.on_day), DEPTH_OF_KIND[t.kind], t.direction) for t in touches]
    terms = health_terms([(on, depth) for on, depth, _ in dated], today, half_life_days)
    grown = is_grown(on for on, depth, direction in dated if two_way(direction, depth))  # type: ignore[arg-type]  # the table's CHECK holds direction to the three words
    days = [on for on, _, _ in dated]
    return Tie(total(terms), terms, grown, is_dormant(grown, max(days, default=None), today), usual_gap(days))


def health_terms(
    touches: Iterable[tuple[date, Depth]], today: date, half_life_days: float = HALF_LIFE_DAYS
) -> dict[str, float]:
    """What the days of each depth add to contact health, to 3 decimals, deepest first; what adds nothing is left out.

    A day belongs to its deepest touch, as in `domain.health`, whose formula this is.
    """
    deepest: dict[date, Depth] = {}
    for on, depth in touches:
        if on not in deepest or DEPTH_RANK[depth] > DEPTH_RANK[deepest[on]]:
            deepest[on] = depth
    parts = {
        d: round(health(((on, d) for on in deepest if deepest[on] == d), today, half_life_days), 3) for d in DEPTHS
    }
    return {depth: part for depth, part in parts.items() if part}


def total(terms: dict[str, float]) -> float:
    """Contact health as shown: the sum of its terms, exact to 3 decimals."""
    return sum(round(1000 * term) for term in terms.values()) / 1000


class People(NamedTuple):
    """The touches of an organization's people by contact: a bound on each one's health, and the newest day."""

    bounds: dict[int, tuple[float, str]]
    organization_id: int


def people_of(connection: ReadConnection, organization_id: int, today: date, half_life_days: float) -> People:
    """What the days of the touches of an organization's people say, without reading what happened on them."""
    steps = _steps(today, half_life_days)
    return People(queries.weighed_touches(connection, organization_id, steps), organization_id)


def healthiest(
    connection: ReadConnection, people: Iterable[int], most: int, known: People, today: date, half_life_days: float
) -> dict[int, float]:
    """The health of the healthiest `most` of some people of an organization, the best first.

    Of hundreds of people few are shown: the bound says whose touches need not be read.
    """
    bounds = {i: known.bounds[i][0] if i in known.bounds else 0.0 for i in people}
    waiting = sorted(bounds, key=lambda i: (-bounds[i], i))
    since = (today - timedelta(days=_days_of(REACH, half_life_days))).isoformat()
    found: dict[int, float] = {}
    while waiting:
        if len(found) >= most and bounds[waiting[0]] < sorted(found.values())[-most]:
            break
        batch, waiting = waiting[:most], waiting[most:]
        touches: dict[int, list[tuple[date, Depth]]] = {i: [] for i in batch}
        for contact_id, on, kind in queries.kinds_since(connection, batch, since):
            touches[contact_id].append((date.fromisoformat(on), DEPTH_OF_KIND[kind]))
        found |= {i: total(health_terms(theirs, today, half_life_days)) for i, theirs in touches.items()}
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return dict(best[:most])


def _steps(today: date, half_life_days: float) -> list[tuple[str, float]]:
    """Days from which on a touch weighs at most so much: a step for each half of a half-life, then wider ones."""
    halves = [0.5, 1, 1.5, 2, 3, 4, 6, 9, 13, REACH]
    weights = [1.0, *(2.0**-n for n in halves[:-1])]
    return [
        ((today - timedelta(days=_days_of(n, half_life_days))).isoformat(), weight)
        for n, weight in zip(halves, weights, strict=True)
    ]


def _days_of(half_lives: float, half_life_days: float) -> int:
    return min(int(half_lives * half_life_days), 200 * 365)
