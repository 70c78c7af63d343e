"""`contact merge A B`: one contact of two, with every touch, promise, link and name of both.

A is kept. Where both have a single value (name, note apart, circle, birthday, …) A's stays and B's fills what A
has not; notes are joined; of two days told by `--last` the later one holds; B's name and handle become aliases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netjournal.domain import names, text
from netjournal.errors import UsageError
from netjournal.journal import people
from netjournal.journal.touches import settle_exposure
from netjournal.reports import find
from netjournal.reports.contacts import contact_detail
from netjournal.store.queries import contacts as queries
from netjournal.store.queries import links

if TYPE_CHECKING:
    from netjournal.reports.contacts import ContactDetailRow
    from netjournal.store.unit_of_work import UnitOfWork

#: Columns of which A's value stays and B's fills a gap.
_FILLED: Final = ("location", "birthday", "met", "connected_on")
#: The cadence goes as a whole, or a circle of one would meet the limits of the other.
_CADENCE: Final = ("circle_id", "every_days", "latest_days", "first_due_on")


def merge_contacts(uow: UnitOfWork, keep: str, drop: str) -> ContactDetailRow:
    """Make one contact of two. Raises UsageError where they are one already, NotFoundError, AmbiguousError."""
    a, b = find.contact_to_change(uow.read, keep), find.contact_to_change(uow.read, drop)
    if a == b:
        raise UsageError(f"'{keep}' and '{drop}' are the same contact.")
    theirs = queries.contacts_by_id(uow.read, [b])[b]
    _fill(uow, a, b)
    _hand_on_touches(uow, a, b)
    for table in ("contact_topic", "contact_objective", "group_member"):
        _hand_on_links(uow, table, a, b)
    if not links.has_card(uow.read, a):
        uow.change("contact_card", {"contact_id": b}, contact_id=a)
    for table, column in links.HANDED_ON:
        uow.change(table, {column: b}, **{column: a})
    _hand_on_introductions(uow, a, b)
    _hand_on_methods(uow, a, b)
    _hand_on_affiliations(uow, a, b)
    aliases = queries.aliases(uow.read, b)
    uow.remove("contact", id=b)
    kept = queries.contacts_by_id(uow.read, [a])[a]
    wanted = [alias for alias in (theirs.name, theirs.handle, *aliases) if names.fold(alias) != kept.name_key]
    people.add_aliases(uow, a, wanted)
    return contact_detail(uow.read, a, uow.today)


def _fill(uow: UnitOfWork, a: int, b: int) -> None:
    mine, theirs = links.stored(uow.read, a), links.stored(uow.read, b)
    values: dict[str, Any] = {c: theirs[c] for c in _FILLED if mine[c] is None and theirs[c] is not None}
    # One of the two is nobody who could have introduced them.
    others = [by for by in (mine["introduced_by_id"], theirs["introduced_by_id"]) if by not in (None, a, b)]
    values["introduced_by_id"] = others[0] if others else None
    if mine["note"] or theirs["note"]:
        values["note"] = _joined(mine["note"], theirs["note"], "The note of both")
    if mine["circle_id"] is None and mine["every_days"] is None:
        values |= {c: theirs[c] for c in _CADENCE}
    told = [day for day in (mine["told_last_on"], theirs["told_last_on"]) if day]
    values["told_last_on"] = max(told, default=None)
    values["added_on"] = min(mine["added_on"], theirs["added_on"])
    # Whoever is still in view on either side stays in view.
    values["archived_on"] = mine["archived_on"] and theirs["archived_on"]
    values["never"] = int(bool(mine["never"]) and bool(theirs["never"]))
    uow.change("contact", {"id": a}, **values)


def _joined(mine: str | None, theirs: str | None, what: str) -> str:
    """Both notes, or the one there is. Raises UsageError where they are too long together."""
    return text.note("\n\n".join(dict.fromkeys(note for note in (mine, theirs) if note)), what)


def _hand_on_touches(uow: UnitOfWork, a: int, b: int) -> None:
    both = links.linked(uow.read, "touch", a) & links.linked(uow.read, "touch", b)
    mine, theirs = links.touch_notes_of(uow.read, a), links.touch_notes_of(uow.read, b)
    for interaction_id, topic in links.touch_topics_of(uow.read, b) - links.touch_topics_of(uow.read, a):
        if interaction_id in both:
            uow.add("touch_topic", interaction_id=interaction_id, contact_id=a, topic=topic)
    for interaction_id in both:
        note = theirs.get(interaction_id)
        if note is None:
            continue
        if interaction_id in mine:
            joined = _joined(mine[interaction_id], note, "The note on both in one interaction")
            uow.change("touch_note", {"contact_id": a, "interaction_id": interaction_id}, note=joined)
        else:
            uow.add("touch_note", contact_id=a, interaction_id=interaction_id, note=note)
    _hand_on_links(uow, "touch", a, b)
    # Two of the people of these were one: there may be few enough now for a touch.
    settle_exposure(uow, both)


def _hand_on_links(uow: UnitOfWork, table: str, a: int, b: int) -> None:
    """Hand on what only B is linked to, and drop what both are."""
    column = links.OF_CONTACT[table]
    mine = links.linked(uow.read, table, a)
    for value in links.linked(uow.read, table, b):
        if value in mine:
            uow.remove(table, **{"contact_id": b, column: value})
        else:
            uow.change(table, {"contact_id": b, column: value}, contact_id=a)


def _hand_on_introductions(uow: UnitOfWork, a: int, b: int) -> None:
    for introduction_id, who, to in links.introductions_of(uow.read, b):
        ends = (a if who == b else who, a if to == b else to)
        if ends[0] == ends[1]:
            uow.remove("introduction", id=introduction_id)
        else:
            uow.change("introduction", {"id": introduction_id}, contact_id=ends[0], to_contact_id=ends[1])


def _hand_on_methods(uow: UnitOfWork, a: int, b: int) -> None:
    for method in queries.methods(uow.read, [b]):
        people.add_methods(uow, a, method.kind, (method.value,))


def _hand_on_affiliations(uow: UnitOfWork, a: int, b: int) -> None:
    known = queries.affiliations(uow.read, [a, b])
    mine = {(w.organization_id, names.fold(w.title or ""), w.until) for w in known.get(a, ())}
    handed = [
        work
        for work in known.get(b, ())
        if (work.organization_id, names.fold(work.title or ""), work.until) not in mine
    ]
    for work in handed:
        uow.change("affiliation", {"id": work.id}, contact_id=a)
    current = [work for work in known.get(a, ()) if work.until is None]
    if not current or current[0].organization_id is None or all(work.until is not None for work in handed):
        return
    # The newest row is where somebody works: A's comes after what B brought.
    for work in reversed(current):
        uow.remove("affiliation", id=work.id)
        uow.add("affiliation", contact_id=a, organization_id=work.organization_id, title=work.title, since=work.since)
