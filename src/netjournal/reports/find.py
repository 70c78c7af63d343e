"""From what was typed to the record that is meant, or an error that says what to type instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain import names
from netjournal.domain.text import in_shell
from netjournal.errors import AmbiguousError, NotFoundError, UnknownNameError, UsageError
from netjournal.store.queries import names as queries
from netjournal.store.queries import organizations as organization_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.domain.names import Known
    from netjournal.store.connection import ReadConnection

#: More who may be meant are no choice: so many are listed, those with a cadence or a touch first.
MOST_LISTED: Final = 20


def contact(connection: ReadConnection, typed: str) -> int:
    """The contact that a reading command means: where nobody matches, the only one whose name is alike will do.

    Raises NotFoundError and AmbiguousError.
    """
    exact = queries.contact_with_handle(connection, typed.casefold())
    if exact is not None:
        return exact
    known = queries.known_contacts(connection)
    found = names.find(typed, known)
    if not found.ids and len(found.alike) == 1:
        return found.alike[0]
    return only(found, typed, known)


def contact_to_change(connection: ReadConnection, typed: str, known: Sequence[Known] | None = None) -> int:
    """The contact that a writing command means: similarity only suggests. Raises NotFoundError and AmbiguousError."""
    if known is None:
        exact = queries.contact_with_handle(connection, typed.casefold())
        if exact is not None:
            return exact
        known = queries.known_contacts(connection)
    return only(names.find(typed, known), typed, known)


def contact_to_link(connection: ReadConnection, typed: str, known: Sequence[Known] | None = None) -> int:
    """The contact that something is to be of or with; the refusal of an unknown one says how to add them.

    Raises NotFoundError and AmbiguousError.
    """
    try:
        return contact_to_change(connection, typed, known)
    except UnknownNameError as error:
        is_name = " " in typed or typed[:1].isupper()
        add = f"`netj contact add {in_shell(typed) if is_name else 'NAME'}`"
        hint = f"{error.hint} If not, {add} adds them." if error.alike else f"{add} adds them; {error.hint}"
        raise UnknownNameError(error.sentence, hint, typed, error.alike) from None


def namesakes(connection: ReadConnection, handle: str) -> tuple[str, ...]:
    """The handles of others whose name, without regard to case and accents, is that of a contact."""
    known = queries.known_contacts(connection)
    (name,) = [k.names[0] for k in known if k.handle == handle]
    return tuple(sorted(k.handle for k in known if k.names[0] == name and k.handle != handle))


def client(connection: ReadConnection, typed: str) -> int:
    """The client that `--client` means: never by similarity, as a page for the wrong one would be handed over.

    Raises NotFoundError and AmbiguousError.
    """
    return contact_to_change(connection, typed)


def only(
    found: names.Found, typed: str, known: Sequence[Known], *, can_make: bool = False, is_stranger: bool = False
) -> int:
    """The one contact found; `can_make` says that the command makes contacts with `--new`.

    `is_stranger` says that those alike are called so, and were never met nor given a cadence.

    Raises UnknownNameError or AmbiguousError, with handles to type instead.
    """
    if len(found.ids) == 1:
        return found.ids[0]
    if found.ids:
        sentence = f"'{typed}' can mean {len(found.ids):,} contacts."
        if len(found.ids) > MOST_LISTED:
            ids = set(found.ids)
            listed = sorted((not k.tracked, k.handle) for k in known if k.id in ids)[:MOST_LISTED]
            hint = f"These are {MOST_LISTED} of them. Type more of the name, or a handle."
            raise AmbiguousError(sentence, tuple(handle for _, handle in listed), hint)
        hint = (
            f"Use a handle; somebody new: `netj contact add {in_shell(typed)}` first." if can_make else "Use a handle."
        )
        raise AmbiguousError(sentence, _handles(found.ids, known), hint, typed)
    alike = _handles(found.alike, known)
    sentence = f"Nobody here is called '{typed}'." if typed.strip() else "The name is empty."
    if is_stranger:
        sentence = f"Nobody whom you met before or keep up with is called '{typed}'."
    if not alike:
        hint = "`netj contact list` shows all."
        if typed.startswith("@"):
            hint = "Behind `@` stands a handle that is here already: `netj contact list` shows them."
        if can_make:
            hint = f"`--new` makes the contact, {hint}"
    elif len(alike) == 1:
        hint = f"Did you mean {alike[0]}?"
    else:
        hint = f"Did you mean one of these? {', '.join(alike[:9])}."
    raise UnknownNameError(sentence, hint, typed, alike)


def _handles(ids: Iterable[int], known: Sequence[Known]) -> tuple[str, ...]:
    by_id = {k.id: k.handle for k in known}
    return tuple(sorted(by_id[i] for i in ids))


def objective(connection: ReadConnection, typed: str) -> int:
    """The objective with a key, or the only one whose key begins so. Raises NotFoundError and AmbiguousError."""
    found = queries.objectives_named(connection)
    wanted = names.slug(typed.removeprefix("+"))
    ids = {key: identity for identity, key, _, _ in found}
    if wanted in ids:
        return ids[wanted]
    begun = [key for key in ids if wanted and key.startswith(wanted)]
    return _one(begun, ids, typed, "objective", "`netj objective add` makes one.")


def circle(connection: ReadConnection, typed: str) -> int:
    """The circle of that name. Raises NotFoundError with the names there are."""
    ids = {named.word: named.id for named in queries.circles_named(connection)}
    return _one([key for key in ids if key == names.fold(typed)], ids, typed, "circle", "`netj circle add` makes one.")


def group(connection: ReadConnection, typed: str) -> int:
    """The group of that name, or the only one whose name begins so. Raises NotFoundError and AmbiguousError."""
    ids = {named.word: named.id for named in queries.groups_named(connection)}
    # Its slug too, which needs no quotes in a shell.
    wanted = names.fold(typed)
    if wanted in ids:
        return ids[wanted]
    begun = [key for key in ids if wanted and key.startswith(wanted)]
    return _one(begun, ids, typed, "group", "`netj group add` makes one.")


def organization(connection: ReadConnection, typed: str) -> int:
    """The organization of that name, or the only one whose name begins so. Raises NotFoundError and AmbiguousError."""
    key = names.fold_organization(typed)
    exact = queries.organization_with_key(connection, key)
    if exact is not None:
        return exact
    found = {i: name for i, folded, name in organization_queries.names(connection) if key and folded.startswith(key)}
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise AmbiguousError(f"'{typed}' can mean {len(found)} organizations.", tuple(sorted(found.values())))
    raise NotFoundError(f"There is no organization '{typed}'.", "`netj org list` shows all.")


def _one(begun: Sequence[str], ids: dict[str, int], typed: str, what: str, mend: str) -> int:
    if len(begun) == 1:
        return ids[begun[0]]
    if begun:
        raise AmbiguousError(f"'{typed}' can mean {len(begun)} {what}s.", tuple(begun), "Type more of the name.")
    # A group's name has blanks, which neither a shell nor `group:NAME` takes for part of it.
    known = ", ".join(key.replace(" ", "-") if what == "group" else key for key in sorted(ids)[:12])
    raise NotFoundError(f"There is no {what} '{typed}'.", f"There are: {known}." if known else mend)


#: The command that shows the numbers of each.
_SHOWN_BY: Final = {
    "a promise": "followup list",
    "an interaction": "interaction list",
    "an opportunity": "opportunity list",
    "an action": "changes",
}


def number(typed: str, what: str) -> int:
    """A record's short number as typed, with or without `#`. Raises UsageError."""
    text = typed.removeprefix("#")
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise UsageError(f"'{typed}' is not the number of {what}.", f"`netj {_SHOWN_BY[what]}` shows their numbers.")
    return int(text)
