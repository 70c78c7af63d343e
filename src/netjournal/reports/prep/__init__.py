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
    from netjournal.reports.prep.who import Meant
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
