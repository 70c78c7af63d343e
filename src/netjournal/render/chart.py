"""Heat maps and sparklines in block characters, or in ASCII where the stream takes no others.

What they say is in the characters and in the figures beside them, never in a colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from netjournal.render.console import terminal_text
from netjournal.render.page import Page
from netjournal.render.plain import is_unicode
from netjournal.render.width import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.render.page import Line


class Marks(NamedTuple):
    """The characters of a drawing: one for each level from nothing on."""

    heat: str
    bars: str


BLOCKS: Final = Marks("·░▒▓█", " ▁▂▃▄▅▆▇█")
ASCII: Final = Marks(".:+*#", " .:-=+*#@")
_GAP: Final = 2
#: Fewer weeks than this show nothing: labels are cut before.
_FEWEST_WEEKS: Final = 8


def marks(out: TextIO) -> Marks:
    """The characters that a stream can hold."""
    return BLOCKS if is_unicode(out) else ASCII


def draw_heat(
    page: Page,
    out: TextIO,
    title: str,
    labels: Sequence[str],
    levels: Sequence[Sequence[int | None]],
    sums: Sequence[int],
    months: Sequence[str],
    keys: Sequence[str],
) -> None:
    """Draw rows of levels, the newest columns that fit, each row with its sum, and what the levels stand for."""
    drawn = marks(out).heat
    indent = max(map(len, labels)) + 1
    figures = max(len(str(count)) for count in sums)
    room = min(len(months), max(page.width - indent - _GAP - figures, 1))
    lines: list[Line] = [[(" " * indent + _above(months[-room:]), "dim")]]
    for label, row, count in zip(labels, levels, sums, strict=True):
        cells = "".join([" " if level is None else drawn[level] for level in row[-room:]])
        lines.append([(f"{label:<{indent}}", "dim"), (cells, ""), (f"{count:>{figures + _GAP}}", "")])
    page.part(title)
    page.write(lines)
    legend = "  ".join(f"{mark} {key}" for mark, key in zip(drawn, ("0", *keys), strict=False))
    said = [f"{legend}  a day"]
    if room < len(months):
        said.append(f"Drawn are the newest {room} of {len(months)} weeks; the sums are of all.")
    page.write([[(text, "dim")] for line in said for text in page.folded(line)])


def draw_sparks(
    page: Page, out: TextIO, title: str, labels: Sequence[str], heights: Sequence[Sequence[int]], sums: Sequence[int]
) -> None:
    """Draw one line a series: its name, its newest weeks that fit, and its sum."""
    drawn = marks(out).bars
    names = [terminal_text(label, out) for label in labels]
    figures = max(len(str(count)) for count in sums)
    longest = max(map(cells_of, names))
    beside = page.width - longest - 2 * _GAP - figures
    own_line = beside < _FEWEST_WEEKS
    room = max(page.width - 2 * _GAP - figures if own_line else beside, 1)
    lines: list[Line] = []
    for name, row, count in zip(names, heights, sums, strict=True):
        line = "".join([drawn[height] for height in row[-room:]])
        start = " " * _GAP if own_line else name + " " * (longest - cells_of(name) + _GAP)
        lines += [[(text, "")] for text in page.folded(name)] if own_line else []
        lines.append([(start, ""), (line, ""), (f"{count:>{figures + _GAP}}", "")])
    page.part(title)
    page.write(lines)


def _above(months: Sequence[str]) -> str:
    """The months over the weeks they begin in; one that would run into the next is left out."""
    text = ""
    for place, month in enumerate(months):
        if month and len(text) <= place and place + len(month) <= len(months):
            text = text.ljust(place) + month + " "
    return text.rstrip()
