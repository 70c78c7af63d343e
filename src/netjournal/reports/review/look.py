"""`review`: what a span of days brought, beside the equally long one before it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import review as rules
from netjournal.domain.health import HALF_LIFE_DAYS
from netjournal.reports.opportunities import opportunity_rows
from netjournal.reports.review import bonds, figures
from netjournal.reports.review.moments import links, moments, without
from netjournal.reports.review.objectives import looked_at, objective_rows, people_of, state_of
from netjournal.reports.review.rows import NO_FIGURES, row
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries import opportunities as opportunity_queries
from netjournal.store.queries import review as queries
from netjournal.store.queries.followups import open_for_objectives

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set
    from datetime import date

    from netjournal.domain.review import ObjectiveState, Span
    from netjournal.reports.opportunities import OpportunityRow
    from netjournal.reports.review.moments import Moment
    from netjournal.reports.review.rows import ReviewRow
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.review import PromiseFacts


class Review(NamedTuple):
    """The answer: its rows, its two periods, and how many notes were left out because they are shared."""

    rows: tuple[ReviewRow, ...]
    now: Span
    before: Span
    #: The client's name, where it is a page to hand over.
    client: str | None
    left_out: int
    #: Whether anything is pursued: for a client's page, on their behalf.
    pursued: bool


class Asked(NamedTuple):
    """What `review` was asked for."""

    days: int = rules.DEFAULT_DAYS
    #: For a page to hand over: only what was for the objectives of this contact.
    client_id: int | None = None
    notes: bool = False
    half_life_days: float = HALF_LIFE_DAYS


def review(connection: ReadConnection, asked: Asked, today: date) -> Review:
    """Look back over some days. Raises UsageError where the calendar has no such days."""
    now = rules.span(asked.days, today)
    client_id = asked.client_id
    before = rules.before(now)
    whole = client_id is None
    facts = [o for o in objective_queries.objectives(connection) if whole or o.client_id == client_id]
    own = {o.id for o in facts}
    known = links(connection, own, narrowed=not whole)
    two = moments(connection, now, known), moments(connection, before, known)
    supports = figures.counts(two[0]), figures.counts(two[1])
    # Who it is handed to is none of those who help.
    others = two if client_id is None else (without(client_id, two[0]), without(client_id, two[1]))
    promised = _promises(connection, before, own, whole=whole)
    came_up = _opportunities(connection, before, own, today, whole=whole)
    objectives = looked_at(connection, facts, *two)
    # What was for one client is not all that there was with anybody.
    supporters = {who for o in objectives for who in o.people}
    recent = (
        bonds.recent(supporters, before.since, asked.half_life_days, *two)
        if whole
        else bonds.Recent(today + timedelta(days=1), {}, asked.half_life_days)
    )
    people = people_of(connection, objectives, now, before, recent)
    open_for = Counter(objective_id for objective_id, _ in open_for_objectives(connection))
    states = [state_of(connection, o, people, known, open_for[o.fact.id], today) for o in objectives]
    rows = [
        row("span", "days", (now.days, before.days), "days", text=f"{now.since} to {now.until}"),
        *figures.overall(people.organizations, others, supports),
        *([] if client_id is None else figures.with_client(connection, client_id, two)),
        *figures.purpose(supports, whole=whole),
        *figures.exchange(two),
        *figures.ties(connection, others, now, before, whole=whole),
        *figures.promises(promised, client_id, now, before),
        *figures.opportunities(came_up, now, before),
    ]
    for looked, state in zip(objectives, states, strict=True):
        rows += objective_rows(looked, people, state, today)
    if client_id is None:
        active = [a for a, o in zip(states, objectives, strict=True) if o.fact.status == "active"]
        keys = {o.id: o.key for o in facts}
        suggested = _suggestions(connection, active, promised, two[0], keys, today)
        return Review((*rows, *suggested), now, before, None, 0, bool(facts))
    from netjournal.reports.review.notes import note_rows
    from netjournal.store.queries.contacts import contacts_by_id

    told, left_out = note_rows(connection, two[0], client_id) if asked.notes else ([], 0)
    name = contacts_by_id(connection, [client_id])[client_id].name
    return Review((*rows, *told), now, before, name, left_out, bool(facts))


def _promises(connection: ReadConnection, before: Span, own: Set[int], *, whole: bool) -> list[PromiseFacts]:
    """The promises with a part in either period; of a client those for their objectives, wherever they were made."""
    found = queries.promises(connection, before.since.isoformat())
    if whole:
        return found
    made_in = {p.interaction_id for p in found if p.objective_id is None and p.interaction_id is not None}
    stated = queries.stated_by(connection, made_in)
    return [
        p
        for p in found
        if p.objective_id in own
        or (
            p.objective_id is None
            and p.interaction_id is not None
            and not own.isdisjoint(stated.get(p.interaction_id, ()))
        )
    ]


def _opportunities(
    connection: ReadConnection, before: Span, own: Set[int], today: date, *, whole: bool
) -> tuple[OpportunityRow, ...]:
    """The opportunities that came up in either period."""
    found = [
        o
        for o in opportunity_queries.opportunities(connection)
        if o.opened_on >= before.since.isoformat() and (whole or o.objective_id in own)
    ]
    return opportunity_rows(connection, found, today) if found else ()


def _suggestions(
    connection: ReadConnection,
    active: list[ObjectiveState],
    promised: Collection[PromiseFacts],
    moments_now: Sequence[Moment],
    keys: Mapping[int, str],
    today: date,
) -> list[ReviewRow]:
    counts = figures.counts(moments_now)
    told = rules.Told(
        counts["stated"], counts["implied"], counts["unsaid"], figures.silent(connection, moments_now, keys)
    )
    found = rules.suggestions(active, figures.late(connection, promised, today), told, today)
    return [
        row("suggestion", s.rule, NO_FIGURES, "words", subject=s.objective, text=s.why, command=s.command)
        for s in found
    ]
