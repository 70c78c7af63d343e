"""Objectives: who helps with each, and with which nobody does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import health, purpose
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.words import Handle, Key, Prose, Uid
from netjournal.reports.clock import day
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import objectives as queries
from netjournal.store.queries.followups import open_followups

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.objectives import ObjectiveFacts


class ObjectiveRow(NamedTuple):
    """One objective with its figures; a touch is one contact's part in one interaction, stated or implied."""

    uid: Uid
    key: Key
    title: Prose
    why: Prose | None
    client: Handle | None
    status: str
    by: date | None
    touch_count_30d: int
    touch_count_90d: int
    exposure_count: int
    contact_count: int
    organization_count: int
    grown_count: int
    last_on: date | None
    neglected: bool
    gaps: tuple[str, ...]


class ObjectiveDetailRow(NamedTuple):
    """One objective with all that is stored of it; begins as a row of the list does."""

    uid: Uid
    key: Key
    title: Prose
    why: Prose | None
    client: Handle | None
    status: str
    by: date | None
    touch_count_30d: int
    touch_count_90d: int
    exposure_count: int
    contact_count: int
    organization_count: int
    grown_count: int
    last_on: date | None
    neglected: bool
    gaps: tuple[str, ...]
    looking_for: Prose | None
    asks: tuple[Prose, ...]
    topics: tuple[str, ...]
    organizations: tuple[Prose, ...]
    done_when: Prose | None
    outcome: Prose | None
    opened_on: date
    closed_on: date | None
    contacts: tuple[Handle, ...]
    followups: tuple[Prose, ...]
    #: Touches in each of the last weeks, from Monday on, the oldest first; this week is the last.
    progress: tuple[int, ...]
    days_left: int | None


class Touched(NamedTuple):
    """One touch that supports an objective."""

    contact_id: int
    on: date
    kind: str
    direction: str


#: By objective: touches that support it, and interactions that were exposure.
Support = tuple[dict[int, list[Touched]], dict[int, set[int]]]

#: Progress is told of so many weeks.
PROGRESS_WEEKS: Final = 12


def objective_rows(
    connection: ReadConnection, facts: Sequence[ObjectiveFacts], today: date
) -> tuple[ObjectiveRow, ...]:
    """The rows of some objectives, in their order."""
    return _rows(connection, facts, _support(connection), today)


def objective_detail(connection: ReadConnection, objective_id: int, today: date) -> ObjectiveDetailRow:
    """All that is stored of one objective, who supports it, and how it went in the last 12 weeks."""
    from netjournal.domain import chart
    from netjournal.reports.promises import spelled
    from netjournal.store.queries.names import handles_of

    fact = queries.objective(connection, objective_id)
    support = _support(connection, objective_id)
    (row,) = _rows(connection, [fact], support, today)
    touches = support[0].get(objective_id, ())
    people = queries.supporting_contacts(connection, objective_id) | {t.contact_id for t in touches}
    counts: dict[date, int] = {}
    for touch in touches:
        counts[touch.on] = counts.get(touch.on, 0) + 1
    return ObjectiveDetailRow(
        *row,
        _prose(fact.looking_for),
        tuple(Prose(a) for a in queries.asks(connection, objective_id)),
        tuple(queries.topics(connection, objective_id)),
        tuple(Prose(o) for o in queries.organizations(connection, objective_id)),
        _prose(fact.done_when),
        _prose(fact.outcome),
        date.fromisoformat(fact.opened_on),
        day(fact.closed_on),
        tuple(Handle(h) for h in sorted(handles_of(connection, people).values())),
        tuple(Prose(spelled(f)) for f in open_followups(connection) if f.objective_id == objective_id),
        chart.by_week(counts, chart.mondays(today - timedelta(weeks=PROGRESS_WEEKS - 1), today)),
        (row.by - today).days if row.by is not None and fact.closed_on is None else None,
    )


def _rows(
    connection: ReadConnection, facts: Sequence[ObjectiveFacts], support: Support, today: date
) -> tuple[ObjectiveRow, ...]:
    touches, exposure = support
    linked: dict[int, set[int]] = {}
    for contact_id, objective_id in queries.all_links(connection):
        linked.setdefault(objective_id, set()).add(contact_id)
    promises = [f.objective_id for f in open_followups(connection)]
    asked = {f.id for f in facts}
    people = {c for o, found in linked.items() if o in asked for c in found}
    people |= {t.contact_id for o, found in touches.items() if o in asked for t in found}
    work = contact_queries.affiliations(connection, people)
    days = _two_way_days(connection, people)
    rows = []
    for fact in facts:
        theirs = touches.get(fact.id, [])
        helping = linked.get(fact.id, set()) | {t.contact_id for t in theirs}
        organizations = {
            a.organization_id for c in helping for a in work.get(c, ()) if a.until is None and a.organization_id
        }
        last_on = max((t.on for t in theirs), default=None)
        grown = sum(health.is_grown(days.get(c, ())) for c in helping)
        exposures = len(exposure.get(fact.id, ()))
        rows.append(
            ObjectiveRow(
                Uid(fact.uid),
                Key(fact.key),
                Prose(fact.title),
                _prose(fact.why),
                Handle(fact.client) if fact.client else None,
                fact.status,
                day(fact.by_day),
                _count_since(theirs, today, 30),
                _count_since(theirs, today, 90),
                exposures,
                len(helping),
                len(organizations),
                grown,
                last_on,
                purpose.is_neglected(fact.status, last_on, fact.id in promises, today),
                purpose.gaps(
                    fact.status,
                    contact_count=len(helping),
                    organization_count=len(organizations),
                    touch_count=len(theirs),
                    deep_touch_count=sum(DEPTH_OF_KIND[t.kind] in ("conversation", "exchange") for t in theirs),
                    open_promise_count=promises.count(fact.id),
                    exposure_count=exposures,
                    grown_count=grown,
                ),
            )
        )
    return tuple(rows)


def helpers(connection: ReadConnection, objective_id: int) -> list[tuple[int, str]]:
    """(contact id, name) of those who had a touch for an objective, stated or implied, by name."""
    touches, _ = _support(connection, objective_id)
    facts = contact_queries.contacts_by_id(connection, {t.contact_id for t in touches.get(objective_id, ())})
    return [(f.id, f.name) for f in sorted(facts.values(), key=lambda f: (f.name_key, f.handle))]


def _support(connection: ReadConnection, objective_id: int | None = None) -> Support:
    """By objective, or of one: the touches that support it, stated or implied, and the interactions that were exposure."""
    touches: dict[int, list[Touched]] = {}
    exposure: dict[int, set[int]] = {}
    for fact in queries.stated(connection, objective_id):
        if fact.exposure:
            exposure.setdefault(fact.objective_id, set()).add(fact.interaction_id)
        elif fact.contact_id is not None:
            touches.setdefault(fact.objective_id, []).append(
                Touched(fact.contact_id, date.fromisoformat(fact.on_day), fact.kind, fact.direction)
            )
    for shared_id, interaction_id in queries.exposure_by_topic(connection, objective_id):
        exposure.setdefault(shared_id, set()).add(interaction_id)
    by_contact: dict[int, set[int]] = {}
    for contact_id, linked_id in queries.links(connection):
        by_contact.setdefault(contact_id, set()).add(linked_id)
    unsaid: dict[int, list[tuple[int, str, str, str, int]]] = {}
    for row in queries.unsaid_touches_of_linked(connection, "", objective_id) if by_contact else ():
        unsaid.setdefault(row[0], []).append(row)
    for together in unsaid.values():
        keys = set().union(*(by_contact.get(row[4], set()) for row in together))
        if len(keys) == 1:
            touches.setdefault(keys.pop(), []).extend(
                Touched(contact, date.fromisoformat(on), kind, direction)
                for _, on, kind, direction, contact in together
            )
    return touches, exposure


def _count_since(touches: Sequence[Touched], today: date, days: int) -> int:
    since = today - timedelta(days=days)
    return sum(t.on > since for t in touches)


def _two_way_days(connection: ReadConnection, people: Collection[int]) -> dict[int, set[date]]:
    """The days of every two-way touch with some contacts, whatever it supported: a tie is with a person."""
    days: dict[int, set[date]] = {}
    for contact_id, on in contact_queries.mutual_days(connection, people):
        days.setdefault(contact_id, set()).add(date.fromisoformat(on))
    return days


def _prose(text: str | None) -> Prose | None:
    return None if text is None else Prose(text)
