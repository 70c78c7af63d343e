"""The one place that makes a Rich console, and the one way its drawings reach a stream."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, TextIO

from netjournal.render.plain import emit, is_unicode, sanitise, writable
from netjournal.render.width import cells_of, width_of

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

#: What Unicode takes no accent from, and the marks of printed text, in plainer ones.
_PLAINER: Final = str.maketrans("øłđðıħŋØŁĐĦ‘’‚“”„–—·", 'olddihnOLDH\'\',"""--.') | str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "Æ": "Ae", "Œ": "Oe", "Þ": "Th"}
)


def make_console(out: TextIO) -> Console:
    """A console for a stream: no markup, emoji or highlight; NO_COLOR, TERM=dumb and COLUMNS respected."""
    from rich.console import Console

    environ = os.environ
    # Rich under NO_COLOR still writes bold and dim; and it forgets COLUMNS under TERM=dumb unless told both sizes.
    colourless = bool(environ.get("NO_COLOR")) or environ.get("TERM", "").lower() in ("dumb", "unknown")
    return Console(
        file=out,
        color_system=None if colourless else "auto",
        width=width_of(out),
        height=25,
        markup=False,
        emoji=False,
        highlight=False,
    )


def draw(console: Console, out: TextIO, *drawings: RenderableType) -> None:
    """Draw into memory, then write: Rich's own writing ends the program when a pipe's reader has gone."""
    with console.capture() as captured:
        for drawing in drawings:
            console.print(drawing)
    emit(out, captured.get())


def terminal_text(text: str, out: TextIO, *, newline: str = "⏎") -> str:
    """Stored text made harmless, in what the stream's encoding can hold."""
    if text.isascii() and text.isprintable():
        return text
    if is_unicode(out):
        return writable(sanitise(text, newline=newline), out)
    return _plainer(sanitise(text, newline=" / " if newline == "⏎" else newline), out.encoding)


def _plainer(text: str, encoding: str) -> str:
    """Text with what an encoding cannot hold in plainer letters where there are some (`Tomás` as `Tomas`), else `?`."""
    from unicodedata import combining, normalize

    def spelt(character: str) -> str:
        plain = normalize("NFKD", character.translate(_PLAINER))
        for bare in (character, "".join([part for part in plain if not combining(part)])):
            if bare and bare.encode(encoding, "ignore").decode(encoding) == bare:
                return bare
        return "?"

    return "".join(map(spelt, text))


def fold(console: Console, text: str, width: int) -> list[str]:
    """Harmless text in lines of at most `width` cells, broken between words where it can be."""
    if "\n" not in text and cells_of(text) <= width:
        return [text]
    from rich.text import Text

    return [line.plain.rstrip(" ") for line in Text(text).wrap(console, width, overflow="fold")] or [""]


def hung(console: Console, text: str, width: int, by: int) -> list[str]:
    """One harmless line in lines of at most `width` cells; what goes on begins `by` cells further in."""
    first, *rest = fold(console, text, width)
    if not rest or not by:
        return [first, *rest]
    # What is left of the text, not its lines joined: a long word has no blank where it was broken.
    return [first, *(" " * by + line for line in fold(console, text[len(first) :].lstrip(" "), max(width - by, 1)))]
