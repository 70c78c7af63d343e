"""`search`: every word, in names, organizations, summaries, notes, promises and objectives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.searching import Sought, holds, snippet, sought
from netjournal.domain.words import Handle, Prose, Uid
from netjournal.errors import UsageError
from netjournal.reports.clock import day
from netjournal.store.queries import found as queries
from netjournal.store.queries import interactions as interaction_queries

if TYPE_CHECKING:
    from collections.abc import Mapping

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
}
#: Whoever bears the name sought comes before those who only mention it.
_BOOST: Final = {"contact": 3.0, "organization": 3.0, "objective": 2.0}


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
    if wanted.words:
        expression = index.match_expression(wanted.words, beginnings=beginnings)
        found = index.ranked(connection, document, expression, among)
    else:
        found = index.scan(connection, document, wanted.marks[0])
    if found and wanted.literals:
        texts = index.texts(connection, document, [identity for identity, _ in found])
        found = [(i, score) for i, score in found if holds(wanted, f"{texts[i].title} {texts[i].body}")]
    owners = {i: i for i, _ in found} if own else queries.owners(connection, table, [i for i, _ in found])
    if not own and filters:
        kept = queries.kept(connection, filters, kind) or set()
        found = [(i, score) for i, score in found if owners[i] in kept]
    elif among is not None:
        found = [(i, score) for i, score in found if i in among]
    boost = _BOOST.get(kind, 1.0)
    return [_Hit(document, i, owners[i], score * boost) for i, score in found]


def _rows(
    connection: ReadConnection, index: TextIndex, wanted: Sought, shown: list[tuple[str, _Hit]]
) -> tuple[SearchRow, ...]:
    facts = {
        kind: queries.records(connection, kind, [hit.owner for k, hit in shown if k == kind])
        for kind in {kind for kind, _ in shown}
    }
    texts = {
        document: index.texts(connection, document, [hit.id for _, hit in shown if hit.document == document])
        for document in {hit.document for _, hit in shown}
    }
    people = interaction_queries.participants(connection, facts.get("interaction", {}))
    rows = []
    for rank, (kind, hit) in enumerate(shown, start=1):
        fact = facts[kind][hit.owner]
        text = texts[hit.document][hit.id]
        whole = f"{text.title} {text.body}".strip()
        handles = [p.handle for p in people.get(fact.id, ())] if kind == "interaction" else [fact.handle]
        rows.append(
            SearchRow(
                Uid(fact.uid),
                fact.id,
                kind,
                day(fact.on_day),
                tuple(Handle(handle) for handle in handles if handle),
                Prose(fact.title),
                Prose(snippet(wanted, whole)),
                rank,
            )
        )
    return tuple(rows)
