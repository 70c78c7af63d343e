"""Whom several words, or a group's name, mean, where one command prepares for one conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import names
from netjournal.store.queries import names as name_queries
from netjournal.store.queries.complete import handles

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


def several(connection: ReadConnection, words: str) -> list[str]:
    """The handles of those that somebody unknown may be instead: one for each word, or a group's members; else none."""
    return _each_named(connection, words) or _members(connection, words)


def _each_named(connection: ReadConnection, words: str) -> list[str]:
    """The handles of several contacts, where each of the words is a handle or the first word of exactly one; else none."""
    named = []
    for word in (names.slug(typed) for typed in words.split() if typed not in ("and", "&")):
        # By the index of handles: to look through all names for each word would cost more than the answer.
        begun = [found.text for found in handles(connection, word)] if word else []
        meant = [word] if word in begun else [handle for handle in begun if handle.startswith(f"{word}-")]
        if len(meant) != 1:
            return []
        named += meant
    distinct = list(dict.fromkeys(named))
    return distinct if len(distinct) > 1 else []


def _members(connection: ReadConnection, words: str) -> list[str]:
    """The handles of the members of the group of that name, in order; after `group:` its beginning is enough."""
    key = names.fold(words.removeprefix("group:"))
    groups = {group.word: group.id for group in name_queries.groups_named(connection)}
    begun = [word for word in groups if key and word.startswith(key)] if words.startswith("group:") else []
    meant = key if key in groups else begun[0] if len(begun) == 1 else None
    if meant is None:
        return []
    members = name_queries.group_members(connection, groups[meant])
    return sorted(name_queries.handles_of(connection, members).values())
