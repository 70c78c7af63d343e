"""`prep` of an organization: whom you know there, what came up there, and what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.words import Handle, Prose, Uid
from netjournal.reports.clock import day
from netjournal.reports.prep import said
from netjournal.reports.prep.person import opportunities
from netjournal.reports.prep.tie import MOST_PEOPLE, healthiest
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import organizations as organization_queries
from netjournal.store.queries import prep as queries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from netjournal.reports.prep.row import Asked
    from netjournal.store.connection import ReadConnection, TextIndex
    from netjournal.store.queries.contacts import ContactFacts

#: What was said with people of an organization, and is looked through for a client's part.
MOST_DAYS: Final = 5


class Place(NamedTuple):
    """What is known of an organization; its fields but the first two are the row's."""

    id: int
    names: Mapping[str, str]
    organization: Prose
    uid: Uid
    contact_count: int
    former_count: int
    contacts: tuple[Handle, ...]
    former: tuple[Handle, ...]
    people: tuple[Prose, ...]
    interactions: tuple[Prose, ...]
    opportunities: tuple[Prose, ...]
    hits: tuple[Prose, ...]


def place(connection: ReadConnection, index: TextIndex, organization_id: int, asked: Asked, today: date) -> Place:
    """What is known of an organization; people by contact health, now and formerly apart."""
    uid, name = queries.organization(connection, organization_id)
    titles: dict[int, str | None] = {}
    current: dict[int, None] = {}
    for fact in queries.affiliates(connection, organization_id):
        titles.setdefault(fact.contact_id, fact.title)
        if fact.until is None:
            current[fact.contact_id] = None
    former = [i for i in titles if i not in current]
    health = {
        **healthiest(connection, organization_id, current, today, asked.half_life_days),
    }
    best = list(health)[:MOST_PEOPLE]
    past = healthiest(connection, organization_id, former, today, asked.half_life_days)
    gone = list(past)[:MOST_PEOPLE]
    people = contact_queries.contacts_by_id(connection, [*best, *gone])
    last = _last(connection, people, asked)
    return Place(
        organization_id,
        {fact.handle: fact.name for fact in people.values()},
        Prose(name),
        Uid(uid),
        len(current),
        len(former),
        tuple(Handle(people[i].handle) for i in best),
        tuple(Handle(people[i].handle) for i in gone),
        tuple(_spelled(people[i], (health | past)[i], titles[i]) for i in (*best, *gone)),
        tuple(said.spelled(row) for row in last),
        opportunities(connection, "organization_id", organization_id, asked),
        said.hits(connection, index, said.sought_name(name), asked.client_id, {uid, *(row.uid for row in last)}),
    )


def _last(connection: ReadConnection, people: Mapping[int, ContactFacts], asked: Asked) -> list[said.InteractionRow]:
    """The last interactions with those people: each person's newest day holds one of them."""
    touched = sorted(((fact.touched_on, i) for i, fact in people.items() if fact.touched_on), reverse=True)
    most = MOST_DAYS if asked.client_id is None else len(touched)
    ids = {n for on, i in touched[:most] for n in queries.interactions_on(connection, i, on)}
    return said.talks(connection, ids, asked.client_id)


def _spelled(fact: ContactFacts, health: float, title: str | None) -> Prose:
    """One of the people as `HANDLE HEALTH DAY TITLE`, the day of the newest touch, `-` if there is none."""
    return Prose(f"{fact.handle} {health:.3f} {day(fact.touched_on) or '-'} {title or ''}".rstrip())
