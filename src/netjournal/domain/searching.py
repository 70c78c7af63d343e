"""What was searched for: its words, the literal text that a hit must hold, and the snippet that shows it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

#: Characters of a snippet.
SNIPPET: Final = 80
_WORDS = re.compile(r"\w+")


class Sought(NamedTuple):
    """One search: the words the index knows, and the typed terms a hit must hold as they stand."""

    words: tuple[str, ...]
    #: Terms with marks in them, folded: `c++`, `o'neil`. The index cannot tell `c++` from `c`.
    literals: tuple[str, ...]


def sought(text: str) -> Sought:
    """Read what was typed: every blank-separated term must be found, without regard to case or accents."""
    terms = [plain(term) for term in text.split()]
    words = tuple(dict.fromkeys(word for term in terms for word in _WORDS.findall(term.replace("_", " "))))
    return Sought(words, tuple(dict.fromkeys(term for term in terms if not term.isalnum())))


def plain(text: str) -> str:
    """Fold case and accents, and nothing else: marks and blanks stay where they are."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def holds(wanted: Sought, text: str) -> bool:
    """Whether a text holds every literal term."""
    if not wanted.literals:
        return True
    folded = plain(text)
    return all(term in folded for term in wanted.literals)


def snippet(wanted: Sought, text: str) -> str:
    """The stretch of a text around the first thing sought, on one line."""
    line = " ".join(text.split())
    if len(line) <= SNIPPET:
        return line
    folded = plain(line)
    # Folding may change the length of a text in a few scripts: then the place is near enough.
    places = [at for term in (*wanted.literals, *wanted.words) if (at := folded.find(term)) >= 0]
    start = max(0, min(places, default=0) - SNIPPET // 3)
    if start:
        start = line.find(" ", start) + 1
    end = start + SNIPPET
    cut = line[start:end] if end >= len(line) else line[start:end].rsplit(" ", 1)[0]
    return ("…" if start else "") + cut + ("…" if end < len(line) else "")
