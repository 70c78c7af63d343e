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
MESSAGES: Final = tuple(kind for kind, depth in DEPTH_OF_KIND.items() if depth == "message")
BROADCASTS: Final = tuple(kind for kind, depth in DEPTH_OF_KIND.items() if depth == "broadcast")
DEFAULT_KIND: Final = "chat"

#: Words people type for a kind that has another name here.
SYNONYMS: Final = {
    "lunch": "meal",
    "dinner": "meal",
    "breakfast": "meal",
    "brunch": "meal",
    "tea": "coffee",
    "drinks": "meal",
    "phone": "call",
    "phoned": "call",
    "called": "call",
    "zoom": "video",
    "facetime": "video",
    "mail": "email",
    "e-mail": "email",
    "emailed": "email",
    "e-mailed": "email",
    "dm": "message",
    "msg": "message",
    "sms": "message",
    "whatsapp": "message",
    "texted": "message",
    "messaged": "message",
    "session": "meeting",
    "1:1": "meeting",
    "1-1": "meeting",
    "1on1": "meeting",
    "one-on-one": "meeting",
    "walk": "meeting",
    "beer": "meal",
    "beers": "meal",
}

#: English words that are one letter off a kind, and no slip.
_NO_SLIPS: Final = frozenset(("chart", "even", "into", "launch"))

#: Deepest first: on one day the deepest interaction gives the last words.
DEPTHS: Final[tuple[Depth, ...]] = ("conversation", "exchange", "message", "broadcast")
DEPTH_RANK: Final[dict[Depth, int]] = {depth: len(DEPTHS) - 1 - n for n, depth in enumerate(DEPTHS)}

#: One outbound message to more people than this is exposure, not a touch.
MOST_RECIPIENTS: Final = 5


def kind_named(word: str) -> str | None:
    """The kind that a typed word names, or None."""
    folded = word.casefold()
    return folded if folded in DEPTH_OF_KIND else SYNONYMS.get(folded)


def of_two(first: str, second: str) -> str:
    """What two words for a kind come to: `phone call`, `coffee chat` and `lunch meeting` are the first, `phone interview`
    the second; an event stays one, and so does what is the deeper of the two."""
    ranks = DEPTH_RANK[DEPTH_OF_KIND[first]], DEPTH_RANK[DEPTH_OF_KIND[second]]
    if first == "event" or DEPTH_OF_KIND[second] == "broadcast" or ranks[0] > ranks[1]:
        return first
    return second if ranks[1] > ranks[0] or second not in ("call", "chat", "meeting", "message") else first


def kind_required(word: str) -> str:
    """The kind that an option names. Raises UsageError, with the kinds there are."""
    from netjournal.domain.text import one_of

    return kind_named(word) or one_of(word, KINDS, "kind of interaction")


def kind_meant(word: str) -> str | None:
    """The kind word that a slip of the fingers may have meant (`coffe`, `lucnh`, `metting`), or None.

    One letter too many, too few, wrong or with its neighbour changed over; two for the same letters (`cofe`). In short
    words a wrong letter is a word of its own (`walk`, `deal`), and so is a kind with an ending (`meetings`).
    """
    folded = word.casefold()
    if kind_named(folded) is not None or folded in _NO_SLIPS:
        return None
    for kind in (*KINDS, *SYNONYMS):
        if len(kind) < 4 or folded[:1] != kind[0] or folded.startswith(kind) or abs(len(folded) - len(kind)) > 2:
            continue
        off = letters_off(folded, kind)
        if off == 1 and (len(kind) > 5 or len(folded) != len(kind) or sorted(folded) == sorted(kind)):
            return kind
        if off == 2 and len(kind) > 5 and set(folded) == set(kind):
            return kind
    return None


def letters_off(one: str, other: str) -> int:
    """How many letters lie between two words, a change of two neighbours counting once (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def default_direction(kind: str) -> Direction:
    """Conversations and exchanges are mutual; a message or broadcast went out unless said otherwise."""
    return "mutual" if DEPTH_OF_KIND[kind] in ("conversation", "exchange") else "out"


def is_exposure(kind: str, direction: Direction, participants: int) -> bool:
    """Whether an interaction is exposure: a broadcast, or one outbound message to more than 5 people."""
    depth = DEPTH_OF_KIND[kind]
    return depth == "broadcast" or (depth == "message" and direction == "out" and participants > MOST_RECIPIENTS)
