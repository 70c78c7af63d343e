"""What was said: interactions and search hits, each spelled as one text."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from netjournal.domain import names
from netjournal.domain.words import Prose, few
from netjournal.reports.interactions import each_row, for_client
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netjournal.reports.interactions import InteractionRow
    from netjournal.reports.search import SearchRow
    from netjournal.store.connection import ReadConnection, TextIndex

#: The last so many interactions are told with their words.
MOST_TALKS = 3
#: Search hits, and the longest words that are tried one by one where no record holds all.
MOST_HITS = 5
MOST_WORDS = 4
#: A word of fewer letters is found everywhere.
SHORTEST_WORD = 3


def talks(
    connection: ReadConnection, ids: Iterable[int], client_id: int | None, most: int = MOST_TALKS
) -> list[InteractionRow]:
    """The newest of some interactions; for a client only those that support an objective of theirs."""
    rows = each_row(connection, interaction_queries.interactions_by_id(connection, ids))
    if client_id is not None:
        rows = for_client(connection, rows, client_id)
    return list(islice(rows, most))


def spelled(row: InteractionRow, own: str | None = None) -> Prose:
    """One interaction as `ID DAY KIND HANDLES WORDS`, the handles parted by commas, `-` if there are none.

    `own` is the note on the one contact it is told of.
    """
    who = ",".join(row.contacts) or "-"
    words = " - ".join(text for text in (row.summary, own or row.note) if text)
    return Prose(f"{row.id} {row.on} {row.kind} {who} {words}".rstrip())


def noted(row: InteractionRow, topics: Iterable[str]) -> str | None:
    """The notes on those with whom alone some topics came up; None where one came up with everybody."""
    about = set(topics)
    theirs = [told.partition(" #") for told in row.touch_topics]
    handles = {handle for handle, _, topic in theirs if topic in about} if about.isdisjoint(row.topics) else ()
    return "; ".join(note for note in row.notes if note.partition(": ")[0] in handles) or None


def called(rows: Iterable[InteractionRow]) -> dict[str, str]:
    """The names of those who took part, by handle."""
    return {handle: name for row in rows for handle, name in zip(row.contacts, row.names, strict=True)}


def hits(
    connection: ReadConnection,
    index: TextIndex,
    text: str,
    client_id: int | None,
    without: Iterable[str] = (),
    *,
    apart: bool = False,
) -> tuple[Prose, ...]:
    """What holds every word of a text, else (`apart`) any long one: each as `TYPE ID DAY TEXT`, the day `-` if none.

    `without` are uids that are told of elsewhere.
    """
    from netjournal.reports.search import search

    filters: dict[str, str | int] = {} if client_id is None else {"client": client_id}
    known = set(without)
    found: dict[str, SearchRow] = {}
    words = sorted({w for w in text.split() if len(w) >= SHORTEST_WORD}, key=lambda w: (-len(w), w))[:MOST_WORDS]
    for wanted in (text, *(words if apart and len(text.split()) > 1 else ())):
        for row in search(connection, index, wanted, filters, MOST_HITS + len(known)).rows if wanted.strip() else ():
            if row.uid not in known:
                found.setdefault(row.uid, row)
        if found and wanted == text:
            break
    rows = list(found.values())[:MOST_HITS]
    called_so = names_of(connection, {handle for row in rows for handle in row.contacts})
    return tuple(Prose(f"{row.type} {row.id} {row.on or '-'} {_told(row, called_so)}") for row in rows)


def _told(row: SearchRow, called_so: Mapping[str, str]) -> str:
    """The words of a hit, and whose they are: a title, an alias or a note does not say it."""
    told = row.snippet or row.title
    if row.type == "contact":
        return told if row.title in told else f"{row.title}: {told}"
    who = few([called_so[handle] for handle in ([row.noted] if row.noted else row.contacts)])
    return f"{', '.join(who)}: {told}" if who else told


def sought_name(name: str) -> str:
    """An organization's name as a text would hold it: without the legal form at its end."""
    words = name.split()
    while len(words) > 1 and names.fold_organization(" ".join(words[:-1])) == names.fold_organization(name):
        words.pop()
    return " ".join(words)
