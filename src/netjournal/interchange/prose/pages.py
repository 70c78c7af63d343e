"""Texts put in the order of their days, however many there are: only their places are held in memory."""

from __future__ import annotations

from array import array
from datetime import date
from typing import TYPE_CHECKING

from netjournal.interchange.files import spooled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType


class Pages:
    """Texts of days, added in any order; 16 bytes of memory each, the rest in a temporary file."""

    def __init__(self) -> None:
        self._file = spooled()
        self._days = array("q")
        self._ends = array("q", (0,))

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._days)

    def add(self, day: date, text: str) -> None:
        """Take in a text of a day."""
        data = text.encode("utf-8", "replace")
        self._file.write(data)
        self._days.append(day.toordinal())
        self._ends.append(self._ends[-1] + len(data))

    def newest_first(self) -> Iterator[tuple[date, str]]:
        """The texts by day, the newest first; those of one day as they were added."""
        for at in sorted(range(len(self._days)), key=self._days.__getitem__, reverse=True):
            self._file.seek(self._ends[at])
            data = self._file.read(self._ends[at + 1] - self._ends[at])
            yield date.fromordinal(self._days[at]), data.decode("utf-8")
