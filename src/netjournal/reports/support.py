"""What supports each objective, stated or implied: who helps with it, and when anything was last done for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.store.queries import objectives as queries
from netjournal.store.queries import support as support_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.objectives import ObjectiveFacts

#: Touches are counted over so many days; of older ones a long log has too many to look at each.
COUNTED_DAYS: Final = 90
#: Who supports so many objectives is looked up for each; of more, all that was ever stated is gone through once.
FEW: Final = 8


class Touched(NamedTuple):
    """One touch that supports an objective."""

    contact_id: int
    on: date
    kind: str


class Support(NamedTuple):
    """What supports one objective; `recent` are the touches of the last 90 days, all else is of all time."""

    recent: Sequence[Touched]
    contacts: set[int]
    exposure_count: int
    last_on: date | None
    #: Whether a touch was an exchange or deeper, and whether there was any with a helper; only asked of an active one.
    is_deep: bool
    is_helped: bool


def support(connection: ReadConnection, facts: Sequence[ObjectiveFacts], today: date) -> dict[int, Support]:
    """What supports some objectives, by their ids."""
    one = facts[0].id if len(facts) == 1 else None
    linked = _linked(connection)
    active = [f.id for f in facts if f.status == "active" and linked]
    recent = _recent(connection, linked if active else {}, one, today)
    if len(facts) <= FEW:
        people = {fact.id: queries.supporting_contacts(connection, fact.id) for fact in facts}
    else:
        people = {fact.id: set[int]() for fact in facts} | queries.all_supporting_contacts(connection)
    if active:
        _add_implied(connection, people, linked, one)
    exposed = support_queries.exposure_counts(connection, one)
    found = {}
    for fact in facts:
        touches = recent.get(fact.id, [])
        last_on = max((t.on for t in touches), default=None)
        # Whom an objective is for supports it, but does not help with it.
        helped = [t for t in touches if t.contact_id != fact.client_id]
        deep = any(_is_deep(t) for t in helped)
        if fact.status == "active" and not deep:
            # The rules ask whether there ever was one: rare, so that all of it is read only then.
            ever = supporting_touches(connection, fact.id)
            last_on = max((t.on for t in ever), default=None)
            helped = [t for t in ever if t.contact_id != fact.client_id]
            deep = any(_is_deep(t) for t in helped)
        elif last_on is None:
            newest = support_queries.newest_stated(connection, fact.id)
            last_on = date.fromisoformat(newest) if newest else None
        contacts = people[fact.id]
        contacts.discard(fact.client_id or 0)
        found[fact.id] = Support(touches, contacts, exposed.get(fact.id, 0), last_on, deep, bool(helped))
    return found


def supporting_touches(connection: ReadConnection, objective_id: int) -> list[Touched]:
    """Every touch that ever supported one objective, stated or implied."""
    found = [
        Touched(fact.contact_id, date.fromisoformat(fact.on_day), fact.kind)
        for fact in queries.stated(connection, objective_id)
        if not fact.exposure and fact.contact_id is not None
    ]
    linked = _linked(connection)
    unsaid = queries.unsaid_touches_of_linked(connection, "", objective_id) if linked else ()
    implied = _implied(linked, unsaid)
    return found + [
        Touched(who, date.fromisoformat(on), kind) for i, (_, on, kind, _, who) in implied if i == objective_id
    ]


def implied_interactions(connection: ReadConnection, objective_id: int) -> list[int]:
    """The ids of all interactions that imply one active objective."""
    linked = _linked(connection)
    unsaid = queries.unsaid_touches_of_linked(connection, "", objective_id) if linked else ()
    return list(dict.fromkeys(row[0] for found, row in _implied(linked, unsaid) if found == objective_id))


def _recent(
    connection: ReadConnection, linked: Mapping[int, Collection[int]], one: int | None, today: date
) -> dict[int, list[Touched]]:
    """By objective, the touches of the days that are counted, stated or implied."""
    since = (today - timedelta(days=COUNTED_DAYS - 1)).isoformat()
    found: dict[int, list[Touched]] = {}
    # Thousands of touches fall on few days.
    days: dict[str, date] = {}
    for objective_id, on, kind, contact_id in support_queries.stated_since(connection, since):
        day = days.get(on) or days.setdefault(on, date.fromisoformat(on))
        found.setdefault(objective_id, []).append(Touched(contact_id, day, kind))
    unsaid = queries.unsaid_touches_of_linked(connection, since, one) if linked else ()
    for objective_id, (_, on, kind, _, contact_id) in _implied(linked, unsaid):
        found.setdefault(objective_id, []).append(Touched(contact_id, date.fromisoformat(on), kind))
    return found


def _add_implied(
    connection: ReadConnection, people: dict[int, set[int]], linked: Mapping[int, Collection[int]], one: int | None
) -> None:
    """To those who support each objective, who met somebody linked to it in an interaction that implies it."""
    together = support_queries.unstated_together(connection, one)
    # Most of them support it anyway: only of the others it is asked whether the interaction was for nothing.
    more = [
        (objective_id, interaction_id, contact_id)
        for objective_id, (interaction_id, contact_id) in _implied(linked, together)
        if contact_id not in people.get(objective_id, ())
    ]
    for_nothing = support_queries.for_nothing(connection, {interaction_id for _, interaction_id, _ in more})
    for objective_id, interaction_id, contact_id in more:
        if interaction_id not in for_nothing:
            people.setdefault(objective_id, set()).add(contact_id)


def implied_days(connection: ReadConnection, since: str) -> Iterator[tuple[int, str]]:
    """(objective id, day) of every touch since a day that implies an active objective."""
    linked = _linked(connection)
    unsaid = queries.unsaid_touches_of_linked(connection, since) if linked else ()
    for objective_id, (_, on, *_) in _implied(linked, unsaid):
        yield objective_id, on


def _linked(connection: ReadConnection) -> dict[int, set[int]]:
    """The active objectives that each contact is linked to."""
    found: dict[int, set[int]] = {}
    for contact_id, objective_id in queries.links(connection):
        found.setdefault(contact_id, set()).add(objective_id)
    return found


def _implied(
    linked: Mapping[int, Collection[int]], rows: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Each row of unsaid touches, an interaction's id first and a contact's last, with the one objective it is for."""
    candidates: dict[int, set[int]] = {}
    for row in rows:
        if row[-1] in linked:
            candidates.setdefault(row[0], set()).update(linked[row[-1]])
    # Two candidates imply neither.
    implied = {interaction_id: found.pop() for interaction_id, found in candidates.items() if len(found) == 1}
    for row in rows:
        if row[0] in implied:
            yield implied[row[0]], row


def _is_deep(touch: Touched) -> bool:
    return DEPTH_OF_KIND[touch.kind] in ("conversation", "exchange")
