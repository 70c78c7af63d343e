"""Promises as every answer spells them, and what they mean for a contact."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Promise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.queries.followups import FollowupFacts


class Promised(NamedTuple):
    """The open promises with one contact."""

    #: Each as `ID OWNER BY TEXT`, the nearest day first.
    spelled: tuple[Promise, ...]
    #: Days my most overdue promise is late, 0 on its day; None where none is due.
    mine_late: int | None
    #: Days their most overdue promise is late; None where none is past its day.
    theirs_late: int | None
    #: Whether a promise of mine has a day after today.
    ahead: bool
    #: The nearest of those.
    next_mine: FollowupFacts | None = None


NOTHING = Promised((), None, None, False)


def spelled(promise: FollowupFacts) -> Promise:
    """One promise as one word for a script to cut: `12 me 2026-11-30 send the book`."""
    return Promise(f"{promise.id} {promise.owner} {promise.by_day} {promise.text}")


def promised(promises: Iterable[FollowupFacts], today: date) -> dict[int, Promised]:
    """The open promises of each contact that has some."""
    by_contact: dict[int, list[FollowupFacts]] = {}
    for promise in promises:
        if promise.contact_id is not None:
            by_contact.setdefault(promise.contact_id, []).append(promise)
    return {contact: _of_one(theirs, today) for contact, theirs in by_contact.items()}


def _of_one(promises: list[FollowupFacts], today: date) -> Promised:
    late = [(p.owner, (today - date.fromisoformat(p.by_day)).days) for p in promises]
    return Promised(
        tuple(spelled(p) for p in promises),
        max((days for owner, days in late if owner == "me" and days >= 0), default=None),
        max((days for owner, days in late if owner == "them" and days > 0), default=None),
        any(owner == "me" and days < 0 for owner, days in late),
        next((p for p, (owner, days) in zip(promises, late, strict=True) if owner == "me" and days < 0), None),
    )
