"""`contact add|edit|rename|archive|delete` and `snooze`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import dates, names, text
from netjournal.domain.guests import guest_of
from netjournal.errors import ConflictError, UsageError
from netjournal.journal import people
from netjournal.journal.touches import settle_exposure
from netjournal.reports import find
from netjournal.reports.contacts import contact_detail, contact_rows
from netjournal.store.queries import contacts as queries
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from netjournal.journal.people import ContactWords
    from netjournal.reports.contacts import ContactDetailRow, ContactRow
    from netjournal.store.connection import ReadConnection
    from netjournal.store.unit_of_work import UnitOfWork


class Deleted(NamedTuple):
    """The receipt of a deletion."""

    contact: str
    touch_count: int
    interaction_count: int
    followup_count: int


def _check_name(typed: str) -> None:
    """Refuse a name that says where somebody works, as `log -w` takes it, and an address. Raises UsageError."""
    guest = guest_of(typed)
    if guest.name and guest.org is not None:
        title = f" --title {text.in_shell(guest.title)}" if guest.title else ""
        raise UsageError(
            "Where somebody works is no part of the name.",
            f"Give {text.in_shell(guest.name)} alone, with `--org {text.in_shell(guest.org)}{title}`.",
        )
    if guest.name and guest.email:
        raise UsageError(
            "An e-mail address is no part of the name.",
            f"Give {text.in_shell(guest.name)} alone, with `--email {text.in_shell(guest.email)}`.",
        )
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", typed):
        raise UsageError("An e-mail address is no name.", f"Give a name, with `--email {text.in_shell(typed)}`.")


def add_contact(uow: UnitOfWork, words: ContactWords) -> ContactDetailRow:
    """Make a contact; raises ConflictError where one of the same name and organization is there already."""
    _check_name(words.name or "")
    taken = name_queries.handles(uow.read)
    if words.handle is None:
        _refuse_twin(uow, words)
    contact_id = people.create(uow, words, taken)
    return contact_detail(uow.read, contact_id, uow.today)


def edit_contact(uow: UnitOfWork, typed: str, words: ContactWords) -> ContactDetailRow:
    """Change a contact; single values replace, repeatable ones are added, '' clears."""
    contact_id = find.contact_to_change(uow.read, typed)
    text.something(words != people.ContactWords(), "contact")
    _check_name(words.name or "")
    people.change(uow, contact_id, words)
    return contact_detail(uow.read, contact_id, uow.today)


def rename_contact(uow: UnitOfWork, typed: str, name: str, handle: str | None) -> ContactRow:
    """Give a contact another name; the old one stays as an alias, and the handle stays unless another is given."""
    contact_id = find.contact_to_change(uow.read, typed)
    old = queries.contacts_by_id(uow.read, [contact_id])[contact_id]
    _check_name(name)
    people.change(uow, contact_id, people.ContactWords(name=name, handle=handle if handle != old.handle else None))
    key = names.fold(text.name(name, "The name"))
    uow.remove("contact_alias", contact_id=contact_id, alias_key=key)
    if names.fold(old.name) != key:
        people.add_aliases(uow, contact_id, (old.name,))
    return _rows(uow, [contact_id])[0]


def archive_contacts(uow: UnitOfWork, typed: Sequence[str], *, back: bool) -> tuple[ContactRow, ...]:
    """Put contacts away, or take them back: they leave due and plan, and stay in search and prep."""
    ids = [find.contact_to_change(uow.read, word) for word in typed]
    for contact_id in ids:
        uow.change("contact", {"id": contact_id}, archived_on=None if back else uow.today.isoformat())
    return _rows(uow, ids)


class Snoozed(NamedTuple):
    """A contact that was snoozed, and until when: None is until `off`, or not at all."""

    row: ContactRow
    until: date | None


def snooze(uow: UnitOfWork, typed: str, until: str | None, order: str | None) -> Snoozed:
    """Snooze a contact until a day or for a time; without either until `off`, which ends both."""
    contact_id = find.contact_to_change(uow.read, typed)
    day = None
    if until is None:
        values: dict[str, object] = {"paused": 1, "snoozed_until": None}
    elif until.strip().casefold() == "off":
        values = {"paused": 0, "snoozed_until": None}
    else:
        day = dates.read_future_day(_day_after(until), uow.today, order=order)
        values = {"paused": 0, "snoozed_until": day.isoformat()}
    uow.change("contact", {"id": contact_id}, **values)
    return Snoozed(_rows(uow, [contact_id])[0], day)


def _day_after(until: str) -> str:
    """A duration as the day after it: nobody snoozes until `2w`. All else as it is."""
    try:
        dates.read_days(until)
    except UsageError:
        return until
    return f"in {until}"


def refuse_client(connection: ReadConnection, contact_id: int) -> None:
    """Raise ConflictError for the client of an objective, ended or not: it would be left without one."""
    if keys := [key for key, _ in queries.pursued_for(connection, contact_id)]:
        handle = queries.contacts_by_id(connection, [contact_id])[contact_id].handle
        commands = " and ".join(f"`netj objective edit {key} --client ''`" for key in keys)
        raise ConflictError(
            f"{handle} is the client of {', '.join(keys)}.",
            f"{commands} says that it is not for them; `netj objective drop` alone does not.",
        )


def delete_contact(uow: UnitOfWork, typed: str) -> Deleted:
    """Delete a contact with its touches and promises; an interaction with nobody else goes too.

    Raises ConflictError for a client of an objective.
    """
    contact_id = find.contact_to_change(uow.read, typed)
    handle = queries.contacts_by_id(uow.read, [contact_id])[contact_id].handle
    receipt = Deleted(handle, *queries.belongings(uow.read, contact_id))
    refuse_client(uow.read, contact_id)
    interactions = [i.id for i in interaction_queries.interactions_of_contact(uow.read, contact_id)]
    others = interaction_queries.participants(uow.read, interactions)
    alone = [i for i in interactions if len(others.get(i, ())) == 1]
    for interaction_id in alone:
        uow.remove("interaction", id=interaction_id)
    uow.remove("contact", id=contact_id)
    settle_exposure(uow, [i for i in interactions if i not in alone])
    return receipt


def _refuse_twin(uow: UnitOfWork, words: ContactWords) -> None:
    """Two people may share a name: but say so with a handle, or it is the same one entered twice."""
    twin = people.same_person(uow, words.name or "", words.org)
    if twin is None:
        return
    twin_id = name_queries.contact_with_handle(uow.read, twin)
    assert twin_id is not None
    work = queries.current_organizations(uow.read, [twin_id]).get(twin_id)
    # Another organization tells them apart only where both are known.
    apart = "--org or --handle" if not words.org and work and work[0] else "--handle"
    raise ConflictError(
        "A contact of that name is here already, with nothing to tell the two apart.",
        f"`netj contact edit {twin} …` adds to it; if this is somebody else, give {apart}.",
    )


def _rows(uow: UnitOfWork, ids: Sequence[int]) -> tuple[ContactRow, ...]:
    facts = queries.contacts_by_id(uow.read, ids)
    return contact_rows(uow.read, [facts[i] for i in ids], uow.today)
