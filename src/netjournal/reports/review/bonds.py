"""What the ties with some contacts were on a day: their health in a word, and whether they have grown.

A tie is with a person: every touch counts, whatever it was for.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.domain import health
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.review import BAND_DAYS, LIVELY, band
from netjournal.store.queries import review as queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from netjournal.domain.review import Band
    from netjournal.domain.words import Depth
    from netjournal.store.connection import ReadConnection

#: Touches looked at before asking whether they are enough; then twice as many.
_FIRST_LOOK: Final = 4


def grown(connection: ReadConnection, people: Collection[int], on: date) -> set[int]:
    """Those with whom a tie had grown by a day."""
    ends = queries.two_way_ends(connection, people, on.isoformat())
    return {who for who, days in ends.items() if health.is_grown(map(date.fromisoformat, days))}


def bands(connection: ReadConnection, people: Collection[int], on: date) -> dict[int, Band]:
    """Contact health of each on a day, in a word."""
    last = queries.newest_before(connection, people, (on + timedelta(days=1)).isoformat())
    silent = {w for w, day in last.items() if (on - date.fromisoformat(day)).days >= health.DORMANT_DAYS}
    once = grown(connection, silent, on)
    found: dict[int, Band] = {}
    for who in people:
        if who not in last:
            found[who] = band(0.0, touched=False, dormant=False)
        else:
            dormant = health.is_dormant(who in once, date.fromisoformat(last[who]), on)
            found[who] = band(0.0 if dormant else _health(connection, who, on), touched=True, dormant=dormant)
    return found


def _health(connection: ReadConnection, who: int, on: date) -> float:
    """Contact health on a day, or the part of it that makes the tie lively: more touches could only add to it."""
    rows = _back(connection, who, on)
    touches: list[tuple[date, Depth]] = []
    while more := list(islice(rows, len(touches) or _FIRST_LOOK)):
        touches += more
        found = health.health(touches, on)
        if found >= LIVELY:
            return found
    return health.health(touches, on)


def _back(connection: ReadConnection, who: int, on: date) -> Iterator[tuple[date, Depth]]:
    since = (on - timedelta(days=BAND_DAYS)).isoformat()
    for day, kind in queries.touches_back(connection, who, since, on.isoformat()):
        yield date.fromisoformat(day), DEPTH_OF_KIND[kind]
