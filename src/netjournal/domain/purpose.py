"""Which objective a touch supports when nobody said so, and what an objective still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

#: An active objective is neglected when its last touch is this many days ago.
NEGLECT_DAYS: Final = 30

#: What an active objective may lack, in the words that every answer says it in.
NOBODY_HELPS: Final = "nobody is helping yet"
ONE_ORGANIZATION: Final = "only one organization"
ONLY_MESSAGES: Final = "nothing deeper than messages"
NO_NEXT_STEP: Final = "no next step"
EXPOSURE_ALONE: Final = "exposure without a grown tie"

#: The same in a sentence to somebody, where a word of ours would not be understood.
PLAINLY: Final = {EXPOSURE_ALONE: "posts or talks, but no grown tie behind them yet"}


def implied(
    stated: Collection[str], none_on_purpose: bool, active_objectives_of_contacts: Iterable[Collection[str]]
) -> str | None:
    """The objective that an interaction supports without saying so, or None.

    It is the one active objective its contacts are linked to, if nothing was stated and nothing denied. Two
    candidates imply neither: a guess would make every figure on purpose doubtful.
    """
    if stated or none_on_purpose:
        return None
    candidates = {key for keys in active_objectives_of_contacts for key in keys}
    return candidates.pop() if len(candidates) == 1 else None


def is_neglected(status: str, last_touch_on: date | None, has_open_promise: bool, today: date) -> bool:
    """Whether an objective is active and has neither a touch in the last 30 days nor an open promise."""
    if status != "active" or has_open_promise:
        return False
    return last_touch_on is None or (today - last_touch_on).days >= NEGLECT_DAYS


def is_new(opened_on: date, today: date) -> bool:
    """Whether an objective is too young to have been neglected: its silence is no longer than it has been there."""
    return (today - opened_on).days < NEGLECT_DAYS


def gaps(
    status: str,
    *,
    contact_count: int,
    organization_count: int,
    touch_count: int,
    deep_touch_count: int,
    open_promise_count: int,
    exposure_count: int,
    grown_count: int,
) -> tuple[str, ...]:
    """What an active objective still lacks, in words and always in the same order; nothing for any other status.

    `deep_touch_count` are the touches of exchange or deeper among `touch_count`.
    """
    if status != "active":
        return ()
    lacking = (
        (contact_count == 0, NOBODY_HELPS),
        (organization_count == 1 and contact_count > 1, ONE_ORGANIZATION),
        (touch_count > 0 and deep_touch_count == 0, ONLY_MESSAGES),
        (open_promise_count == 0, NO_NEXT_STEP),
        (exposure_count > 0 and grown_count == 0, EXPOSURE_ALONE),
    )
    return tuple(words for lacks, words in lacking if lacks)
