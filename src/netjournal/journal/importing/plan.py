"""`import`: another program's people and what happened with them, in one transaction.

First everything is looked up and decided (`plan`), then written in bulk (`carry_out`).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.counts import counted
from netjournal.domain.words import Prose
from netjournal.journal.importing.attaching import EXPOSED, attach
from netjournal.journal.importing.matching import can_be_made, keys_of, match
from netjournal.store.queries import imports as queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from netjournal.interchange.gather import Gathered
    from netjournal.interchange.records import Guest, Person
    from netjournal.journal.importing.attaching import Attachments
    from netjournal.journal.importing.matching import Namesake
    from netjournal.journal.importing.news import Change
    from netjournal.store.connection import ReadConnection
    from netjournal.store.unit_of_work import UnitOfWork

#: Doubts of one sort that are told one by one; of more, the count.
_MOST_TOLD = 20


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


class Plan(NamedTuple):
    """What an import will do."""

    source: str
    changes: tuple[Change, ...]
    #: People who were not read as such, but made because they had a part in something.
    guest_count: int
    unchanged: int
    doubtful: tuple[Namesake, ...]
    renamed: tuple[tuple[int, str], ...]
    attachments: Attachments
    #: Whether strangers become contacts.
    new: bool

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.changes or self.attachments.attached or self.attachments.promised)


def known_guests(connection: ReadConnection) -> Callable[[Guest], bool]:
    """Whether somebody in a mail or a meeting is a contact, by address or link."""
    known = queries.known_addresses(connection)

    def is_known(guest: Guest) -> bool:
        return any(key in known for key in keys_of(guest))

    return is_known


def plan(connection: ReadConnection, found: Gathered, *, new: bool = False) -> Plan:
    """Decide what an import does; with `new`, whoever had a part in something and is not known becomes a contact."""
    guests = _unknown_guests(connection, found) if new else []
    matched = match(connection, found.source, [*found.people, *guests])
    attachments = attach(connection, found.source, found.interactions, found.promises, matched)
    return Plan(
        found.source,
        matched.changes,
        len(guests),
        matched.unchanged,
        matched.doubtful,
        matched.renamed,
        attachments,
        new,
    )


def _unknown_guests(connection: ReadConnection, found: Gathered) -> list[Person]:
    """The people of interactions whom neither the journal nor the file's own people know."""
    known = match(connection, found.source, found.people).owners
    people: list[Person] = []
    for item in found.interactions:
        for guest in item.guests:
            keys = list(keys_of(guest))
            if can_be_made(guest) and not any(key in known for key in keys):
                known |= dict.fromkeys(keys, 0)
                people.append(guest.as_person(item.line))
    return people


def receipt(planned: Plan, found: Gathered, handles: Mapping[int, str]) -> Imported:
    """What an import did, or with `--dry-run` would do; `handles` are those of the contacts it made."""
    more = planned.attachments
    made = sum(change.is_new for change in planned.changes)
    joined = sum(attached.joins is not None for attached in more.attached)
    notes = list(found.notes)
    if more.alone:
        who = f" ({counted(more.strangers, 'stranger')}; --new makes contacts of them)"
        # With --new, those left are only a name or a word: too little to make somebody of.
        told = who if more.strangers and not planned.new else ""
        notes.append(f"{more.alone:,} skipped: with nobody known here{told}")
    if more.exposed:
        notes.append(f"{more.exposed:,} skipped: {EXPOSED}")
    if joined:
        are = "is" if joined == 1 else "are"
        notes.append(f"{joined:,} {are} what was logged here on that day already")
    return Imported(
        planned.source,
        found.read + planned.guest_count,
        made + len(more.attached) - joined + len(more.promised),
        len(planned.changes) - made + joined,
        planned.unchanged + more.unchanged,
        found.skipped + more.alone + more.exposed,
        sum(change.work == "moves" for change in planned.changes),
        tuple(Prose(text) for text in (*notes, *_doubts(planned, handles))),
    )


def _doubts(planned: Plan, handles: Mapping[int, str]) -> Iterator[str]:
    """What of who is who was decided and may be wrong, line by line of the file."""
    namesakes = (
        f"line {one.line}: same name as {one.other}, taken as another contact; "
        f"`{_merge(one, handles)}` joins them if it is one"
        for one in planned.doubtful
    )
    yield from _first(namesakes, len(planned.doubtful), "have the name of another contact: `netj contact list`")
    renamed = (
        f"line {line}: another name than {called} with the same address, taken as the same contact"
        for line, called in planned.renamed
    )
    yield from _first(renamed, len(planned.renamed), "have the address of somebody of another name")


def _merge(one: Namesake, handles: Mapping[int, str]) -> str:
    # Nobody has a handle yet in what is only foretold.
    return f"netj contact merge {one.other} {handles[one.number]}" if one.number in handles else "netj contact merge"


def _first(told: Iterable[str], count: int, of_more: str) -> Iterator[str]:
    """The first of some doubts, and how many more there are."""
    yield from islice(told, _MOST_TOLD)
    if count > _MOST_TOLD:
        yield f"{count - _MOST_TOLD:,} more {of_more}"


def carry_out(uow: UnitOfWork, planned: Plan) -> dict[int, str]:
    """Write what was planned, table by table; returns the handles of new contacts by their numbers below 0."""
    from netjournal.journal.importing.batch import Batch

    batch = Batch(uow, planned.source)
    for change in planned.changes:
        if change.is_new:
            batch.make(change)
        else:
            batch.update(change)
    for attached in planned.attachments.attached:
        batch.attach(attached)
    for promised in planned.attachments.promised:
        batch.promise(promised)
    batch.write()
    return batch.new_handles
