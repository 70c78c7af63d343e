"""Objectives: who helps with each, and with which nobody does."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import purpose
from netjournal.domain.words import Handle, Key, Promise, Prose, Uid, prose
from netjournal.reports.clock import day
from netjournal.reports.support import COUNTED_DAYS, support, supporting_touches
from netjournal.reports.ties import grown as grown_ties
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import objectives as queries
from netjournal.store.queries.followups import open_followups, open_for_objectives
from netjournal.store.queries.review import organizations_now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.reports.support import Support, Touched
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
    followups: tuple[Promise, ...]
    #: Touches in each of the last weeks, from Monday on, the oldest first; this week is the last.
    progress: tuple[int, ...]
    days_left: int | None


#: Progress is told of so many weeks: within the days of which every touch is looked at.
PROGRESS_WEEKS: Final = 12


def objective_list(
    connection: ReadConnection, status: str | None, client_id: int | None, today: date
) -> tuple[ObjectiveRow, ...]:
    """The objectives of a status and a client, where one is named."""
    found = queries.objectives(connection)
    facts = [o for o in found if status in (None, o.status) and client_id in (None, o.client_id)]
    return _rows(connection, facts, support(connection, facts, today), today)


def objective_detail(connection: ReadConnection, objective_id: int, today: date) -> ObjectiveDetailRow:
    """All that is stored of one objective, who supports it, and how it went in the last 12 weeks."""
    from netjournal.domain import chart
    from netjournal.reports.promises import spelled
    from netjournal.store.queries.names import handles_of

    fact = queries.objective(connection, objective_id)
    found = support(connection, [fact], today)
    (row,) = _rows(connection, [fact], found, today)
    promised = set(open_for_objectives(connection))
    counts = Counter(touch.on for touch in found[objective_id].recent)
    return ObjectiveDetailRow(
        *row,
        prose(fact.looking_for),
        tuple(Prose(a) for a in queries.asks(connection, objective_id)),
        tuple(queries.topics(connection, objective_id)),
        tuple(Prose(o) for o in queries.organizations(connection, objective_id)),
        prose(fact.done_when),
        prose(fact.outcome),
        date.fromisoformat(fact.opened_on),
        day(fact.closed_on),
        tuple(Handle(h) for h in sorted(handles_of(connection, found[objective_id].contacts).values())),
        tuple(spelled(f) for f in open_followups(connection) if (objective_id, f.id) in promised),
        chart.by_week(counts, chart.mondays(today - timedelta(weeks=PROGRESS_WEEKS - 1), today)),
        (row.by - today).days if row.by is not None and fact.closed_on is None else None,
    )


def _rows(
    connection: ReadConnection, facts: Sequence[ObjectiveFacts], supports: Mapping[int, Support], today: date
) -> tuple[ObjectiveRow, ...]:
    promises = [objective_id for objective_id, _ in open_for_objectives(connection)]
    people = set().union(*[found.contacts for found in supports.values()])
    work = organizations_now(connection)
    grown = grown_ties(connection, people, today)
    rows = []
    for fact in facts:
        found = supports[fact.id]
        organizations = {g for who in found.contacts if who in work for g in work[who]}
        grown_count = len(found.contacts & grown)
        rows.append(
            ObjectiveRow(
                Uid(fact.uid),
                Key(fact.key),
                Prose(fact.title),
                prose(fact.why),
                Handle(fact.client) if fact.client else None,
                fact.status,
                day(fact.by_day),
                _count_since(found.recent, today, 30),
                _count_since(found.recent, today, COUNTED_DAYS),
                found.exposure_count,
                len(found.contacts),
                len(organizations),
                grown_count,
                found.last_on,
                purpose.is_neglected(fact.status, found.last_on, fact.id in promises, today),
                purpose.gaps(
                    fact.status,
                    contact_count=len(found.contacts),
                    organization_count=len(organizations),
                    # The rules ask whether there is any.
                    touch_count=int(found.is_helped),
                    deep_touch_count=int(found.is_deep),
                    open_promise_count=promises.count(fact.id),
                    exposure_count=found.exposure_count,
                    grown_count=grown_count,
                ),
            )
        )
    return tuple(rows)


def lately(row: ObjectiveRow | ObjectiveDetailRow, today: date) -> Prose | None:
    """When an active objective was last touched, in words: to one that was added just now neglect would be a reproach."""
    from netjournal.domain.counts import counted

    if row.status != "active":
        return None
    if row.touch_count_30d:
        return Prose(f"{counted(row.touch_count_30d, 'touch')} in 30 days")
    silence = "no touch yet" if row.last_on is None else f"no touch for {counted((today - row.last_on).days, 'day')}"
    return Prose(silence if row.neglected else f"{silence}, a next step")


def helpers(connection: ReadConnection, objective_id: int) -> list[tuple[int, str]]:
    """(contact id, name) of those who had a touch for an objective, stated or implied, by name; not its client."""
    people = {touch.contact_id for touch in supporting_touches(connection, objective_id)}
    people.discard(queries.objective(connection, objective_id).client_id or 0)
    facts = contact_queries.contacts_by_id(connection, people)
    return [(f.id, f.name) for f in sorted(facts.values(), key=lambda f: (f.name_key, f.handle))]


def _count_since(touches: Sequence[Touched], today: date, days: int) -> int:
    since = today - timedelta(days=days)
    return sum(t.on > since for t in touches)
