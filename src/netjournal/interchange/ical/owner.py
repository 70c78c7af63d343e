"""Whose calendar it is, where nobody said so: the one address that is in nearly every meeting.

A calendar that one partner fills is no evidence of anything, so whoever comes second must be far behind.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.interchange.ical.people import address, is_nobody

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.interchange.ical.blocks import Block

#: Meetings looked at, and how many it takes.
SAMPLE: Final = 2_000
_FEWEST: Final = 5
#: Parts of the meetings: one's own address may have changed, and others are met again and again.
_NEARLY: Final = 0.9
_FAR_BEHIND: Final = 0.4
_PERSON: Final = re.compile(r"(?:ATTENDEE|ORGANIZER)\b(.*):((?:mailto:)?[^:]+)", re.IGNORECASE)
_EMAIL: Final = re.compile(r";EMAIL=\"?([^\";:]+)", re.IGNORECASE)
_THING: Final = re.compile(r"CUTYPE=\"?(?:ROOM|RESOURCE)\b", re.IGNORECASE)


def found(blocks: Iterable[Block]) -> frozenset[str]:
    """The owner's address in small letters; empty where there are too few meetings or it cannot be told."""
    counts: Counter[str] = Counter()
    meetings = 0
    for addresses in islice(_meetings(blocks), SAMPLE):
        meetings += 1
        counts.update(addresses)
    first, second = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    sure = meetings >= _FEWEST and first[1] >= _NEARLY * meetings and second[1] <= _FAR_BEHIND * meetings
    return frozenset({first[0]}) if sure else frozenset()


def _meetings(blocks: Iterable[Block]) -> Iterator[set[str]]:
    """Whom each event of two people or more names; a series counts once, whatever was changed of its days."""
    seen: set[str] = set()
    for block in blocks:
        addresses = set(_addresses(block.lines)) if block.name == "VEVENT" else set()
        uid = next((line for line in block.lines if line[:4].upper() == "UID:"), "")
        if len(addresses) > 1 and (not uid or uid not in seen):
            seen.add(uid)
            yield addresses


def _addresses(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        told = _PERSON.fullmatch(line)
        if told is None or _THING.search(told[1]):
            continue
        # Apple writes a path of its own as the value.
        beside = _EMAIL.search(told[1])
        email = address(told[2]) or (address(beside[1]) if beside else None)
        if email is not None and not is_nobody(email):
            yield email.casefold()
