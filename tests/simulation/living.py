"""A life lived by one order: each day what comes from outside, then as many touches as the day has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from life import BROKEN_DAYS, GIVEN_UP_DAYS, on
from measures import Tally

from netjournal.domain import cadence as cadences
from netjournal.domain import purpose
from netjournal.domain.replies import REPLY_FROM, REPLY_UNTIL
from netjournal.domain.score import ObjectiveFacts
from netjournal.reports.signals import SIGNAL_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from life import Life
    from measures import Beside, Told

    from netjournal.domain.words import Standing as Word


class Order(Protocol):
    """Whom to call today, the most urgent first; what it returns past the day's capacity is not looked at."""

    def __call__(self, world: World, day: int) -> Iterable[int]: ...


class Standing(NamedTuple):
    """What the journal tells of one person today; days late and ages as the score wants them."""

    lateness: float
    promise_late: int | None
    reply_age: int | None
    signals: int
    standing: Word
    #: Whether `due` lists them for their cadence: due or overdue, not planned by a promise ahead.
    is_due: bool


class World:
    """What changes: the log's facts, which the journal knows, and the truth, which it does not."""

    def __init__(self, life: Life) -> None:
        people = life.people
        self.life = life
        self.present = [p.id for p in people if p.since == 0]
        #: As the log has it: the newest touch, the due day, and the day of a message not yet answered.
        self.last = [p.last for p in people]
        self.due = [0] * len(people)
        self.asked: dict[int, int] = {}
        self.promises: dict[int, list[int]] = {}
        #: The truth: the last time both had a part in it, what was suffered since, and whether the tie is gone.
        self.shared = [p.since if p.last is None else p.last for p in people]
        self.suffered = [0.0] * len(people)
        self.lost: set[int] = set()
        #: Objectives that still need somebody, with the touches they have had and the day of the last.
        self.got = [0] * len(life.objectives)
        self.served: list[int | None] = [None] * len(life.objectives)
        self.tally = Tally()
        self._facts: dict[int, ObjectiveFacts] = {}
        self._arrivals: dict[int, list[int]] = {}
        self._outside: dict[int, list[int]] = {}
        for person in people:
            self._set_due(person.id)
            if person.since:
                self._arrivals.setdefault(person.since, []).append(person.id)
            for day in person.outside:
                self._outside.setdefault(day, []).append(person.id)
        #: On which day a promise is broken or given up, and a message has had no answer for too long.
        self._breaking: dict[int, list[tuple[int, int]]] = {}
        self._ignored: dict[int, list[int]] = {}

    def _set_due(self, person_id: int) -> None:
        person, last = self.life.people[person_id], self.last[person_id]
        first = None if person.first_due is None else on(person.first_due)
        due = cadences.due_on(person.cadence, None if last is None else on(last), first)
        self.due[person_id] = (due - on(0)).days

    # --- what the journal answers

    def standing(self, person_id: int, day: int) -> Standing:
        """How things stand with somebody, by the product's own rules."""
        person, today = self.life.people[person_id], on(day)
        due_on, by = on(self.due[person_id]), self.promises.get(person_id, ())
        late = [day - one for one in by if one <= day]
        last = self.last[person_id]
        standing = cadences.standing(
            today,
            cadence=person.cadence,
            due_on=due_on,
            last_on=None if last is None else on(last),
            paused=False,
            snoozed_until=None,
            promise_ahead=len(late) < len(by),
        )
        age = day - self.asked[person_id] if person_id in self.asked else None
        return Standing(
            cadences.lateness(today, due_on, person.cadence.every_days),
            max(late, default=None),
            age if age is not None and REPLY_FROM <= age <= REPLY_UNTIL else None,
            sum(day - SIGNAL_DAYS <= one <= day for one in person.signals if last is None or one > last),
            standing,
            standing in ("due", "overdue"),
        )

    def listed(self, day: int) -> dict[int, Standing]:
        """Everybody on the list of a morning: due, or a promise due, or a reply owed."""
        found = {}
        for person_id in self.present:
            if self.due[person_id] <= day or person_id in self.asked or person_id in self.promises:
                now = self.standing(person_id, day)
                if now.is_due or now.promise_late is not None or now.reply_age is not None:
                    found[person_id] = now
        return found

    def active(self, day: int) -> list[int]:
        """Objectives that have begun, are not over and still need a touch."""
        return [o.id for o in self.life.objectives if o.start <= day < o.end and self.got[o.id] < o.needed]

    def facts(self, day: int) -> dict[int, ObjectiveFacts]:
        """The active objectives as the score sees them."""
        found = {}
        for key in self.active(day):
            objective, served = self.life.objectives[key], self.served[key]
            by = None if objective.by is None else on(objective.by)
            touched = None if served is None else on(served)
            found[key] = ObjectiveFacts(by, purpose.is_neglected("active", touched, False, on(day)))
        return found

    # --- what happens

    def live(self, order: Order) -> tuple[Told, Beside]:
        """Live through every day by that order, and tell what came of it."""
        for day, capacity in enumerate(self.life.capacity):
            self.present += self._arrivals.get(day, ())
            for person_id in self._outside.get(day, ()):
                if person_id not in self.lost:
                    self._from_outside(person_id, day)
            self._suffer(day)
            self._break_promises(day)
            self._ignore(day)
            made = 0
            if capacity:
                for person_id in order(self, day):
                    self._touch(person_id, day)
                    made += 1
                    if made == capacity:
                        break
            self.tally.made.append(made)
        return self.tally.told(self.life, self.got)

    def _from_outside(self, person_id: int, day: int) -> None:
        person = self.life.people[person_id]
        self.last[person_id] = day
        self._set_due(person_id)
        if person.outside[day]:
            self.asked[person_id] = day
            self._ignored.setdefault(day + REPLY_UNTIL + 1, []).append(person_id)
        else:
            self.asked.pop(person_id, None)
            self._both(person_id, day)

    def _both(self, person_id: int, day: int) -> None:
        """Both have a part in it: the silence is over, and a promise may come of it."""
        self.shared[person_id] = day
        ahead = self.life.people[person_id].promises[day]
        if ahead:
            self.promises.setdefault(person_id, []).append(day + ahead)
            self._breaking.setdefault(day + ahead + BROKEN_DAYS + 1, []).append((person_id, day + ahead))

    def _touch(self, person_id: int, day: int) -> None:
        if person_id in self.lost:
            # Nobody answers any more: the call is in vain, and the person is put away.
            self.present.remove(person_id)
            self.promises.pop(person_id, None)
            self.asked.pop(person_id, None)
            return
        self.last[person_id] = day
        self._set_due(person_id)
        self.asked.pop(person_id, None)
        self.promises.pop(person_id, None)
        wanted = [key for key in self.active(day) if person_id in self.life.objectives[key].helpers]
        if wanted:
            key = min(wanted, key=lambda o: self.life.objectives[o].end)
            self.got[key] += 1
            self.served[key] = day
        self._both(person_id, day)

    def _suffer(self, day: int) -> None:
        """A tie beyond what it bears is nearer to its end each day; what the journal shows is tallied too."""
        people, tally, hazard = self.life.people, self.tally, self.life.nature.hazard
        waiting = 0
        for person_id in self.present:
            person = people[person_id]
            if day - self.shared[person_id] > person.bears and person_id not in self.lost:
                self.suffered[person_id] += hazard / person.bears
                self._end_if_too_much(person_id)
            # The journal knows nothing of a loss until a call is in vain.
            late = day - self.due[person_id]
            if late >= 0:
                waiting += 1
                every, latest = person.cadence
                tally.beyond += late > latest - every
                tally.worst = max(tally.worst, 1 + late / every)
        tally.waiting.append(waiting)

    def _end_if_too_much(self, person_id: int) -> None:
        if self.suffered[person_id] > self.life.people[person_id].patience:
            self.lost.add(person_id)
            self.tally.lost.append(person_id)

    def _break_promises(self, day: int) -> None:
        for person_id, by in self._breaking.pop(day, ()):
            open_promises = self.promises.get(person_id, ())
            if by not in open_promises:
                continue
            if day - by >= GIVEN_UP_DAYS:
                self._give_up(person_id, by)
            elif person_id not in self.lost:
                self.tally.broken += 1
                self._disappoint(person_id)
            if day - by < GIVEN_UP_DAYS:
                self._breaking.setdefault(by + GIVEN_UP_DAYS, []).append((person_id, by))

    def _ignore(self, day: int) -> None:
        """A message that nobody answered in the time after which an answer is odd."""
        for person_id in self._ignored.pop(day, ()):
            if self.asked.get(person_id) == day - REPLY_UNTIL - 1:
                del self.asked[person_id]
                if person_id not in self.lost:
                    self.tally.ignored += 1
                    self._disappoint(person_id)

    def _disappoint(self, person_id: int) -> None:
        self.suffered[person_id] += self.life.nature.blow
        self._end_if_too_much(person_id)

    def _give_up(self, person_id: int, by: int) -> None:
        self.promises[person_id].remove(by)
        if not self.promises[person_id]:
            del self.promises[person_id]
