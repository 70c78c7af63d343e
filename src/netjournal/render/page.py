"""A page of titles, lines and aligned figures for a terminal of any width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from netjournal.render.console import draw, hung, make_console, terminal_text
from netjournal.render.width import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    #: A line as pieces of text, each with its style.
    Line = list[tuple[str, str]]

_GAP: Final = 2
_INDENT: Final = 2
#: A figure that is left out where figures stand one under the other.
NOTHING: Final = "-"


class Page:
    """Parts written one under the other, with a blank line between them."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._console: Console = make_console(out)
        self._begun = False

    @property
    def width(self) -> int:
        """The cells that a line may take."""
        return self._console.width

    def part(
        self,
        title: str | None,
        lines: Sequence[str] = (),
        header: Sequence[str] = (),
        cells: Sequence[Sequence[str]] = (),
    ) -> None:
        """Write a title, lines that wrap, and figures: side by side where they fit, else one under the other."""
        drawn: list[Line] = [[]] if self._begun else []
        self._begun = True
        if title:
            drawn += [[(line, "bold")] for line in self.folded(title)]
        for text in lines:
            drawn += [[(line, "")] for line in self.folded(text)]
        if cells:
            drawn += self._grid([self._harmless(header), *map(self._harmless, cells)])
        self.write(drawn)

    def write(self, lines: Iterable[Line]) -> None:
        """Write lines as they are: they must fit."""
        from rich.text import Text

        draw(self._console, self._out, *[Text.assemble(*line, overflow="fold") for line in lines])

    def _harmless(self, cells: Sequence[str]) -> list[str]:
        return [terminal_text(cell, self._out) for cell in cells]

    def folded(self, text: str) -> list[str]:
        """A text in lines that fit; what is broken goes on under its own beginning, a little further in."""
        found = []
        for n, piece in enumerate(terminal_text(text, self._out, newline="\n").split("\n")):
            start = " " * (_INDENT if n else len(piece) - len(piece.lstrip(" ")))
            lines = hung(self._console, piece.strip(" "), max(self.width - len(start), 1), _INDENT)
            found += [start + line for line in lines]
        return found

    def _grid(self, rows: list[list[str]]) -> list[Line]:
        widths = [max(map(cells_of, column)) for column in zip(*rows, strict=True)]
        if sum(widths) + _GAP * (len(widths) - 1) > self.width:
            return self._stacked(rows)
        drawn: list[Line] = []
        for n, (label, *figures) in enumerate(rows):
            style = "" if n else "dim"
            line: Line = [(label + " " * (widths[0] - cells_of(label)), style)]
            for place, figure in enumerate(figures, start=1):
                blanks = " " * (_GAP + widths[place] - cells_of(figure))
                line.append((blanks + figure, style))
            drawn.append(line if any(figures) else [(label, style)])
        return drawn

    def _stacked(self, rows: list[list[str]]) -> list[Line]:
        """Each row as its label, and under it a figure a line."""
        (_, *names), *told = rows
        label = max(map(cells_of, names))
        figure = max(cells_of(cell) for row in told for cell in row[1:])
        drawn: list[Line] = []
        for first, *figures in told:
            drawn += [[(line, "")] for line in self.folded(first)]
            for name, cell in zip(names, figures, strict=True):
                if cell in (NOTHING, ""):
                    continue
                beside = f"{' ' * (label - cells_of(name) + _GAP + figure - cells_of(cell))}{cell}"
                drawn.append([(" " * _INDENT + name, "dim"), (beside, "")])
        return drawn
