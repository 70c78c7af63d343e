"""Stored text made harmless for a text file that somebody opens anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.interchange.characters import newlines

if TYPE_CHECKING:
    from collections.abc import Sequence

_HARMFUL: Final = dict.fromkeys(
    (
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        # What turns the direction of the text around it, and what only some readers take for a new line.
        *(0x061C, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        *range(0xD800, 0xE000),
    ),
    "\ufffd",
)


def harmless(text: str) -> str:
    """A text of lines ended by a newline, its tabs blanks, and whatever could act on a reader U+FFFD."""
    return newlines(text).replace("\t", " ").translate(_HARMFUL)


def one_line(text: str | None) -> str:
    """The same, its blanks and lines folded; empty where there is none."""
    return " ".join(harmless(text).split()) if text else ""


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: `Ann, Bo and Cy`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
