"""A seeded generator of journals: the same size and seed give the same rows, whatever the machine.

    python tests/benchmarks/generate.py M journal.db [--cadence 0.15] [--seed 1]

Rows go in by plain `executemany`. The search index is filled by one statement a table, made from the schema's own
triggers, which are put back as they were: what comes out is a journal that the program could have written.
"""

from __future__ import annotations

import argparse
import random
import re
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import words
from netjournal.domain import kinds, names
from netjournal.store.sqlite.opener import open_for_writing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

#: The day on which every generated journal is read: a Monday.
TODAY: Final = date(2026, 11, 23)
YEARS: Final = 10
#: In one note of a thousand, and in every second note.
RARE, COMMON = "zeppelin", "project"
_AT: Final = "2026-11-22T09:00:00Z"
#: How often each kind is logged, in percent.
_KINDS: Final = {
    "coffee": 12, "meal": 5, "call": 14, "video": 10, "meeting": 8, "interview": 1, "event": 4, "intro": 2, "chat": 9,
    "email": 18, "message": 13, "letter": 1, "post": 2, "talk": 0.5, "article": 0.5,
}  # fmt: skip
_STATUSES: Final = ("active",) * 12 + ("paused",) * 3 + ("achieved",) * 3 + ("dropped",) * 2


class Size(NamedTuple):
    """How large a journal is."""

    contacts: int
    interactions: int


SIZES: Final = {"S": Size(0, 0), "M": Size(1_000, 10_000), "L": Size(10_000, 1_000_000)}


def generate(path: Path, size: Size, *, cadence: float = 0.15, seed: int = 1) -> None:
    """Make a journal in a new file; `cadence` is the share of contacts that have one."""
    connection = open_for_writing(path)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA cache_size = -500000")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        triggers = _without_triggers(connection)
        Generator(connection, size, cadence, seed).fill()
        _index(connection, triggers)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        connection.execute("COMMIT")
    finally:
        connection.close()


def _without_triggers(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Drop every trigger; return (table, statement) of each by name."""
    found = connection.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _, _ in found:
        connection.execute(f'DROP TRIGGER "{name}"')
    return {name: (table, sql) for name, table, sql in found}


def _index(connection: sqlite3.Connection, triggers: dict[str, tuple[str, str]]) -> None:
    """Do for all rows at once what each insert trigger does for one, and put the triggers back."""
    for name, (table, sql) in triggers.items():
        if name.endswith("_search_insert"):
            inserted = re.search(r"BEGIN\s+(INSERT INTO search .*?)VALUES\s*\((.*)\);\s*END$", sql, re.DOTALL)
            assert inserted, f"{name} is not the insert this generator knows how to repeat"
            connection.execute(f"{inserted[1]} SELECT {inserted[2]} FROM {table} AS new ORDER BY new.id")
        connection.execute(sql)


class Generator:
    """One journal while it is being filled."""

    def __init__(self, connection: sqlite3.Connection, size: Size, cadence: float, seed: int) -> None:
        self.connection = connection
        self.size = size
        self.cadence = cadence
        self.random = random.Random(f"{seed} {size.contacts} {size.interactions} {cadence}")
        # Notes are cut from one long stream: drawing each word anew would take most of the time.
        weights = list(accumulate(1 / (n + 3) for n in range(len(words.VOCABULARY))))
        self.stream = self.random.choices(words.VOCABULARY, cum_weights=weights, k=100_000)
        self.objectives = list(range(1, len(_STATUSES) + 1)) if size.contacts else []

    def fill(self) -> None:
        """Write every table, parents first."""
        self.connection.execute("UPDATE journal SET uid = ?", (self._uid(),))
        if not self.size.contacts:
            return
        self._organizations()
        self._contacts()
        self._contact_details()
        self._objectives()
        self._groups()
        self._interactions()
        self._followups()
        self._opportunities()
        self._signals()

    def _uid(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _day(self, oldest: int, newest: int = 0) -> str:
        """A day between so many days ago, both included; negative is ahead."""
        return (TODAY - timedelta(days=self.random.randint(newest, oldest))).isoformat()

    def _text(self, fewest: int, most: int) -> str:
        count = self.random.randint(fewest, most)
        start = self.random.randrange(len(self.stream) - most)
        return " ".join(self.stream[start : start + count])

    def _write(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        marks = ", ".join("?" * len(columns.split()))
        self.connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns.split())}) VALUES ({marks})",
            rows,
        )

    def _some(self, ids: Iterable[int], share: float) -> list[int]:
        return [i for i in ids if self.random.random() < share]

    @property
    def people(self) -> range:
        """The ids of all contacts."""
        return range(1, self.size.contacts + 1)

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
            rows.append((identity, self._uid(), name + form, names.fold_organization(name + form), _AT))
        self.organization_count = len(rows)
        self._write("organization", "id uid name name_key changed_at", rows)

    def _contacts(self) -> None:
        handles: set[str] = set()
        circles = [row[0] for row in self.connection.execute("SELECT id FROM circle ORDER BY id")]
        rows = []
        self.tracked: list[int] = []
        for identity in self.people:
            given, family = self.random.choice(words.NAMES)
            name = f"{self.random.choice(given)} {self.random.choice(family)}"
            handle = names.free_slug(names.slug(name) or f"contact-{identity}", handles)
            handles.add(handle)
            circle = every = latest = first = told = snoozed = None
            paused = 0
            if self._chance(self.cadence):
                self.tracked.append(identity)
                if self._chance(0.8):
                    circle = self.random.choices(circles, (10, 40, 35, 15))[0]
                else:
                    every = self.random.choice((14, 30, 45, 90, 120))
                    latest = 2 * every if self._chance(0.3) else None
                first = self._day(400, -60)
                told = self._day(300) if self._chance(0.05) else None
                snoozed = self._day(-1, -60) if self._chance(0.02) else None
                paused = int(self._chance(0.01))
            rows.append(
                (
                    identity, self._uid(), handle, name, names.fold(name),
                    self.random.choice(words.PLACES) if self._chance(0.6) else None,
                    self._birthday() if self._chance(0.1) else None,
                    self._text(3, 12) if self._chance(0.3) else None,
                    self.random.randrange(1, identity) if identity > 1 and self._chance(0.05) else None,
                    self._text(5, 40) if self._chance(0.2) else None,
                    circle, every, latest, first, told, snoozed, paused,
                    int(circle is None and every is None and self._chance(0.02)),
                    self._day(3650) if self._chance(0.6) else None,
                    self._day(300) if self._chance(0.02) else None,
                    self._day(3650), _AT,
                )
            )  # fmt: skip
        self._write(
            "contact",
            "id uid handle name name_key location birthday met introduced_by_id note circle_id every_days latest_days "
            "first_due_on told_last_on snoozed_until paused never connected_on archived_on added_on changed_at",
            rows,
        )

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
                roles.append((contact, organization, self.random.choice(words.TITLES), None if until else former, until))
        self._write("affiliation", "contact_id organization_id title since until", roles)
        methods = [(c, "email", f"person{c}@example.com", f"person{c}@example.com", 0) for c in self._some(people, 0.4)]
        methods += [(c, "url", f"https://www.linkedin.com/in/p{c}", f"linkedin/p{c}", 1) for c in self._some(people, 0.6)]
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
        for identity, status in zip(self.objectives, _STATUSES, strict=True):
            title = f"{self.random.choice(words.GOALS)} {identity}"
            client = self.random.choice(self.people) if identity % 5 == 0 else None
            due = self._day(-10, -400) if self._chance(0.6) else None
            closed = self._day(300) if status in ("achieved", "dropped") else None
            rows.append(
                (identity, self._uid(), names.slug(title), title, self._text(8, 30), self._text(4, 12), None, due, client,
                 status, None, self._day(3000, 200), closed, _AT)
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
        links = [(c, o) for c in self._some(self.people, 0.1) for o in self.random.sample(self.objectives, self._one(0.8))]
        self._write("contact_objective", "contact_id objective_id", links)

    def _one(self, share: float) -> int:
        return 1 if self._chance(share) else 2

    def _groups(self) -> None:
        size = min(12, self.size.contacts)
        self._write(
            "contact_group",
            "id uid name name_key changed_at",
            [(n, self._uid(), f"Group {n}", f"group {n}", _AT) for n in range(1, 6)],
        )
        members = ((n, c) for n in range(1, 6) for c in self.random.sample(self.people, size))
        self._write("group_member", "group_id contact_id", members)

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
            touches = [(c, row[0], row[2], row[5]) for row, people in piece for c in people]
            self._write("touch", "contact_id interaction_id on_day exposure", touches)
            notes = [(c, i, self._text(5, 30)) for c, i, _, _ in touches if self._chance(0.02)]
            self._write("touch_note", "contact_id interaction_id note", notes)
            stated = self._some([row[0] for row, _ in piece if not row[11]], 0.25)
            support = [(i, o) for i in stated for o in self.random.sample(self.objectives, self._one(0.9))]
            self._write("support", "interaction_id objective_id", support)
            about = self._some((row[0] for row, _ in piece), 0.3)
            self._write("interaction_topic", "interaction_id topic", [(i, self.random.choice(words.TOPICS)) for i in about])
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
                    "mbox" if depth == "message" and chance() < 0.5 else "log", _AT,
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
                    self._day(3650, 60), None if is_open else day, _AT,
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
                "relationship", self._day(2000, 100), self._day(90) if n % len(stages) > 4 else None, _AT,
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
            (self._uid(), c, "job", f"new role: {self.random.choice(words.TITLES)}", self._day(90), "linkedin", _AT)
            for c in moved
        ]
        self._write("signal", "uid contact_id kind text on_day source changed_at", rows)


def linkedin(path: Path, connections: int, seed: int = 1) -> None:
    """Write a LinkedIn `Connections.csv` of so many people."""
    chance = random.Random(f"linkedin {seed} {connections}")
    lines = ["Notes:", '"Some e-mail addresses are missing."', ""]
    lines.append("First Name,Last Name,URL,Email Address,Company,Position,Connected On")
    for n in range(connections):
        given, family = chance.choice(words.NAMES)
        day = (TODAY - timedelta(days=chance.randrange(3650))).strftime("%d %b %Y")
        firm = f"{chance.choice(words.ORG_FIRST)} {chance.choice(words.ORG_SECOND)}"
        mail = f"c{n}@example.com" if chance.random() < 0.1 else ""
        url = f"https://www.linkedin.com/in/c{n}"
        title = chance.choice(words.TITLES)
        lines.append(f"{chance.choice(given)},{chance.choice(family)},{url},{mail},{firm},{title},{day}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Make one journal from the command line."""
    parser = argparse.ArgumentParser(description="Make a seeded journal.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("path", type=Path)
    parser.add_argument("--cadence", type=float, default=0.15, help="share of contacts with a cadence")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.path, SIZES[given.size], cadence=given.cadence, seed=given.seed)


if __name__ == "__main__":
    main()
