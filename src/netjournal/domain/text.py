"""What free text may be: checked once on the way in, by limits that the tables hold again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Characters of a name, title or location.
NAME_LIMIT: Final = 200
#: Characters of a one-line text: a summary, a promise, a why.
LINE_LIMIT: Final = 2_000
#: Characters of a note.
NOTE_LIMIT: Final = 100_000
#: Minutes of an interaction: a week.
MINUTES_LIMIT: Final = 10_080
#: Characters of a topic, key or handle.
WORD_LIMIT: Final = 64

#: What stands for your own words in commands that are advised: pasted as they are, they are no answer.
PLACEHOLDERS: Final = frozenset({"TEXT", "WHO", "WHAT"})

_BLANKS = re.compile(r"\s+")
# Zero width and other format characters: a name of these alone would be invisible.
_INVISIBLE = re.compile(r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
                        r"\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+")  # fmt: skip
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def line(text: str, what: str, limit: int = LINE_LIMIT) -> str:
    """Return a one-line text with its blanks folded; raises UsageError where it is empty, invisible or too long."""
    return _checked(_BLANKS.sub(" ", text).strip(), what, limit)


def name(text: str, what: str) -> str:
    """Return a name, title or location as it is stored; raises UsageError as `line` does."""
    return line(text, what, NAME_LIMIT)


def note(text: str, what: str = "The note") -> str:
    """Return a note as typed, its line ends made one kind; raises UsageError as `line` does."""
    return _checked(text.replace("\r\n", "\n").strip("\n"), what, NOTE_LIMIT)


def _checked(text: str, what: str, limit: int) -> str:
    if len(text) > limit:
        raise UsageError(f"{what} has {len(text):,} characters; the limit is {limit:,}.")
    if not _INVISIBLE.sub("", text):
        raise UsageError(f"{what} is empty.")
    if "\x00" in text:
        raise UsageError(f"{what} holds a NUL character, which cannot be stored.")
    if _SURROGATE.search(text):
        raise UsageError(f"{what} holds bytes that are not UTF-8 text.")
    return text


def one_of(word: str, words: Sequence[str], what: str) -> str:
    """Return a word that is one of those there are; raises UsageError, with all of them, for any other."""
    if word in words:
        return word
    from netjournal.domain.counts import plural

    article = "an" if what[0] in "aeiou" else "a"
    raise UsageError(
        f"'{word}' is not {article} {what}.", f"{plural(what.split(' ')[0]).capitalize()}: {', '.join(words)}."
    )


def something(is_said: bool, noun: str) -> None:
    """Refuse an edit that says nothing. Raises UsageError."""
    if not is_said:
        raise UsageError(f"What is to change about this {noun}?", f"`netj {noun} edit --help` tells what can be said.")


def is_visible(text: str) -> bool:
    """Whether anything of a text can be seen."""
    return bool(text) and (text[0].isalnum() or bool(_INVISIBLE.sub("", text)))


def minutes(count: int) -> int:
    """Return how long something took; raises UsageError where that is no time or over a week."""
    if not 1 <= count <= MINUTES_LIMIT:
        raise UsageError(f"`--minutes` is between 1 and {MINUTES_LIMIT}, which is a week.")
    return count


_WORD = re.compile(r"[^\W_]+(?:[-_.+#][^\W_]+)*[+#]*", re.UNICODE)


def topic(text: str) -> str:
    """Return a topic as it is stored: one lower-case word without its `#`; raises UsageError otherwise."""
    word = text.strip().removeprefix("#").casefold()
    if not _WORD.fullmatch(word) or len(word) > WORD_LIMIT:
        raise UsageError(
            f"A topic is one word of at most {WORD_LIMIT} letters, digits and hyphens, like #data-platform."
        )
    return word


def in_shell(typed: str) -> str:
    """Return a word as it is typed in a shell: in quotes where it needs them."""
    if re.fullmatch(r"[\w@%+=:,./-]+", typed, re.ASCII):
        return typed
    if not set(typed) & set('"$`\\!') and typed.isprintable():
        return f'"{typed}"'
    from shlex import quote

    return quote(typed)
