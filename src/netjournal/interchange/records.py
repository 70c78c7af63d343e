"""What files are read into, whatever their format: each reader yields items, in the order of its file.

A reader is a module of this package with two functions: `recognises(source) -> bool`, which looks at a name and the
beginning of a file, and `read(source, options) -> Iterator[Item]`, which loses no item in silence: each one of the
file is yielded as a record or as `Skipped`, and only a file that is not of the format at all raises InputFileError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.interchange.reasons import FUTURE, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from netjournal.domain.words import Direction


class Options(NamedTuple):
    """What the command line says of the files; days are the user's own calendar's."""

    today: date
    #: The owner's mail addresses, profile addresses and names, as typed or set.
    me: tuple[str, ...] = ()
    #: Interactions outside are left out; series are expanded only inside.
    since: date | None = None
    until: date | None = None
    #: The kind of what a calendar holds, where its summary shall not say.
    kind: str | None = None
    #: Folded header to field name, for tables.
    columns: Mapping[str, str] = {}
    #: Every tag of a journal's entry names a person.
    people_from_tags: bool = False
    #: Settles `05/06/2026`: "dmy" or "mdy".
    order: str | None = None
    #: The local zone, where a file names none; None for the system's.
    zone: tzinfo | None = None
    #: A table written with --for-spreadsheet: take its guards off.
    from_spreadsheet: bool = False

    def unread(self, day: date) -> str | None:
        """Why nothing of a day is read, or None where it is."""
        if day > self.today:
            return FUTURE
        outside = (self.since is not None and day < self.since) or (self.until is not None and day > self.until)
        return OUTSIDE if outside else None


class Person(NamedTuple):
    """One contact of a file; `external_id` is the same when the file is exported again.

    `line` is where it stands: a line, or the number of the card or entry. Texts are not yet checked by the domain.
    """

    line: int
    external_id: str
    name: str
    urls: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    company: str | None = None
    title: str | None = None
    connected_on: date | None = None
    phones: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    location: str | None = None
    #: `1988-06-15`, or `--06-15` where the year is unknown.
    birthday: str | None = None
    note: str | None = None
    topics: tuple[str, ...] = ()
    #: The cadence that another tracker held, in days.
    every_days: int | None = None
    archived: bool = False
    #: The record's own uid, where the file comes from a journal of this program.
    uid: str | None = None
    #: What the format says beyond this, to be written back: unfolded property lines of a vCard.
    rest: str | None = None
    #: How you met.
    met: str | None = None


class Guest(NamedTuple):
    """Somebody who has a part in an interaction, by whatever the file knows of them; never the owner."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    #: The `external_id` of a Person of the same format.
    external_id: str | None = None
    #: A word that may be somebody's handle here.
    handle: str | None = None

    def as_person(self, line: int) -> Person:
        """The contact to make of somebody who is known by this alone; a stranger's address is their name."""
        keys = (self.external_id, *(f"email:{e.casefold()}" for e in self.emails), *self.urls, f"word:{self.handle}")
        names = (self.name, *self.emails, *self.urls, self.handle, self.external_id)
        external_id, name = next(k for k in keys if k), next((n for n in names if n), "")
        return Person(line, external_id, name, self.urls, self.emails)


class Interaction(NamedTuple):
    """Something that happened on a day; `external_id` is the same when the file is exported again."""

    line: int
    external_id: str
    on: date
    kind: str
    direction: Direction
    guests: tuple[Guest, ...]
    summary: str | None = None
    note: str | None = None
    minutes: int | None = None
    topics: tuple[str, ...] = ()


class Promise(NamedTuple):
    """A task or reminder about somebody, still open or done."""

    line: int
    external_id: str
    text: str
    by: date
    guest: Guest | None = None
    done_on: date | None = None


class Skipped(NamedTuple):
    """An item that makes no record, and why; the reason never holds values of the item.

    `bad` items are wrong, not merely empty or of no use here: they are told one by one with their line, and with
    `--strict` stop the import. Of the others, which come by the hundred, the count of each reason is told.
    """

    line: int
    reason: str
    bad: bool = False


class Remark(NamedTuple):
    """Something doubted that costs no item (`line` 0: the file as a whole); of a file its text holds headers alone."""

    line: int
    text: str


Item = Person | Interaction | Promise | Skipped | Remark
