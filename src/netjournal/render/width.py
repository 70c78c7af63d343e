"""How wide a line may be, how wide a text is, and text broken between words: free to import, without Rich."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

#: Without a terminal and without COLUMNS.
DEFAULT_WIDTH: Final = 80
#: No layout makes sense below.
LEAST_WIDTH: Final = 12
#: COLUMNS with more digits is no width but a mistake.
_MOST_DIGITS: Final = 5


def width_of(out: TextIO) -> int:
    """The cells a line may take: COLUMNS, else the terminal's width, else 80; never under 12.

    (shutil's function of the same kind loads three compression libraries first.)
    """
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) <= _MOST_DIGITS and int(columns):
        return max(int(columns), LEAST_WIDTH)
    # `-f table | less` has its terminal behind another stream.
    for descriptor in (out.fileno, lambda: 2, lambda: 0):
        try:
            width = os.get_terminal_size(descriptor()).columns
        except (OSError, ValueError, AttributeError):
            continue
        if width:
            return max(width, LEAST_WIDTH)
    return DEFAULT_WIDTH


def cells_of(text: str) -> int:
    """How many cells of a terminal harmless text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped(line: str, width: int, hang: int = 0) -> list[str]:
    """A harmless line in lines of at most `width` cells; what goes on begins `hang` cells further in than the line did.

    A word that is longer than a line stays whole: most are a path or a link, which is there to be copied.
    """
    # No character takes more than two cells: most lines are known to fit without being measured.
    if 2 * len(line) <= width or cells_of(line) <= width:
        return [line]
    indent = len(line) - len(line.lstrip(" "))
    first, *words = line[indent:].split(" ")
    lines = [" " * indent + first]
    for word in words:
        longer = f"{lines[-1]} {word}"
        if cells_of(longer) <= width:
            lines[-1] = longer
        elif word:  # of several blanks between words none begins a line
            lines.append(" " * (indent + hang) + word)
    return [line.rstrip(" ") for line in lines]
