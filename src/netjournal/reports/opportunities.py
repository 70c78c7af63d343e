"""Opportunities: where each came from, and how many touches came before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import opportunities as rules
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.words import Direction, Handle, Key, Prose, Uid, prose
from netjournal.errors import NotFoundError
from netjournal.reports.clock import day
from netjournal.store.queries import opportunities as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.reports.interactions import InteractionRow
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.opportunities import LinkedFacts, OpportunityFacts


class OpportunityRow(NamedTuple):
    """One opportunity; its origin is what was said, else derived from what came before it."""

    uid: Uid
    id: int
    title: Prose
    organization: Prose | None
    stage: str
    direction: Direction
    through: Handle | None
    objective: Key | None
    origin: str
    opened_on: date
    closed_on: date | None
    touches_before: int
    name: Prose | None
    introduced_by: Handle | None
    last_on: date | None
    days_open: int
    interactions: tuple[Prose, ...]
    note: Prose | None


class OpportunityFilters(NamedTuple):
    """What a list of opportunities is narrowed by; ids of what was named."""

    objective_id: int | None = None
    organization_id: int | None = None
    client_id: int | None = None
    through_id: int | None = None
    #: Only those at this stage, an ending too.
    stage: str | None = None
    #: Closed ones too.
    everything: bool = False


def opportunity_list(
    connection: ReadConnection, filters: OpportunityFilters, today: date
) -> tuple[OpportunityRow, ...]:
    """The opportunities that pass every filter: the furthest first, then the closed ones where they were asked for."""
    closed = filters.everything or filters.stage in rules.ENDINGS
    found = [
        fact
        for fact in queries.opportunities(connection)
        if (closed or rules.is_open(fact.stage))
        and filters.stage in (None, fact.stage)
        and filters.objective_id in (None, fact.objective_id)
        and filters.organization_id in (None, fact.organization_id)
        and filters.client_id in (None, fact.client_id)
        and filters.through_id in (None, fact.through_id)
    ]
    # Stable, so of equals the one that came up last stays first.
    found.sort(key=lambda f: f.closed_on or "", reverse=True)
    found.sort(key=lambda f: -rules.OPEN_STAGES.index(f.stage) if rules.is_open(f.stage) else 1)
    return opportunity_rows(connection, found, today)


def opportunity_row(connection: ReadConnection, opportunity_id: int, today: date) -> OpportunityRow:
    """One opportunity by its id. Raises NotFoundError."""
    return opportunity_rows(connection, [stored(connection, opportunity_id)], today)[0]


def stored(connection: ReadConnection, opportunity_id: int) -> OpportunityFacts:
    """The facts of one opportunity. Raises NotFoundError."""
    fact = queries.opportunity(connection, opportunity_id)
    if fact is None:
        raise NotFoundError(
            f"There is no opportunity {opportunity_id}.", "`netj opportunity list --all` shows their numbers."
        )
    return fact


def linked_interactions(connection: ReadConnection, opportunity_id: int) -> tuple[InteractionRow, ...]:
    """The interactions that belong to an opportunity, newest first."""
    from netjournal.reports.interactions import interaction_rows
    from netjournal.store.queries.interactions import interactions_by_id

    linked = queries.linked(connection, [opportunity_id]).get(opportunity_id, ())
    return interaction_rows(connection, interactions_by_id(connection, [i.interaction_id for i in linked]))


def opportunity_rows(
    connection: ReadConnection, facts: Sequence[OpportunityFacts], today: date
) -> tuple[OpportunityRow, ...]:
    """The rows of some opportunities, in their order."""
    linked = queries.linked(connection, [f.id for f in facts])
    introductions = queries.introductions_to_me(connection, {f.through_id for f in facts if f.through_id})
    broadcasts = _broadcasts(connection, facts)
    return tuple(
        _row(fact, linked.get(fact.id, ()), introductions.get(fact.through_id or 0, ()), broadcasts, today)
        for fact in facts
    )


def _broadcasts(connection: ReadConnection, facts: Sequence[OpportunityFacts]) -> dict[int, list[date]]:
    """By objective: the days of the broadcasts that may have brought one of some opportunities."""
    asked = [f.opened_on for f in facts if f.objective_id is not None and f.origin is None]
    found: dict[int, list[date]] = {}
    if asked:
        since = date.fromisoformat(min(asked)) - timedelta(days=rules.EXPOSURE_DAYS)
        for objective_id, on in queries.broadcast_days(connection, since.isoformat()):
            found.setdefault(objective_id, []).append(date.fromisoformat(on))
    return found


def _row(
    fact: OpportunityFacts,
    linked: Sequence[LinkedFacts],
    introductions: Sequence[tuple[str, str]],
    broadcasts: Mapping[int, Sequence[date]],
    today: date,
) -> OpportunityRow:
    opened_on, closed_on = date.fromisoformat(fact.opened_on), day(fact.closed_on)
    introduced = rules.is_introduced(
        [date.fromisoformat(on) for on, _ in introductions], fact.introduced_by is not None, opened_on
    )
    sent = [date.fromisoformat(i.on_day) for i in linked if DEPTH_OF_KIND[i.kind] == "broadcast"]
    origin = rules.origin(
        fact.origin,
        introduced=introduced,
        touched=fact.through_id is not None and fact.touches_before > 0,
        exposed=rules.is_exposed([*sent, *broadcasts.get(fact.objective_id or 0, ())], opened_on),
    )
    by = [handle for on, handle in introductions if on <= fact.opened_on] if introduced else []
    introduced_by = by[-1] if by else fact.introduced_by if introduced else None
    return OpportunityRow(
        Uid(fact.uid),
        fact.id,
        Prose(fact.title),
        prose(fact.organization),
        fact.stage,
        fact.direction,
        Handle(fact.through) if fact.through else None,
        Key(fact.objective) if fact.objective else None,
        origin,
        opened_on,
        closed_on,
        fact.touches_before,
        prose(fact.name),
        Handle(introduced_by) if introduced_by else None,
        date.fromisoformat(linked[-1].on_day) if linked else None,
        max(((closed_on or today) - opened_on).days, 0),
        tuple(Prose(_spelled(i)) for i in linked),
        prose(fact.note),
    )


def _spelled(linked: LinkedFacts) -> str:
    said = (str(linked.interaction_id), linked.on_day, linked.kind, linked.summary or "")
    return " ".join(word for word in said if word)
