"""Whom an interaction was with: options, marks and names of a line, looked up or made."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import dates, evening, misnamed, names
from netjournal.domain.guests import guest_of
from netjournal.errors import AmbiguousError, NetjError, NotFoundError, UnknownNameError, UsageError, together
from netjournal.journal import people, refused
from netjournal.reports import find
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import names as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.domain.capture import Capture
    from netjournal.domain.evening import GuestLine
    from netjournal.domain.guests import Guest
    from netjournal.domain.names import Known
    from netjournal.journal.words import LogWords
    from netjournal.store.connection import ReadConnection
    from netjournal.store.unit_of_work import UnitOfWork


class Who(NamedTuple):
    """Participants by id, in the order named; those made new; and what each option's name came to."""

    ids: tuple[int, ...]
    created: tuple[int, ...]
    named: Mapping[str, int]
    #: Of those made, who may be the same person.
    near: Mapping[int, tuple[int, ...]] = MappingProxyType({})
    #: Guests of an evening who were found by the beginning of a name.
    begun: tuple[str, ...] = ()
    #: Where those known are now said to work.
    learned: Mapping[int, str] = MappingProxyType({})


def resolve(uow: UnitOfWork, words: LogWords, said: Capture, introduced: Sequence[str]) -> tuple[Who, bool]:
    """Look up everyone named; also say whether the line's names were words of the summary after all.

    Raises NotFoundError, AmbiguousError and UsageError. With `words.new` unknown names become contacts.
    """
    cast = _Cast(uow, words)
    for typed in words.who:
        cast.add_option(typed)
    for typed in introduced:
        cast.add_option(typed)
    cast.add_guests(words.guests)
    for group in said.groups:
        cast.add_option(f"group:{group}")
    for handle in said.mentions:
        cast.add(named_in(uow.read, handle, cast.known))
    plain = False
    if said.names:
        refused.check_day(words, said, cast.known, uow.today)
    if said.names_required:
        refused.check_kind(words, said, cast.known)
        refused.check_event(words, said, cast.known)
        for name in said.names:
            cast.add(cast.named(name, bare=True))
    elif said.names:
        found = [names.find(name, cast.known, bare_needs_tracked=True).ids for name in said.names]
        plain = any(len(ids) != 1 for ids in found)
        for ids in () if plain else found:
            cast.add(ids[0])
    left_out = {find.contact_to_change(uow.read, typed, cast.known) for typed in words.without}
    if left_out - set(cast.ids):
        raise UsageError("`--except` names somebody who was not there anyway.")
    there = tuple(i for i in cast.ids if i not in left_out)
    return Who(there, tuple(cast.created), cast.by_name, cast.near, tuple(cast.begun), cast.learned), plain


def named_in(connection: ReadConnection, handle: str, known: Sequence[Known] | None = None) -> int:
    """Whom an `@handle` means: the handle itself, or a name or alias of exactly one. Raises NotFoundError."""
    known = queries.known_contacts(connection) if known is None else known
    return find.only(names.find(handle, known), f"@{handle}", known)


class _Cast:
    """The people of one interaction while they are being looked up."""

    def __init__(self, uow: UnitOfWork, words: LogWords) -> None:
        self.uow = uow
        self.words = words
        self.known = queries.known_contacts(uow.read)
        self.ids: list[int] = []
        self.created: list[int] = []
        self.by_name: dict[str, int] = {}
        self.near: dict[int, tuple[int, ...]] = {}
        self.begun: list[str] = []
        self.learned: dict[int, str] = {}
        #: Those who have a line of an evening.
        self.met: set[int] = set()

    def add(self, contact_id: int) -> None:
        if contact_id not in self.ids:
            self.ids.append(contact_id)

    def add_option(self, typed: str) -> None:
        """One `--with`: a group's members, or a person."""
        if typed.startswith("group:"):
            members = queries.group_members(self.uow.read, find.group(self.uow.read, typed.removeprefix("group:")))
            if not members:
                raise NotFoundError(
                    f"The group '{typed.removeprefix('group:')}' has nobody in it.",
                    "`netj group edit NAME --with WHO` adds somebody.",
                )
            for contact_id in members:
                self.add(contact_id)
            return
        contact_id = self.named(typed, bare=False)
        self.by_name[typed] = contact_id
        self.add(contact_id)

    def add_guests(self, guests: Sequence[GuestLine]) -> None:
        """The guests of an evening; lines that are refused are told all at once, and so are those who are unknown."""
        unknown: list[UnknownNameError] = []
        bad: list[NetjError] = []
        for guest in guests:
            try:
                self._add_guest(guest, unknown)
                refused.check_line(guest, self.words, self.uow.today)
            except (AmbiguousError, NotFoundError, UsageError) as error:
                if not error.sentence.startswith(f"Line {guest.line}"):
                    error.sentence = f"Line {guest.line}: {error.sentence}"
                bad.append(error)
        if bad:
            # Which of several is meant can be asked, one after the other; a line that is refused cannot.
            can_be_asked = all(isinstance(error, AmbiguousError) for error in bad)
            raise bad[0] if can_be_asked else together(bad)
        if len(unknown) > 1:
            listed = ", ".join(f"'{error.typed}'" for error in unknown[:9]) + (", …" if len(unknown) > 9 else "")
            raise UnknownNameError(
                f"{len(unknown)} people are not known here: {listed}.",
                "`--new` makes them contacts.",
                "\n".join(error.typed for error in unknown),
            )
        if unknown:
            raise unknown[0]

    def _add_guest(self, line: GuestLine, unknown: list[UnknownNameError]) -> None:
        """One guest, or one more who is unknown. Raises UsageError, NotFoundError and AmbiguousError."""
        name = guest_of(line.who).name
        is_new = False
        try:
            self.add_option(line.who)
        except UnknownNameError as error:
            if name[:1] == "@":
                raise
            unknown.append(error)
            is_new = True
        if name[:1] != "@" and (is_new or self.by_name[line.who] in self.created) and not misnamed.could_be_name(name):
            raise UsageError(
                f"Line {line.line}: '{name}' does not look like one person's name, so nobody is made of it.",
                misnamed.mend_guest(name),
            )
        if is_new:
            return
        contact_id = self.by_name[line.who]
        if contact_id in self.met:
            raise UsageError(
                f"Line {line.line} names somebody a second time: '{line.who}'.",
                evening.TWICE,
            )
        self.met.add(contact_id)
        if name[:1] != "@" and names.is_beginning(name, self._known(contact_id)):
            self.begun.append(line.who)

    def named(self, typed: str, *, bare: bool) -> int:
        """Whom a name means, made new where nobody does and that was allowed."""
        guest = guest_of(typed)
        refused.check_two(typed)
        if not guest.name:
            raise UsageError(f"'{typed}' names nobody.", 'Write `--with "Lena Ortiz @ Acme, Recruiter"`.')
        contact_id = self._meant(guest, bare=bare)
        if guest.email is not None:
            people.add_methods(self.uow, contact_id, "email", [guest.email])
        return contact_id

    def _meant(self, guest: Guest, *, bare: bool) -> int:
        if guest.name.startswith("@"):
            return named_in(self.uow.read, guest.name[1:], self.known)
        at_address = queries.contacts_with_email(self.uow.read, guest.email) if guest.email else ()
        if len(at_address) == 1:
            return at_address[0]
        called = names.find(guest.name, self.known, bare_needs_tracked=bare)
        found = self._at(guest, called)
        # What was asked of a name is not of the one of two namesakes whom the organization tells.
        if guest.name in self.words.meant and not len(found.ids) == 1 < len(called.ids):
            handle = self.words.meant[guest.name]
            if handle is not None:
                return named_in(self.uow.read, handle, self.known)
            # Of several who were asked about at once nobody was shown whom they are like.
            return self._make(guest, names.find(guest.name, self.known) if len(self.words.meant) > 1 else None)
        several_words = " " in guest.name
        if self.words.new and not (found.ids or several_words) and names.find(guest.name, self.known).ids:
            # A first name of somebody here is no unknown name: `--new` must not make them a second time.
            return find.only(found, guest.name, self.known, can_make=True, is_stranger=True)
        # A new full name that merely begins like a known one is somebody else.
        folded = names.fold(guest.name)
        there = [k for k in self.known if k.id in found.ids]
        exact = folded in {n for k in there for n in (*k.names, k.handle)} or any(
            names.is_titled(names.untitled(folded), full) for k in there for full in k.names[:1]
        )
        if not exact:
            refused.check_place(guest.name)
            if not (bare or found.ids):
                refused.check_letters(guest.name)
        if self.words.new and (not found.ids or (several_words and not exact) or self._elsewhere(found.ids, guest)):
            if bare and not misnamed.could_be_name(guest.name):
                raise UsageError(
                    f"'{guest.name}' does not look like a name, so nobody is made of it.", self._mend(" --new")
                )
            if bare and queries.organization_with_key(self.uow.read, names.fold_organization(guest.name)) is not None:
                raise UsageError(
                    f"'{guest.name}' is an organization here, so nobody is made of it.",
                    f"Say with whom: `call with NAME @ {guest.name} about …`.",
                )
            return self._make(guest, found)
        if bare and not found.ids and not misnamed.could_be_name(guest.name):
            # Asking whether to make somebody of a sentence, or whom it is like, would lose the day that is in it.
            raise NotFoundError(f"Nobody here is called '{guest.name}'.", self._mend())
        is_stranger = bare and not found.ids and bool(names.find(guest.name, self.known).ids)
        contact_id = find.only(found, guest.name, self.known, can_make=True, is_stranger=is_stranger)
        if guest.org is not None and self._organizations([contact_id])[contact_id] is None:
            people.set_affiliation(self.uow, contact_id, guest.org, guest.title)
            self.learned[contact_id] = guest.org
        return contact_id

    def _known(self, contact_id: int) -> Known:
        return next(k for k in self.known if k.id == contact_id)

    def _mend(self, option: str = "") -> str:
        return misnamed.mend(self.words.text, partial(dates.accepts, today=self.uow.today, mode="past"), option)

    def _organizations(self, ids: Sequence[int]) -> dict[int, str | None]:
        """Where some contacts work now, folded; None where that is not known."""
        work = contact_queries.current_organizations(self.uow.read, ids)
        found = {i: work.get(i, (None, None))[0] for i in ids}
        return {i: None if org is None else names.fold_organization(org) for i, org in found.items()}

    def _at(self, guest: Guest, found: names.Found) -> names.Found:
        """Of several of one name, those at the organization that was named with it."""
        if guest.org is None or len(found.ids) < 2:
            return found
        wanted = names.fold_organization(guest.org)
        there = tuple(i for i, org in self._organizations(found.ids).items() if org == wanted)
        return names.Found(there) if there else found

    def _elsewhere(self, ids: Sequence[int], guest: Guest) -> bool:
        """Whether all who were found work somewhere else than the guest, as far as is known: namesakes.

        Whoever has a line of the evening already is another if it does not say that they work there.
        """
        if guest.org is None:
            return False
        wanted = names.fold_organization(guest.org)
        there = self._organizations(ids)
        return all(org != wanted and (org is not None or i in self.met) for i, org in there.items())

    def _make(self, guest: Guest, found: names.Found | None) -> int:
        refused.check_letters(guest.name)
        words = people.ContactWords(name=guest.name, org=guest.org, title=guest.title, circle=self.words.circle)
        handles = queries.handles(self.uow.read)
        contact_id = people.create(self.uow, words, handles)
        handle = queries.handles_of(self.uow.read, [contact_id])[contact_id]
        near = names.near(guest.name, found, self.known) if found is not None else ()
        # Of those made with the same line only a namesake, who may be the same after all.
        called = found.ids if found is not None else ()
        if near := tuple(i for i in near if i not in self.created or (i in called and i in self.met)):
            self.near[contact_id] = near
        self.known.append(names.Known(contact_id, handle, (names.fold(guest.name),)))
        self.created.append(contact_id)
        return contact_id
