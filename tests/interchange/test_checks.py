"""What is true of items of every format before they are planned."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZipFile

from netjournal.interchange import checks
from netjournal.interchange.formats import format_of
from netjournal.interchange.gather import gather
from netjournal.interchange.records import Options, Person, Skipped
from netjournal.interchange.sources import from_bytes
from rows import rows

OPTIONS = Options(date(2026, 11, 23))


@rows(
    ("me", "urls", "emails"),
    [
        ("linkedin.com/in/Nora-Keeper", ("https://www.linkedin.com/in/nora-keeper?trk=x",), ()),
        ("https://nora.example/", ("http://www.nora.example",), ()),
        ("Nora@Example.com", (), ("nora@example.com",)),
        ("https://medium.example/@nora", ("medium.example/@Nora",), ()),
    ],
)
def test_the_owner_is_known_in_any_spelling_of_their_addresses(
    me: str, urls: tuple[str, ...], emails: tuple[str, ...]
) -> None:
    card = Person(3, "x", "Nora Keeper", urls, emails)
    assert checks.person(card, (me,)) == Skipped(3, "you yourself")
    assert isinstance(checks.person(card, ("zoe@example.com", "linkedin.com/in/zoe")), Person)


def test_of_very_many_remarks_on_lines_the_first_hundred_are_told_and_the_others_counted() -> None:
    lines = "".join(f"Person {n},p{n}@example.com,?\n" for n in range(150))
    found = gather([from_bytes(f"Name,Email,Phone\n{lines}".encode())], "csv", OPTIONS)
    assert len(found.people) == 150
    assert (found.notes[0], found.notes[-1]) == ("line 2: its phone number cannot be used", "50 more of these")
    assert len(found.notes) == 101


def test_what_is_true_of_several_files_is_told_once() -> None:
    sheet = "Name,Email\nZoë,zoe@example.com\n".encode("cp1252")
    found = gather([from_bytes(sheet, f"{letter}.csv") for letter in "abc"], "csv", OPTIONS)
    assert found.notes == ("a.csv and 2 other files: not UTF-8: read as Windows-1252",)


@rows(
    ("name", "lines"),
    [
        ("x.vcf", "BEGIN:VCARD\nFN:{}\nEND:VCARD\n"),
        (
            "x.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{0}\nDTSTART:20261103\nATTENDEE;CN={0}:mailto:a@b.c\nEND:VEVENT\n"
            "END:VCALENDAR\n",
        ),
    ],
)
def test_a_damaged_file_of_a_zip_costs_itself_and_files_of_other_kinds_are_counted(name: str, lines: str) -> None:
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        for word in ("Ann", "Bad", "Cyd"):
            archive.writestr(f"{word}/{name}", lines.format(word))
        archive.writestr("notes.txt", "x")
    # What was packed no longer fits its checksum.
    damaged = data.getvalue().replace(lines.format("Bad").encode(), lines.format("bAD").encode())
    found = gather([from_bytes(damaged, "x.zip")], format_of([from_bytes(damaged, "x.zip")]), OPTIONS)
    assert (len(found.people) + len(found.interactions), len(found.bad)) == (2, 1)
    assert found.bad[0].endswith("cannot be read")
    assert "1 other file left out" in found.notes
