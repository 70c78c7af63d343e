"""What a period did for each objective, and what the objective still lacks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import purpose
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.review import BANDS, ObjectiveState
from netjournal.reports import ties
from netjournal.reports.review import bonds
from netjournal.reports.review.moments import grouped, without
from netjournal.reports.review.rows import NO_FIGURES, both, row
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries import review as queries
from netjournal.store.queries.names import handles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from netjournal.domain.review import Band, Span
    from netjournal.reports.review.moments import Links, Moment
    from netjournal.reports.review.rows import ReviewRow
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.objectives import ObjectiveFacts


class Period(NamedTuple):
    """What one period did for one objective; contacts and organizations by id."""

    touches: int
    #: Those with somebody other than the client whose objective it is, and of them those of exchange or deeper.
    helped: int
    deep: int
    #: Without the client: they do not count as their own helper.
    contacts: frozenset[int]
    exposure: int
    last_on: str | None


#: A period in which nothing was for an objective.
NOTHING: Final = Period(0, 0, 0, frozenset(), 0, None)


class People(NamedTuple):
    """What is known of everybody who supports one of the objectives, now and on the last day of the period before."""

    #: Where each contact works now, whether they support one or not.
    organizations: Mapping[int, Sequence[int]]
    grown: set[int]
    grown_before: set[int]
    bands: Mapping[int, Band]
    bands_before: Mapping[int, Band]


class Looked(NamedTuple):
    """An objective with its two periods and all who support it."""

    fact: ObjectiveFacts
    now: Period
    before: Period
    people: frozenset[int]


def looked_at(
    connection: ReadConnection,
    facts: Iterable[ObjectiveFacts],
    now: Sequence[Moment],
    before: Sequence[Moment],
) -> list[Looked]:
    """The objectives to tell of, the one with most touches first: active ones, and others that anything was for."""
    linked: dict[int, set[int]] = {}
    for contact_id, objective_id in objective_queries.all_links(connection):
        linked.setdefault(objective_id, set()).add(contact_id)
    found = []
    facts = list(facts)
    clients = {fact.id: fact.client_id for fact in facts}
    periods = _periods(now, clients), _periods(before, clients)
    for fact in facts:
        current, earlier = (period.get(fact.id, NOTHING) for period in periods)
        if fact.status == "active" or current != NOTHING or earlier != NOTHING:
            # Ties are told of what is still pursued.
            people = frozenset(linked.get(fact.id, ())) | current.contacts if fact.status == "active" else frozenset()
            found.append(Looked(fact, current, earlier, people - {fact.client_id or 0}))
    return sorted(found, key=lambda o: (o.fact.status != "active", -o.now.touches, -o.before.touches, o.fact.key))


def people_of(
    connection: ReadConnection,
    objectives: Sequence[Looked],
    now: Span,
    before: Span,
    recent: bonds.Recent,
) -> People:
    """What is known of all who support some objectives."""
    everybody = {who for o in objectives for who in o.people}
    grown_before = ties.grown(connection, everybody, before.until)
    # What has grown stays grown.
    grown = grown_before | ties.grown(connection, everybody - grown_before, now.until)
    return People(
        queries.organizations_now(connection),
        grown,
        grown_before,
        bonds.bands(connection, everybody, grown, now.until, recent),
        bonds.bands(connection, everybody, grown_before, before.until, recent),
    )


def state_of(
    connection: ReadConnection, looked: Looked, people: People, known: Links, open_promises: int, today: date
) -> ObjectiveState:
    """An objective as the rules of suggestions see it."""
    last_on, gaps = _lacks(connection, looked, people, known, open_promises, today)
    last = date.fromisoformat(last_on) if last_on else None
    dormant = {who for who in looked.people if people.bands[who] == "dormant"}
    dormant -= set(contact_queries.archived(connection, dormant))
    return ObjectiveState(
        looked.fact.key,
        gaps,
        # Of a new one the gap is told instead: what it lacks, and not what was left undone.
        purpose.is_neglected(looked.fact.status, last, open_promises > 0, today)
        and not purpose.is_new(date.fromisoformat(looked.fact.opened_on), today),
        (today - last).days if last else None,
        tuple(sorted(handles_of(connection, dormant).values())),
    )


def objective_rows(looked: Looked, people: People, state: ObjectiveState, today: date) -> list[ReviewRow]:
    """The figures of one objective, and what it lacks."""
    fact, now, before = looked.fact, looked.now, looked.before

    def told(figure: str, figures: tuple[float | None, float | None], unit: str, text: str | None = None) -> ReviewRow:
        return row("objective", figure, figures, unit, subject=fact.key, text=text)

    def places(period: Period) -> int:
        return len({g for who in period.contacts for g in people.organizations.get(who, ())})

    two = now, before
    last = None if state.days_since is None else date.fromordinal(today.toordinal() - state.days_since).isoformat()
    rows = [
        told("touches", (now.touches, before.touches), "touches", fact.title),
        told("contacts", both(lambda period: len(period.contacts), two), "contacts"),
        told("organizations", both(places, two), "organizations"),
        told("exposure", (now.exposure, before.exposure), "interactions"),
        told("days_since", (state.days_since, None), "days", last),
    ]
    if fact.by_day is not None:
        by = date.fromisoformat(fact.by_day)
        rows.append(told("days_left", ((by - today).days, None), "days", fact.by_day))
    if fact.status != "active":
        return rows
    rows.append(told("grown", both(lambda g: len(looked.people & g), (people.grown, people.grown_before)), "contacts"))
    bands = [Counter(b[who] for who in looked.people) for b in (people.bands, people.bands_before)]
    rows += [told(word, (bands[0][word], bands[1][word]), "contacts") for word in BANDS]
    return rows + [row("gap", "gap", NO_FIGURES, "words", subject=fact.key, text=gap) for gap in state.gaps]


def _lacks(
    connection: ReadConnection, looked: Looked, people: People, known: Links, open_promises: int, today: date
) -> tuple[str | None, tuple[str, ...]]:
    """The day of the newest touch for an objective and its gaps, as `objective list` has them.

    The two periods settle both where enough happened in them; only otherwise all that was ever for it is read.
    """
    contacts = looked.people | looked.before.contacts
    now, before = looked.now, looked.before
    last_on = now.last_on or before.last_on
    if looked.fact.status != "active":
        return last_on, ()
    touches, deep, exposure = now.helped + before.helped, now.deep + before.deep, now.exposure + before.exposure
    grown = len(contacts & people.grown)
    organizations = {g for who in contacts for g in people.organizations.get(who, ())}
    if last_on is None or not deep or not grown or len(organizations) < 2:
        ever = _ever(connection, looked.fact, known)
        contacts |= ever.contacts
        last_on, touches, deep, exposure = ever.last_on, ever.helped, ever.deep, ever.exposure
        organizations = {g for who in contacts for g in people.organizations.get(who, ())}
        grown = len(ties.grown(connection, contacts, today))
    return last_on, purpose.gaps(
        looked.fact.status,
        contact_count=len(contacts),
        organization_count=len(organizations),
        touch_count=touches,
        deep_touch_count=deep,
        open_promise_count=open_promises,
        exposure_count=exposure,
        grown_count=grown,
    )


def _ever(connection: ReadConnection, fact: ObjectiveFacts, known: Links) -> Period:
    """All that was ever for one objective."""
    objective_id = fact.id
    alone = known._replace(chosen=frozenset({objective_id}), narrowed=True)
    stating = queries.stating_parts(connection, objective_id)
    stated = {part.interaction_id: [objective_id] for part in stating}
    found = grouped([*stating, *queries.unsaid_parts(connection, objective_id)], {}, stated, {}, alone)
    period = _periods(found, {objective_id: fact.client_id}).get(objective_id, NOTHING)
    exposed = {m.id for m in found if m.exposure} | queries.exposure_sharing_topic(connection, objective_id)
    return period._replace(exposure=len(exposed))


def _periods(moments: Iterable[Moment], clients: Mapping[int, int | None]) -> dict[int, Period]:
    """What some moments did, by objective; `clients` are those whose they are."""
    by_objective: dict[int, list[Moment]] = {}
    for moment in moments:
        for objective_id in moment.objectives:
            by_objective.setdefault(objective_id, []).append(moment)
    return {o: _period(theirs, clients.get(o)) for o, theirs in by_objective.items()}


def _period(moments: Sequence[Moment], client_id: int | None) -> Period:
    touching = [m for m in moments if not m.exposure and m.contacts]
    helping = touching if client_id is None else without(client_id, touching)
    return Period(
        sum(len(m.contacts) for m in touching),
        sum(len(m.contacts) for m in helping),
        sum(len(m.contacts) for m in helping if DEPTH_OF_KIND[m.kind] in ("conversation", "exchange")),
        frozenset(who for m in helping for who in m.contacts),
        sum(m.exposure for m in moments),
        max((m.on for m in touching), default=None),
    )
