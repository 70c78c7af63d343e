"""Names: folding for comparison, handles and keys, and finding whom a typed name means.

Folding is only for comparing; what is stored is what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.text import WORD_LIMIT

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

# Accents and points that are left out where there is no key for them. Vowel signs and the like are letters of their
# scripts (Devanagari, Thai, kana): without them two names would be one.
ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
)
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'`´‘’ʼ"))
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_HANDLE = re.compile(r"[^a-z0-9]+")
# Letters that Unicode does not decompose, as people without them on the keyboard type them.
_LETTERS: Final = str.maketrans(dict(zip("øłđðıħŋ", "olddihn", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"})
_LEGAL_FORMS: Final = frozenset(
    (
        *("inc", "incorporated", "ltd", "limited", "gmbh", "llc", "llp", "plc", "corp", "corporation", "co", "company"),
        *("ag", "sa", "sas", "sarl", "bv", "nv", "ab", "oy", "as", "kg", "se", "spa", "srl"),
    )
)
#: Titles before two more words, and degrees behind two, as `fold` leaves them: `Ph.D.` is `ph d`.
_TITLES: Final = re.compile(
    r"(?:(?:dr|prof|professor|doctor|mr|mrs|ms|mx|sir|dame|rev|dipl|ing|herr|frau) )+(?=\S+ \S)"
)
_DEGREES: Final = re.compile(
    r"(\S+ \S.*?)(?: (?:ph ?d|m ?d|m ?sc|b ?sc|m ?eng|b ?eng|mba|emba|mph|ll ?m|esq|pmp|cpa|cfa|csm|cissp))+$"
)


def fold(text: str) -> str:
    """Fold a name for comparison: no case, no accents, words parted by one blank."""
    # Apostrophes join: O'Neil is one word.
    joined = text.translate(_APOSTROPHES)
    if joined.isascii():
        words = _NOT_WORD.sub(" ", joined.lower()).strip()
    else:
        # Twice: what is decomposed may hold capitals (℡).
        parts = unicodedata.normalize("NFKD", joined.casefold()).casefold()
        parts = ACCENTS.sub("", parts).translate(_LETTERS)
        words = " ".join("".join([c if _is_of_word(c) else " " for c in parts]).split())
    return words or " ".join(text.casefold().split())


def _is_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def fold_organization(text: str) -> str:
    """Fold an organization's name: as `fold`, without its legal form (Inc, Ltd, GmbH) at the end."""
    words = fold(text).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def slug(text: str) -> str:
    """The `[a-z0-9-]` form of a text; empty where it has no Latin letters or digits."""
    return _NOT_HANDLE.sub("-", fold(text)).strip("-")[:WORD_LIMIT].rstrip("-")


def free_slug(wanted: str, taken: Container[str]) -> str:
    """The wanted handle or key, or the first of `wanted-2`, `wanted-3`, … that is not taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while True:
        tail = f"-{number}"
        candidate = wanted[: WORD_LIMIT - len(tail)].rstrip("-") + tail
        if candidate not in taken:
            return candidate
        number += 1


_SLUG: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def is_slug(text: str) -> bool:
    """Whether a text can be a handle or key as it is."""
    # A hyphen first would be an option wherever a script puts the word on a command line.
    return 0 < len(text) <= WORD_LIMIT and text[0] != "-" and not set(text) - _SLUG


class Known(NamedTuple):
    """What a contact answers to; `names` are the folded name and then the folded aliases."""

    id: int
    handle: str
    names: tuple[str, ...]
    tracked: bool = True


class Found(NamedTuple):
    """Whom a typed name means: one contact (`ids` of one), several to choose from, or nobody with some like it."""

    ids: tuple[int, ...]
    alike: tuple[int, ...] = ()


def find(typed: str, known: Sequence[Known], *, bare_needs_tracked: bool = False) -> Found:
    """Find whom a typed name means: by handle, whole name, alias, whole words, then prefix; similarity only suggests.

    Of several called by an alias or by whole words those with a cadence or an earlier touch are meant, and with
    `bare_needs_tracked` nobody else. The beginning of several people's names means none of them more than another.
    """
    folded = fold(typed)
    if not folded:
        return Found(())
    by_handle = tuple(k.id for k in known if k.handle == typed.casefold())
    if by_handle:
        return Found(by_handle)
    whole = tuple(k.id for k in known if k.names and folded == k.names[0])
    if whole:
        return Found(whole)
    # A degree or a title parts nobody from themselves: somebody imported as `Fatima Costa, PhD`.
    plain = untitled(folded)
    if " " in plain and (titled := tuple(k.id for k in known if k.names and is_titled(plain, k.names[0]))):
        return Found(titled)
    alias = tuple(k.id for k in known if folded in k.names)
    if alias:
        return _narrowed(alias, known, bare_needs_tracked)
    # The longest first: a short beginning must not take the word that only a longer one fits.
    words = sorted(folded.split(), key=len, reverse=True)
    partial = tuple(k.id for k in known if any(_matches(words, full) for full in k.names))
    if not partial:
        return Found((), similar(folded, known))
    begun = set(partial)
    called = tuple(k.id for k in known if k.id in begun and any(_holds(full, words) for full in k.names))
    if not called:
        return Found(partial) if len(partial) > 1 else _narrowed(partial, known, bare_needs_tracked)
    meant = _narrowed(called, known, bare_needs_tracked)
    return meant if meant.ids else Found((), partial)


def _narrowed(ids: tuple[int, ...], known: Sequence[Known], needs_tracked: bool) -> Found:
    """Of several who may be meant, those with a cadence or a touch are."""
    tracked = {k.id for k in known if k.tracked}
    kept = tuple(i for i in ids if i in tracked)
    if kept:
        return Found(kept)
    return Found((), ids) if needs_tracked else Found(ids)


def _holds(full: str, words: Sequence[str]) -> bool:
    """Whether each typed word is a whole word of a name that matches."""
    return set(words) <= set(full.split())


def _matches(words: Iterable[str], full: str) -> bool:
    """Whether each typed word begins a different word of a name, in any order."""
    parts = full.split()
    for word in words:
        hit = next((part for part in parts if part == word), None) or next(
            (p for p in parts if p.startswith(word)), None
        )
        if hit is None:
            return False
        parts.remove(hit)
    return True


def is_beginning(typed: str, known: Known) -> bool:
    """Whether somebody who was found by a name is called otherwise, and only begins so."""
    words = fold(typed).split()
    return known.handle != typed.casefold() and not any(_holds(full, words) for full in known.names)


def untitled(folded: str) -> str:
    """A folded full name without titles before and degrees behind it, which part nobody from themselves."""
    return _DEGREES.sub(r"\1", _TITLES.sub("", folded))


def is_titled(plain: str, full: str) -> bool:
    """Whether two folded names are the same but for titles and degrees, of which the first has none."""
    return plain in full and untitled(full) == plain


def is_degree(text: str) -> bool:
    """Whether a text is what stands behind a name: `PhD`, `MBA`."""
    return untitled(f"some body {fold(text)}") == "some body"


def near(typed: str, found: Found, known: Sequence[Known]) -> tuple[int, ...]:
    """Who may be the same person as somebody new, spelt otherwise, by a first name alone or with more around the name.

    Of those found or alike: at most two letters away from a full name, or one from a word of it where one was typed;
    or a full name with a title, a degree or another name (`Fatima Costa, PhD`).
    """
    from netjournal.domain.kinds import letters_off

    folded = untitled(fold(typed))
    first, *others = folded.split() or [folded]
    candidates = {*found.ids, *found.alike}
    return tuple(
        k.id
        for k in known
        if (others and k.names and (k.names[0] == first or f" {folded} " in f" {k.names[0]} "))
        or (
            k.id in candidates
            and any(
                one[:1] == folded[:1] and letters_off(folded, one) <= (2 if others else 1)
                for full in k.names
                for one in ((full,) if others else full.split())
            )
        )
    )


def similar(folded: str, known: Sequence[Known], most: int = 5) -> tuple[int, ...]:
    """Contacts whose name is like the typed one, best first: only ever a suggestion."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    scored: list[tuple[float, str, int]] = []
    for k in known:
        best = 0.0
        for candidate in (*k.names, *(word for full in k.names for word in full.split())):
            matcher.set_seq1(candidate)
            if matcher.real_quick_ratio() >= 0.75 and matcher.quick_ratio() >= 0.75:
                best = max(best, matcher.ratio())
        if best >= 0.75:
            scored.append((-best, k.handle, k.id))
    return tuple(identity for _, _, identity in sorted(scored)[:most])
