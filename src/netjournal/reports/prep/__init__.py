"""`prep`: one screen before a conversation, a pure function of what is stored, the day and the half-life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import names
from netjournal.domain.words import Handle, Prose
from netjournal.reports.prep.row import Asked, Prepared, PrepRow
from netjournal.reports.prep.who import meant, organization_named
from netjournal.store.queries import prep as queries
from netjournal.store.queries.followups import open_followups

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from netjournal.reports.prep.place import Place
    from netjournal.store.connection import ReadConnection, TextIndex
    from netjournal.store.queries.followups import FollowupFacts

__all__ = ["Asked", "PrepRow", "Prepared", "prep"]

#: Words of an unknown name that are tried as an organization: of a longer text the first.
MOST_WORDS = 8
#: Who knows about a topic that was named: the last touched so many.
MOST_KNOWING = 5


def prep(connection: ReadConnection, index: TextIndex, asked: Asked, today: date) -> Prepared:
    """What the journal knows of a contact, an organization, or somebody unknown. Raises AmbiguousError, NotFoundError."""
    at = None if asked.at is None else organization_named(connection, asked.at)
    found = meant(connection, asked.who, at, at_given=asked.at is not None)
    followups = _followups(connection, asked.client_id)
    if found.type == "contact":
        from netjournal.reports.prep.person import person

        row, called = person(connection, found.id, asked, followups, today)
        if at is not None:
            row, called = _with_place(connection, index, row, called, at, asked, today)
    elif found.type == "organization":
        row, called = _organization(connection, index, found.id, asked, followups, today)
    else:
        row, called = _unknown(connection, index, at, asked, followups, today)
    called = {**{f.handle: f.name for f in followups if f.name and f.handle in row.next_with}, **called}
    lost = asked.at if asked.at is not None and at is None else None
    return Prepared(row, called, found.near, found.guessed, lost)


def _followups(connection: ReadConnection, client_id: int | None) -> list[FollowupFacts]:
    """The open promises that may be told of."""
    found = open_followups(connection)
    if client_id is None:
        return found
    from netjournal.store.queries.scope import of_client

    theirs = of_client(connection, client_id).followups
    return [f for f in found if f.uid in theirs]


def _organization(
    connection: ReadConnection,
    index: TextIndex,
    organization_id: int,
    asked: Asked,
    followups: Sequence[FollowupFacts],
    today: date,
) -> tuple[PrepRow, Mapping[str, str]]:
    from netjournal.reports.prep.objectives import Bearing, objective_fields
    from netjournal.reports.prep.place import place

    found = place(connection, index, organization_id, asked, today)
    topics, knowing, called = _topics(connection, asked.topics)
    row = _placed(PrepRow("organization", True, found.organization, found.uid), found)
    row = row._replace(talks=found.talks, topics=topics, knowing=knowing)
    about = {o for o, g in queries.objective_organizations(connection) if g == organization_id}
    bearing = Bearing(about, topics, {organization_id: found.organization})
    told = objective_fields(connection, asked, bearing, followups)
    return row._replace(**told._asdict()), {**found.names, **called}


def _unknown(
    connection: ReadConnection,
    index: TextIndex,
    at: int | None,
    asked: Asked,
    followups: Sequence[FollowupFacts],
    today: date,
) -> tuple[PrepRow, Mapping[str, str]]:
    """What is known of the words: organizations, topics and text among them, and every active objective."""
    from netjournal.reports.prep import said
    from netjournal.reports.prep.objectives import Bearing, objective_fields
    from netjournal.reports.prep.place import place

    there = queries.organizations_named(connection, _parts(asked.who)) if asked.at is None else {}
    if at is None:
        at = next(iter(there), None)
    words = {word for part in asked.who.split() if (word := part.strip("#,.").casefold())}
    topics, knowing, called = _topics(connection, (*asked.topics, *sorted(queries.topics_named(connection, words))))
    row = PrepRow("unknown", False, Prose(asked.who), topics=topics, knowing=knowing)
    hits = said.hits(connection, index, asked.who, asked.client_id, apart=True)
    ids = {i for topic in topics for i in queries.interactions_about(connection, topic, said.MOST_TALKS)}
    talks = said.talks(connection, ids, asked.client_id) if ids else []
    about = tuple(said.spelled(talk, said.noted(talk, topics)) for talk in talks)
    called |= said.called(talks)
    if at is not None:
        found = place(connection, index, at, asked, today)
        row = _placed(row, found)
        hits = tuple(dict.fromkeys((*hits, *found.hits)))
        about = tuple(dict.fromkeys((*found.talks, *about)))[: said.MOST_TALKS + 1]
        called = {**called, **found.names}
        there[at] = found.organization
    told = objective_fields(connection, asked, Bearing((), topics, there, every=True), followups)
    shown = tuple(f"interaction {talk.partition(' ')[0]} " for talk in about)
    hits = tuple(hit for hit in hits if not hit.startswith(shown))[: said.MOST_HITS]
    return row._replace(talks=about, hits=hits, **told._asdict()), called


def _with_place(
    connection: ReadConnection,
    index: TextIndex,
    row: PrepRow,
    called: Mapping[str, str],
    at: int,
    asked: Asked,
    today: date,
) -> tuple[PrepRow, Mapping[str, str]]:
    """The row of a contact with what is known of the organization that `--at` named."""
    from netjournal.reports.prep.place import place

    found = place(connection, index, at, asked, today)
    opportunities = tuple(dict.fromkeys((*row.opportunities, *found.opportunities)))
    placed = _placed(row, found)._replace(opportunities=opportunities, organization=row.organization)
    return placed, {**found.names, **called}


def _placed(row: PrepRow, found: Place) -> PrepRow:
    return row._replace(
        organization=found.organization,
        contact_count=found.contact_count,
        former_count=found.former_count,
        contacts=found.contacts,
        former=found.former,
        people=found.people,
        opportunities=found.opportunities,
        hits=found.hits,
    )


def _topics(
    connection: ReadConnection, topics: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Handle, ...], dict[str, str]]:
    """The topics, who knows about them (those touched last first), and the names of those."""
    from netjournal.store.queries.contacts import contacts_by_id

    wanted = tuple(dict.fromkeys(topics))
    found = {i: on or "" for topic in wanted for i, on in queries.knowing(connection, topic, MOST_KNOWING)}
    best = sorted(found, key=lambda i: (found[i], -i), reverse=True)[:MOST_KNOWING]
    people = contacts_by_id(connection, best)
    return wanted, tuple(Handle(people[i].handle) for i in best), {p.handle: p.name for p in people.values()}


def _parts(text: str) -> Iterator[str]:
    """Every run of the words of a text as an organization's folded name, the longest first."""
    words = text.split()[:MOST_WORDS]
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            if key := names.fold_organization(" ".join(words[start : start + length])):
                yield key
