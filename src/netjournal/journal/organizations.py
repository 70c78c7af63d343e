"""`org rename` and `org merge`, and organizations that are named by the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import names, text
from netjournal.errors import ConflictError, UsageError
from netjournal.reports import find
from netjournal.reports.organizations import organization_row
from netjournal.store.queries import links
from netjournal.store.queries import names as name_queries
from netjournal.store.queries import organizations as queries

if TYPE_CHECKING:
    from netjournal.reports.organizations import OrganizationRow
    from netjournal.store.unit_of_work import UnitOfWork


def find_or_make(uow: UnitOfWork, name: str) -> int:
    """The organization that answers to a name, made where there is none. Raises UsageError."""
    shown = text.name(name, "The organization's name")
    key = names.fold_organization(shown)
    found = name_queries.organization_with_key(uow.read, key)
    return found if found is not None else uow.add_record("organization", name=shown, name_key=key)


def rename_organization(uow: UnitOfWork, typed: str, name: str) -> OrganizationRow:
    """Give an organization another name; it still answers to the old one. Raises ConflictError, NotFoundError."""
    organization_id = find.organization(uow.read, typed)
    shown = text.name(name, "The organization's name")
    key = names.fold_organization(shown)
    owner = name_queries.organization_with_key(uow.read, key)
    if owner not in (None, organization_id):
        raise ConflictError("There is an organization of that name already.", "`netj org merge` makes one of two.")
    old = queries.organization(uow.read, organization_id)
    uow.remove("organization_alias", organization_id=organization_id, alias_key=key)
    uow.change("organization", {"id": organization_id}, name=shown, name_key=key)
    if old.name_key != key:
        uow.add("organization_alias", organization_id=organization_id, alias=old.name, alias_key=old.name_key)
    return organization_row(uow.read, organization_id)


def merge_organizations(uow: UnitOfWork, keep: str, drop: str) -> OrganizationRow:
    """Make one organization of two; the first keeps its name and answers to all of the other's."""
    a, b = find.organization(uow.read, keep), find.organization(uow.read, drop)
    if a == b:
        raise UsageError(f"'{keep}' and '{drop}' are the same organization.")
    theirs = queries.organization(uow.read, b)
    there = {(w.contact_id, names.fold(w.title or ""), w.until) for w in links.work_at(uow.read, a)}
    for work in links.work_at(uow.read, b):
        # Whoever is there already, by the same title, is there once.
        if (work.contact_id, names.fold(work.title or ""), work.until) in there:
            uow.remove("affiliation", id=work.id)
    uow.change("organization_alias", {"organization_id": b}, organization_id=a)
    hand_on(uow, b, a)
    uow.add("organization_alias", organization_id=a, alias=theirs.name, alias_key=theirs.name_key)
    return organization_row(uow.read, a)


def hand_on(uow: UnitOfWork, dropped: int, kept: int) -> None:
    """Give one organization what belongs to another, which then is no more; names are left to the caller."""
    uow.change("affiliation", {"organization_id": dropped}, organization_id=kept)
    there: set[tuple[int, str | None, str | None, str | None]] = set()
    for work in links.work_at(uow.read, kept):
        if work[1:] in there:
            uow.remove("affiliation", id=work.id)
        there.add(work[1:])
    came_up = links.opportunities_of_organization(uow.read, dropped)
    # By their ids, which leaves their stamps to the end of the action: a join of two journals gives none.
    uow.change_rows("opportunity", ("organization_id",), ((kept, identity) for identity in came_up))
    theirs, mine = (links.objectives_of_organization(uow.read, each) for each in (dropped, kept))
    for objective_id in theirs - mine:
        where = {"objective_id": objective_id, "organization_id": dropped}
        uow.change("objective_organization", where, organization_id=kept)
    uow.remove("organization", id=dropped)
