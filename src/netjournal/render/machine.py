"""The formats that programs read: exact values, one contract, no Rich."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from netjournal.render.plain import blank_breaks, emit, escape_unseen, flat, is_unicode, sanitise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from netjournal.render.plain import Value

    Rows = Iterable[Sequence[Value]]
    Names = Sequence[str]


def write_json(rows: Rows, names: Names, out: TextIO, *, header: bool) -> None:  # noqa: ARG001
    """One array of objects, readable, with whatever a terminal could act on escaped; `[]` when empty."""
    # json.dumps(indent=2) falls back to the encoder in Python and stretches a list over many lines.
    encode = _encoder(ascii_only=not is_unicode(out))
    cell = _cell(encode)
    labels = [f"    {encode(name)}: " for name in names]
    before = "[\n"
    for row in rows:
        pairs = [label + cell(value) for label, value in zip(labels, row, strict=True)]
        emit(out, before + "  {\n" + ",\n".join(pairs) + "\n  }")
        before = ",\n"
    emit(out, "[]\n" if before == "[\n" else "\n]\n")


def write_ndjson(rows: Rows, names: Names, out: TextIO, *, header: bool) -> None:  # noqa: ARG001
    """One object a line in ASCII; nothing when empty."""
    encode = _encoder(ascii_only=True)
    for row in rows:
        emit(out, encode(dict(zip(names, row, strict=True))) + "\n")


def write_csv(rows: Rows, names: Names, out: TextIO, *, header: bool) -> None:
    r"""RFC 4180 with `\n` at each line's end; values are exact, except on a terminal, which sees them sanitised."""
    import csv

    text = _on_terminal if out.isatty() else flat
    # Before 3.13 the module quotes a lone "\r" only where its own line end holds one.
    writer = csv.writer(_LineEnds(out), lineterminator="\r\n")
    if header:
        writer.writerow(names)
    for row in rows:
        writer.writerow([text(value) for value in row])


def write_tsv(rows: Rows, names: Names, out: TextIO, *, header: bool) -> None:
    """Tab-separated lines; a tab or line end inside a value is one blank; sanitised on a terminal, else exact."""
    text = _on_terminal if out.isatty() else flat
    if header:
        emit(out, "\t".join(names) + "\n")
    for row in rows:
        emit(out, "\t".join([blank_breaks(text(value)) for value in row]) + "\n")


#: One writer a format; `header` is for those that have one.
WRITERS: Final = {"json": write_json, "ndjson": write_ndjson, "csv": write_csv, "tsv": write_tsv}


class _LineEnds:
    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, line: str) -> None:
        emit(self.out, line[:-2] + "\n")


def _on_terminal(value: Value) -> str:
    return sanitise(blank_breaks(flat(value)))


def _cell(encode: Callable[[object], str]) -> Callable[[Value], str]:
    """How one value is written, with nothing in it that a terminal could act on."""
    from datetime import date

    def written(value: Value) -> str:
        # The encoder makes a new one of itself for all but text, and most of what a row holds is none.
        if value is None:
            return "null"
        if value == ():
            return "[]"
        if type(value) is int:
            return repr(value)
        if type(value) is date:
            return f'"{value.isoformat()}"'
        return escape_unseen(encode(value))

    return written


def _encoder(*, ascii_only: bool) -> Callable[[object], str]:
    from datetime import date
    from json import JSONEncoder

    # NaN is not JSON: a row that holds it is a bug, and says so.
    return JSONEncoder(ensure_ascii=ascii_only, allow_nan=False, default=date.isoformat).encode
