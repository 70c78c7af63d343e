"""What a form holds, it gives back: an export read into an empty journal is exported again as it was.

The forms hold less than a journal: what is compared is the table or the text of the form itself. No form but ndjson
holds groups, objectives, circles, signals, where a record came from, or when it was added; friends.md holds neither
ways to reach somebody nor where they work, and vCards hold no cadence.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from acts import examples
from bringing_in import EVENTS, PEOPLE, brought, exported, fill, journals, read
from hypothesis import given

from netjournal.cli.exporting import Form
from netjournal.interchange.sheets.own import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from netjournal.interchange.records import Interaction, Person


def table(data: bytes, delimiter: str) -> list[dict[str, str]]:
    """The columns of a sheet that are read back."""
    text = data.decode("utf-8-sig")
    if delimiter == "\t" and not data.startswith(b"\xef\xbb\xbf"):
        header, *lines = (line.split("\t") for line in text.removesuffix("\n").split("\n"))
        rows = [dict(zip(header, cells, strict=True)) for cells in lines]
    else:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    return [{key: row[key] for key in COLUMNS if key in row} for row in rows]


SHEETS: dict[str, tuple[Form, Callable[[bytes], object], dict[str, object]]] = {
    "csv": (Form("csv"), lambda data: table(data, ","), {}),
    "tsv": (Form("tsv"), lambda data: table(data, "\t"), {}),
    "csv for a spreadsheet": (Form("csv", for_spreadsheet=True), lambda d: table(d, ","), {"from_spreadsheet": True}),
    "tsv for a spreadsheet": (Form("tsv", for_spreadsheet=True), lambda d: table(d, "\t"), {"from_spreadsheet": True}),
}


@pytest.mark.parametrize("name", SHEETS)
@examples(5)
@given(people=PEOPLE)
def test_a_sheet_gives_back_its_contacts(name: str, people: list[Person]) -> None:
    form, compared, options = SHEETS[name]
    with journals(2) as (there, here):
        fill(there, people)
        sheet = exported(there, form, ("contact",))
        found = read(sheet, "csv", "contacts.csv", **options)
        assert (found.bad, found.skipped) == ((), 0)
        assert brought(here, found).created == found.read
        assert compared(exported(here, form, ("contact",))) == compared(sheet)
        # Nobody of it is new to the journal that it is from.
        assert brought(there, found).created == 0


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@examples(6)
@given(people=PEOPLE)
def test_cards_give_back_their_people(version: str, people: list[Person]) -> None:
    form = Form("vcard", vcard_version=version)
    with journals(2) as (there, here):
        fill(there, people)
        cards = exported(there, form)
        found = read(cards, "vcard", "contacts.vcf")
        assert (found.bad, found.skipped) == ((), 0)
        assert brought(here, found).created == found.read
        assert exported(here, form) == cards
        assert brought(there, found).created == 0


@examples(6)
@given(people=PEOPLE, events=EVENTS)
def test_friends_give_back_friends_activities_and_notes(people: list[Person], events: list[Interaction]) -> None:
    form = Form("friends")
    with journals(2) as (there, here):
        fill(there, people, events)
        text = exported(there, form)
        brought(here, read(text, "friends", "friends.md"))
        # Of one day they stand in the order of uids, which are new.
        assert sorted(exported(here, form).decode().split("\n")) == sorted(text.decode().split("\n"))
