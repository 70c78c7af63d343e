"""What was searched for: its terms, the literal text that a hit must hold, and the snippet that shows it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

#: Characters of a snippet.
SNIPPET: Final = 80


class Sought(NamedTuple):
    """One search: the terms the index knows words of, and what a hit must hold as it stands."""

    words: tuple[str, ...]
    #: Terms with marks in them, folded: `c++`, `o'neil`. The index cannot tell `c++` from `c`.
    literals: tuple[str, ...]
    #: Terms without a letter or digit, as typed: the index knows nothing of them.
    marks: tuple[str, ...]


def sought(text: str) -> Sought:
    """Read what was typed: every blank-separated term must be found, without regard to case or accents."""
    terms = tuple(dict.fromkeys(text.split()))
    words = tuple(term for term in terms if any(map(str.isalnum, term)))
    literals = tuple(dict.fromkeys(plain(term) for term in terms if not term.isalnum()))
    return Sought(words, literals, tuple(term for term in terms if term not in words))


def forms(word: str) -> tuple[str, ...]:
    """The ways in which the index may know one word: it folds less than `plain` does (Straße stays straße)."""
    if word.isascii():
        return (word.lower(),)
    folded = word.casefold()
    known = (unicodedata.normalize("NFC", word.lower()), unicodedata.normalize("NFD", folded), plain(word), folded)
    return tuple(dict.fromkeys(form for form in known if any(map(str.isalnum, form))))


def plain(text: str) -> str:
    """Fold case and accents, and nothing else: marks and blanks stay where they are."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


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
    at, after = _first(wanted, line)
    start = max(0, at - SNIPPET // 3)
    if start:
        # Begin with a whole word, unless that would leave out what was sought.
        start = line.find(" ", start, at) + 1 or start
    if after > start + SNIPPET:
        start = at
    end = start + SNIPPET
    if end < len(line) and (blank := line.rfind(" ", max(start + 1, after), end + 1)) > 0:
        end = blank
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _first(wanted: Sought, line: str) -> tuple[int, int]:
    """Where the first thing sought begins and ends in a line: as a word of its own if there is one, else within one."""
    if line.isascii():
        folded, places = line.lower(), None
    else:
        # A folded character may be several, or none: where each came from is kept.
        parts = [plain(c) for c in line]
        folded, places = "".join(parts), [at for at, part in enumerate(parts) for _ in part]
    hits = [
        (not whole, found.start(), found.end())
        for term in dict.fromkeys((*wanted.literals, *map(plain, wanted.words)))
        for whole in (True, False)
        if term and (found := re.search(rf"(?<!\w){re.escape(term)}" if whole else re.escape(term), folded))
    ]
    if not hits:
        return 0, 0
    _, start, end = min(hits)
    return (start, end) if places is None else (places[start], places[end - 1] + 1)
