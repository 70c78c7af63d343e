"""The receipt of `log` and `amend`: what was understood, read back from what was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Direction, Handle, Key, Prose, Uid
from netjournal.reports.clock import clock
from netjournal.reports.interactions import interaction_rows
from netjournal.reports.promises import NOTHING, promised, spelled
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import followups as followup_queries
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.journal.outcomes import Linked
    from netjournal.store.queries.followups import FollowupFacts
    from netjournal.store.queries.interactions import Participant
    from netjournal.store.unit_of_work import UnitOfWork


class Logged(NamedTuple):
    """The receipt: what was understood."""

    uid: Uid
    id: int
    on: date
    kind: str
    direction: Direction
    summary: Prose | None
    contacts: tuple[Handle, ...]
    objectives: tuple[Key, ...]
    implied: Key | None
    topics: tuple[str, ...]
    created: tuple[Handle, ...]
    promises: tuple[Prose, ...]
    next_due: tuple[str, ...]
    names: tuple[Prose, ...]
    note: Prose | None
    exposure: bool
    #: What was assumed and is worth a word: days not said, people reached rather than touched.
    remarks: tuple[Prose, ...]
    none_on_purpose: bool
    minutes: int | None
    gave: Prose | None
    got: Prose | None
    closed: tuple[Prose, ...]
    opportunity: Prose | None
    opportunity_new: bool
    #: Of `promises` those that were made in this interaction; the others were open before.
    promised: tuple[Prose, ...]


def receipt(
    uow: UnitOfWork,
    interaction_id: int,
    created: Sequence[int],
    remarks: Sequence[str],
    closed: Sequence[int],
    opportunity: Linked | None,
) -> Logged:
    """What was understood: read back from what was written."""
    (facts,) = interaction_queries.interactions_by_id(uow.read, [interaction_id])
    (row,) = interaction_rows(uow.read, [facts])
    people = interaction_queries.participants(uow.read, [interaction_id]).get(interaction_id, [])
    ids = [p.contact_id for p in people]
    open_promises = followup_queries.open_followups(uow.read)
    made_here = followup_queries.made_in(uow.read, interaction_id)
    with_them = [f for f in open_promises if f.contact_id in ids or f.id in made_here]
    if facts.exposure and ids:
        remarks = [*remarks, "One message to so many is exposure: it moves nobody's next day."]
    handles = name_queries.handles_of(uow.read, created)
    return Logged(
        row.uid,
        row.id,
        row.on,
        row.kind,
        row.direction,
        row.summary,
        row.contacts,
        row.objectives,
        row.implied,
        row.topics,
        tuple(Handle(handles[i]) for i in created),
        tuple(Prose(spelled(f)) for f in with_them),
        _next_due(uow, people, open_promises),
        row.names,
        row.note,
        bool(facts.exposure),
        tuple(Prose(r) for r in remarks),
        row.none_on_purpose,
        row.minutes,
        row.gave,
        row.got,
        tuple(Prose(spelled(f)) for i in closed if (f := followup_queries.followup(uow.read, i)) is not None),
        Prose(opportunity.title) if opportunity else None,
        opportunity is not None and opportunity.made,
        tuple(Prose(spelled(f)) for f in with_them if f.id in made_here),
    )


def _next_due(
    uow: UnitOfWork, people: Sequence[Participant], open_promises: Sequence[FollowupFacts]
) -> tuple[str, ...]:
    """When each of those who took part falls due next, as `HANDLE DAY`."""
    known = contact_queries.contacts_by_id(uow.read, [p.contact_id for p in people])
    by_contact = promised(open_promises, uow.today)
    next_due = []
    for person in people:
        now = clock(known[person.contact_id], uow.today, by_contact.get(person.contact_id, NOTHING).ahead)
        if now.due_on is not None:
            next_due.append(f"{person.handle} {now.due_on.isoformat()}")
    return tuple(next_due)
