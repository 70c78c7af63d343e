"""`import`: contacts from another program's file, matched to those here, in one transaction.

First everything is looked up and decided (`plan`, which only reads, so that `--dry-run` is the same code), then
written in bulk (`carry_out`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from netjournal.domain import names
from netjournal.domain.words import Handle, Prose
from netjournal.journal.people import method_key
from netjournal.store.queries import imports as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.interchange.records import Person
    from netjournal.store.connection import ReadConnection
    from netjournal.store.unit_of_work import UnitOfWork


class Imported(NamedTuple):
    """The receipt of an import; `read` = created + updated + unchanged + skipped."""

    source: str
    read: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    signals: int
    warnings: tuple[Prose, ...]


class Change(NamedTuple):
    """What an import does to one contact: `contact_id` is None for one that it makes."""

    person: Person
    contact_id: int | None
    methods: tuple[tuple[str, str], ...]
    #: Whether the file names a company or title that differs from where the contact works now.
    moved: bool
    starts: bool
    connected_on: str | None
    external_id: str | None


class Plan(NamedTuple):
    """What an import will do."""

    source: str
    changes: tuple[Change, ...]
    unchanged: int
    #: (line of the file, handle) of people whose name, but nothing else, is that of a contact here.
    doubtful: tuple[tuple[int, Handle], ...]


def plan(connection: ReadConnection, source: str, people: Iterable[Person]) -> Plan:
    """Decide what to do with each person: matched by id of the source, e-mail, link, then name and organization."""
    known = queries.known_people(connection, source)
    changes: list[Change] = []
    doubtful: list[tuple[int, Handle]] = []
    unchanged = 0
    seen: set[str] = set()
    for person in people:
        if person.external_id in seen:
            unchanged += 1
            continue
        seen.add(person.external_id)
        contact_id = _match(known, person)
        if contact_id is None:
            namesake = known.by_name.get(names.fold(person.name))
            if namesake is not None:
                doubtful.append((person.line, Handle(known.handles[namesake])))
            changes.append(_new(person))
            continue
        change = _difference(known, person, contact_id)
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
    return Plan(source, tuple(changes), unchanged, tuple(doubtful))


def _match(known: queries.KnownPeople, person: Person) -> int | None:
    found = known.by_external.get(person.external_id)
    for kind, values in (("email", person.emails), ("url", person.urls)):
        for value in values:
            found = found if found is not None else known.by_method.get((kind, method_key(kind, value)))
    if found is None and person.company:
        found = known.by_name_and_organization.get((names.fold(person.name), names.fold_organization(person.company)))
    return found


def _methods(person: Person) -> tuple[tuple[str, str], ...]:
    return (*(("email", e) for e in person.emails), *(("url", u) for u in person.urls))


def _new(person: Person) -> Change:
    day = person.connected_on.isoformat() if person.connected_on else None
    works = bool(person.company or person.title)
    return Change(person, None, _methods(person), False, works, day, person.external_id)


def _difference(known: queries.KnownPeople, person: Person, contact_id: int) -> Change | None:
    """What the file says that is not known of a contact yet, or None."""
    methods = tuple(
        (kind, value)
        for kind, value in _methods(person)
        if known.by_method.get((kind, method_key(kind, value))) is None
    )
    now = known.work.get(contact_id)
    company = names.fold_organization(person.company) if person.company else None
    starts = now is None and bool(person.company or person.title)
    moved = now is not None and (
        (company is not None and company != now[0]) or (person.title is not None and names.fold(person.title) != now[1])
    )
    day = person.connected_on.isoformat() if person.connected_on else None
    connected_on = day if contact_id not in known.connected else None
    external_id = None if person.external_id in known.by_external else person.external_id
    if not (methods or starts or moved or connected_on or external_id):
        return None
    return Change(person, contact_id, methods, moved, starts, connected_on, external_id)


def receipt(plan: Plan, read: int, skipped: int, warnings: Sequence[str]) -> Imported:
    """What an import did, or with `--dry-run` would do."""
    notes = [
        f"line {line}: same name as {handle}, taken as another contact; `netj contact merge` joins them if it is one"
        for line, handle in plan.doubtful
    ]
    return Imported(
        plan.source,
        read,
        sum(c.contact_id is None for c in plan.changes),
        sum(c.contact_id is not None for c in plan.changes),
        plan.unchanged,
        skipped,
        sum(c.moved for c in plan.changes),
        tuple(Prose(text) for text in (*warnings, *notes)),
    )


def carry_out(uow: UnitOfWork, plan: Plan) -> None:
    """Write what was planned, table by table."""
    batch = _Batch(uow, plan.source)
    for change in plan.changes:
        if change.contact_id is None:
            batch.make(change)
        else:
            batch.update(change, change.contact_id)
    batch.write()


class _Batch:
    """The rows of one import, gathered by table and written by one statement each."""

    def __init__(self, uow: UnitOfWork, source: str) -> None:
        self.uow = uow
        self.source = source
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.handles = queries.handles(uow.read)
        self.organizations = queries.organizations(uow.read)
        self.next_contact = uow.next_id("contact")
        self.next_organization = uow.next_id("organization")
        self.positions: dict[int, int] = {}
        self.numbered = 0

    def _add(self, table: str, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def make(self, change: Change) -> None:
        contact_id = self.next_contact
        self.next_contact += 1
        person = change.person
        self._add(
            "contact",
            id=contact_id,
            uid=self.uow.new_uid(),
            handle=self._handle(person.name),
            name=person.name,
            name_key=names.fold(person.name),
            connected_on=change.connected_on,
            added_on=self.uow.today.isoformat(),
            changed_at=self.uow.now,
        )
        self._details(change, contact_id)

    def update(self, change: Change, contact_id: int) -> None:
        values = {"connected_on": change.connected_on} if change.connected_on else {}
        self.uow.change("contact", {"id": contact_id}, **values)
        if change.moved:
            for affiliation_id in queries.current_affiliations(self.uow.read, contact_id):
                self.uow.change("affiliation", {"id": affiliation_id}, until=self.uow.today.isoformat())
            role = " at ".join(part for part in (change.person.title, change.person.company) if part)
            self._add(
                "signal",
                uid=self.uow.new_uid(),
                contact_id=contact_id,
                kind="job",
                text=f"new role: {role}",
                on_day=self.uow.today.isoformat(),
                source=self.source,
                changed_at=self.uow.now,
            )
        self._details(change, contact_id)

    def _details(self, change: Change, contact_id: int) -> None:
        for kind, value in change.methods:
            position = self.positions.get(contact_id)
            if position is None:
                position = 0 if change.contact_id is None else queries.method_count(self.uow.read, contact_id)
            self.positions[contact_id] = position + 1
            key = method_key(kind, value)
            self._add("contact_method", contact_id=contact_id, kind=kind, value=value, value_key=key, position=position)
        if change.moved or change.starts:
            company = change.person.company
            self._add(
                "affiliation",
                contact_id=contact_id,
                organization_id=self._organization(company) if company else None,
                title=change.person.title,
                since=self.uow.today.isoformat() if change.moved else None,
                until=None,
            )
        if change.external_id is not None:
            self._add("contact_source", source=self.source, external_id=change.external_id, contact_id=contact_id)

    def _organization(self, name: str) -> int:
        key = names.fold_organization(name)
        if key not in self.organizations:
            self.organizations[key] = self.next_organization
            self.next_organization += 1
            self._add(
                "organization",
                id=self.organizations[key],
                uid=self.uow.new_uid(),
                name=name,
                name_key=key,
                changed_at=self.uow.now,
            )
        return self.organizations[key]

    def _handle(self, name: str) -> str:
        slug = names.slug(name)
        if slug:
            handle = names.free_slug(slug, self.handles)
        else:
            # Counting on from the last one keeps a long list of such names from being searched anew each time.
            self.numbered += 1
            while f"contact-{self.numbered}" in self.handles:
                self.numbered += 1
            handle = f"contact-{self.numbered}"
        self.handles.add(handle)
        return handle

    def write(self) -> None:
        for table in ("organization", "contact", "contact_method", "affiliation", "contact_source", "signal"):
            self.uow.add_many(table, self.rows.get(table, []))
