"""`keep`: give many contacts a cadence at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import dates
from netjournal.errors import UsageError
from netjournal.journal import cadences, people
from netjournal.reports import find
from netjournal.reports.contacts import contact_rows
from netjournal.store.queries import contacts as queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.reports.contacts import ContactRow
    from netjournal.store.unit_of_work import UnitOfWork


class KeepWords(NamedTuple):
    """What `keep` was told; durations are days."""

    who: Sequence[str]
    circle: str | None = None
    every: int | None = None
    latest: int | None = None
    objectives: Sequence[str] = ()
    last: str | None = None
    order: str | None = None


def keep(uow: UnitOfWork, words: KeepWords) -> tuple[ContactRow, ...]:
    """Give contacts a cadence, their first days spread over it. Raises UsageError, NotFoundError, AmbiguousError."""
    if not (words.circle or words.every or words.latest or words.objectives or words.last):
        raise UsageError("How often?", "Name a circle or a duration: `--circle active`, `--every 6w`.")
    known = name_queries.known_contacts(uow.read)
    ids = list(dict.fromkeys(_members(uow, words.who)))
    for typed in words.who:
        if not typed.startswith("group:"):
            contact_id = find.contact_to_link(uow.read, typed, known)
            if contact_id not in ids:
                ids.append(contact_id)
    days = cadences.first_days(uow, words.every, words.circle, len(ids))
    given = cadences.columns(uow, words.circle, words.every, words.latest, days)
    told = dates.read_past_day(words.last, uow.today, order=words.order) if words.last is not None else None
    for contact_id, values in zip(ids, given, strict=True):
        said = values | ({"told_last_on": told.isoformat()} if told else {})
        if said:
            uow.change("contact", {"id": contact_id}, **said, never=0)
        people.link_objectives(uow, contact_id, words.objectives)
    if words.latest is not None:
        cadences.check_latest(uow, ids)
    facts = queries.contacts_by_id(uow.read, ids)
    return contact_rows(uow.read, [facts[i] for i in ids], uow.today)


class Choice(NamedTuple):
    """What was chosen for one contact in the walk: a circle, or None for never."""

    handle: str
    circle: str | None


def keep_chosen(uow: UnitOfWork, choices: Sequence[Choice]) -> tuple[ContactRow, ...]:
    """Carry out a walk: each circle's contacts are spread over its cadence; never means not to be offered again."""
    ids: list[int] = []
    for circle in dict.fromkeys(choice.circle for choice in choices):
        chosen = [find.contact_to_change(uow.read, choice.handle) for choice in choices if choice.circle == circle]
        if circle is None:
            uow.change("contact", {"id": tuple(chosen)}, never=1)
            continue
        days = cadences.first_days(uow, None, circle, len(chosen))
        for contact_id, values in zip(chosen, cadences.columns(uow, circle, None, None, days), strict=True):
            uow.change("contact", {"id": contact_id}, **values, never=0)
        ids += chosen
    facts = queries.contacts_by_id(uow.read, ids)
    return contact_rows(uow.read, [facts[i] for i in ids], uow.today)


def _members(uow: UnitOfWork, who: Sequence[str]) -> list[int]:
    groups = [typed.removeprefix("group:") for typed in who if typed.startswith("group:")]
    return [i for name in groups for i in name_queries.group_members(uow.read, find.group(uow.read, name))]
