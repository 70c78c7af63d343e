"""How a contact came to be known: the chain of introductions, and those they had a part in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.words import Handle, Prose
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import introductions as queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netjournal.store.connection import ReadConnection

#: A chain of introductions is told so far back.
LONGEST_CHAIN: Final = 5
#: Introductions a contact had a part in: the last so many.
MOST_INTRODUCTIONS: Final = 5
#: The journal's owner among handles; no handle has an `@`.
ME: Final = "@me"


class Met(NamedTuple):
    """The part of a row that tells of introductions, and the names of the handles in it."""

    chain: tuple[Handle, ...]
    introductions: tuple[Prose, ...]
    thanks: tuple[Prose, ...]
    names: Mapping[str, str]


def met(connection: ReadConnection, contact_id: int) -> Met:
    """Through whom a contact is known, what introductions they were in, and for which thanks are owed."""
    chain = _chain(connection, contact_id)
    found = queries.introductions(connection, contact_id)[:MOST_INTRODUCTIONS]
    owed = queries.thanks_owed(connection, contact_id)
    ids = {*chain, *(n.contact_id for n in found), *(t.contact_id for t in owed)}
    ids |= {i for n in found for i in (n.to_id, n.via_id) if i is not None}
    people = contact_queries.contacts_by_id(connection, ids)
    handles: dict[int | None, str] = {None: ME}
    handles.update((i, fact.handle) for i, fact in people.items())
    return Met(
        tuple(Handle(handles[i]) for i in chain),
        tuple(Prose(f"{n.on_day} {handles[n.via_id]} {handles[n.contact_id]} {handles[n.to_id]}") for n in found),
        tuple(Prose(f"{t.followup_id} {t.on_day} {handles[t.contact_id]}") for t in owed),
        {fact.handle: fact.name for fact in people.values()},
    )


def _chain(connection: ReadConnection, contact_id: int) -> list[int]:
    """Who introduced a contact, who introduced that one, and so on: nobody twice, and five at most."""
    chain: list[int] = []
    seen = {contact_id}
    found = queries.introducer(connection, contact_id)
    while found is not None and found not in seen and len(chain) < LONGEST_CHAIN:
        chain.append(found)
        seen.add(found)
        found = queries.introducer(connection, found)
    return chain
