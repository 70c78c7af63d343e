"""Stored text inside Markdown: it reads as it was typed, and nothing of it becomes markup.

Bare addresses stay as they are: what some renderers make a link of leads where it says.
"""

from __future__ import annotations

import re
from typing import Final

from netjournal.interchange.prose.plain import harmless, one_line

#: CommonMark's marks, and those of tables, strikethrough and mathematics. An underscore within a word is none; a
#: number sign is one before a blank or at the end; an ampersand where it spells a character.
_MARK: Final = re.compile(r"[\\`*\[\]<|~$]|(?<![^\W_])_|_(?![^\W_])|#(?=[\s#]|$)|&(?=#?\w+;)")
#: What begins a list, a quote, a rule or a heading where it stands first.
_BEGINNING: Final = re.compile(r"[-+:=>]|[0-9]{1,9}(?=[.)])")


def inline(text: str | None) -> str:
    """A text as one line of Markdown, to stand anywhere in a line; empty where there is none."""
    return _escaped(one_line(text))


def quoted(text: str | None, indent: str = "") -> list[str]:
    """A text of several lines as a quote, its line breaks kept; no lines where there is none."""
    lines = [_escaped(line.strip()) for line in harmless(text or "").strip().split("\n")]
    if lines == [""]:
        return []
    # Two blanks at the end of a line break it; a lone mark parts paragraphs.
    ended = [
        f"{line}  " if line and at + 1 < len(lines) and lines[at + 1] else line for at, line in enumerate(lines)
    ]  # fmt: skip
    return [f"{indent}> {line}" if line else f"{indent}>" for line in ended]


def _escaped(text: str) -> str:
    first = _BEGINNING.match(text)
    escaped = _MARK.sub(r"\\\g<0>", text)
    if first is None:
        return escaped
    # A number is no mark; the point behind it is.
    at = first.end() if first[0].isdigit() else 0
    return f"{escaped[:at]}\\{escaped[at:]}"
