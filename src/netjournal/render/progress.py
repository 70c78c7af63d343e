"""How far a long reading is, on a terminal: one line on stderr that goes when it is done."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

from netjournal.render.plain import emit, is_unicode
from netjournal.render.width import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Bytes under which nobody waits long enough to ask.
_SHORT: Final = 4 << 20
#: Hundredths from one drawing to the next: each is a call of the system.
_STEP: Final = 2
#: Cells of the bar itself, where the line has room for it.
_CELLS: Final = 40


class _Bar:
    """A line that is drawn anew fifty times at most. Not Rich's, which takes 80 ms to load and a thread to draw."""

    def __init__(self, what: str, total: int, out: TextIO) -> None:
        self._what = what
        self._total = total
        self._out = out
        self._done = 0
        self._percent = -1
        self._width = width_of(out) - 1

    def advance(self, count: int) -> None:
        """Say that so many bytes more were read."""
        self._done += count
        percent = min(100 * self._done // self._total, 100) // _STEP * _STEP
        if percent != self._percent:
            self._percent = percent
            self._draw(self._line())

    def clear(self) -> None:
        """Leave the line as it was."""
        self._draw("")
        emit(self._out, "\r")
        self._out.flush()

    def _line(self) -> str:
        told = f"{self._percent:3}% of {self._total / 1e6:,.0f} MB"
        cells = min(_CELLS, self._width - len(self._what) - len(told) - 2)
        if cells < 1:
            return told
        full = cells * self._percent // 100
        done, rest = "━─" if is_unicode(self._out) else "#-"
        return f"{self._what} {done * full}{rest * (cells - full)} {told}"

    def _draw(self, line: str) -> None:
        # Blanks and not an escape sequence: a dumb terminal has none.
        emit(self._out, f"\r{line[: self._width]:<{self._width}}")
        self._out.flush()


@contextmanager
def progress(what: str, total: int, *, shown: bool) -> Iterator[Callable[[int], object] | None]:
    """What to tell each number of bytes that was read; None where nothing is shown.

    `total` is in bytes.
    """
    if not shown or total < _SHORT:
        yield None
        return
    bar = _Bar(what, total, sys.stderr)
    try:
        yield bar.advance
    finally:
        bar.clear()
