"""What the ties with some contacts were on a day: their health in a word, and whether they have grown.

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


def grown(connection: ReadConnection, people: Collection[int], on: date) -> set[int]:
    """Those with whom a tie had grown by a day."""
    ends = ties.two_way_ends(connection, people, on.isoformat())
    return {who for who, days in ends.items() if health.is_grown(map(date.fromisoformat, days))}


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


def bands(connection: ReadConnection, people: Collection[int], on: date, known: Recent) -> dict[int, Band]:
    """Contact health of each on a day, in a word."""
    lately = {who: [t for t in known.touches.get(who, ()) if t[0] <= on] for who in people}
    older = ties.newest_before(
        connection, [who for who in people if not lately[who]], (on + timedelta(days=1)).isoformat()
    )
    last = {who: date.fromisoformat(day) for who, day in older.items()}
    once = grown(connection, {who for who, day in last.items() if (on - day).days >= health.DORMANT_DAYS}, on)
    found: dict[int, Band] = {}
    for who in people:
        touched = bool(lately[who]) or who in last
        dormant = who in last and health.is_dormant(who in once, last[who], on)
        alive = _health(connection, who, on, lately[who], known) if touched and not dormant else 0.0
        found[who] = band(alive, touched=touched, dormant=dormant)
    return found


def _health(
    connection: ReadConnection, who: int, on: date, lately: Sequence[tuple[date, Depth]], known: Recent
) -> float:
    """Contact health on a day, or the part of it that makes the tie lively: more touches could only add to it."""
    touches = list(lately)
    oldest = on - timedelta(days=min(int(BAND_HALF_LIVES * known.half_life), on.toordinal() - 1))
    rows = _back(connection, who, min(on, known.since - timedelta(days=1)), oldest)
    found = health.health(touches, on, known.half_life)
    while found < LIVELY and (more := list(islice(rows, len(touches) or _FIRST_LOOK))):
        touches += more
        found = health.health(touches, on, known.half_life)
    return found


def _back(connection: ReadConnection, who: int, until: date, since: date) -> Iterator[tuple[date, Depth]]:
    for day, kind in ties.touches_back(connection, who, since.isoformat(), until.isoformat()):
        yield date.fromisoformat(day), DEPTH_OF_KIND[kind]
