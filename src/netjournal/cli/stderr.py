"""What is said beside the answer, on stderr: harmless, and on a terminal broken between words at its width."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def tell(text: str, end: str = "\n") -> None:
    """Write text to stderr with everything that could move the cursor or change a colour made harmless."""
    from netjournal.render.plain import sanitise

    harmless = sanitise(text, newline="\n")
    if is_tty(sys.stderr):
        harmless = wrapped_lines(harmless)
    sys.stderr.write(harmless + end)
    sys.stderr.flush()


def wrapped_lines(text: str) -> str:
    """Harmless lines broken between words at the terminal's width, each line's own indent kept."""
    from netjournal.render.width import width_of, wrapped

    width = width_of(sys.stderr)
    return "\n".join([piece for line in text.split("\n") for piece in wrapped(line, width)])


def side_by_side(choices: Sequence[str]) -> str:
    """Choices side by side, broken between them at the terminal's width."""
    from netjournal.render.width import cells_of, width_of

    lines = [""]
    for choice in choices:
        if lines[-1] and cells_of(f"{lines[-1]}  {choice}") > width_of(sys.stderr):
            lines.append("")
        lines[-1] += f"  {choice}"
    return "\n".join(lines)


def is_tty(stream: Any) -> bool:
    """Whether a stream is a terminal; one that is closed, or was never there, is none."""
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):
        return False
