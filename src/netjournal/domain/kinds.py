"""Kinds of interaction, how deep each is, and what is assumed when nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from netjournal.domain.words import Depth, Direction

DEPTH_OF_KIND: Final[dict[str, Depth]] = {
    "coffee": "conversation",
    "meal": "conversation",
    "call": "conversation",
    "video": "conversation",
    "meeting": "conversation",
    "interview": "conversation",
    "event": "exchange",
    "intro": "exchange",
    "chat": "exchange",
    "email": "message",
    "message": "message",
    "letter": "message",
    "post": "broadcast",
    "talk": "broadcast",
    "article": "broadcast",
}
KINDS: Final = tuple(DEPTH_OF_KIND)
DEFAULT_KIND: Final = "chat"

#: Words people type for a kind that has another name here.
SYNONYMS: Final = {
    "lunch": "meal",
    "dinner": "meal",
    "breakfast": "meal",
    "phone": "call",
    "zoom": "video",
    "mail": "email",
    "dm": "message",
}

#: Deepest first: on one day the deepest interaction gives the last words.
DEPTHS: Final[tuple[Depth, ...]] = ("conversation", "exchange", "message", "broadcast")
DEPTH_RANK: Final[dict[Depth, int]] = {depth: len(DEPTHS) - 1 - n for n, depth in enumerate(DEPTHS)}

#: One outbound message to more people than this is exposure, not a touch.
MOST_RECIPIENTS: Final = 5


def kind_named(word: str) -> str | None:
    """The kind that a typed word names, or None."""
    folded = word.casefold()
    return folded if folded in DEPTH_OF_KIND else SYNONYMS.get(folded)


def default_direction(kind: str) -> Direction:
    """Conversations and exchanges are mutual; a message or broadcast went out unless said otherwise."""
    return "mutual" if DEPTH_OF_KIND[kind] in ("conversation", "exchange") else "out"


def is_exposure(kind: str, direction: Direction, participants: int) -> bool:
    """Whether an interaction is exposure: a broadcast, or one outbound message to more than 5 people."""
    depth = DEPTH_OF_KIND[kind]
    return depth == "broadcast" or (depth == "message" and direction == "out" and participants > MOST_RECIPIENTS)
