"""`import`: contacts from another program's file, matched to those here, in one transaction.

First everything is looked up and decided (`matching.plan`), then written in bulk (`carry_out`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from netjournal.domain import names
from netjournal.domain.words import Prose
from netjournal.journal.people import method_key
from netjournal.store.queries import imports as queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.journal.matching import Change, Plan
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
        sum(c.work == "moves" for c in plan.changes),
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
        self.completed: list[tuple[int, dict[str, Any]]] = []

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
        current = queries.current_affiliations(self.uow.read, contact_id)
        if change.work == "completes":
            self.completed.append((max(current), self._work(change)))
        if change.work == "moves":
            for affiliation_id in current:
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
        if change.work in ("moves", "starts"):
            since = self.uow.today.isoformat() if change.work == "moves" else None
            told = {"organization_id": None, "title": None, **self._work(change)}
            self._add("affiliation", contact_id=contact_id, **told, since=since, until=None)
        for external_id in change.external_ids:
            self._add("contact_source", source=self.source, external_id=external_id, contact_id=contact_id)

    def _work(self, change: Change) -> dict[str, Any]:
        """What the file says of where somebody works, as columns."""
        company, title = change.person.company, change.person.title
        return ({"organization_id": self._organization(company)} if company else {}) | (
            {"title": title} if title else {}
        )

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
        for affiliation_id, told in self.completed:
            self.uow.change("affiliation", {"id": affiliation_id}, **told)
