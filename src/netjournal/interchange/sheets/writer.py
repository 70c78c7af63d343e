"""Records as a sheet: for people, spreadsheets and `awk`; the lossless form is our ndjson.

A list is one cell, joined by `;` (a `;` inside becomes `,`); absent is empty, truth is `true` or `false`, days are
ISO. Affiliations are told as `organization` and `title` (of the newest one that lasts) and `affiliations` (of all,
as `TITLE, ORGANIZATION (since 2024-01-15, until 2026-03-01)`); a mapping as `key=value` joined by `;`, a list of them
with `, ` inside each. Where a record came from (`sources`) is left out.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final

from netjournal.interchange.sheets.guard import guard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_WORK: Final = "affiliations"
_LEFT_OUT: Final = frozenset({"sources"})
#: A tab and every kind of line end, as one blank each.
_BLANKS: Final = str.maketrans(dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def write_sheet(
    records: Iterable[Mapping[str, Any]],
    file: IO[bytes],
    *,
    delimiter: str = ",",
    spreadsheet: bool = False,
    header: Sequence[str] | None = None,
) -> None:
    r"""Write records of one type as CSV (RFC 4180 with `\n` at each line's end) or, with a tab, as TSV.

    The header is the keys of the first record, or of `header`, which is needed where there may be none. In TSV a tab
    or line end in a value is one blank, and there is no quoting. For a `spreadsheet`: a byte order mark, CRLF, quoting
    in both, and every cell that could be a formula guarded.
    """
    row_of = _quoted(file, delimiter, spreadsheet=spreadsheet) if spreadsheet or delimiter != "\t" else _plain(file)
    if spreadsheet:
        file.write(b"\xef\xbb\xbf")
    keys = header
    if keys is not None:
        row_of(list(_columns(keys)))
    for record in records:
        if keys is None:
            keys = tuple(record)
            row_of(list(_columns(keys)))
        cells = [cell for key in keys for cell in _cells(key, record.get(key))]
        if delimiter == "\t":
            cells = [blank_breaks(cell) for cell in cells]
        row_of([guard(cell) for cell in cells] if spreadsheet else cells)


def blank_breaks(text: str) -> str:
    """A text with every tab and every kind of line end as one blank."""
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_BLANKS)


def _columns(keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        if key == _WORK:
            yield from ("organization", "title")
        if key not in _LEFT_OUT:
            yield key


def _cells(key: str, value: Any) -> Iterator[str]:
    if key == _WORK:
        lasting = [work for work in value or () if not work.get("until")]
        newest: Mapping[str, Any] = max(lasting, key=lambda work: work.get("since") or "", default={})
        yield newest.get("organization") or ""
        yield newest.get("title") or ""
        yield _flat([_work(work) for work in value or ()])
    elif key not in _LEFT_OUT:
        yield _flat(value)


def _work(work: Mapping[str, Any]) -> str:
    what = ", ".join(part for part in (work.get("title"), work.get("organization")) if part)
    span = ", ".join(f"{word} {work[word]}" for word in ("since", "until") if work.get(word))
    return f"{what} ({span})" if span else what


def _flat(value: Any) -> str:
    """A value as one text: as answers in csv tell it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _flat([f"{name}={_flat(part)}" for name, part in value.items() if part is not None])
    if isinstance(value, (list, tuple)):
        parts = [", ".join(_flat(part).split(";")) if isinstance(part, dict) else _flat(part) for part in value]
        return ";".join([part.replace(";", ",") for part in parts])
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _quoted(file: IO[bytes], delimiter: str, *, spreadsheet: bool) -> Callable[[list[str]], object]:
    import csv

    end = "\r\n" if spreadsheet else "\n"

    class Out:
        def write(self, line: str) -> None:
            file.write((line[:-2] + end).encode("utf-8", "replace"))

    # Before 3.13 the module quotes a lone "\r" only where its own line end holds one.
    return csv.writer(Out(), delimiter=delimiter, lineterminator="\r\n").writerow


def _plain(file: IO[bytes]) -> Callable[[list[str]], object]:
    return lambda cells: file.write(("\t".join(cells) + "\n").encode("utf-8", "replace"))
