"""Tables in text files: bytes to text, text to rows, and why a row cannot be read.

`read_table` is for the files of LinkedIn, whose columns are known; address books of all sorts come through
`sheets.table`, which asks its readers what a header means.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.counts import counted
from netjournal.interchange.characters import CONTROLS
from netjournal.interchange.records import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

DELIMITERS: Final = (",", ";", "\t")
#: Characters of one value: the default of 131,072 loses long messages.
FIELD_LIMIT: Final = 16 * 1024 * 1024
#: Lines of one row: somebody does send a whole log in one message.
_MOST_LINES: Final = 50_000
#: Lines that may be looked through in vain in one file: else each quote that is never closed would cost a scan to the
#: end of it. Once they are spent, a row has the fewest.
_SPARE_LINES: Final = 200_000
_FEWEST_LINES: Final = 8

AGAIN: Final = "the header again"
UNCLOSED: Final = "a quote is opened and not closed"
MISQUOTED: Final = "its quotes do not fit"


class Decoded(NamedTuple):
    """The text of a file, and whether its encoding had to be assumed (Windows-1252)."""

    text: str
    assumed: bool


class Row(NamedTuple):
    """A data row: the line it begins on (1 is the first), and its cleaned values by column name."""

    line: int
    values: dict[str, str]


class Fault(NamedTuple):
    """A data row that could not be read, and why; the reason never holds its values."""

    line: int
    reason: str


class Table(NamedTuple):
    """The data rows under a header row; each row that is not blank is in `rows` or in `faults`."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


class _Header(NamedTuple):
    line: int
    delimiter: str
    cells: list[str]
    columns: tuple[str, ...]


class _Record(NamedTuple):
    line: int
    cells: list[str]
    reason: str | None


def decode(data: bytes) -> Decoded:
    """The text of a table file: by its byte order mark, else UTF-8, else Windows-1252."""
    start = data[:64]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(data.decode("utf-16", "replace"), assumed=False)
    if start.count(0) * 3 > len(start):
        # UTF-16 without its mark: every second byte of Latin text is zero.
        return Decoded(data.decode("utf-16-be" if start[0] == 0 else "utf-16-le", "replace"), assumed=False)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return Decoded(data.decode("utf-8"), assumed=False)
    except UnicodeDecodeError:
        return Decoded(data.decode("cp1252", "replace"), assumed=True)


def fold_column(name: str) -> str:
    """A column name as it is compared: letters and digits only, without case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).casefold())


def read_table(text: str, aliases: Mapping[str, str], needed: Set[str], *, one_line_rows: bool = False) -> Table | None:
    """The table in a text, or None if no row is its header.

    The header is the first row that holds every `needed` column, wherever it stands; `aliases` gives a column's name
    for each folded spelling (`fold_column`), and other columns keep their own. The delimiter is the one that gives
    the header most known names. With `one_line_rows`, a value that runs over lines that are whole rows themselves is
    a quote that was never closed, and costs only the row it stands in.
    """
    lines = list(io.StringIO(text, newline=""))
    header = _header(lines, aliases, needed)
    if header is None:
        return None
    rows: list[Row] = []
    faults: list[Fault] = []
    for record in _records(lines, header, one_line_rows):
        cells = [clean(cell) for cell in record.cells]
        reason = record.reason
        if reason is None:
            if not any(cells):
                continue
            reason = _misfit(cells, header)
        if reason is not None:
            faults.append(Fault(record.line, reason))
            continue
        values: dict[str, str] = {}
        for column, cell in zip(header.columns, cells, strict=False):
            values.setdefault(column, cell)
        rows.append(Row(record.line, values))
    return Table(tuple(rows), tuple(faults))


def skipped(fault: Fault) -> Skipped:
    """A row that could not be read; a header in the middle of files put together is no loss."""
    return Skipped(fault.line, fault.reason, bad=fault.reason != AGAIN)


def clean(cell: str) -> str:
    """A value without control characters (but tabs and newlines) and without blanks around it."""
    # A carriage return goes too: it is half of a newline.
    return cell.translate(CONTROLS).strip()


def _header(lines: list[str], aliases: Mapping[str, str], needed: Set[str]) -> _Header | None:
    spellings = [[alias for alias, column in aliases.items() if column == name] for name in needed]
    for number, line in enumerate(lines, 1):
        folded = fold_column(line)
        if not all(any(spelling in folded for spelling in group) for group in spellings):
            continue
        best: tuple[int, _Header] | None = None
        for delimiter in DELIMITERS:
            cells = [clean(cell) for cell in cells_alone(line, delimiter) or ()]
            while cells and not cells[-1]:
                cells.pop()
            columns = tuple(aliases.get(fold_column(cell), cell) for cell in cells)
            known = len(set(columns) & set(aliases.values()))
            if needed <= set(columns) and (best is None or known > best[0]):
                best = known, _Header(number, delimiter, cells, columns)
        if best is not None:
            return best[1]
    return None


def cells_alone(line: str, delimiter: str) -> list[str] | None:
    """The cells of one physical line read alone, or None if it is not a row."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None


def _records(lines: list[str], header: _Header, one_line_rows: bool) -> Iterator[_Record]:
    csv.field_size_limit(FIELD_LIMIT)
    at, spare = header.line, _SPARE_LINES
    while at < len(lines):
        cells, reason, used = cells_alone(lines[at], header.delimiter), None, 1
        if cells is None:
            most = max(_FEWEST_LINES, min(_MOST_LINES, spare))
            cells, reason, used = _spanning(lines, range(at, min(at + most, len(lines))), header, one_line_rows)
        yield _Record(at + 1, cells, reason)
        if reason is None:
            at += used
            continue
        # The line after a bad row is tried afresh, so that an open quote does not take the rows below with it.
        at += 1
        spare -= used


def _spanning(
    lines: list[str], where: range, header: _Header, one_line_rows: bool
) -> tuple[list[str], str | None, int]:
    """The cells of a row of several lines, why it is none, and how many lines were read."""
    reader = csv.reader((lines[at] for at in where), delimiter=header.delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return [], UNCLOSED if reader.line_num > 1 else MISQUOTED, reader.line_num
    width, used = len(header.cells), reader.line_num
    if one_line_rows and any(
        len(cells_alone(line, header.delimiter) or ()) >= width for line in lines[where.start + 1 : where.start + used]
    ):
        return [], UNCLOSED, used
    return cells, None, used


def _misfit(cells: list[str], header: _Header) -> str | None:
    width = len(header.cells)
    return AGAIN if cells[:width] == header.cells else misfit(cells, width)


def misfit(cells: list[str], width: int) -> str | None:
    """Why a row does not fit under a header of so many columns, or None if it does."""
    # Empty fields beyond the header are padding, as Excel and Thunderbird write it.
    if len(cells) >= width and not any(cell.strip() for cell in cells[width:]):
        return None
    return f"{counted(len(cells), 'field')} where the header has {width}"
