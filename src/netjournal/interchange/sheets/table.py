"""A table read row by row: its header wherever it stands, and a line number for every row that cannot be read."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange import tabular
from netjournal.interchange.sheets.guard import unguard
from netjournal.interchange.tabular import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from netjournal.interchange.records import Options
    from netjournal.interchange.sources import Source

_LINE: Final = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]+")
#: Lines that the header is looked for in, how many one may run over, and the characters of one.
_HEADER_LINES: Final = 50
_HEADER_SPAN: Final = 20
_HEADER_WIDTH: Final = 50_000
#: Lines of one row. A quote that is never closed would else cost a scan to the end of the file for every row.
_MOST_LINES: Final = 1000
_FEWEST_LINES: Final = 8
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Cells(NamedTuple):
    """A data row: the line it begins on, its cells as they stand, and whether it holds lines that look like rows."""

    line: int
    cells: list[str]
    doubtful: bool


class Sheet(NamedTuple):
    """A table whose header was found; `marked`: it begins with a byte order mark, as spreadsheets write it."""

    text: str
    assumed: bool
    marked: bool
    headers: tuple[str, ...]
    delimiter: str
    #: Lines above the first data row.
    above: int
    unguarded: bool

    def rows(self, *, quoted: bool = True) -> Iterator[Cells | Fault]:
        """Each row that is not blank, in order; not `quoted`: no quote means anything, and a row is a line."""
        csv.field_size_limit(tabular.FIELD_LIMIT)
        lines, most = _Lines(self.text), _MOST_LINES
        lines.take(self.above)
        while (line := lines.ahead(0)) is not None:
            if line.isspace():
                lines.take(1)
                continue
            number = lines.number
            taken = _Taken(line.rstrip("\r\n").split(self.delimiter)) if not quoted else self._row(line, lines, most)
            if taken.used < taken.looked_at:
                # Bounds the work on a file made of quotes that are never closed.
                most = max(_FEWEST_LINES, most // 2)
            lines.take(taken.used)
            cells = [unguard(cell) for cell in taken.cells] if self.unguarded else taken.cells
            reason = taken.reason
            if reason is None:
                if not any(cell.strip() for cell in cells):
                    continue
                reason = self._misfit(cells)
            yield Cells(number, cells, taken.doubtful) if reason is None else Fault(number, reason)

    def _row(self, line: str, lines: _Lines, most: int) -> _Taken:
        cells = tabular.cells_alone(line, self.delimiter)
        if cells is not None:
            return _Taken(cells)
        taken = self._spanning(lines, most)
        if taken.reason is not None and self.delimiter == "\t":
            # Programs that know no quoting write quotes into tab-separated lines as they are.
            plain = line.rstrip("\r\n").split("\t")
            if self._misfit(plain) is None:
                return _Taken(plain)
        return taken

    def _spanning(self, lines: _Lines, most: int) -> _Taken:
        reader = csv.reader(lines.upcoming(most), delimiter=self.delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            several = reader.line_num > 1
            return _Taken([], tabular.UNCLOSED if several else tabular.MISQUOTED, 1, reader.line_num)
        used = reader.line_num
        whole = next((n for n in range(1, used) if self._is_whole(lines.ahead(n) or "")), None)
        if whole is not None and self._misfit(cells) is not None:
            # The quote was never meant to run this far: the rows it would take are read for themselves.
            return _Taken([], tabular.UNCLOSED, whole, used)
        return _Taken(cells, None, used, used, whole is not None)

    def _is_whole(self, line: str) -> bool:
        cells = tabular.cells_alone(line, self.delimiter)
        # With two columns every second sentence of a note would look like a row.
        return cells is not None and len(cells) == len(self.headers) >= 3

    def _misfit(self, cells: list[str]) -> str | None:
        width = len(self.headers)
        if cells and self.headers[0] in cells[0] and tuple(map(tabular.clean, cells[:width])) == self.headers:
            return tabular.AGAIN
        return tabular.misfit(cells, width)


class _Taken(NamedTuple):
    cells: list[str]
    reason: str | None = None
    used: int = 1
    looked_at: int = 1
    doubtful: bool = False


class _Lines:
    """The lines of a text with their ends, some looked at before they are taken; no list of all is ever held."""

    def __init__(self, text: str) -> None:
        self._left = (found[0] for found in _LINE.finditer(text))
        self._seen: list[str] = []
        #: The number of the line that `ahead(0)` gives.
        self.number = 1

    def ahead(self, count: int) -> str | None:
        while len(self._seen) <= count:
            line = next(self._left, None)
            if line is None:
                return None
            self._seen.append(line)
        return self._seen[count]

    def upcoming(self, most: int) -> Iterator[str]:
        for count in range(most):
            line = self.ahead(count)
            if line is None:
                return
            yield line

    def take(self, count: int) -> None:
        if count > len(self._seen):
            self.ahead(count - 1)
        del self._seen[:count]
        self.number += count


def opened(data: bytes, known: Callable[[tuple[str, ...]], int], *, unguarded: bool = False) -> Sheet | None:
    """The table in some bytes, or None if none of its first lines is a header.

    `known` counts the names that a reader knows in the cells of a line, 0 where it can be no header. The line and the
    delimiter that give most are taken: titles above a table and values that look like names lose.
    """
    text, assumed = tabular.decode(data)
    csv.field_size_limit(tabular.FIELD_LIMIT)
    lines, best, most = _Lines(text), None, 0
    for _ in range(_HEADER_LINES):
        line = lines.ahead(0)
        if line is None:
            break
        for delimiter in tabular.DELIMITERS if len(line) <= _HEADER_WIDTH else ():
            cells, used = _header_cells(line, lines, delimiter)
            headers = [tabular.clean(unguard(cell) if unguarded else cell) for cell in cells]
            while headers and not headers[-1]:
                headers.pop()
            count = known(tuple(headers))
            if count > most:
                most, best = count, (tuple(headers), delimiter, lines.number + used - 1)
        lines.take(1)
    return None if best is None else Sheet(text, assumed, data.startswith(_MARKS), *best, unguarded)


def required(source: Source, known: Callable[[tuple[str, ...]], int], options: Options, what: str, mend: str) -> Sheet:
    """The table in a file; raises InputFileError, which says that the file is none of `what`, where there is none."""
    sheet = opened(source.read(), known, unguarded=options.from_spreadsheet)
    if sheet is None:
        raise InputFileError(f"{source.name} is {what}.", mend)
    return sheet


def begun(source: Source, known: Callable[[tuple[str, ...]], int]) -> Sheet | None:
    """What `opened` finds in the beginning of a file; None for what cannot be read, which `read` then says."""
    try:
        data = source.head()
    except InputFileError:
        return None
    # A line, and a character, that is broken off is no evidence.
    return opened(data[: data.rfind(b"\n") + 1] or data, known)


def _header_cells(line: str, lines: _Lines, delimiter: str) -> tuple[list[str], int]:
    cells = tabular.cells_alone(line, delimiter)
    if cells is not None:
        return cells, 1
    # Excel breaks long headers over lines.
    reader = csv.reader(lines.upcoming(_HEADER_SPAN), delimiter=delimiter, strict=True)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return [], 1
