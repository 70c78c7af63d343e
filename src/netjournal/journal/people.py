"""Making and changing contacts: what `contact add`, `contact edit`, `log --new` and imports share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import names, text
from netjournal.domain.birthdays import read_birthday
from netjournal.domain.methods import method_key
from netjournal.errors import ConflictError, UsageError
from netjournal.journal import cadences
from netjournal.journal.organizations import find_or_make
from netjournal.reports import find
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.store.queries.contacts import AffiliationFacts
    from netjournal.store.unit_of_work import UnitOfWork


class ContactWords(NamedTuple):
    """What was said of a contact; None is unsaid, an empty text or 0 clears. Durations are days."""

    name: str | None = None
    handle: str | None = None
    alias: Sequence[str] = ()
    email: Sequence[str] = ()
    phone: Sequence[str] = ()
    url: Sequence[str] = ()
    org: str | None = None
    title: str | None = None
    location: str | None = None
    birthday: str | None = None
    circle: str | None = None
    every: int | None = None
    latest: int | None = None
    objectives: Sequence[str] = ()
    topics: Sequence[str] = ()
    met: str | None = None
    introduced_by: str | None = None
    note: str | None = None


def create(uow: UnitOfWork, words: ContactWords, taken: set[str]) -> int:
    """Make a contact; `taken` are the handles in use, and the new one is added to it.

    Raises UsageError for what cannot be stored, ConflictError for a handle in use.
    """
    name = text.name(words.name or "", "The name")
    contact_id = uow.add_record(
        "contact",
        handle=_new_handle(words.handle, name, taken),
        name=name,
        name_key=names.fold(name),
        added_on=uow.today.isoformat(),
    )
    change(uow, contact_id, words._replace(name=None, handle=None))
    return contact_id


def _new_handle(wanted: str | None, name: str, taken: set[str]) -> str:
    if wanted is not None:
        handle = _checked_handle(wanted, taken)
    else:
        # A name without Latin letters: the first free number, as nobody can say what it sounds like.
        handle = names.free_slug(names.slug(name), taken) if names.slug(name) else _numbered(taken)
    taken.add(handle)
    return handle


def _numbered(taken: set[str]) -> str:
    number = 1
    while f"contact-{number}" in taken:
        number += 1
    return f"contact-{number}"


def _checked_handle(wanted: str, taken: set[str]) -> str:
    if not names.is_slug(wanted):
        raise UsageError(
            f"'{wanted}' cannot be a handle.", "A handle is small letters, digits and hyphens: dana-whitfield."
        )
    if wanted in taken:
        raise ConflictError(f"The handle '{wanted}' is taken.", "Choose another with --handle.")
    return wanted


def change(uow: UnitOfWork, contact_id: int, words: ContactWords) -> None:
    """Change what was said of a contact: single values replace, repeatable ones are added, '' clears.

    Raises UsageError, ConflictError, NotFoundError and AmbiguousError.
    """
    values = _single_values(words)
    values |= cadences.columns(uow, words.circle, words.every, words.latest, (uow.today,))[0]
    if words.handle is not None:
        own = contact_queries.contacts_by_id(uow.read, [contact_id])[contact_id].handle
        values["handle"] = _checked_handle(words.handle, name_queries.handles(uow.read) - {own})
    if words.introduced_by is not None:
        by = find.contact_to_link(uow.read, words.introduced_by) if words.introduced_by else None
        if by == contact_id:
            raise UsageError("A contact cannot be introduced by themselves.")
        values["introduced_by_id"] = by
    said = bool(values) or any((words.alias, words.email, words.phone, words.url, words.topics, words.objectives))
    if said or words.org is not None or words.title is not None:
        uow.change("contact", {"id": contact_id}, **values)
    if words.latest is not None:
        cadences.check_latest(uow, (contact_id,))
    add_aliases(uow, contact_id, words.alias)
    for kind, given in (("email", words.email), ("phone", words.phone), ("url", words.url)):
        add_methods(uow, contact_id, kind, given)
    set_affiliation(uow, contact_id, words.org, words.title)
    link_topics(uow, contact_id, words.topics)
    link_objectives(uow, contact_id, words.objectives)


def _single_values(words: ContactWords) -> dict[str, object]:
    values: dict[str, object] = {}
    if words.name is not None:
        name = text.name(words.name, "The name")
        values |= {"name": name, "name_key": names.fold(name)}
    if words.location is not None:
        values["location"] = text.name(words.location, "The location") if words.location else None
    if words.met is not None:
        values["met"] = text.line(words.met, "How you met") if words.met else None
    if words.note is not None:
        values["note"] = text.note(words.note) if words.note else None
    if words.birthday is not None:
        values["birthday"] = read_birthday(words.birthday) if words.birthday else None
    return values


def add_aliases(uow: UnitOfWork, contact_id: int, given: Sequence[str]) -> None:
    """Add other names; '' clears those before it."""
    for alias in given:
        if not alias:
            uow.remove("contact_alias", contact_id=contact_id)
            continue
        shown = text.name(alias, "The alias")
        if names.fold(shown) not in map(names.fold, contact_queries.aliases(uow.read, contact_id)):
            uow.add("contact_alias", contact_id=contact_id, alias=shown, alias_key=names.fold(shown))


def add_methods(uow: UnitOfWork, contact_id: int, kind: str, given: Sequence[str]) -> None:
    """Add addresses, numbers or links of one kind; '' clears those before it."""
    for value in given:
        if not value:
            uow.remove("contact_method", contact_id=contact_id, kind=kind)
            continue
        shown = text.line(value, {"email": "The e-mail address", "phone": "The phone number", "url": "The link"}[kind])
        if kind == "email" and ("@" not in shown or " " in shown):
            raise UsageError("That is not an e-mail address.", "It looks like dana@example.com.")
        known = [method_key(kind, m.value) for m in contact_queries.methods(uow.read, [contact_id], kind)]
        if method_key(kind, shown) not in known:
            uow.add(
                "contact_method",
                contact_id=contact_id,
                kind=kind,
                value=shown,
                value_key=method_key(kind, shown),
                position=len(known),
            )


def set_affiliation(uow: UnitOfWork, contact_id: int, org: str | None, title: str | None) -> None:
    """Say where a contact works: another organization closes the current one, a title alone changes it, '' clears."""
    if org is None and title is None:
        return
    shown_title = text.name(title, "The title") if title else None
    known = contact_queries.affiliations(uow.read, [contact_id]).get(contact_id, ())
    current = [affiliation for affiliation in known if affiliation.until is None]
    newest = current[0] if current else None
    organization_id = find_or_make(uow, org) if org else None
    if newest is not None and org is None:
        _retitle(uow, newest, shown_title)
        return
    if newest is not None and organization_id is not None and newest.organization_id in (organization_id, None):
        changed = {"organization_id": organization_id} | ({"title": shown_title} if title is not None else {})
        uow.change("affiliation", {"id": newest.id}, **changed)
        return
    for affiliation in current:
        uow.change("affiliation", {"id": affiliation.id}, until=uow.today.isoformat())
    if organization_id is not None or shown_title is not None:
        uow.add(
            "affiliation",
            contact_id=contact_id,
            organization_id=organization_id,
            title=shown_title,
            since=uow.today.isoformat() if current else None,
        )


def _retitle(uow: UnitOfWork, affiliation: AffiliationFacts, title: str | None) -> None:
    if title is None and affiliation.organization_id is None:
        uow.remove("affiliation", id=affiliation.id)
    else:
        uow.change("affiliation", {"id": affiliation.id}, title=title)


def link_topics(uow: UnitOfWork, contact_id: int, given: Sequence[str]) -> None:
    """Add topics; '' clears those before it."""
    for word in given:
        if not word:
            uow.remove("contact_topic", contact_id=contact_id)
            continue
        topic = text.topic(word)
        if topic not in contact_queries.topics(uow.read, [contact_id]).get(contact_id, ()):
            uow.add("contact_topic", contact_id=contact_id, topic=topic)


def link_objectives(uow: UnitOfWork, contact_id: int, given: Sequence[str]) -> None:
    """Link to objectives; '' clears the links before it."""
    for typed in given:
        if not typed:
            uow.remove("contact_objective", contact_id=contact_id)
            continue
        objective_id = find.objective(uow.read, typed)
        if objective_id not in contact_queries.linked_ids(uow.read, contact_id):
            uow.add("contact_objective", contact_id=contact_id, objective_id=objective_id)


def bring_back(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Whoever is logged again is no longer put away."""
    archived = contact_queries.archived(uow.read, ids) if ids else ()
    if archived:
        uow.change("contact", {"id": tuple(archived)}, archived_on=None)


def same_person(uow: UnitOfWork, name: str, org: str | None) -> str | None:
    """The handle of a contact with the same name whose organization is the same or unknown on either side."""
    key = names.fold(name)
    ids = [k.id for k in name_queries.known_contacts(uow.read) if k.names and k.names[0] == key]
    work = contact_queries.current_organizations(uow.read, ids)
    wanted = names.fold_organization(org) if org else None
    for contact_id, handle in sorted(name_queries.handles_of(uow.read, ids).items()):
        theirs = work.get(contact_id, (None, None))[0]
        if wanted is None or theirs is None or names.fold_organization(theirs) == wanted:
            return handle
    return None
