"""What every part of a generated journal draws from: chance, days, texts, and the way into a table."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

#: The day on which every generated journal is read: a Monday.
TODAY: Final = date(2026, 11, 23)
AT: Final = "2026-11-22T09:00:00Z"
#: What an export holds: parents before their children.
TABLES: Final = (
    "circle organization organization_alias contact contact_alias contact_method contact_topic contact_source contact_card "
    "affiliation contact_group group_member objective contact_objective objective_ask objective_topic objective_organization "
    "interaction touch touch_note touch_topic support interaction_topic interaction_source introduction followup opportunity "
    "opportunity_interaction signal"
)
#: Of the objectives, in order.
STATUSES: Final = ("active",) * 12 + ("paused",) * 3 + ("achieved",) * 3 + ("dropped",) * 2


class Size(NamedTuple):
    """How large a journal is."""

    contacts: int
    interactions: int


class Drawer:
    """Chance and a connection: what one part of a journal is made with."""

    def __init__(self, connection: sqlite3.Connection, size: Size, cadence: float, seed: int) -> None:
        self.connection = connection
        self.size = size
        self.cadence = cadence
        self.random = random.Random(f"{seed} {size.contacts} {size.interactions} {cadence}")
        # Notes are cut from one long stream: drawing each word anew would take most of the time.
        weights = list(accumulate(1 / (n + 3) for n in range(len(words.VOCABULARY))))
        self.stream = self.random.choices(words.VOCABULARY, cum_weights=weights, k=100_000)
        self.objectives = list(range(1, len(STATUSES) + 1)) if size.contacts else []

    def begin(self) -> None:
        """Give the journal a uid that the seed decides."""
        self.connection.execute("UPDATE journal SET uid = ?", (self._uid(),))

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
