"""What a file says of a contact that is not known yet: the part of an import that would be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from netjournal.domain import names
from netjournal.domain.methods import method_key
from netjournal.store.queries import contacts as contact_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from netjournal.interchange.records import Person
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.imports import KnownDetails, KnownPeople

#: What a file says of where a contact works: nothing new, the first we hear of it, more of the same, or another job.
Work = Literal["known", "starts", "completes", "moves"]

#: Columns that a file fills where they are empty; what was typed here stays.
FILLED = ("location", "birthday", "note", "met")
#: The source whose members tell of their own work: its word counts also against what was typed here before.
_SELF_TOLD = "linkedin"


class Change(NamedTuple):
    """What an import does to one contact: `contact_id` is below 0 for one that it makes."""

    person: Person
    contact_id: int
    methods: tuple[tuple[str, str], ...]
    work: Work
    #: Columns of the contact itself.
    values: Mapping[str, str | int]
    external_ids: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    rest: str | None = None
    #: Ids of the source that were known, and what it says of their work now, where it said something else before.
    told: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the contact is made by the import."""
        return self.contact_id < 0


def methods_of(person: Person) -> Iterator[tuple[str, str]]:
    """The kinds and values of all ways to reach somebody."""
    yield from (("email", e) for e in person.emails)
    yield from (("url", u) for u in person.urls)
    yield from (("phone", p) for p in person.phones)


def told_work(person: Person) -> str | None:
    """What a source says of somebody's work, to be compared with what it says the next time."""
    return " at ".join(part for part in (person.title, person.company) if part) or None


def new_contact(rows: Sequence[Person], number: int) -> Change:
    """A contact to be made from the rows that tell of it; `number` is below 0."""
    person = _told(rows)
    methods = {(kind, method_key(kind, value)): (kind, value) for row in rows for kind, value in methods_of(row)}
    values: dict[str, str | int] = {c: v for c in FILLED if (v := _first(rows, c)) is not None}
    if connected_on := _connected_on(rows):
        values["connected_on"] = connected_on
    return Change(
        person,
        number,
        tuple(methods.values()),
        "starts" if person.company or person.title else "known",
        values,
        tuple(dict.fromkeys(row.external_id for row in rows)),
        _unlike((person.name,), (alias for row in rows for alias in row.aliases)),
        tuple(dict.fromkeys(topic for row in rows for topic in row.topics)),
        _first(rows, "rest"),
    )


def news_of(
    connection: ReadConnection,
    known: KnownPeople,
    details: KnownDetails,
    organizations: Mapping[str, int],
    rows: Sequence[Person],
    contact_id: int,
) -> Change | None:
    """What the file says that is not known of a contact yet, or None."""
    person = _told(rows)
    methods = {
        (kind, method_key(kind, value)): (kind, value)
        for row in rows
        for kind, value in methods_of(row)
        if (kind, method_key(kind, value), contact_id) not in known.methods
    }
    ids = tuple(dict.fromkeys(row.external_id for row in rows))
    values: dict[str, str | int] = {
        c: v for c in FILLED if (v := _first(rows, c)) is not None and c not in details.filled.get(contact_id, ())
    }
    if (connected_on := _connected_on(rows)) and contact_id not in known.connected:
        values["connected_on"] = connected_on
    rest = _first(rows, "rest")
    change = Change(
        person,
        contact_id,
        tuple(methods.values()),
        _work_news(connection, known, organizations, person, contact_id, ids),
        values,
        # Our own record, come back by its uid, needs no other mark of where it came from.
        tuple(
            dict.fromkeys(
                row.external_id
                for row in rows
                if row.external_id not in known.by_external and known.by_uid.get(row.uid or "") != contact_id
            )
        ),
        _unlike((*details.aliases.get(contact_id, ()), known.names[contact_id]), (a for r in rows for a in r.aliases)),
        tuple(dict.fromkeys(t for r in rows for t in r.topics if t not in details.topics.get(contact_id, ()))),
        rest if rest != details.cards.get(contact_id) else None,
        tuple(i for i in ids if i in known.by_external and known.told.get(i) != told_work(person)),
    )
    is_news = (change.methods, change.values, change.external_ids, change.aliases, change.topics, change.rest)
    return change if any(is_news) or change.work != "known" else None


def _first(rows: Sequence[Person], field: str) -> str | None:
    return next((value for row in rows if (value := getattr(row, field))), None)


def _unlike(known: Sequence[str], aliases: Iterator[str]) -> tuple[str, ...]:
    """Other names, each once, that are not among those known already (folded)."""
    seen = {names.fold(name) for name in known}
    found = []
    for alias in aliases:
        if names.fold(alias) not in seen:
            seen.add(names.fold(alias))
            found.append(alias)
    return tuple(found)


def _told(rows: Sequence[Person]) -> Person:
    """The first row, working where the first one that tells says."""
    telling = next((row for row in rows if row.company or row.title), rows[0])
    return rows[0]._replace(company=telling.company, title=telling.title)


def _connected_on(rows: Sequence[Person]) -> str | None:
    return next((row.connected_on.isoformat() for row in rows if row.connected_on), None)


def _work_news(
    connection: ReadConnection,
    known: KnownPeople,
    organizations: Mapping[str, int],
    person: Person,
    contact_id: int,
    ids: Sequence[str],
) -> Work:
    told = [known.told[i] for i in ids if i in known.told]
    if told_work(person) in told:
        # The source repeats itself: whatever was typed here since is newer.
        return "known"
    works = _work(known.work.get(contact_id), organizations, person)
    if works == "moves" and not told and known.source != _SELF_TOLD and not any(i in known.by_external for i in ids):
        # An address book that is read for the first time may be older than what is known here.
        return "known"
    if works == "moves" and _worked_there(connection, contact_id, organizations, person):
        # An older export tells nothing new, and what was typed here since is worth more.
        return "known"
    return works


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
