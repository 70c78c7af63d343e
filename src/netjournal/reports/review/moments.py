"""What happened in a period, each interaction with the objectives it was for and what was said of its purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import purpose
from netjournal.domain.review import TYPED_HERE, support_of
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries import review as queries
from netjournal.store.queries.review import RemarkFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from netjournal.domain.review import Span, Support
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.review import PartFacts


#: Of an interaction that nothing was remarked of.
_NOTHING: Final = RemarkFacts(0, 0, 0, TYPED_HERE)


class Moment(NamedTuple):
    """One interaction; its day is ISO text, `objectives` and `contacts` are ids."""

    id: int
    on: str
    kind: str
    exposure: bool
    gave: bool
    got: bool
    support: Support
    #: Those it states, else the one it implies; of a broadcast also those that share a topic with it.
    objectives: tuple[int, ...]
    contacts: tuple[int, ...]


class Links(NamedTuple):
    """What says which objective an unsaid touch is for: the keys of a contact's active ones, and their ids."""

    by_contact: Mapping[int, Sequence[str]]
    ids: Mapping[str, int]
    #: The objectives looked at: all of them, or a client's.
    chosen: frozenset[int]
    narrowed: bool


def links(connection: ReadConnection, chosen: Iterable[int], *, narrowed: bool) -> Links:
    """Who is linked to which active objective; `narrowed` leaves out what is for none of the chosen ones."""
    keys = {o.id: o.key for o in objective_queries.active_objectives(connection)}
    by_contact: dict[int, list[str]] = {}
    for contact_id, objective_id in objective_queries.links(connection) if keys else ():
        by_contact.setdefault(contact_id, []).append(keys[objective_id])
    return Links(by_contact, {key: identity for identity, key in keys.items()}, frozenset(chosen), narrowed)


def moments(connection: ReadConnection, period: Span, known: Links) -> list[Moment]:
    """What happened in a period, in order."""
    days = period.since.isoformat(), period.until.isoformat()
    return grouped(
        queries.parts(connection, *days),
        queries.remarks(connection, *days, TYPED_HERE),
        queries.stated(connection, *days),
        queries.sharing_topic(connection, *days),
        known,
    )


def grouped(
    parts: Iterable[PartFacts],
    remarks: Mapping[int, RemarkFacts],
    stated: Mapping[int, Sequence[int]],
    sharing: Mapping[int, Sequence[int]],
    known: Links,
) -> list[Moment]:
    """Interactions from their parts, with what they state and which topics they share."""
    found = []
    rest = iter(parts)
    part = next(rest, None)
    # A long log has tens of thousands of parts in a month: each is looked at once.
    while part is not None:
        fact, contacts = part, []
        while part is not None and part.interaction_id == fact.interaction_id:
            if part.contact_id is not None:
                contacts.append(part.contact_id)
            part = next(rest, None)
        identity = fact.interaction_id
        remark = remarks.get(identity, _NOTHING)
        moment = _moment(fact, remark, contacts, stated.get(identity, ()), sharing.get(identity, ()), known)
        if moment is not None:
            found.append(moment)
    return found


def _moment(
    fact: PartFacts,
    remark: RemarkFacts,
    contacts: Sequence[int],
    stated: Sequence[int],
    sharing: Collection[int],
    known: Links,
) -> Moment | None:
    """One interaction, or None where it is for none of the chosen objectives."""
    implied = None
    if not stated and not fact.exposure and not remark.none_on_purpose:
        linked = [known.by_contact[contact] for contact in contacts if contact in known.by_contact]
        # Most people are linked to nothing, and most of a long log is with them.
        implied = purpose.implied((), False, linked) if linked else None
    objectives = stated if implied is None else (known.ids[implied],)
    if sharing:
        objectives = sorted({*objectives, *sharing})
    if known.narrowed:
        objectives = [o for o in objectives if o in known.chosen]
        if not objectives:
            return None
    support = support_of(bool(stated), implied is not None, bool(remark.none_on_purpose), remark.source)
    return Moment(
        fact.interaction_id,
        fact.on_day,
        fact.kind,
        bool(fact.exposure),
        bool(remark.gave),
        bool(remark.got),
        support,
        tuple(objectives),
        tuple(contacts),
    )


def without(contact_id: int, moments: Iterable[Moment]) -> list[Moment]:
    """Some moments without one contact's part in them."""
    return [m._replace(contacts=tuple([who for who in m.contacts if who != contact_id])) for m in moments]
