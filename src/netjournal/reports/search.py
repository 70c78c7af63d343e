"""`search`: every word, in names, titles, organizations, summaries, notes, promises and objectives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.searching import Sought, holds, snippet, sought
from netjournal.domain.words import Handle, Prose, Uid
from netjournal.errors import UsageError
from netjournal.reports.clock import day
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import search as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.store.connection import ReadConnection, TextIndex

#: The type of record that each document of the index stands for.
_TYPES: Final = {
    1: "contact",
    2: "contact",
    3: "organization",
    4: "interaction",
    5: "interaction",
    6: "followup",
    7: "objective",
    8: "opportunity",
    9: "contact",
}
_ORGANIZATIONS: Final = 3
_TOUCH_NOTES: Final = 5
_TITLES: Final = 9
#: Between a summary and a note, as everywhere.
_BETWEEN: Final = " - "
#: Whoever bears the name sought comes before those who only mention it.
_BOOST: Final = {"contact": 3.0, "organization": 3.0, "objective": 2.0}
#: Whoever bears the word as a title comes after whoever is called so and before a contact whose note holds it, of which
#: bm25 makes three quarters of a title's weight; who bore it once is as good as a mention.
_TITLE_BOOST: Final = 2.6
_FORMER_BOOST: Final = 1.0


class SearchRow(NamedTuple):
    """One record that holds what was sought."""

    uid: Uid
    id: int
    type: str
    on: date | None
    contacts: tuple[Handle, ...]
    title: Prose
    snippet: Prose
    rank: int
    noted: Handle | None


class Found(NamedTuple):
    """The answer: the best hits, and how many were ranked."""

    rows: tuple[SearchRow, ...]
    total: int


class _Hit(NamedTuple):
    document: int
    id: int
    owner: int
    score: float


def search(
    connection: ReadConnection, index: TextIndex, text: str, filters: Mapping[str, str | int], limit: int | None
) -> Found:
    """The records that hold every word of a text, best first; `filters` by the names that `store` gives them."""
    wanted = sought(text)
    if not wanted.words and not wanted.marks:
        raise UsageError("What is sought?", "Name a word: `netj search hiring`.")
    best = _best(connection, index, wanted, dict(filters))
    ordered = sorted(best.items(), key=lambda item: (item[1].score, item[0][0], -item[0][1]))
    shown = ordered[:limit] if limit else ordered
    return Found(_rows(connection, index, wanted, [(key[0], hit) for key, hit in shown]), len(ordered))


def _best(
    connection: ReadConnection, index: TextIndex, wanted: Sought, filters: dict[str, str | int]
) -> dict[tuple[str, int], _Hit]:
    """The best document of each record that matches: whole words first, beginnings only where nothing has them."""
    best: dict[tuple[str, int], _Hit] = {}
    for beginnings in (False, True):
        for document, kind in _TYPES.items():
            for hit in _hits(connection, index, wanted, filters, document, beginnings=beginnings):
                key = (kind, hit.owner)
                if key not in best or hit.score < best[key].score:
                    best[key] = hit
        if best or not wanted.words:
            break
    return best


def _hits(
    connection: ReadConnection,
    index: TextIndex,
    wanted: Sought,
    filters: dict[str, str | int],
    document: int,
    *,
    beginnings: bool,
) -> list[_Hit]:
    table = index.table_of(document)
    kind = _TYPES[document]
    own = table == kind
    among = queries.kept(connection, filters, kind) if own else None
    if among is not None and not among:
        return []
    if document == _TITLES and len(wanted.words) > 1:
        found = _titled(connection, index, wanted.words, beginnings=beginnings)
    elif wanted.words:
        expression = index.match_expression(wanted.words, beginnings=beginnings)
        found = index.ranked(connection, document, expression, among)
    else:
        found = index.scan(connection, document, wanted.marks[0])
    if found and wanted.literals:
        texts = _texts(connection, index, document, [identity for identity, _ in found])
        found = [(i, score) for i, score in found if holds(wanted, texts[i])]
    owners = {i: i for i, _ in found} if own else queries.owners(connection, table, [i for i, _ in found])
    if not own and filters:
        kept = queries.kept(connection, filters, kind) or set()
        found = [(i, score) for i, score in found if owners[i] in kept]
    elif among is not None:
        found = [(i, score) for i, score in found if i in among]
    boost = _TITLE_BOOST if document == _TITLES else _BOOST.get(kind, 1.0)
    past = queries.former(connection, [i for i, _ in found]) if document == _TITLES else ()
    return [_Hit(document, i, owners[i], score * (_FORMER_BOOST if i in past else boost)) for i, score in found]


def _titled(
    connection: ReadConnection, index: TextIndex, words: Sequence[str], *, beginnings: bool
) -> list[tuple[int, float]]:
    """(affiliation, score) where every word is in the title or in the organization's name, and one in the title."""
    found: list[tuple[dict[int, float], dict[int, float]]] = []
    for word in words:
        expression = index.match_expression([word], beginnings=beginnings and word == words[-1])
        titles, places = (
            index.ranked(connection, document, expression, None) for document in (_TITLES, _ORGANIZATIONS)
        )
        found.append((dict(titles), dict(places)))
    at = queries.organizations_of(connection, {i for titles, _ in found for i in titles})
    scores = {i: [titles.get(i) or places.get(place or 0) for titles, places in found] for i, place in at.items()}
    return [(i, sum(filter(None, each))) for i, each in scores.items() if all(each)]


def _texts(
    connection: ReadConnection, index: TextIndex, document: int, ids: Sequence[int], between: str = " "
) -> dict[int, str]:
    """What some documents of one type say, with `between` title and body; a title of work says where, too."""
    if document == _TITLES:
        return queries.jobs(connection, ids)
    texts = index.texts(connection, document, ids)
    return {i: between.join(filter(None, (text.title, text.body))) for i, text in texts.items()}


def _rows(
    connection: ReadConnection, index: TextIndex, wanted: Sought, shown: list[tuple[str, _Hit]]
) -> tuple[SearchRow, ...]:
    facts = {
        kind: queries.records(connection, kind, [hit.owner for k, hit in shown if k == kind])
        for kind in {kind for kind, _ in shown}
    }
    texts = {
        document: _texts(
            connection, index, document, [hit.id for _, hit in shown if hit.document == document], _BETWEEN
        )
        for document in {hit.document for _, hit in shown}
    }
    people = interaction_queries.participants(connection, facts.get("interaction", {}))
    noted = queries.noted(connection, [hit.id for _, hit in shown if hit.document == _TOUCH_NOTES])
    rows = []
    for rank, (kind, hit) in enumerate(shown, start=1):
        fact = facts[kind][hit.owner]
        handles = [p.handle for p in people.get(fact.id, ())] if kind == "interaction" else [fact.handle]
        of_one = noted.get(hit.id) if hit.document == _TOUCH_NOTES else None
        if of_one:
            # Of a crowd the one whom the words are about.
            handles.sort(key=lambda handle: handle != of_one)
        rows.append(
            SearchRow(
                Uid(fact.uid),
                fact.id,
                kind,
                day(fact.on_day),
                tuple(Handle(handle) for handle in handles if handle),
                Prose(fact.title),
                Prose(snippet(wanted, texts[hit.document][hit.id])),
                rank,
                Handle(of_one) if of_one else None,
            )
        )
    return tuple(rows)
