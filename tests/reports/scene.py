"""A journal with a story, told by commands, and what `due` says of it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hasty import new_journal
from kept import place
from netjournal import store
from netjournal.domain.dates import read_days
from netjournal.journal.contacts import add_contact
from netjournal.journal.log import log
from netjournal.journal.people import ContactWords
from netjournal.journal.words import LogWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from conftest import Netj, Result
    from netjournal.store.unit_of_work import UnitOfWork

#: The pinned day of the tests, a Monday.
TODAY = date(2026, 11, 23)
NOW = "2026-11-23T10:00:00Z"


def day(ago: int) -> str:
    """The ISO day so many days before today."""
    return (TODAY - timedelta(days=ago)).isoformat()


class Scene:
    """Commands on one journal; every step must succeed."""

    def __init__(self, netj: Netj, environment: dict[str, str]) -> None:
        self._netj = netj
        self._to_write: list[Callable[[UnitOfWork], object]] = []
        self.path = Path(environment["NETJ_DB"])
        place(self.path, new_journal())

    @property
    def netj(self) -> Netj:
        """A function that runs a command line on all that was told so far."""
        if self._to_write:
            # One transaction for many: the triggers of the change record are made anew in each.
            told, self._to_write = self._to_write, []
            with self.writing() as uow:
                for write in told:
                    write(uow)
        return self._netj

    def do(self, *commands: str | Sequence[str]) -> Result:
        """Run commands; give the last one's result."""
        result = None
        for command in commands:
            result = self.netj(command).ok
        assert result is not None
        return result

    def add(self, *names: str, every: str | None = None, latest: str | None = None, **words: Any) -> None:
        """Add contacts who are told alike."""
        limits = [read_days(limit) if limit else None for limit in (every, latest)]
        for name in names:
            said = ContactWords(name=name, every=limits[0], latest=limits[1], **words)
            self._to_write.append(partial(add_contact, words=said))

    def log(self, text: str, ago: int, **words: Any) -> None:
        """Log something that happened so many days ago."""
        said = LogWords(text, on=day(ago), **words)
        self._to_write.append(partial(log, words=said))

    def due(self, options: str = "", *, today: date | None = None) -> list[dict[str, Any]]:
        """The rows of `netj due`."""
        env = {"NETJ_TODAY": today.isoformat()} if today else None
        return self.netj(f"due -f json {options}", env=env).rows

    def whom(self, options: str = "", *, today: date | None = None) -> list[str | None]:
        """The handles of the rows of `netj due`, in their order."""
        return [row["contact"] for row in self.due(options, today=today)]

    def row(self, contact: str, options: str = "--all", *, today: date | None = None) -> dict[str, Any]:
        """The one row of type contact that `netj due` has on somebody."""
        rows = [r for r in self.due(options, today=today) if r["contact"] == contact and r["type"] == "contact"]
        assert len(rows) == 1, rows
        return rows[0]

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """The store's unit of work, for what no command writes; after all that was told so far."""
        assert self.netj
        return store.writing(self.path, "test", TODAY, NOW)
