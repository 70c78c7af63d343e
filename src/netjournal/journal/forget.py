"""`forget WHO`: somebody is removed for good, from the records and from their past; nothing brings them back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import mentions, names
from netjournal.domain.mentions import Called
from netjournal.domain.words import Prose
from netjournal.errors import ConflictError, UnknownNameError
from netjournal.journal.contacts import delete_contact
from netjournal.reports import find
from netjournal.store.queries import changes as change_queries
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import forget as queries
from netjournal.store.queries.names import known_contacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.forget import Known, SpokenRow
    from netjournal.store.unit_of_work import UnitOfWork


class Whom(NamedTuple):
    """Who is to be forgotten: one contact, and those deleted or merged away that were the same person."""

    #: None where nobody of that name is left but in the change record.
    id: int | None
    handle: str
    ids: frozenset[int]
    uids: frozenset[str]
    called: Called


class Forgotten(NamedTuple):
    """The receipt: what went, and what still names or holds them."""

    contact: str
    removed: dict[str, int]
    version_count: int
    action_count: int
    scrubbed: int
    mentions: tuple[Prose, ...]
    draft_count: int
    backups: tuple[Prose, ...]


def whom(connection: ReadConnection, typed: str) -> Whom:
    """Who is meant, alive or in the change record only. Raises NotFoundError and AmbiguousError."""
    known = queries.known_ever(connection)
    living = queries.living(connection)
    alive: int | None = None
    try:
        alive = find.contact_to_change(connection, typed)
    except UnknownNameError:
        word = queries.spoken_word(typed)
        ids = {i for i, one in known.items() if i not in living and word in one.words()}
        if not ids:
            raise
        handle = sorted(known[max(ids)].handles)[0]
    else:
        ids = {alive}
        handle = contact_queries.contacts_by_id(connection, [alive])[alive].handle
    ids |= _the_same(ids, {i: one for i, one in known.items() if i not in living}, known)
    spoken = {word for i in ids for word in (*known[i].names, *known[i].handles)}
    if alive is not None:
        spoken.update(contact_queries.aliases(connection, alive))
    # What others are called now: a name that one bore only while a merge stood, undone since, protects nothing.
    others = {name for one in known_contacts(connection) if one.id not in ids for name in one.names}
    addresses = {address for i in ids for address in known[i].addresses}
    addresses -= {address for i in living - ids for address in known[i].addresses}
    uids = frozenset(uid for i in ids for uid in known[i].uids)
    return Whom(alive, handle, frozenset(ids), uids, mentions.called(sorted(spoken), sorted(addresses), others))


def _the_same(ids: set[int], dead: Mapping[int, Known], known: Mapping[int, Known]) -> set[int]:
    """Those of the dead who had a name, handle, alias, address or uid of somebody: a merge leaves B's to A."""
    found: set[int] = set()
    words = {word for i in ids for word in known[i].words()}
    while True:
        more = {i for i, one in dead.items() if i not in found and not words.isdisjoint(one.words())}
        if not more:
            return found
        found |= more
        words.update(word for i in more for word in dead[i].words())


def forget(uow: UnitOfWork, typed: str, handle: str, *, scrub: bool) -> Forgotten:
    """Remove somebody with all that was only theirs, and their past; `scrub` their name from what stays.

    Raises NotFoundError, AmbiguousError, and ConflictError for a client of an objective or where `typed` has come to
    mean somebody else than `handle`.
    """
    who = whom(uow.read, typed)
    if who.handle != handle:
        raise ConflictError(f"'{typed}' means somebody else by now.", "Nothing was changed; try again.")
    if who.id is not None:
        for introduction_id in queries.introductions_through(uow.read, who.id):
            uow.remove("introduction", id=introduction_id)
        delete_contact(uow, handle)
    naming = _naming(uow.read, who.called)
    count = sum(_scrub(uow, who.called, row) for row in naming) if scrub else 0
    left = _naming(uow.read, who.called) if scrub else naming
    told = tuple(Prose(word) for word in dict.fromkeys(_label(uow.read, *row.parent) for row in left))
    # A field that is nothing but their name is an alias or a handle of theirs, in whatever letters.
    whole = {" ".join(phrase) for phrase in who.called.phrases}
    erased = uow.erase(who.ids, lambda text: mentions.is_named(who.called, text) or names.fold(text) in whole)
    return Forgotten(handle, erased.rows, erased.change_count, erased.action_count, count, told, 0, ())


def _naming(connection: ReadConnection, called: Called) -> list[SpokenRow]:
    """Every row that names somebody."""
    found = queries.spoken_rows(connection, lambda texts: mentions.may_be_named(called, texts))
    return [row for row in found if any(mentions.is_named(called, text) for text in row.texts.values())]


def _scrub(uow: UnitOfWork, called: Called, row: SpokenRow) -> int:
    spoken = queries.SPOKEN[row.table]
    values = {}
    for column in spoken.free:
        text = row.texts.get(column, "")
        made = mentions.scrubbed(called, text, queries.limit_of(column))
        if made != text:
            values[column] = made
    if values:
        uow.change(row.table, {spoken.key: row.key}, **values)
    return len(values)


def _label(connection: ReadConnection, table: str, identity: int) -> str:
    key = json.dumps({"id": identity}, separators=(",", ":"))
    return change_queries.called(connection, table, key, change_queries.present(connection, table, key))
