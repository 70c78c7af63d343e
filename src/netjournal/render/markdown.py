"""Rows as a GitHub table in which stored text stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TextIO

from netjournal.render.cells import LOOKS, text_of
from netjournal.render.plain import blank_breaks, emit, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.render.plain import Value

#: A backslash before `:` and `.` stops `https://` and `www.` from becoming links by themselves.
_ACTIVE: Final = str.maketrans(
    {character: "\\" + character for character in "\\`*_[]#!|~$"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
)


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no link, image, emphasis, code, HTML or new cell comes out of it."""
    quiet = sanitise(blank_breaks(text)).translate(_ACTIVE)
    return quiet.replace("://", "\\://").replace("www.", "www\\.")


def write_markdown(
    rows: Iterable[Sequence[Value]], names: Sequence[str], kinds: Sequence[str], out: TextIO, *, header: bool
) -> None:
    """A GitHub table, its head even when empty; numbers to the right; uids whole."""
    if header:
        emit(out, _line(names))
        emit(out, _line(["---:" if LOOKS[kind].right else "---" for kind in kinds]))
    for row in rows:
        emit(out, _line([escape(text_of(value, "")) for value in row]))


def write_page(parts: Iterable[Sequence[Any]], out: TextIO) -> None:
    """A page of parts, each a title, lines, and figures under a header: headings, lists and tables."""
    for n, (title, lines, header, cells) in enumerate(parts):
        if n:
            emit(out, "\n")
        if title:
            emit(out, f"{'##' if n else '#'} {escape(title)}\n\n")
        for line in lines:
            # A hard break keeps the lines of a note apart.
            emit(out, "- " + "\\\n  ".join(escape(piece) for piece in line.split("\n")) + "\n")
        if cells:
            emit(out, _line([escape(name) for name in header]))
            emit(out, _line(["---:" if column else "---" for column in range(len(header))]))
            for row in cells:
                # What is further in on a terminal stands on its own here.
                emit(out, _line([escape(cell.strip()) for cell in row]))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"
