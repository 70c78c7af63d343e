"""Whom or what the words of `prep` mean: a contact, an organization, or nobody the journal knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from netjournal.domain import names
from netjournal.errors import AmbiguousError
from netjournal.reports.find import only
from netjournal.store.queries import names as name_queries
from netjournal.store.queries import organizations as organization_queries
from netjournal.store.queries import prep as queries

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection

#: Of what is like the words, so much is said.
MOST_NEAR = 5


class Meant(NamedTuple):
    """What was meant; `near` is who and what has a name like it, `guessed` says that the nearest contact was taken."""

    type: Literal["contact", "organization", "unknown"]
    id: int = 0
    near: tuple[str, ...] = ()
    guessed: bool = False


def meant(connection: ReadConnection, typed: str, at: int | None, *, at_given: bool) -> Meant:
    """What the words mean; with `--at` they are a person's name. Raises AmbiguousError."""
    exact = name_queries.contact_with_handle(connection, typed.casefold())
    if exact is not None:
        return Meant("contact", exact)
    words = names.fold(typed).split()
    known = queries.known_like(connection, max(words, key=len)) if words else []
    found = names.find(typed, known) if known else names.Found(())
    if len(found.ids) == 1:
        return Meant("contact", found.ids[0])
    organization = None if at_given else _organization(connection, typed, is_rival=bool(found.ids))
    if organization is not None:
        return Meant("organization", organization)
    if found.ids:
        only(found, typed, known)
    return _nearest(connection, typed, at, at_given=at_given)


def organization_named(connection: ReadConnection, typed: str) -> int | None:
    """The organization of that name or alias, or the only one whose name begins so. Raises AmbiguousError."""
    return _organization(connection, typed, is_rival=False)


def _organization(connection: ReadConnection, typed: str, *, is_rival: bool) -> int | None:
    key = names.fold_organization(typed)
    exact = name_queries.organization_with_key(connection, key)
    if exact is not None or is_rival or not key:
        return exact
    begun = {i: name for i, folded, name in organization_queries.names(connection) if folded.startswith(key)}
    if len(begun) > 1:
        hint = "Type more of the name."
        raise AmbiguousError(f"'{typed}' can mean {len(begun)} organizations.", tuple(sorted(begun.values())), hint)
    return next(iter(begun), None)


def _nearest(connection: ReadConnection, typed: str, at: int | None, *, at_given: bool) -> Meant:
    """Nobody has that name: the only contact with a name like it, unless `--at` says that it is somebody else."""
    known = name_queries.known_contacts(connection)
    alike = names.similar(names.fold(typed), known, MOST_NEAR)
    handles = {k.id: k.handle for k in known}
    near = tuple(handles[i] for i in alike)
    if not at_given:
        near += _near_organizations(connection, typed)
    if at_given and at is not None:
        there = {a.contact_id for a in queries.affiliates(connection, at)}
        alike = tuple(i for i in alike if i in there)
    elif at_given:
        alike = ()
    if len(alike) == 1:
        return Meant("contact", alike[0], near, guessed=True)
    return Meant("unknown", near=near)


def _near_organizations(connection: ReadConnection, typed: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    shown = {folded: name for _, folded, name in organization_queries.names(connection)}
    return tuple(shown[key] for key in get_close_matches(names.fold_organization(typed), shown, 3, 0.75))
