"""Whose mail it is: the addresses that were told, else the one that is in nearly every message."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.interchange.mail.addresses import key, mailboxes
from netjournal.interchange.mail.headers import Headers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.interchange.mail.mbox import Block

#: Messages looked at.
SAMPLE: Final = 2_000
#: Of one message nobody can tell whose it is; of two that went both ways neither.
_FEWEST: Final = 3
_NEARLY: Final = 0.8
#: What servers wrote at delivery says more, though a forwarded message has two of it.
_DELIVERED: Final = 0.6
_ADDRESS: Final = re.compile(r"[^\s@/:<>]+@[^\s@/:<>]+")


def stated(me: Iterable[str]) -> frozenset[str]:
    """The keys of the mail addresses among what the owner is called."""
    cleaned = (word.strip().removeprefix("mailto:") for word in me)
    return frozenset(key(word) for word in cleaned if _ADDRESS.fullmatch(word))


def found(blocks: Iterable[Block]) -> frozenset[str]:
    """The key of the address that is in nearly all of the first messages; empty where none is, or more than one."""
    named: Counter[str] = Counter()
    delivered: Counter[str] = Counter()
    messages = deliveries = 0
    for block in islice(blocks, SAMPLE):
        headers = Headers(block.header)
        to = {box.key for box in mailboxes(headers.every(b"delivered-to"))}
        everyone = {box.key for box in mailboxes(headers.every(b"from", b"to", b"cc", b"bcc"))} | to
        messages += bool(everyone)
        deliveries += bool(to)
        delivered.update(to)
        named.update(everyone)
    return _foremost(delivered, deliveries, _DELIVERED) or _foremost(named, messages, _NEARLY)


def _foremost(counts: Counter[str], total: int, share: float) -> frozenset[str]:
    first = counts.most_common(2)
    alone = len(first) == 1 or (len(first) == 2 and first[0][1] > first[1][1])
    return frozenset({first[0][0]}) if alone and total >= _FEWEST and first[0][1] >= share * total else frozenset()
