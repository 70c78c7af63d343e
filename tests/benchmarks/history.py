"""The history of a generated journal: ten years of interactions, and the promises and chances that came of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, Final

import words
from drawing import AT, TODAY
from people import People

from netjournal.domain import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

YEARS: Final = 10
#: In one note of a thousand, and in every second note.
RARE, COMMON = "zeppelin", "project"
#: How often each kind is logged, in percent.
_KINDS: Final = {
    "coffee": 12, "meal": 5, "call": 14, "video": 10, "meeting": 8, "interview": 1, "event": 4, "intro": 2, "chat": 9,
    "email": 18, "message": 13, "letter": 1, "post": 2, "talk": 0.5, "article": 0.5,
}  # fmt: skip


class History(People):
    """What happened with the people."""

    def add_history(self) -> None:
        """Write interactions, promises, opportunities and signals."""
        self._interactions()
        self._followups()
        self._opportunities()
        self._signals()

    def _interactions(self) -> None:
        """Write the log in the order of its days, as years of logging leave it, a piece at a time."""
        # Some people are seen a hundred times as often as others, those with a cadence more often than the rest.
        chosen = set(self.tracked)
        pull = [self.random.paretovariate(1.2) * (2 if c in chosen else 1) for c in self.people]
        self.pull = list(accumulate(min(p, 60.0) for p in pull))
        span = 365 * YEARS
        days = sorted(int(span * self.random.random() ** 0.7) for _ in range(self.size.interactions))
        made = self._made(TODAY - timedelta(days=span), days)
        while piece := list(islice(made, 20_000)):
            self._write(
                "interaction",
                "id uid on_day kind direction exposure summary note minutes gave got none_on_purpose no_reply source "
                "changed_at",
                [row for row, _ in piece],
            )
            touches = [(c, row[0], row[2], row[5], row[3], row[4]) for row, people in piece for c in people]
            self._write("touch", "contact_id interaction_id on_day exposure kind direction", touches)
            notes = [(c, i, self._text(5, 30)) for c, i, *_ in touches if self._chance(0.02)]
            self._write("touch_note", "contact_id interaction_id note", notes)
            # Of every third note a topic; drawn by number, so that all that is drawn after stays what it was.
            about_one = [(i, c, words.TOPICS[i % len(words.TOPICS)]) for c, i, _ in notes[::3]]
            self._write("touch_topic", "interaction_id contact_id topic", about_one)
            stated = self._some([row[0] for row, _ in piece if not row[11]], 0.25)
            support = [(i, o) for i in stated for o in self.random.sample(self.objectives, self._one(0.9))]
            self._write("support", "interaction_id objective_id", support)
            about = self._some((row[0] for row, _ in piece), 0.3)
            self._write(
                "interaction_topic", "interaction_id topic", [(i, self.random.choice(words.TOPICS)) for i in about]
            )
            intros = [(row[0], people[0], people[1]) for row, people in piece if row[3] == "intro" and len(people) > 1]
            self._write("introduction", "interaction_id contact_id to_contact_id", intros)

    def _made(self, first: date, days: Iterable[int]) -> Iterator[tuple[tuple[Any, ...], list[int]]]:
        choice, chance = self.random.choices, self.random.random
        kind_names, weights = list(_KINDS), list(accumulate(_KINDS.values()))
        people = list(self.people)
        spelled = [(first + timedelta(days=n)).isoformat() for n in range(365 * YEARS + 1)]
        for identity, day in enumerate(days, start=1):
            kind = choice(kind_names, cum_weights=weights)[0]
            depth = kinds.DEPTH_OF_KIND[kind]
            direction: str = kinds.default_direction(kind)
            if depth == "message" and chance() < 0.45:
                direction = "in"
            reached: list[int] = []
            if depth != "broadcast":
                draw = chance()
                count = 1 if draw < 0.85 else 2 if draw < 0.97 else 4 if draw < 0.995 else 8
                reached = sorted(set(choice(people, cum_weights=self.pull, k=count)))
            exposure = depth == "broadcast" or (depth == "message" and direction == "out" and len(reached) > 5)
            note = self._text(5, 60)
            if chance() < 0.5:
                note = f"{note} {COMMON}"
            if chance() < 0.001:
                note = f"{RARE} {note}"
            yield (
                (
                    identity, self._uid(), spelled[day], kind, direction, int(exposure),
                    self._text(3, 8) if chance() < 0.9 else None, note, 30 if depth == "conversation" else None,
                    self._text(2, 6) if chance() < 0.1 else None, self._text(2, 6) if chance() < 0.1 else None,
                    int(chance() < 0.03), int(direction == "in" and chance() < 0.2),
                    "mbox" if depth == "message" and chance() < 0.5 else "log", AT,
                ),
                reached,
            )  # fmt: skip

    def _followups(self) -> None:
        """One promise to a hundred interactions; those still open grow with the people, not with the log."""
        total = self.size.interactions // 100 + 20
        still_open = 30 + self.size.contacts // 100
        rows = []
        for n in range(total):
            is_open = n < still_open
            day = self._day(20, -40) if is_open else self._day(3600, 5)
            rows.append(
                (
                    self._uid(), self._text(3, 9), "me" if self._chance(0.7) else "them", day,
                    self.random.choices(self.people, cum_weights=self.pull)[0] if self._chance(0.9) else None,
                    self.random.choice(self.objectives) if self._chance(0.4) else None,
                    self.random.randint(1, self.size.interactions) if self._chance(0.8) else None,
                    "open" if is_open else "done" if self._chance(0.9) else "dropped",
                    self._day(3650, 60), None if is_open else day, AT,
                )
            )  # fmt: skip
        self._write(
            "followup",
            "uid text owner by_day contact_id objective_id interaction_id status opened_on closed_on changed_at",
            rows,
        )

    def _opportunities(self) -> None:
        stages = ("lead", "talking", "applied", "interview", "offer", "won", "lost", "declined", "lapsed")
        rows = [
            (
                n, self._uid(), f"{self.random.choice(words.TITLES)} {n}", self.random.randint(1, self.organization_count),
                self.random.choice(self.people), self.random.choice(self.objectives), "in", stages[n % len(stages)],
                "relationship", self._day(2000, 100), self._day(90) if n % len(stages) > 4 else None, AT,
            )
            for n in range(1, 41)
        ]  # fmt: skip
        self._write(
            "opportunity",
            "id uid title organization_id through_id objective_id direction stage origin opened_on closed_on changed_at",
            rows,
        )
        links = ((n, i) for n in range(1, 41) for i in self.random.sample(range(1, self.size.interactions + 1), 3))
        self._write("opportunity_interaction", "opportunity_id interaction_id", links)

    def _signals(self) -> None:
        moved = self._some(self.people, 0.005)
        rows = [
            (self._uid(), c, "job", f"new role: {self.random.choice(words.TITLES)}", self._day(90), "linkedin", AT)
            for c in moved
        ]
        self._write("signal", "uid contact_id kind text on_day source changed_at", rows)
