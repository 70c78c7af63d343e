"""How alive a contact is by the log: health with its terms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.health import HALF_LIFE_DAYS, health_by_depth, is_dormant, is_grown, two_way
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.rhythm import usual_gap
from netjournal.domain.terms import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.domain.words import Depth
    from netjournal.store.queries.prep import TouchFacts


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
    """What the days of each depth add to contact health, to 3 decimals, deepest first; what adds nothing is left out."""
    parts = health_by_depth(touches, today, half_life_days)
    return {depth: part for depth, exact in parts.items() if (part := round(exact, 3))}
