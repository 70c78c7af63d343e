"""What the ties with some contacts were on a day: their health in a word.

A tie is with a person: every touch counts, whatever it was for.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import health
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.review import BAND_HALF_LIVES, LIVELY, band
from netjournal.store.queries import ties

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from netjournal.domain.review import Band
    from netjournal.domain.words import Depth
    from netjournal.reports.review.moments import Moment
    from netjournal.store.connection import ReadConnection

#: Touches looked at before asking whether they are enough; then twice as many.
_FIRST_LOOK: Final = 4


class Recent(NamedTuple):
    """The touches with every contact since a day, as they were read for another figure."""

    since: date
    touches: Mapping[int, Sequence[tuple[date, Depth]]]
    #: Of contact health, in days.
    half_life: float = health.HALF_LIFE_DAYS


def recent(people: Iterable[int], since: date, half_life: float, *periods: Iterable[Moment]) -> Recent:
    """The touches with some contacts in periods that begin on a day and reach today, of which all was read."""
    touches: dict[int, list[tuple[date, Depth]]] = {who: [] for who in people}
    days: dict[str, date] = {}
    for moment in chain(*periods):
        if not moment.exposure:
            on = days.get(moment.on) or days.setdefault(moment.on, date.fromisoformat(moment.on))
            for who in moment.contacts:
                if who in touches:
                    touches[who].append((on, DEPTH_OF_KIND[moment.kind]))
    return Recent(since, touches, half_life)


def bands(
    connection: ReadConnection, people: Collection[int], grown: Collection[int], on: date, known: Recent
) -> dict[int, Band]:
    """Contact health of each on a day, in a word; `grown` are those with whom a tie had grown by then."""
    lately = {who: [t for t in known.touches.get(who, ()) if t[0] <= on] for who in people}
    older = ties.newest_before(
        connection, [who for who in people if not lately[who]], (on + timedelta(days=1)).isoformat()
    )
    last = {who: date.fromisoformat(day) for who, day in older.items()}
    # What was read for another figure begins on a day: health goes on from the one before it.
    oldest = on - timedelta(days=min(int(BAND_HALF_LIVES * known.half_life), on.toordinal() - 1))
    span = oldest.isoformat(), min(on, known.since - timedelta(days=1)).isoformat()
    found: dict[int, Band] = {}
    for who in people:
        touched = bool(lately[who]) or who in last
        dormant = who in last and health.is_dormant(who in grown, last[who], on)
        alive = 0.0
        if touched and not dormant:
            alive = _health(lately[who], _back(connection, who, *span), on, known.half_life)
        found[who] = band(alive, touched=touched, dormant=dormant)
    return found


def _health(
    lately: Sequence[tuple[date, Depth]], older: Iterator[tuple[date, Depth]], on: date, half_life: float
) -> float:
    """Contact health on a day, or the part of it that makes the tie lively: more touches could only add to it."""
    touches = list(lately)
    found = health.health(touches, on, half_life)
    while found < LIVELY and (more := list(islice(older, len(touches) or _FIRST_LOOK))):
        touches += more
        found = health.health(touches, on, half_life)
    return found


def _back(connection: ReadConnection, who: int, since: str, until: str) -> Iterator[tuple[date, Depth]]:
    # Not asked before the first of them is wanted.
    for day, kind in ties.touches_back(connection, who, since, until):
        yield date.fromisoformat(day), DEPTH_OF_KIND[kind]
