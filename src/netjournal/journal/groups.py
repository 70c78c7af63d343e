"""`group add|edit|delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import names, text
from netjournal.errors import ConflictError, UsageError
from netjournal.reports import find
from netjournal.reports.groups import group_row
from netjournal.store.queries import names as queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.reports.groups import GroupRow
    from netjournal.store.unit_of_work import UnitOfWork


def add_group(uow: UnitOfWork, name: str, who: Sequence[str]) -> GroupRow:
    """Make a group. Raises ConflictError, UsageError, NotFoundError and AmbiguousError."""
    shown = _free_name(uow, name)
    group_id = uow.add_record("contact_group", name=shown, name_key=names.fold(shown))
    _join(uow, group_id, who)
    return group_row(uow.read, group_id)


def edit_group(uow: UnitOfWork, typed: str, name: str | None, who: Sequence[str], without: Sequence[str]) -> GroupRow:
    """Rename a group, add members, take members out."""
    group_id = find.group(uow.read, typed)
    text.something(name is not None or bool(who or without), "group")
    if name is not None:
        now = group_row(uow.read, group_id).group
        same = names.fold(name) == names.fold(now)
        shown = text.name(name, "The group's name") if same else _free_name(uow, name)
        uow.change("contact_group", {"id": group_id}, name=shown, name_key=names.fold(shown))
    _join(uow, group_id, who)
    for typed_who in without:
        contact_id = find.contact_to_change(uow.read, typed_who)
        if not uow.remove("group_member", group_id=group_id, contact_id=contact_id):
            raise UsageError(f"'{typed_who}' is not in that group.")
    if who or without:
        uow.change("contact_group", {"id": group_id}, changed_at=uow.now)
    return group_row(uow.read, group_id)


def delete_group(uow: UnitOfWork, typed: str) -> GroupRow:
    """Delete a group; its members stay."""
    group_id = find.group(uow.read, typed)
    row = group_row(uow.read, group_id)
    uow.remove("contact_group", id=group_id)
    return row


def _free_name(uow: UnitOfWork, name: str) -> str:
    shown = text.name(name, "The group's name")
    if names.fold(shown) in {named.word for named in queries.groups_named(uow.read)}:
        raise ConflictError(
            f"There is a group '{shown}' already.", f"`netj group edit {text.in_shell(shown)} …` changes it."
        )
    return shown


def _join(uow: UnitOfWork, group_id: int, who: Sequence[str]) -> None:
    members = set(queries.group_members(uow.read, group_id))
    for typed in who:
        contact_id = find.contact_to_link(uow.read, typed)
        if contact_id not in members:
            uow.add("group_member", group_id=group_id, contact_id=contact_id)
            members.add(contact_id)
