"""The people of a generated journal: organizations, contacts, objectives and groups."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import words
from drawing import AT, STATUSES, Drawer

from netjournal.domain import names


class People(Drawer):
    """All that is not history."""

    tracked: list[int]
    organization_count: int

    def add_people(self) -> None:
        """Write organizations, contacts with their details, objectives with their links, and groups."""
        self._organizations()
        self._contacts()
        self._contact_details()
        self._objectives()
        self._groups()

    def _organizations(self) -> None:
        taken: set[str] = set()
        rows = []
        for identity in range(1, max(self.size.contacts // 5, 5) + 1):
            name = f"{self.random.choice(words.ORG_FIRST)} {self.random.choice(words.ORG_SECOND)}"
            form = f" {self.random.choice(words.ORG_FORMS)}" if self._chance(0.4) else ""
            key = names.fold_organization(name)
            if key in taken:
                name = f"{name} {identity}"
                key = names.fold_organization(name)
            taken.add(key)
            rows.append((identity, self._uid(), name + form, names.fold_organization(name + form), AT))
        self.organization_count = len(rows)
        self._write("organization", "id uid name name_key changed_at", rows)

    def _contacts(self) -> None:
        handles: set[str] = set()
        circles = [row[0] for row in self.connection.execute("SELECT id FROM circle ORDER BY id")]
        rows = []
        self.tracked = []
        for identity in self.people:
            given, family = self.random.choice(words.NAMES)
            name = f"{self.random.choice(given)} {self.random.choice(family)}"
            handle = names.free_slug(names.slug(name) or f"contact-{identity}", handles)
            handles.add(handle)
            clock = self._clock(identity, circles) if self._chance(self.cadence) else (None,) * 6 + (0,)
            is_untracked = clock[:2] == (None, None)
            rows.append(
                (
                    identity, self._uid(), handle, name, names.fold(name),
                    self.random.choice(words.PLACES) if self._chance(0.6) else None,
                    self._birthday() if self._chance(0.1) else None,
                    self._text(3, 12) if self._chance(0.3) else None,
                    self.random.randrange(1, identity) if identity > 1 and self._chance(0.05) else None,
                    self._text(5, 40) if self._chance(0.2) else None,
                    *clock,
                    int(is_untracked and self._chance(0.02)),
                    self._day(3650) if self._chance(0.6) else None,
                    self._day(300) if self._chance(0.02) else None,
                    self._day(3650), AT,
                )
            )  # fmt: skip
        self._write(
            "contact",
            "id uid handle name name_key location birthday met introduced_by_id note circle_id every_days latest_days "
            "first_due_on told_last_on snoozed_until paused never connected_on archived_on added_on changed_at",
            rows,
        )

    def _clock(self, identity: int, circles: list[int]) -> tuple[Any, ...]:
        """Of somebody with a cadence: circle, every, latest, first due day, told last day, snooze, pause."""
        self.tracked.append(identity)
        circle = every = latest = None
        if self._chance(0.8):
            circle = self.random.choices(circles, (10, 40, 35, 15))[0]
        else:
            every = self.random.choice((14, 30, 45, 90, 120))
            latest = 2 * every if self._chance(0.3) else None
        first = self._day(400, -60)
        told = self._day(300) if self._chance(0.05) else None
        snoozed = self._day(-1, -60) if self._chance(0.02) else None
        return circle, every, latest, first, told, snoozed, int(self._chance(0.01))

    def _birthday(self) -> str:
        born = date(self.random.randint(1950, 2003), 1, 1) + timedelta(days=self.random.randrange(365))
        return born.isoformat() if self._chance(0.6) else f"-{born.isoformat()[4:]}"

    def _contact_details(self) -> None:
        people = self.people
        roles: list[tuple[Any, ...]] = []
        for contact in self._some(people, 0.85):
            former = self._day(3650, 400) if self._chance(0.25) else None
            for until in (former, None) if former else (None,):
                # A few large employers, and many small ones.
                organization = 1 + int(self.organization_count * self.random.random() ** 3)
                roles.append(
                    (contact, organization, self.random.choice(words.TITLES), None if until else former, until)
                )
        self._write("affiliation", "contact_id organization_id title since until", roles)
        methods = [(c, "email", f"person{c}@example.com", f"person{c}@example.com", 0) for c in self._some(people, 0.4)]
        methods += [
            (c, "url", f"https://www.linkedin.com/in/p{c}", f"linkedin/p{c}", 1) for c in self._some(people, 0.6)
        ]
        methods += [(c, "phone", f"+1 555 {c:07}", f"+1555{c:07}", 2) for c in self._some(people, 0.15)]
        self._write("contact_method", "contact_id kind value value_key position", methods)
        sources = [("linkedin", f"in/p{c}", c) for c in self._some(people, 0.6)]
        self._write("contact_source", "source external_id contact_id", sources)
        aliases = [(c, f"Nick {c}", f"nick {c}") for c in self._some(people, 0.05)]
        self._write("contact_alias", "contact_id alias alias_key", aliases)
        topics = ((c, t) for c in self._some(people, 0.3) for t in self.random.sample(words.TOPICS, 2))
        self._write("contact_topic", "contact_id topic", topics)

    def _objectives(self) -> None:
        rows = []
        for identity, status in zip(self.objectives, STATUSES, strict=True):
            title = f"{self.random.choice(words.GOALS)} {identity}"
            client = self.random.choice(self.people) if identity % 5 == 0 else None
            due = self._day(-10, -400) if self._chance(0.6) else None
            closed = self._day(300) if status in ("achieved", "dropped") else None
            rows.append(
                (identity, self._uid(), names.slug(title), title, self._text(8, 30), self._text(4, 12), None, due, client,
                 status, None, self._day(3000, 200), closed, AT)
            )  # fmt: skip
        self._write(
            "objective",
            "id uid key title why looking_for done_when by_day client_id status outcome opened_on closed_on changed_at",
            rows,
        )
        asks = ((o, self._text(4, 15), n) for o in self.objectives for n in range(2))
        self._write("objective_ask", "objective_id ask position", asks)
        topics = ((o, t) for o in self.objectives for t in self.random.sample(words.TOPICS, 3))
        self._write("objective_topic", "objective_id topic", topics)
        firms = range(1, self.organization_count + 1)
        self._write(
            "objective_organization",
            "objective_id organization_id",
            ((o, g) for o in self.objectives for g in self.random.sample(firms, min(4, len(firms)))),
        )
        links = [
            (c, o) for c in self._some(self.people, 0.1) for o in self.random.sample(self.objectives, self._one(0.8))
        ]
        self._write("contact_objective", "contact_id objective_id", links)

    def _one(self, share: float) -> int:
        return 1 if self._chance(share) else 2

    def _groups(self) -> None:
        size = min(12, self.size.contacts)
        self._write(
            "contact_group",
            "id uid name name_key changed_at",
            [(n, self._uid(), f"Group {n}", f"group {n}", AT) for n in range(1, 6)],
        )
        members = ((n, c) for n in range(1, 6) for c in self.random.sample(self.people, size))
        self._write("group_member", "group_id contact_id", members)
