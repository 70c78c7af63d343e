"""What an import would do, decided before anything is written: who is who, and what is news of them.

It only reads, so that `--dry-run` is the same code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import names
from netjournal.domain.methods import identity_key
from netjournal.domain.words import Handle
from netjournal.journal.importing.news import Change, methods_of, new_contact, news_of
from netjournal.store.queries import imports as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from netjournal.interchange.records import Guest, Person
    from netjournal.store.connection import ReadConnection

#: What identifies somebody: `id` of the source, `uid`, `email`, `url` or `word`, and its folded value.
IdentityKey = tuple[str, str]
#: Kinds of keys that one record only has.
_SURE: Final = ("uid", "id")


class Namesake(NamedTuple):
    """Somebody new: the line of the file, the number below 0, and the handle of who has the name here."""

    line: int
    number: int
    other: Handle


class Matched(NamedTuple):
    """Who the people of a file are. A person is a contact's id, or below 0 a number of somebody new."""

    changes: tuple[Change, ...]
    unchanged: int
    #: New people whose name, but nothing else, is that of a contact here.
    doubtful: tuple[Namesake, ...]
    owners: dict[IdentityKey, int]
    #: Numbers of new people who were found by name and organization after all.
    found: dict[int, int]
    #: (line of the file, whom it is taken for) of people under quite another name who have an address in common.
    renamed: tuple[tuple[int, str], ...] = ()

    def who(self, guest: Guest) -> int | None:
        """Whom a file means by somebody at an interaction, or None; never by name alone."""
        owner = next((self.owners[key] for key in keys_of(guest) if key in self.owners), None)
        return self.found.get(owner, owner) if owner is not None else None


def keys_of(guest: Guest) -> Iterable[IdentityKey]:
    """All that can identify somebody at an interaction, the surest first."""
    if guest.external_id is not None:
        yield "id", guest.external_id
    for kind, values in (("email", guest.emails), ("url", guest.urls)):
        for value in values:
            if (key := identity_key(kind, value)) is not None:
                yield kind, key
    if guest.handle is not None:
        yield "word", names.fold(guest.handle)


def can_be_made(guest: Guest) -> bool:
    """Whether enough is known of somebody to find them again: never of a name alone, nor of a word that may be one."""
    return any(kind != "word" for kind, _ in keys_of(guest))


def match(connection: ReadConnection, source: str, people: Sequence[Person]) -> Matched:
    """Decide what to do with each person: matched by uid, id of the source, e-mail, link, then name and organization.

    Several rows on one person are one: of where they work the first row counts.
    """
    known = queries.known_people(connection, source)
    organizations = queries.organizations(connection)
    details = queries.known_details(connection) if any(_is_rich(person) for person in people) else queries.NO_DETAILS
    owners = _owners(known)
    changes: list[Change] = []
    doubtful: list[Namesake] = []
    renamed: list[tuple[int, str]] = []
    unchanged = 0
    found: dict[int, int] = {}
    bare: dict[str, int] = {}
    for number, contact_id, rows in _matched(known, owners, people, found):
        unchanged += len(rows) - 1
        renamed += _renamed(known, rows, contact_id)
        if contact_id is None:
            bare = bare or {names.untitled(key): owner for key, owner in known.by_name.items()}
            namesake = known.by_name.get(name := names.fold(rows[0].name), bare.get(names.untitled(name)))
            if namesake is not None:
                doubtful.append(Namesake(rows[0].line, number, Handle(known.handles[namesake])))
            changes.append(new_contact(rows, number))
            continue
        change = news_of(connection, known, details, organizations, rows, contact_id)
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
    return Matched(tuple(changes), unchanged, tuple(doubtful), owners, found, tuple(renamed))


def _renamed(known: queries.KnownPeople, rows: Sequence[Person], contact_id: int | None) -> Iterable[tuple[int, str]]:
    """The rows that an address alone ties to somebody of quite another name: two may share one, as families do."""
    called, spelled = f"line {rows[0].line}", names.fold(rows[0].name)
    if contact_id is not None:
        called, spelled = known.handles[contact_id], known.names[contact_id]
    for row in rows:
        name = names.fold(row.name)
        # An id that is made of an address says no more than the address.
        is_sure = known.by_external.get(row.external_id) == contact_id and not row.external_id.startswith("email:")
        is_sure |= bool(row.uid) and known.by_uid.get(row.uid or "") == contact_id
        is_alias = contact_id is not None and known.by_word.get(name) == contact_id
        # Who is called by their address has no name yet.
        is_nameless = "@" in row.name or spelled in map(names.fold, row.emails)
        if not ((is_sure and contact_id) or is_alias or is_nameless or set(name.split()) & set(spelled.split())):
            yield row.line, called


def _is_rich(person: Person) -> bool:
    """Whether a person says more than LinkedIn does."""
    return any((person.aliases, person.topics, person.location, person.birthday, person.note, person.met, person.rest))


def _owners(known: queries.KnownPeople) -> dict[IdentityKey, int]:
    owners: dict[IdentityKey, int] = {("id", key): contact_id for key, contact_id in known.by_external.items()}
    owners |= {("uid", uid): contact_id for uid, contact_id in known.by_uid.items()}
    owners |= {("word", word): contact_id for word, contact_id in known.by_word.items()}
    owners |= known.by_method
    return owners


def _matched(
    known: queries.KnownPeople, owners: dict[IdentityKey, int], people: Sequence[Person], resolved: dict[int, int]
) -> list[tuple[int, int | None, list[Person]]]:
    """The rows of each person, with the contact they are; each contact once, in the order of the file.

    A name and organization are only taken for a contact that no row has a better claim to: otherwise two people of
    one name at one company would become one, and take turns at every import.
    """
    rows: dict[int, list[Person]] = {}
    # Two records of another journal are two people, who may share an address.
    uids = {owners["uid", one.uid]: one.uid for one in people if one.uid and ("uid", one.uid) in owners}
    for number, person in enumerate(people, 1):
        keys = _keys(person)
        owner = _owner(person, keys, owners, uids)
        if owner is None:
            # Somebody new, whom a later row may name again.
            owner = -number
        if person.uid:
            uids.setdefault(owner, person.uid)
        for key in keys:
            owners.setdefault(key, owner)
        rows.setdefault(owner, []).append(person)
    found: list[tuple[int, int | None, list[Person]]] = []
    claimed = {owner for owner in rows if owner > 0}
    for owner, told in rows.items():
        contact_id = owner if owner > 0 else _of_name_and_organization(known, told)
        if owner < 0 and contact_id in claimed:
            contact_id = None
        if contact_id is not None:
            claimed.add(contact_id)
            resolved[owner] = contact_id
        found.append((owner, contact_id, told))
    return found


def _owner(
    person: Person, keys: Sequence[IdentityKey], owners: Mapping[IdentityKey, int], uids: Mapping[int, str]
) -> int | None:
    """Who is known by the surest of some keys; not by an address, where that one has another uid in the same file."""
    for key in keys:
        owner = owners.get(key)
        if owner is not None and (key[0] in _SURE or not person.uid or uids.get(owner, person.uid) == person.uid):
            return owner
    return None


def _keys(person: Person) -> list[IdentityKey]:
    keys: list[IdentityKey] = [("uid", person.uid)] if person.uid else []
    keys.append(("id", person.external_id))
    keys += [(kind, key) for kind, value in methods_of(person) if (key := identity_key(kind, value)) is not None]
    return keys


def _of_name_and_organization(known: queries.KnownPeople, rows: Sequence[Person]) -> int | None:
    for person in rows:
        if person.company:
            key = names.fold(person.name), names.fold_organization(person.company)
            if key in known.by_name_and_organization:
                return known.by_name_and_organization[key]
    return None
