"""How much one does in a day, how much all cadences ask for, and the fewest changes that bring the two together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: The days before today that show what one really does: eight weeks.
LOOK_BACK_DAYS: Final = 56
#: A cadence is never stretched to more than this many times itself: that would be another relationship.
MOST_STRETCH: Final = 2
_SLACK: Final = 1e-9


class Pledge(NamedTuple):
    """So many contacts with one cadence in days: all of a circle that have none of their own, or one who has."""

    who: str
    every_days: int
    people: int = 1
    is_circle: bool = False

    @property
    def a_day(self) -> float:
        """Touches a day that it asks for."""
        return self.people / self.every_days


class Stretch(NamedTuple):
    """A longer cadence, in days, for what was pledged."""

    pledge: Pledge
    every_days: int


def usual(counts: Iterable[int], most: int) -> int:
    """How many one reaches on an active day: the median of the days' counts, halves rounded up, from 1 to `most`.

    The median, so that one evening among twenty people does not say that every day could hold twenty.
    """
    ordered = sorted(counts)
    if not ordered:
        return 1
    middle = len(ordered) // 2
    return max(1, min(most, (ordered[middle] + ordered[~middle] + 1) // 2))


def asked_a_day(pledges: Iterable[Pledge]) -> float:
    """Touches a day that all cadences ask for together: the sum of 1/every over everyone."""
    return sum(pledge.a_day for pledge in pledges)


def stretches(pledges: Sequence[Pledge], room: float) -> tuple[Stretch, ...]:
    """The fewest longer cadences with which all fit into a room, in touches a day; none where they do.

    None as well where twice as long is not enough.

    Those that ask for most are changed, as few as can be, and all of them by one factor, so that each changes little.
    """
    excess = asked_a_day(pledges) - room
    if excess <= _SLACK:
        return ()
    relief = 0.0
    chosen: list[Pledge] = []
    for pledge in sorted(pledges, key=lambda p: (-p.a_day, p.every_days, p.who)):
        chosen.append(pledge)
        relief += pledge.a_day
        if relief * (1 - 1 / MOST_STRETCH) >= excess:
            factor = relief / (relief - excess)
            return tuple(Stretch(p, _longer(p.every_days, factor)) for p in chosen)
    return ()


def _longer(every_days: int, factor: float) -> int:
    """A cadence so many times as long, rounded up to whole weeks or months where it is told in them."""
    unit = 7 if every_days % 7 == 0 else 30 if every_days >= 60 else 1
    units = -(-(every_days * factor - _SLACK) // unit)
    return min(max(int(units) * unit, every_days + 1), every_days * MOST_STRETCH)
