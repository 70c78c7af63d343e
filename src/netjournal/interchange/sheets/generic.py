"""Any table of people: by what its headers are known to mean, by a map, or as our own sheets were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.counts import counted
from netjournal.interchange import tabular
from netjournal.interchange.records import Remark
from netjournal.interchange.sheets import columns, own, table, values
from netjournal.interchange.sheets.people import Found, read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: Rows that a preview shows.
SHOWN: Final = 3
#: How a table of one column is known.
_NAMES: Final = (".csv", ".tsv", ".tab")
_UNTITLED: Final = "Untitled"
#: With no header of the file in it: whoever copies a command must not run what somebody wrote into a table.
_MEND: Final = '; `--map "HEADER=note"` keeps one'


class Preview(NamedTuple):
    """What `--dry-run` shows of a table: each column with its field (None: not read), and the first rows' cells."""

    fields: tuple[tuple[str, str | None], ...]
    rows: tuple[tuple[str, ...], ...]


def recognises(source: Source) -> bool:
    """Whether the beginning of a file holds a header that tells of people.

    Of a file with the name of a table one known column is enough, else two.
    """
    fewest = 1 if source.base.endswith(_NAMES) else 2
    sheet = table.begun(source, _counter({}))
    return sheet is not None and sum(field is not None for field in columns.assigned(sheet.headers, {})) >= fewest


def read(source: Source, options: Options) -> Iterator[Item]:
    """The people of a table; raises InputFileError if no row is a header that tells of people."""
    sheet = _opened(source, options)
    if _is_own(sheet, options):
        yield from own.read(sheet, options)
        return
    missing = len(options.columns.keys() - {tabular.fold_column(header) for header in sheet.headers})
    if missing:
        yield Remark(0, f"{counted(missing, 'column')} of the map not in this file")
    fields = columns.assigned(sheet.headers, options.columns)
    plan = tuple((at, field) for at, field in enumerate(fields) if field not in (None, "skip"))
    unread = frozenset(at for at, field in enumerate(fields) if field is None)
    yield from read_sheet(sheet, unread, lambda cells: _collected(cells, plan), options, _MEND)


def preview(source: Source, options: Options) -> Preview:
    """What `read` makes of the columns, and the first rows as they stand. Raises InputFileError."""
    sheet = _opened(source, options)
    rows: list[tuple[str, ...]] = []
    quoted = not (_is_own(sheet, options) and sheet.delimiter == "\t" and not sheet.marked)
    for row in sheet.rows(quoted=quoted):
        if not isinstance(row, tabular.Fault):
            rows.append(tuple(tabular.clean(cell) for cell in row.cells[: len(sheet.headers)]))
        if len(rows) == SHOWN:
            break
    return Preview(_fields(sheet, options), tuple(rows))


def _opened(source: Source, options: Options) -> table.Sheet:
    return table.required(
        source,
        _counter(options.columns),
        options,
        "no table of people: none of its first rows has a column of names or e-mail addresses",
        'Say what its columns are with --map "Header=field".',
    )


def _counter(mapped: Mapping[str, str]) -> Callable[[tuple[str, ...]], int]:
    def known(headers: tuple[str, ...]) -> int:
        if own.is_own(headers):
            return len(headers)
        fields = [field for field in columns.assigned(headers, mapped) if field is not None]
        return 0 if columns.NAMING.isdisjoint(fields) else len(fields)

    return known


def _is_own(sheet: table.Sheet, options: Options) -> bool:
    # A map of one of these columns says that the user reads them in another way.
    mapped = any(tabular.fold_column(header) in options.columns for header in sheet.headers)
    return own.is_own(sheet.headers) and not mapped


def _fields(sheet: table.Sheet, options: Options) -> tuple[tuple[str, str | None], ...]:
    if _is_own(sheet, options):
        return tuple((header, own.COLUMNS.get(header)) for header in sheet.headers)
    # Excel breaks long headers over lines.
    told = map(values.one_line, sheet.headers)
    return tuple(zip(told, columns.assigned(sheet.headers, options.columns), strict=True))


def _collected(cells: list[str], plan: tuple[tuple[int, str | None], ...]) -> Found:
    found: Found = {}
    for at, field in plan:
        if cells[at] and field is not None:
            found.setdefault(field, []).append(cells[at])
    if found.get("name") == [_UNTITLED]:
        # What Notion calls a page that nobody named.
        del found["name"]
        found = found or {"untitled": [_UNTITLED]}
    return found
