"""Who had a part in what a file tells of, and which of it is known already."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import kinds
from netjournal.journal.importing.matching import can_be_made
from netjournal.store.queries import imports as queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.interchange.records import Interaction, Promise
    from netjournal.journal.importing.matching import Matched
    from netjournal.store.connection import ReadConnection


class Attached(NamedTuple):
    """An interaction to be written: with contacts (ids, below 0 for new ones), or as one that was typed here."""

    item: Interaction
    contact_ids: tuple[int, ...]
    joins: int | None
    topics: tuple[str, ...]


class Promised(NamedTuple):
    """A promise to be written, under a uid that is made of its source."""

    item: Promise
    uid: str
    contact_id: int | None


class Attachments(NamedTuple):
    """What a file tells of that happened or was promised."""

    attached: tuple[Attached, ...]
    promised: tuple[Promised, ...]
    unchanged: int
    #: Interactions and promises with nobody who is known here, and how many strangers those are.
    alone: int
    strangers: int
    #: Interactions that were sent to so many that they touch nobody.
    exposed: int


#: Many recipients, of whom only a few are known: not the few people's touch.
EXPOSED: Final = f"sent to more than {kinds.MOST_RECIPIENTS} people"


def attach(
    connection: ReadConnection, source: str, items: Sequence[Interaction], promises: Sequence[Promise], matched: Matched
) -> Attachments:
    """Decide what each interaction and promise of a file is: new, known by its id, or one that was typed here."""
    known = queries.known_interactions(connection, source)
    attached: list[Attached] = []
    seen: set[str] = set()
    taken: set[int] = set()
    strangers: set[object] = set()
    alone = exposed = unchanged = 0
    for item in items:
        if item.external_id in known or item.external_id in seen:
            unchanged += 1
            continue
        who = {guest: matched.who(guest) for guest in item.guests}
        contact_ids = tuple(dict.fromkeys(owner for owner in who.values() if owner is not None))
        if not contact_ids:
            alone += 1
            strangers.update(guest for guest in who if can_be_made(guest))
        elif item.direction == "out" and _is_reached(item) and len(contact_ids) <= kinds.MOST_RECIPIENTS:
            exposed += 1
        else:
            seen.add(item.external_id)
            joins = _typed_here(connection, source, item, contact_ids, taken)
            people = {guest.handle for guest, owner in who.items() if guest.handle and owner is not None}
            attached.append(Attached(item, contact_ids, joins, tuple(t for t in item.topics if t not in people)))
    promised, old, unclear = _promised(connection, source, promises, matched)
    return Attachments(tuple(attached), promised, unchanged + old, alone + unclear, len(strangers), exposed)


def _is_reached(item: Interaction) -> bool:
    return kinds.is_exposure(item.kind, item.direction, len(item.guests))


def _typed_here(
    connection: ReadConnection, source: str, item: Interaction, contact_ids: Sequence[int], taken: set[int]
) -> int | None:
    """The interaction of that day, of the same depth and with these people, that was typed here; each is taken once."""
    wanted = set(contact_ids)
    if min(wanted) < 0:
        return None
    depth = kinds.DEPTH_OF_KIND[item.kind]
    for logged in queries.logged_with(connection, contact_ids[0], item.on.isoformat(), source):
        if logged.id in taken or kinds.DEPTH_OF_KIND[logged.kind] != depth or not wanted <= logged.contact_ids:
            continue
        # One who wrote and one who answered on the same day are two messages.
        if depth == "message" and logged.direction != item.direction:
            continue
        taken.add(logged.id)
        return logged.id
    return None


def _promised(
    connection: ReadConnection, source: str, promises: Sequence[Promise], matched: Matched
) -> tuple[tuple[Promised, ...], int, int]:
    """Promises to be written, how many are known, and how many are about nobody known here."""
    if not promises:
        return (), 0, 0
    known = queries.followup_uids(connection)
    found: list[Promised] = []
    old = unclear = 0
    for item in promises:
        # There is no table of where promises came from: their uid says it.
        uid = sha256(f"{source}\n{item.external_id}".encode()).hexdigest()[:32]
        contact_id = matched.who(item.guest) if item.guest else None
        if uid in known:
            old += 1
        elif item.guest is not None and contact_id is None:
            unclear += 1
        else:
            known.add(uid)
            found.append(Promised(item, uid, contact_id))
    return tuple(found), old, unclear
