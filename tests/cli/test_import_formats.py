"""Every format, from a real file, found by itself: what comes in, that twice is once, and that undo takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from bringing import FIXTURES, ME, brought, contact, exported, handles

if TYPE_CHECKING:
    from conftest import Netj


class Sample(NamedTuple):
    """A file, what it is found to be, its counts (created, updated, unchanged, skipped), and who is in it then."""

    file: str
    source: str
    counts: tuple[int, int, int, int]
    #: Those who were made of nothing but what they had a part in: they are no items of the file.
    implied: int
    who: str
    people: tuple[str, ...]
    #: What `contact show` tells of `who`.
    told: dict[str, Any]


SAMPLES = (
    Sample("connections-2022-no-url.csv", "linkedin", (4, 0, 0, 2), 0, "bo",
           ("bo", "ingrid-solberg", "tomas-reyes-phd", "yuki-tanaka"),
           {"emails": ["bo@example.net"], "affiliations": ['Director of "People", Harbour & Stone'],
            "connected_on": "2020-02-28"}),
    Sample("connections-2026.csv", "linkedin", (3, 0, 0, 2), 0, "jorgen-bakke",
           ("ingrid-solberg", "jorgen-bakke", "mei-tan"),
           {"name": "Jørgen Bakke", "urls": ["https://www.linkedin.com/in/j%C3%B8rgen-bakke"], "organization": "Contoso"}),
    Sample("connections-excel-german.csv", "linkedin", (2, 0, 0, 0), 0, "jurgen-gross", ("jurgen-gross", "zoe-ohm"),
           {"name": "Jürgen Groß", "title": "Geschäftsführer", "connected_on": "2024-03-05"}),
    Sample("connections-unclosed.csv", "linkedin", (5, 0, 0, 4), 0, "dov-eliot-phd",
           ("ada-byron", "cyd-dunn", "dov-eliot-phd", "eve-ford", "ivy-jones"), {"name": "Dov Eliot, PhD"}),
    Sample("linkedin/invitations-us-dates.csv", "linkedin", (2, 0, 0, 1), 1, "tomas-reyes", ("tomas-reyes",),
           {"touch_count": 1, "last_on": "2025-12-03"}),
    Sample("linkedin/messages-2025-12-columns.csv", "linkedin", (6, 0, 0, 3), 3, "ingrid-solberg",
           ("bo", "ingrid-solberg", "tomas-reyes-phd"), {"touch_count": 2, "last_on": "2025-06-01"}),
    Sample("ical/google-meetings.ics", "ical", (6, 0, 0, 2), 2, "tomas-reyes", ("ingrid-solberg", "tomas-reyes"),
           {"emails": ["tomas@example.com"], "touch_count": 3, "last_on": "2026-10-22"}),
    Sample("mail/takeout-sent.mbox", "mail", (4, 0, 0, 1), 2, "zoe-brandt", ("tomas-reyes", "zoe-brandt"),
           {"emails": ["zoe@example.com"], "touch_count": 2, "last_on": "2026-11-04"}),
    Sample("sheets/airtable.csv", "csv", (2, 0, 0, 0), 0, "zoe-brandt", ("ingrid-solberg", "zoe-brandt"),
           {"organization": "Widgets, Inc."}),
    Sample("sheets/excel-german.csv", "csv", (2, 0, 0, 0), 0, "kathe-gross", ("jurgen-muller", "kathe-gross"),
           {"note": 'hat gesagt: "bis bald"; ruft an', "phones": ["030 555 01"]}),
    Sample("sheets/google-2024.csv", "google", (4, 0, 0, 1), 0, "ingrid-solberg",
           ("acme-front-desk", "ingrid-solberg", "only-mail-example-com", "tomas-reyes"),
           {"emails": ["ingrid.solberg@example.com", "inga@example.org", "inga2@example.org"], "topics": ["mentors"],
            "birthday": "1988-06-15", "note": "Met at PyCon\nAsk about platform"}),
    Sample("sheets/google-old.csv", "google", (2, 0, 0, 0), 0, "zoe-brandt", ("madonna", "zoe-brandt"),
           {"title": 'Head of "Special" Projects', "topics": ["recruiters"]}),
    Sample("sheets/notion.csv", "csv", (2, 0, 0, 1), 0, "ingrid-solberg", ("ingrid-solberg", "tomas-reyes"),
           {"organization": "Fjord Analytics", "topics": ["data", "mentor"]}),
    Sample("sheets/outlook-german.csv", "outlook", (3, 0, 0, 0), 0, "kathe-gross",
           ("jurgen-muller", "kathe-gross", "ole-berg"),
           {"birthday": "1988-06-15", "topics": ["kunden", "vip-kreis"], "title": "Leiterin"}),
    Sample("sheets/outlook-live.csv", "outlook", (2, 0, 0, 0), 0, "ingrid-solberg", ("ingrid-solberg", "tomas-reyes"),
           {"birthday": "1988-06-15", "title": "Head of Data"}),
    Sample("sheets/thunderbird.csv", "thunderbird", (2, 0, 0, 1), 0, "ingrid-solberg",
           ("ingrid-solberg", "tomas-reyes"), {"aliases": ["Inga"], "location": "Oslo", "birthday": "1988-06-15"}),
    Sample("trackers/friends.md", "friends", (8, 0, 0, 11), 0, "ann-lee", ("ann-berg", "ann-lee", "bo-nunez", "cy"),
           {"aliases": ["Annie", "Dr. Lee"], "location": "Oslo", "touch_count": 3}),
    Sample("trackers/jrnl.json", "jrnl", (6, 0, 0, 0), 3, "dana", ("bo", "dana", "objective-staff"),
           {"touch_count": 2, "last_on": "2026-11-03"}),
    Sample("trackers/jrnl.md", "jrnl", (6, 0, 0, 0), 3, "dana", ("bo", "dana", "objective-staff"), {"touch_count": 2}),
    Sample("trackers/jrnl.txt", "jrnl", (6, 0, 0, 0), 3, "dana", ("bo", "dana", "objective-staff"), {"touch_count": 2}),
    Sample("trackers/monica-4-export.json", "monica", (5, 0, 0, 0), 0, "ingrid-solberg", ("ingrid-solberg",),
           {"organization": "Fjord Analytics, Inc."}),
    Sample("vcard/icloud-style-v3.vcf", "vcard", (1, 0, 0, 1), 0, "ingrid-solberg", ("ingrid-solberg",),
           {"title": "Head of Data"}),
    Sample("vcard/folder", "vcard", (2, 0, 0, 0), 0, "lukasz-zuk", ("ingrid-solberg", "lukasz-zuk"), {}),
)  # fmt: skip


def words(sample: Sample) -> list[str]:
    tags = ["--people-from-tags"] if sample.source == "jrnl" else []
    return [str(FIXTURES / sample.file), "--new", *ME, *tags]


def test_every_fixture_is_in_the_table() -> None:
    files = {path.relative_to(FIXTURES).as_posix() for path in FIXTURES.rglob("*") if path.is_file()}
    assert {file for file in files if not file.startswith("vcard/folder/")} | {"vcard/folder"} == {
        sample.file for sample in SAMPLES
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_a_file_comes_in_whole_once_and_goes_again(sample: Sample, netj: Netj, environment: dict[str, str]) -> None:
    path = Path(environment["NETJ_DB"])
    dry = brought(netj, [*words(sample), "--dry-run"])
    assert list(path.parent.iterdir()) == []
    # Somebody who is here already stays as they are.
    assert netj("contact add Zed").ok
    before, content = exported(netj), path.read_bytes()
    assert brought(netj, [*words(sample), "--dry-run"]) == dry
    assert path.read_bytes() == content

    first = brought(netj, words(sample))
    assert first == dry
    assert (first["source"], first["counts"], first["signals"]) == (sample.source, sample.counts, 0)
    assert handles(netj) == sorted((*sample.people, "zed"))
    told = contact(netj, sample.who)
    assert {key: told[key] for key in sample.told} == sample.told

    once = exported(netj)
    second = brought(netj, words(sample))
    assert second["counts"] == (0, 0, sample.counts[0] - sample.implied, sample.counts[3])
    assert exported(netj) == once
    assert netj("undo -f json").rows[0]["command"] == f"import {sample.source}"
    assert exported(netj) == before


def test_a_linkedin_export_comes_in_as_its_folder_and_as_its_zip(netj: Netj, tmp_path: Path) -> None:
    import zipfile

    folder = tmp_path / "Basic_LinkedInDataExport_11-20-2026"
    folder.mkdir()
    members = {
        "Connections.csv": FIXTURES / "connections-2026.csv",
        "messages.csv": FIXTURES / "linkedin" / "messages-2025-12-columns.csv",
        "Invitations.csv": FIXTURES / "linkedin" / "invitations-us-dates.csv",
    }
    for name, source in members.items():
        (folder / name).write_bytes(source.read_bytes())
    with zipfile.ZipFile(f"{folder}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in members:
            archive.write(folder / name, name)
    # Connections come first, so that messages are those of people who are known then: Bo and Tomás are not.
    first = brought(netj, [str(folder), *ME])
    assert (first["source"], first["created"]) == ("linkedin", 5)
    assert contact(netj, "ingrid-solberg")["touch_count"] == 2
    once = exported(netj)
    again = brought(netj, [f"{folder}.zip", *ME])
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 5)
    assert exported(netj) == once


@pytest.mark.parametrize("named", [[], ["csv"], ["google"], ["friends"]])
def test_a_zip_is_never_read_as_a_text(named: list[str], netj: Netj, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "notes.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.write(FIXTURES / "sheets" / "notion.csv", "Contacts_all.csv")
        archive.write(FIXTURES / "trackers" / "friends.md", "friends.md")
    code, out, err = netj(["import", *named, str(tmp_path / "notes.zip")])
    assert (code, out) == (7, "")
    assert "Unpack it" in err


def test_standard_input_is_told_apart_like_a_file(netj: Netj) -> None:
    text = (FIXTURES / "trackers" / "friends.md").read_text(encoding="utf-8")
    assert brought(netj, ["-"], stdin=text)["source"] == "friends"
    card = (FIXTURES / "vcard" / "icloud-style-v3.vcf").read_text(encoding="utf-8")
    assert brought(netj, ["-"], stdin=card)["source"] == "vcard"


def test_files_of_two_formats_are_refused_together(netj: Netj, environment: dict[str, str]) -> None:
    files = [str(FIXTURES / "trackers" / "friends.md"), str(FIXTURES / "sheets" / "notion.csv")]
    code, out, err = netj(["import", *files])
    assert (code, out) == (7, "")
    assert "friends, csv" in err
    assert not Path(environment["NETJ_DB"]).exists()
