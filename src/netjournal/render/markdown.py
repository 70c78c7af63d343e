"""Rows as a GitHub table in which stored text stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

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


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"
