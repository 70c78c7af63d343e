"""Whom or what the words of `prep` mean: a contact, an organization, or nobody the journal knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from netjournal.domain import names
from netjournal.errors import AmbiguousError
from netjournal.reports.find import only
from netjournal.store.queries import names as name_queries
from netjournal.store.queries import organizations as organization_queries
from netjournal.store.queries import prep as queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.connection import ReadConnection

#: Of what is like the words, so much is said.
MOST_NEAR: Final = 5
#: What `names.similar` takes for alike.
ALIKE: Final = 0.75


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
    begun = organization_queries.names_beginning(connection, key)
    if len(begun) > 1:
        hint = "Type more of the name."
        raise AmbiguousError(f"'{typed}' can mean {len(begun)} organizations.", tuple(sorted(begun.values())), hint)
    return next(iter(begun), None)


def _nearest(connection: ReadConnection, typed: str, at: int | None, *, at_given: bool) -> Meant:
    """Nobody has that name: the only contact with a name like it, unless `--at` says that it is somebody else."""
    folded = names.fold(typed)
    known = queries.called(connection, LikeIt(folded).may_be)
    alike = names.similar(folded, known, MOST_NEAR)
    handles = {k.id: k.handle for k in known}
    near = tuple(handles[i] for i in alike)
    if not at_given:
        near += _near_organizations(organization_queries.names(connection), typed)
    if at_given and at is not None:
        there = {a.contact_id for a in queries.affiliates(connection, at)}
        alike = tuple(i for i in alike if i in there)
    elif at_given:
        alike = ()
    if len(alike) == 1:
        return Meant("contact", alike[0], near, guessed=True)
    return Meant("unknown", near=near)


class LikeIt:
    """Which names can be as like a folded one as `names.similar` asks: a superset, at a tenth of what that costs.

    Likeness is twice the letters in common over all letters; at most all letters that both have are in common.
    """

    def __init__(self, folded: str) -> None:
        self._typed = len(folded)
        self._spaces = folded.count(" ")
        self._counts = [(letter, folded.count(letter)) for letter in sorted(set(folded))]
        self._has = frozenset(folded).__contains__
        # First names and last names come again and again: at most so many letters in common, and whether it is alike.
        self._words: dict[str, tuple[int, bool]] = {}

    def may_be(self, full: str) -> bool:
        """Whether a folded name, or a word of it, can be alike."""
        most, words = self._spaces, self._words
        for word in full.split():
            known = words.get(word) or self._known(word)
            if known[1]:
                return True
            most += known[0]
        return self._is_alike(full, most)

    def whole(self, text: str) -> bool:
        """Whether a text can be alike as it stands."""
        return self._is_alike(text, sum(map(self._has, text)))

    def _known(self, word: str) -> tuple[int, bool]:
        most = sum(map(self._has, word))
        found = self._words[word] = most, self._is_alike(word, most)
        return found

    def _is_alike(self, text: str, most: int) -> bool:
        """Whether a text is, of which at most so many letters are in common: few are left for the closer look."""
        least = ALIKE * (len(text) + self._typed) / 2
        if most < least or self._typed < least:
            return False
        return sum([min(text.count(letter), count) for letter, count in self._counts]) >= least


def _near_organizations(known: Iterable[tuple[int, str, str]], typed: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    folded = names.fold_organization(typed)
    like = LikeIt(folded)
    shown = {key: name for _, key, name in known if like.whole(key)}
    return tuple(shown[key] for key in get_close_matches(folded, shown, 3, ALIKE))
