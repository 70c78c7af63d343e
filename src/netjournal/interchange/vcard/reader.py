"""Cards to people: what the journal has a place for goes there, all else is kept as it is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange.keys import fold_key
from netjournal.interchange.reasons import ASSUMED, UNREAD, left_out
from netjournal.interchange.records import Remark, Skipped
from netjournal.interchange.sources import UNREADABLE
from netjournal.interchange.vcard import SUFFIXES
from netjournal.interchange.vcard.draft import Draft
from netjournal.interchange.vcard.lines import Cards
from netjournal.interchange.vcard.values import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source
    from netjournal.interchange.vcard.lines import Card

OUTSIDE: Final = "lines outside of any card, left out"


class _Tally:
    """What is known of the cards read so far."""

    def __init__(self) -> None:
        self.cards = 0
        #: Files that are called otherwise than files of cards.
        self.others = 0
        self.stray = False
        self.assumed = False
        #: Ids made of an address, a number or a name, and whose they are.
        self.made: dict[str, str] = {}


class _CardFile(NamedTuple):
    source: Source
    #: Whether cards are told by their number, not by their line.
    numbered: bool


def read(source: Source, _options: Options) -> Iterator[Item]:
    """The people of a file, folder or zip. Raises InputFileError where there is no card in it."""
    tally = _Tally()
    if source.is_folder or source.is_zip:
        for member in source.members():
            if member.base.endswith(SUFFIXES):
                yield from _member(member, tally)
            else:
                tally.others += 1
    else:
        yield from _file(_CardFile(source, numbered=False), tally)
    if not tally.cards:
        raise InputFileError(f"{source.name} holds no vCard.", "A card begins with BEGIN:VCARD.")
    if tally.others:
        yield Remark(0, left_out(tally.others))
    if tally.stray:
        yield Remark(0, OUTSIDE)
    if tally.assumed:
        yield Remark(0, ASSUMED)


def _member(member: Source, tally: _Tally) -> Iterator[Item]:
    before = tally.cards
    try:
        yield from _file(_CardFile(member, numbered=True), tally)
    except InputFileError:
        yield Skipped(tally.cards + 1, UNREAD, bad=True)
        return
    if tally.cards == before:
        yield Skipped(tally.cards + 1, "a file of it holds no card", bad=True)


def _file(file: _CardFile, tally: _Tally) -> Iterator[Item]:
    head = file.source.head()
    try:
        with closing(file.source.stream()) as stream:
            cards = Cards(stream, head)
            for card in cards:
                tally.cards += 1
                yield from _items(card, tally.cards if file.numbered else card.line, file.numbered, tally)
    except UNREADABLE:
        raise InputFileError(f"{file.source.name} cannot be read to its end.") from None
    tally.stray = tally.stray or cards.stray > 0
    tally.assumed = tally.assumed or cards.assumed


def _items(card: Card, line: int, numbered: bool, tally: _Tally) -> Iterator[Item]:
    draft = Draft(card, line)
    made = draft.person()
    if isinstance(made, Skipped):
        yield made
    else:
        yield made._replace(external_id=_distinct(made.external_id, made.name, tally))
    for reason, at in card.faults.items():
        yield Remark(line if numbered else at, reason)


def _distinct(external_id: str, name: str, tally: _Tally) -> str:
    """Keep apart two people of one file who share an address or number, which is all that is known of both."""
    if external_id.startswith("uid:"):
        return external_id
    own = fold_key(name)
    if tally.made.setdefault(external_id, own) == own:
        return external_id
    return key(f"{external_id}|{own}")
