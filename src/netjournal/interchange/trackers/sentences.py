"""What a sentence of another tracker says: of its kind, its way, its topics and its day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from netjournal.domain import text as free_text
from netjournal.domain.kinds import DEFAULT_KIND, DEPTH_OF_KIND, default_direction, kind_named
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from netjournal.domain.words import Direction

NOBODY: Final = "names nobody"
NO_DAY: Final = "its day cannot be read"
TOO_LONG: Final = f"over {free_text.NOTE_LIMIT:,} characters"

#: `called` is missing: so are companies.
_VERBS: Final = {"phoned": "call", "emailed": "email", "messaged": "message", "texted": "message"}
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NOT_TOPIC: Final = re.compile(r"[\W_]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Characters of a summary made of a longer text.
_HEADLINE: Final = 200


def kind_of(sentence: str, *, guests: bool) -> tuple[str, Direction]:
    """The kind and direction that the first fitting word of a sentence tells, else a chat.

    With guests a talk, post or article is what was spoken of: a broadcast has none.
    """
    words = _LETTERS.findall(sentence[: free_text.LINE_LIMIT])
    for at, word in enumerate(words):
        kind = kind_named(word) or _VERBS.get(word.casefold())
        if kind is None or (guests and DEPTH_OF_KIND[kind] == "broadcast"):
            continue
        if DEPTH_OF_KIND[kind] == "message" and [w.casefold() for w in words[at + 1 : at + 2]] == ["from"]:
            return kind, "in"
        return kind, default_direction(kind)
    return DEFAULT_KIND, default_direction(DEFAULT_KIND)


def headline(text: str) -> tuple[str | None, str | None]:
    """A text as summary and note: whole in the summary if it is one short line, else begun there and whole in the note."""
    text = text.strip()
    if not text:
        return None, None
    first, *more = text.split("\n", 1)
    summary = " ".join(first.split())
    if not more and len(summary) <= free_text.LINE_LIMIT:
        return summary, None
    if len(summary) > _HEADLINE:
        summary = f"{summary[: _HEADLINE - 1].rstrip()}…"
    return summary, text


def topic_word(text: str) -> str | None:
    """The topic that a tag becomes, its parts joined by hyphens, or None if nothing is left of it."""
    try:
        return free_text.topic(text.replace("_", "-"))
    except UsageError:
        word = _NOT_TOPIC.sub("-", text.casefold())[: free_text.WORD_LIMIT].strip("-")
        return word or None


def day_of(value: Any) -> date | None:
    """The day that a stamp begins with, as it is written there, or None if it is none.

    Never moved to the local zone: trackers stamp the midnight of a day that was typed.
    """
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def digest(*parts: str) -> str:
    """A key made of texts, the same whenever they are."""
    from hashlib import sha256

    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
