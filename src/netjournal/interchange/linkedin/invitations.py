"""Invitations.csv: those with a personal message are the first message of two people."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from netjournal.interchange import tabular
from netjournal.interchange.keys import bounded
from netjournal.interchange.linkedin import moments, wording
from netjournal.interchange.linkedin.parties import real_name
from netjournal.interchange.profiles import profile_url, usable_key
from netjournal.interchange.reasons import TWICE
from netjournal.interchange.records import Guest, Interaction, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.domain.words import Direction
    from netjournal.interchange.linkedin.layouts import Loaded
    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.tabular import Row

SILENT: Final = "invitation without a message"
NAMELESS: Final = "invitation that names no profile"
OWN: Final = "invitation to yourself"
_DIRECTIONS: Final[dict[str, Direction]] = {"outgoing": "out", "incoming": "in"}


def items(loaded: Loaded, options: Options, me: frozenset[str]) -> Iterator[Item]:
    """The invitations of a file and what was left out, in its order; `me` are the owner's profile keys."""
    seen: set[str] = set()
    read = (_item(row, options, me, seen) for row in loaded.table.rows)
    faults = map(tabular.skipped, loaded.table.faults)
    return heapq.merge(read, faults, key=lambda item: item.line)


def owners(loaded: Loaded) -> frozenset[str]:
    """The profile keys on the owner's side: who sent what went out and was sent what came in."""
    sides = {"out": "from_url", "in": "to_url"}
    found = set()
    for row in loaded.table.rows:
        direction = _DIRECTIONS.get(row.values.get("direction", "").casefold())
        key = usable_key(row.values.get(sides[direction], "")) if direction else None
        if key:
            found.add(key)
    return frozenset(found)


def _item(row: Row, options: Options, me: frozenset[str], seen: set[str]) -> Item:
    values = row.values
    message = wording.plain(values.get("message", ""))
    if not message:
        return Skipped(row.line, SILENT)
    direction = _DIRECTIONS.get(values.get("direction", "").casefold())
    if direction is None:
        return Skipped(row.line, "its direction is neither INCOMING nor OUTGOING", bad=True)
    name, url = ("to", "to_url") if direction == "out" else ("from", "from_url")
    key = usable_key(values.get(url, ""))
    if key is None:
        return Skipped(row.line, NAMELESS)
    if key in me:
        return Skipped(row.line, OWN)
    sent = values.get("sent_at", "")
    moment = moments.local(sent) or moments.universal(sent)
    day = moments.day_of(moment, options.zone) if moment else None
    if moment is None or day is None:
        return Skipped(row.line, "its `Sent At` is no time that can be read", bad=True)
    if reason := options.unread(day):
        return Skipped(row.line, reason)
    # The moment as it is written: the day depends on where the export is read.
    written = moment.replace(tzinfo=None).isoformat(timespec="minutes")
    external_id = bounded(f"invitation:{key}|{written}|{direction}|{wording.digest(message)}")
    if external_id in seen:
        return Skipped(row.line, TWICE)
    seen.add(external_id)
    guest = Guest(real_name(values.get(name, "")) or None, urls=(profile_url(key),))
    summary, note = wording.told("", message)
    return Interaction(row.line, external_id, day, "message", direction, (guest,), summary, note)
