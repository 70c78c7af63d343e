"""`contact add` and `contact edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.errors import ConflictError
from netjournal.journal import people
from netjournal.reports import find
from netjournal.reports.contacts import contact_detail
from netjournal.store.queries import names as queries

if TYPE_CHECKING:
    from netjournal.journal.people import ContactWords
    from netjournal.reports.contacts import ContactDetailRow
    from netjournal.store.unit_of_work import UnitOfWork


def add_contact(uow: UnitOfWork, words: ContactWords) -> ContactDetailRow:
    """Make a contact; raises ConflictError where one of the same name and organization is there already."""
    taken = queries.handles(uow.read)
    if words.handle is None:
        _refuse_twin(uow, words)
    contact_id = people.create(uow, words, taken)
    return contact_detail(uow.read, contact_id, uow.today)


def edit_contact(uow: UnitOfWork, typed: str, words: ContactWords) -> ContactDetailRow:
    """Change a contact; single values replace, repeatable ones are added, '' clears."""
    contact_id = find.contact_to_change(uow.read, typed)
    people.change(uow, contact_id, words)
    return contact_detail(uow.read, contact_id, uow.today)


def _refuse_twin(uow: UnitOfWork, words: ContactWords) -> None:
    """Two people may share a name: but say so with a handle, or it is the same one entered twice."""
    twin = people.same_person(uow, words.name or "", words.org)
    if twin is not None:
        raise ConflictError(
            "A contact of that name is here already, with nothing to tell the two apart.",
            f"See `netj contact show {twin}`; if this is somebody else, give --org or --handle.",
        )
