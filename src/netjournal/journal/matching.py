"""What an import would do, decided before anything is written: who is who, and what is news of them.

It only reads, so that `--dry-run` is the same code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from netjournal.domain import names
from netjournal.domain.words import Handle
from netjournal.journal.people import method_key
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import imports as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from netjournal.interchange.records import Person
    from netjournal.store.connection import ReadConnection

#: What a file says of where a contact works: nothing new, the first we hear of it, more of the same, or another job.
Work = Literal["known", "starts", "completes", "moves"]


class Change(NamedTuple):
    """What an import does to one contact: `contact_id` is None for one that it makes."""

    person: Person
    contact_id: int | None
    methods: tuple[tuple[str, str], ...]
    work: Work
    connected_on: str | None
    external_ids: tuple[str, ...]


class Plan(NamedTuple):
    """What an import will do."""

    source: str
    changes: tuple[Change, ...]
    unchanged: int
    #: (line of the file, handle) of people whose name, but nothing else, is that of a contact here.
    doubtful: tuple[tuple[int, Handle], ...]


def plan(connection: ReadConnection, source: str, people: Iterable[Person]) -> Plan:
    """Decide what to do with each person: matched by id of the source, e-mail, link, then name and organization.

    Several rows on one person are one: of where they work the first row counts.
    """
    known = queries.known_people(connection, source)
    organizations = queries.organizations(connection)
    changes: list[Change] = []
    doubtful: list[tuple[int, Handle]] = []
    unchanged = 0
    for contact_id, rows in _matched(known, people):
        unchanged += len(rows) - 1
        if contact_id is None:
            namesake = known.by_name.get(names.fold(rows[0].name))
            if namesake is not None:
                doubtful.append((rows[0].line, Handle(known.handles[namesake])))
            changes.append(_new(rows))
            continue
        change = _news(connection, known, organizations, rows, contact_id)
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
    return Plan(source, tuple(changes), unchanged, tuple(doubtful))


def _matched(known: queries.KnownPeople, people: Iterable[Person]) -> list[tuple[int | None, list[Person]]]:
    """The rows of each person, with the contact they are; each contact once, in the order of the file.

    A name and organization are only taken for a contact that no row has a better claim to: otherwise two people of
    one name at one company would become one, and take turns at every import.
    """
    owners: dict[tuple[str, str], int] = {("id", key): contact_id for key, contact_id in known.by_external.items()}
    owners |= known.by_method
    rows: dict[int, list[Person]] = {}
    for number, person in enumerate(people, 1):
        keys = [("id", person.external_id), *((kind, method_key(kind, value)) for kind, value in _methods(person))]
        # Below 0: somebody new, whom a later row may name again.
        owner = next((owners[key] for key in keys if key in owners), -number)
        for key in keys:
            owners.setdefault(key, owner)
        rows.setdefault(owner, []).append(person)
    found: list[tuple[int | None, list[Person]]] = []
    claimed = {owner for owner in rows if owner > 0}
    for owner, theirs in rows.items():
        contact_id = owner if owner > 0 else _of_name_and_organization(known, theirs)
        if owner < 0 and contact_id in claimed:
            contact_id = None
        if contact_id is not None:
            claimed.add(contact_id)
        found.append((contact_id, theirs))
    return found


def _of_name_and_organization(known: queries.KnownPeople, rows: Sequence[Person]) -> int | None:
    for person in rows:
        if person.company:
            key = names.fold(person.name), names.fold_organization(person.company)
            if key in known.by_name_and_organization:
                return known.by_name_and_organization[key]
    return None


def _methods(person: Person) -> tuple[tuple[str, str], ...]:
    return (*(("email", e) for e in person.emails), *(("url", u) for u in person.urls))


def _new(rows: Sequence[Person]) -> Change:
    person = _told(rows)
    methods = {(kind, method_key(kind, value)): (kind, value) for row in rows for kind, value in _methods(row)}
    works: Work = "starts" if person.company or person.title else "known"
    ids = tuple(dict.fromkeys(row.external_id for row in rows))
    return Change(person, None, tuple(methods.values()), works, _connected_on(rows), ids)


def _told(rows: Sequence[Person]) -> Person:
    """The first row, working where the first one that tells says."""
    telling = next((row for row in rows if row.company or row.title), rows[0])
    return rows[0]._replace(company=telling.company, title=telling.title)


def _connected_on(rows: Sequence[Person]) -> str | None:
    return next((row.connected_on.isoformat() for row in rows if row.connected_on), None)


def _news(
    connection: ReadConnection,
    known: queries.KnownPeople,
    organizations: Mapping[str, int],
    rows: Sequence[Person],
    contact_id: int,
) -> Change | None:
    """What the file says that is not known of a contact yet, or None."""
    person = _told(rows)
    methods = {
        (kind, method_key(kind, value)): (kind, value)
        for row in rows
        for kind, value in _methods(row)
        if (kind, method_key(kind, value)) not in known.by_method
    }
    works = _work(known.work.get(contact_id), organizations, person)
    if works == "moves" and _worked_there(connection, contact_id, organizations, person):
        # An older export tells nothing new, and what was typed here since is worth more.
        works = "known"
    connected_on = _connected_on(rows) if contact_id not in known.connected else None
    ids = tuple(dict.fromkeys(row.external_id for row in rows if row.external_id not in known.by_external))
    if not (methods or works != "known" or connected_on or ids):
        return None
    return Change(person, contact_id, tuple(methods.values()), works, connected_on, ids)


def _work(now: tuple[str | None, str | None] | None, organizations: Mapping[str, int], person: Person) -> Work:
    if not (person.company or person.title):
        return "known"
    if now is None:
        return "starts"
    organization, title = now
    same_organization = not (person.company and organization) or _same(organizations, person.company, organization)
    same_title = not (person.title and title) or names.fold(person.title) == title
    if not (same_organization and same_title):
        return "moves"
    return "completes" if (person.company and not organization) or (person.title and not title) else "known"


def _same(organizations: Mapping[str, int], company: str, other: str) -> bool:
    """Whether two names are of one organization, which may answer to several."""
    keys = names.fold_organization(company), names.fold_organization(other)
    return keys[0] == keys[1] or (keys[0] in organizations and organizations[keys[0]] == organizations.get(keys[1]))


def _worked_there(
    connection: ReadConnection, contact_id: int, organizations: Mapping[str, int], person: Person
) -> bool:
    """Whether what the file says was true of the contact once, and has ended."""
    for former in contact_queries.affiliations(connection, [contact_id]).get(contact_id, ()):
        if former.until is None or not (person.company and former.organization):
            continue
        same_title = not (person.title and former.title) or names.fold(person.title) == names.fold(former.title)
        if same_title and _same(organizations, person.company, former.organization):
            return True
    return False
