"""`prep` of an organization: whom you know there, what came up there, and what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.words import Handle, Prose, Uid
from netjournal.reports.clock import day
from netjournal.reports.prep import said
from netjournal.reports.prep.healthiest import MOST_FORMER, MOST_PEOPLE, People, healthiest
from netjournal.reports.prep.person import opportunities
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import prep as queries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from netjournal.reports.interactions import InteractionRow
    from netjournal.reports.prep.row import Asked
    from netjournal.store.connection import ReadConnection, TextIndex
    from netjournal.store.queries.contacts import ContactFacts

#: For a client so many of those touched last, and so many interactions of each, are looked through.
MOST_OF_CLIENT: Final = 20


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
    talks: tuple[Prose, ...]
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
    known = People(connection, organization_id, today, asked.half_life_days)
    best = healthiest(known, current, MOST_PEOPLE)
    gone = healthiest(known, titles.keys() - current, MOST_FORMER)
    people = contact_queries.contacts_by_id(connection, [*best, *gone])
    last = _last(connection, known, asked.client_id)
    return Place(
        organization_id,
        {**said.called(last), **{fact.handle: fact.name for fact in people.values()}},
        Prose(name),
        Uid(uid),
        len(current),
        len(titles) - len(current),
        tuple(Handle(people[i].handle) for i in best),
        tuple(Handle(people[i].handle) for i in gone),
        tuple(_spelled(people[i], health, titles[i]) for i, health in (*best.items(), *gone.items())),
        tuple(said.spelled(row) for row in last),
        opportunities(connection, queries.opportunities_at(connection, organization_id), asked),
        said.hits(connection, index, said.sought_name(name), asked.client_id, {uid, *(row.uid for row in last)}),
    )


def _last(connection: ReadConnection, known: People, client_id: int | None) -> list[InteractionRow]:
    """The last interactions with those people: they are among the last few of those touched last."""
    newest = sorted(((on, i) for i, on in known.newest.items()), reverse=True)
    people, each = (said.MOST_TALKS, said.MOST_TALKS) if client_id is None else (MOST_OF_CLIENT, MOST_OF_CLIENT)
    ids = {n for _, i in newest[:people] for n in queries.newest_interactions(connection, i, each)}
    return said.talks(connection, ids, client_id)


def _spelled(fact: ContactFacts, health: float, title: str | None) -> Prose:
    """One of the people as `HANDLE HEALTH DAY TITLE`, the day of the newest touch, `-` if there is none."""
    return Prose(f"{fact.handle} {health:.3f} {day(fact.touched_on) or '-'} {title or ''}".rstrip())
