"""Who spoke last: the last words of a day, how long a message waits for an answer, and replies owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from netjournal.domain.kinds import DEPTH_OF_KIND, DEPTH_RANK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

#: An unanswered message out is worth a word after more days than this.
WAITING_DAYS: Final = 14
#: A reply is owed from the first to the last of these ages, in days.
REPLY_FROM: Final = 2
REPLY_UNTIL: Final = 30


class Said(Protocol):
    """One interaction of a contact's newest day."""

    @property
    def uid(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def no_reply(self) -> int: ...


S = TypeVar("S", bound=Said)


def last_words(said: Sequence[S]) -> S | None:
    """The interaction that a day is remembered by: the deepest, then the greatest uid, whatever the order of logging."""
    return max(said, key=lambda s: (DEPTH_RANK[DEPTH_OF_KIND[s.kind]], s.uid), default=None)


def waiting_days(on: date | None, said: Sequence[Said], today: date) -> int | None:
    """Days that an outbound touch has gone unanswered, where they are over 14 and nothing else was said that day."""
    if on is None or not said or any(s.direction != "out" for s in said):
        return None
    days = (today - on).days
    return days if days > WAITING_DAYS else None


def reply_age(on: date | None, said: Sequence[Said], today: date) -> int | None:
    """Age in days of the inbound message that is the newest touch, where a reply to it is owed."""
    if on is None or not said:
        return None
    if any(s.direction != "in" or DEPTH_OF_KIND[s.kind] != "message" or s.no_reply for s in said):
        return None
    days = (today - on).days
    return days if REPLY_FROM <= days <= REPLY_UNTIL else None
