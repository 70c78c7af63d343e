"""Where a text names somebody: by name, alias, handle or address, without regard to case and accents."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: What a name is replaced by, and what where that would make a text too long.
SOMEONE: Final = "someone"
_SHORT: Final = "…"
_TOKEN: Final = re.compile(r"\w+(?:['’ʼ`´‘]\w+)*")
_POSSESSIVE: Final = re.compile(r"['’ʼ`´‘]s$", re.IGNORECASE)
_APOSTROPHES: Final = re.compile("['`´‘’ʼ]")
_SPELLED: Final = re.compile("[øłđðıħŋæœþ]")
#: From here on, scripts that write words without blanks between them.
_UNSPACED: Final = 0x2E80


class Called(NamedTuple):
    """What somebody is named by: folded words of names, and texts that are looked for as they stand."""

    phrases: tuple[tuple[str, ...], ...]
    literals: tuple[str, ...]


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


def called(known_by: Iterable[str], addresses: Iterable[str], others: Iterable[str]) -> Called:
    """What to look for: each name, alias, handle and address, but for what is also (part of) another's folded name."""
    taken = [f" {other} " for other in others]
    phrases: dict[tuple[str, ...], None] = {}
    literals = dict.fromkeys(address for address in addresses if len(address) > 4)
    for name in known_by:
        folded = names.fold(name)
        if any(f" {folded} " in other for other in taken):
            continue
        if any(ord(character) >= _UNSPACED for character in name):
            literals[name] = None
        phrases[tuple(folded.split())] = None
    return Called(tuple(phrase for phrase in phrases if phrase), tuple(literals))


def is_named(who: Called, text: str) -> bool:
    """Whether a text names them."""
    return next(_spans(who, text), None) is not None


def scrubbed(who: Called, text: str, limit: int) -> str:
    """The text with `someone` where it named them, of at most `limit` characters."""
    spans = sorted(_spans(who, text), key=lambda span: (span[0], -span[1]))
    for word in (SOMEONE, _SHORT):
        pieces, at = [], 0
        for start, end in spans:
            if start >= at:
                pieces += [text[at:start], word]
            at = max(at, end)
        made = "".join([*pieces, text[at:]])
        if len(made) <= limit:
            break
    return made


def may_be_named(who: Called, text: str) -> bool:
    """Whether a text, or several in one, holds all words of a name somewhere: most do not, which is seen soonest so."""
    small = text.lower()
    if any(literal.lower() in small for literal in who.literals):
        return True
    if text.isascii():
        whole = small.replace("'", "").replace("`", "")
    else:
        # Of `names.fold` what it costs least to do: it also parts the words.
        bare = _APOSTROPHES.sub("", text).casefold()
        whole = names.ACCENTS.sub("", unicodedata.normalize("NFKD", bare).casefold())
        if _SPELLED.search(whole) is not None:
            whole = f"{whole} {names.fold(text)}"
    # A text without any word is folded to itself.
    return any(all(word in whole or word in small for word in phrase) for phrase in who.phrases)


def _spans(who: Called, text: str) -> Iterator[tuple[int, int]]:
    small = text.lower()
    for literal in who.literals:
        if literal.lower() not in small:
            continue
        edge = "" if ord(max(literal)) >= _UNSPACED else r"\w"
        pattern = f"(?<![{edge}@.+-]){re.escape(literal)}(?![{edge}])" if edge else re.escape(literal)
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield match.span()
    if not may_be_named(who, text):
        return
    words = list(_words(text))
    for phrase in who.phrases:
        yield from _runs(phrase, words, text)


def _words(text: str) -> Iterator[_Word]:
    for match in _TOKEN.finditer(text):
        token = _POSSESSIVE.sub("", match[0])
        for folded in names.fold(token).split():
            yield _Word(folded, match.start(), match.start() + len(token))


def _runs(phrase: tuple[str, ...], words: Sequence[_Word], text: str) -> Iterator[tuple[int, int]]:
    size = len(phrase)
    for place in range(len(words) - size + 1):
        run = words[place : place + size]
        if tuple(word.folded for word in run) != phrase:
            continue
        start, end = run[0].start, run[-1].end
        is_handle = text[start - 1 : start] == "@"
        # One word alone may be an ordinary one (Will, Mark, Rose), but for scripts without capitals.
        if size > 1 or is_handle or text[start] != text[start].lower() or text[start] == text[start].upper():
            yield start - is_handle, end
