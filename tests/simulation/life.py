"""A made-up networking life: people, what comes from outside, promises, objectives, and the hours one has.

Everything that an order of calls cannot change is drawn here, once, from streams keyed by the life's number and the
person, so that every order lives through the same days. Days are whole numbers from 0; those before are negative.
What each range is taken from is told in docs/explanation/ranking.md.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import gamma
from random import Random
from typing import Final, NamedTuple

from netjournal.domain import cadence as cadences
from netjournal.domain.cadence import Cadence

#: Eighteen months, as long as the panels of Roberts & Dunbar and of Saramäki et al. ran.
DAYS: Final = 540
START: Final = date(2026, 1, 1)
_BEFORE: Final = 800
_DATES: Final = tuple(START + timedelta(days=n - _BEFORE) for n in range(_BEFORE + 2 * DAYS))

#: Days wished between touches, by circle: those of a new journal.
EVERY: Final = dict(cadences.STARTING_CIRCLES)
#: People in each circle for one life of size 1: the layers of 5, 15, 50 and 150, told apart.
LAYERS: Final = {"inner": 5, "active": 10, "outer": 35, "yearly": 100}

#: Days after which a promise not kept is a broken one, and after which it is given up.
BROKEN_DAYS: Final = 7
GIVEN_UP_DAYS: Final = 30
#: An objective without a target day is over after so many.
OPEN_END_DAYS: Final = 180


def on(day: int) -> date:
    """The calendar day of a day of the life."""
    return _DATES[day + _BEFORE]


class Ranges(NamedTuple):
    """The least and the most of everything that differs from life to life, drawn evenly in between."""

    #: Of the layers' sizes.
    size: tuple[float, float] = (0.3, 0.8)
    #: Touches one can make, to those that all cadences ask for.
    capacity: tuple[float, float] = (0.5, 1.2)
    #: Share of days on which one does any.
    active: tuple[float, float] = (0.4, 0.9)
    #: Mean days between what comes from outside, in cadences.
    outside_gap: tuple[float, float] = (1.5, 6.0)
    #: Shape of the Weibull law of those gaps: the smaller, the burstier; 1 is no burst at all.
    burstiness: tuple[float, float] = (0.4, 1.0)
    #: Share of it that is a message, which wants an answer; the rest are meetings.
    messages: tuple[float, float] = (0.3, 0.7)
    #: How fast a starved tie is lost, per latest limit spent beyond what the other can bear.
    hazard: tuple[float, float] = (0.5, 3.0)
    #: Spread (sigma of a lognormal) of what the other can bear around the latest limit.
    misjudged: tuple[float, float] = (0.0, 0.4)
    #: What a broken promise, or a message never answered, adds to what a tie has suffered.
    blow: tuple[float, float] = (0.0, 0.3)
    #: Chance that a touch or a meeting ends in a promise of mine.
    promise: tuple[float, float] = (0.05, 0.3)
    objectives: tuple[float, float] = (2, 6)
    #: People who can help with one.
    helpers: tuple[float, float] = (2, 6)
    #: Touches with them that it needs.
    needed: tuple[float, float] = (2, 5)
    #: Signals (birthdays, new jobs) a person and year.
    signals: tuple[float, float] = (1.0, 2.0)
    #: People met in one evening, and people imported at once.
    party: tuple[float, float] = (10, 30)
    imported: tuple[float, float] = (0, 40)
    #: Days away in a year, in two journeys.
    away: tuple[float, float] = (10, 30)


class Nature(NamedTuple):
    """One life's draw from the ranges."""

    size: float
    capacity: float
    active: float
    outside_gap: float
    burstiness: float
    messages: float
    hazard: float
    misjudged: float
    blow: float
    promise: float
    objectives: float
    helpers: float
    needed: float
    signals: float
    party: float
    imported: float
    away: float


class Person(NamedTuple):
    """Somebody, with all that will come from them; `last` is None for one who was imported."""

    id: int
    name: str
    circle: str
    cadence: Cadence
    #: The day they came into the journal, and the newest touch on that day.
    since: int
    last: int | None
    #: The first day due of one without a touch.
    first_due: int | None
    #: Days of silence that they bear, and what has to be suffered beyond it until the tie is lost.
    bears: int
    patience: float
    #: What comes from outside: by day, whether it is a message (else a meeting).
    outside: dict[int, bool]
    #: For each day, in how many days a promise made on it is due; 0 is none.
    promises: tuple[int, ...]
    signals: tuple[int, ...]


class Objective(NamedTuple):
    """Something wanted: from a day to a day, with the touches it needs of the people who can help."""

    id: int
    start: int
    by: int | None
    helpers: frozenset[int]
    needed: int

    @property
    def end(self) -> int:
        """The day on which it is reached or not."""
        return self.start + OPEN_END_DAYS if self.by is None else self.by


class Life(NamedTuple):
    """Everything that is the same whatever the order."""

    number: int
    nature: Nature
    people: tuple[Person, ...]
    objectives: tuple[Objective, ...]
    #: Touches that can be made on each day.
    capacity: tuple[int, ...]


RANGES: Final = Ranges()


def life(number: int, ranges: Ranges = RANGES, days: int = DAYS) -> Life:
    """The life of that number: the same number is the same life, for ever."""
    draw = Random(f"{number}/nature")
    nature = Nature(*(low + (high - low) * draw.random() for low, high in ranges))
    people = _people(number, nature, days)
    return Life(
        number, nature, people, _objectives(number, nature, people, days), _capacity(number, nature, people, days)
    )


def _people(number: int, nature: Nature, days: int) -> tuple[Person, ...]:
    draw = Random(f"{number}/people")
    known = [circle for circle, count in LAYERS.items() for _ in range(round(count * nature.size))]
    met = draw.choices(("active", "outer"), (3, 7), k=round(nature.party))
    imported = draw.choices(("outer", "yearly"), (1, 1), k=round(nature.imported))
    evening, import_day = draw.randint(days // 9, days // 2), draw.randint(days // 9, days // 2)
    # In a journal names say nothing of circles; nor may an id, which breaks ties of names.
    rest = [(circle, 0, False) for circle in known] + [(circle, evening, False) for circle in met]
    rest += [(circle, import_day, True) for circle in imported]
    draw.shuffle(rest)
    queue = dict.fromkeys(EVERY, 0)
    found = []
    for place, (circle, since, is_imported) in enumerate(rest):
        one = Random(f"{number}/person/{place}")
        every = EVERY[circle]
        cadence = cadences.effective(None, None, every, None)
        assert cadence is not None
        last: int | None = since
        first_due = None
        if since == 0:
            last = -one.randint(0, every)
        elif is_imported:
            # One `keep` for all of a circle: the first days are spread as the product spreads them.
            of_circle = imported.count(circle)
            first_due = since + (cadences.spread(START, every, of_circle)[queue[circle] % of_circle] - START).days
            queue[circle] += 1
            last = None
        bears = max(1, round(cadence.latest_days * one.lognormvariate(0.0, nature.misjudged)))
        outside = _outside(one, nature, every, since, days)
        promises = tuple(one.randint(3, 21) if one.random() < nature.promise else 0 for _ in range(days))
        signals = _arrivals(one, 1.0, 365 / nature.signals, since, days)
        name = f"{one.randrange(10**6):06}"
        patience = one.expovariate(1.0)
        found.append(
            Person(place, name, circle, cadence, since, last, first_due, bears, patience, outside, promises, signals)
        )
    return tuple(found)


def _arrivals(draw: Random, shape: float, mean: float, since: int, days: int) -> tuple[int, ...]:
    """Days of a renewal process whose gaps follow a Weibull law of that shape and mean, begun long before."""
    scale = mean / _gamma_mean(shape)
    at = since - mean * 2 * draw.random()
    found = []
    while at < days:
        if at > since:
            found.append(int(at))
        at += draw.weibullvariate(scale, shape)
    return tuple(dict.fromkeys(found))


def _gamma_mean(shape: float) -> float:
    """The mean of a Weibull law of scale 1: Γ(1 + 1/shape)."""
    return gamma(1 + 1 / shape)


def _outside(draw: Random, nature: Nature, every: int, since: int, days: int) -> dict[int, bool]:
    arrivals = _arrivals(draw, nature.burstiness, every * nature.outside_gap, since, days)
    return {day: draw.random() < nature.messages for day in arrivals if day < days}


def _objectives(number: int, nature: Nature, people: tuple[Person, ...], days: int) -> tuple[Objective, ...]:
    draw = Random(f"{number}/objectives")
    # Help comes from weaker ties more often than from the closest ones.
    weights = [1 if person.circle == "inner" else 3 for person in people]
    found = []
    for place in range(round(nature.objectives)):
        start = draw.randrange(days * 2 // 3)
        by = start + draw.randint(60, 180) if draw.random() < 0.7 else None
        there = [w if p.since <= start else 0 for p, w in zip(people, weights, strict=True)]
        helpers = frozenset(draw.choices(range(len(people)), there, k=round(nature.helpers)))
        found.append(Objective(place, start, by, helpers, round(nature.needed)))
    return tuple(found)


def _capacity(number: int, nature: Nature, people: tuple[Person, ...], days: int) -> tuple[int, ...]:
    """Touches a day: none on most, more on some, none while away."""
    draw = Random(f"{number}/capacity")
    asked = sum((days - person.since) / days / person.cadence.every_days for person in people)
    mean = nature.capacity * asked / nature.active
    away: set[int] = set()
    for _ in range(round(2 * days / 365)):
        first = draw.randrange(days)
        away.update(range(first, first + round(nature.away / 2)))
    found = []
    for day in range(days):
        # A gamma of mean 1, rounded up or down by chance: the mean is kept, the days differ.
        can = int(mean * draw.gammavariate(2.0, 0.5) + draw.random()) if draw.random() < nature.active else 0
        found.append(0 if day in away else can)
    return tuple(found)
