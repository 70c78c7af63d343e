"""The rows of one import, gathered by table and written by one statement each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from netjournal.domain import names
from netjournal.domain.methods import method_key
from netjournal.journal.importing.news import told_work
from netjournal.journal.touches import repeated
from netjournal.store.queries import imports as queries
from netjournal.store.queries.names import handles

if TYPE_CHECKING:
    from netjournal.journal.importing.attaching import Attached, Promised
    from netjournal.journal.importing.news import Change
    from netjournal.store.unit_of_work import UnitOfWork

#: Parents before children.
_ORDER = (
    "organization",
    "contact",
    "contact_alias",
    "contact_method",
    "contact_topic",
    "contact_card",
    "affiliation",
    "contact_source",
    "signal",
    "interaction",
    "touch",
    "interaction_topic",
    "interaction_source",
    "followup",
)


class Batch:
    """What `carry_out` gathers; nothing new is written before `write`."""

    def __init__(self, uow: UnitOfWork, source: str) -> None:
        self.uow = uow
        self.source = source
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.handles = handles(uow.read)
        self.organizations = queries.organizations(uow.read)
        self.next_contact = uow.next_id("contact")
        self.next_organization = uow.next_id("organization")
        self.next_interaction = uow.next_id("interaction")
        #: The ids of contacts that had a number below 0.
        self.made: dict[int, int] = {}
        self.new_handles: dict[int, str] = {}
        #: By contact, where its next address, number or link stands among all it has.
        self.positions: dict[int, int] = {}
        #: The newest number of a handle that no name could give.
        self.numbered = 0
        #: Affiliations here of which the file says more, and what.
        self.completed: list[tuple[int, dict[str, Any]]] = []
        #: New contacts with a cadence: their row, which still has no first due day, and the days between touches.
        self.paced: list[tuple[dict[str, Any], int]] = []

    def _add(self, table: str, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def make(self, change: Change) -> None:
        """A contact that is new here."""
        contact_id = self.made[change.contact_id] = self.next_contact
        self.next_contact += 1
        person, told = change.person, change.values
        handle = self.new_handles[change.contact_id] = self._handle(person.name)
        values = {
            "id": contact_id,
            "uid": person.uid or self.uow.new_uid(),
            "handle": handle,
            "name": person.name,
            "name_key": names.fold(person.name),
            "location": told.get("location"),
            "birthday": told.get("birthday"),
            "note": told.get("note"),
            "met": told.get("met"),
            "connected_on": told.get("connected_on"),
            "archived_on": self.uow.today.isoformat() if person.archived else None,
            "every_days": person.every_days,
            "first_due_on": None,
            "added_on": self.uow.today.isoformat(),
            "changed_at": self.uow.now,
        }
        if person.every_days is not None:
            self.paced.append((values, person.every_days))
        self.rows.setdefault("contact", []).append(values)
        self._details(change, contact_id)

    def update(self, change: Change) -> None:
        """What is news of a contact that is here."""
        contact_id = change.contact_id
        self.uow.change("contact", {"id": contact_id}, **change.values)
        current = queries.current_affiliations(self.uow.read, contact_id)
        if change.work == "completes":
            # The newest of them is where they work.
            self.completed.append((max(current), self._work(change)))
        if change.work == "moves":
            for affiliation_id in current:
                self.uow.change("affiliation", {"id": affiliation_id}, until=self.uow.today.isoformat())
            self._add(
                "signal",
                uid=self.uow.new_uid(),
                contact_id=contact_id,
                kind="job",
                text=f"new role: {told_work(change.person)}",
                on_day=self.uow.today.isoformat(),
                source=self.source,
                changed_at=self.uow.now,
            )
        for external_id in change.told:
            where = {"source": self.source, "external_id": external_id}
            self.uow.change("contact_source", where, told=told_work(change.person))
        if change.rest is not None:
            self.uow.remove("contact_card", contact_id=contact_id)
        self._details(change, contact_id)

    def _details(self, change: Change, contact_id: int) -> None:
        for kind, value in change.methods:
            position = self.positions.get(contact_id)
            if position is None:
                position = 0 if change.is_new else queries.method_count(self.uow.read, contact_id)
            self.positions[contact_id] = position + 1
            key = method_key(kind, value)
            self._add("contact_method", contact_id=contact_id, kind=kind, value=value, value_key=key, position=position)
        if change.work in ("moves", "starts"):
            since = self.uow.today.isoformat() if change.work == "moves" else None
            told = {"organization_id": None, "title": None, **self._work(change)}
            self._add("affiliation", contact_id=contact_id, **told, since=since, until=None)
        for alias in change.aliases:
            self._add("contact_alias", contact_id=contact_id, alias=alias, alias_key=names.fold(alias))
        for topic in change.topics:
            self._add("contact_topic", contact_id=contact_id, topic=topic)
        if change.rest is not None:
            self._add("contact_card", contact_id=contact_id, rest=change.rest)
        for external_id in change.external_ids:
            told_now = told_work(change.person)
            self._add(
                "contact_source",
                source=self.source,
                external_id=external_id,
                contact_id=contact_id,
                told=told_now,
            )

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

    def attach(self, attached: Attached) -> None:
        """An interaction, or the tie of one that was typed here to the source that tells of it too."""
        item = attached.item
        interaction_id = attached.joins
        if interaction_id is None:
            interaction_id = self.next_interaction
            self.next_interaction += 1
            contact_ids = tuple(dict.fromkeys(self.made.get(one, one) for one in attached.contact_ids))
            shared = repeated(item.on, item.kind, item.direction, len(contact_ids))
            self._add(
                "interaction",
                id=interaction_id,
                uid=self.uow.new_uid(),
                **shared,
                summary=item.summary,
                note=item.note,
                minutes=item.minutes,
                source=self.source,
                changed_at=self.uow.now,
            )
            for contact_id in contact_ids:
                self._add("touch", contact_id=contact_id, interaction_id=interaction_id, **shared)
            for topic in attached.topics:
                self._add("interaction_topic", interaction_id=interaction_id, topic=topic)
        self._add("interaction_source", source=self.source, external_id=item.external_id, interaction_id=interaction_id)

    def promise(self, promised: Promised) -> None:
        """A promise of mine, open or kept."""
        item = promised.item
        contact_id = promised.contact_id
        self._add(
            "followup",
            uid=promised.uid,
            text=item.text,
            owner="me",
            by_day=item.by.isoformat(),
            contact_id=self.made.get(contact_id, contact_id) if contact_id is not None else None,
            status="done" if item.done_on else "open",
            opened_on=self.uow.today.isoformat(),
            closed_on=item.done_on.isoformat() if item.done_on else None,
            changed_at=self.uow.now,
        )

    def write(self) -> None:
        """Write all rows, parents first."""
        # Spread, or everybody whom another tracker reminded of would be due on one morning.
        for place, (values, every_days) in enumerate(self.paced):
            day = self.uow.today + timedelta(days=place * every_days // len(self.paced))
            values["first_due_on"] = day.isoformat()
        for table in _ORDER:
            self.uow.add_many(table, self.rows.pop(table, []))
        for affiliation_id, told in self.completed:
            self.uow.change("affiliation", {"id": affiliation_id}, **told)
