"""P17 on real files: each sample of each program gives its counts and who is in it, and a second time nothing.

Other people's samples are not ours to copy: they are read where they stand beside the checkout.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bringing_in import ME, TODAY, brought, exported, journals

from netjournal.cli.exporting import Form
from netjournal.interchange.formats import format_of
from netjournal.interchange.gather import gather
from netjournal.interchange.records import Options
from netjournal.interchange.sources import open_source

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


class Sample(NamedTuple):
    """What a file is found to be, how many people, interactions and promises it makes, how many items it leaves out, and
    something that one of its records says; `owner` where the file is somebody's."""

    source: str
    made: tuple[int, int, int]
    skipped: int
    told: dict[str, Any]
    owner: str = "nora.keeper@example.com"


def card(**told: Any) -> Sample:
    return Sample("vcard", (1, 0, 0), 0, told)


JOHN = "Mr. John Richter, James Doe Sr."
IN = "https://www.linkedin.com/in"
TABLE = {
    "crm/airtable.csv": Sample("csv", (2, 0, 0), 0, {"name": "Zoë Brandt", "emails": ["zoe@example.com"]}),
    "crm/excel-semicolon-cp1252.csv": Sample("csv", (2, 0, 0), 0, {"name": "Käthe Groß", "phones": ["030 555 01"]}),
    "crm/notion-database.csv": Sample("csv", (2, 0, 0), 1, {"name": "Ingrid Solberg", "topics": ["data", "mentor"]}),
    "friends/friends.md": Sample("friends", (5, 5, 0), 4, {"name": "Grace Hopper", "location": "Paris"}),
    "google/contacts-2024-headers.csv": Sample("google", (4, 0, 0), 1, {"name": "Tomás Reyes", "birthday": "--12-01"}),
    "google/contacts-old-headers.csv": Sample("google", (2, 0, 0), 0, {"name": "Madonna", "birthday": None}),
    "ics/attendee-partstat.ics": Sample(
        "ical", (4, 1, 0), 0, {"name": "Henry Cabot", "emails": ["hcabot@example.com"]}
    ),
    "ics/events-and-todos.ics": Sample("ical", (0, 0, 0), 4, {}),
    "ics/google-meetings.ics": Sample("ical", (2, 4, 0), 2, {"on": "2026-10-16", "kind": "meeting"}),
    "ics/recur-instances.ics": Sample("ical", (4, 172, 0), 0, {"on": "2023-11-25", "summary": "Crazy Event Thingy!"}),
    "ics/thunderbird-overrides.ics": Sample("ical", (0, 0, 0), 3, {}),
    "ics/tz-windows.ics": Sample("ical", (0, 0, 0), 1, {}),
    "ics/vtodo.ics": Sample("ical", (0, 0, 0), 1, {}),
    "jrnl/jrnl.json": Sample("jrnl", (3, 3, 0), 0, {"on": "2026-03-02", "kind": "coffee"}),
    "jrnl/jrnl.md": Sample("jrnl", (3, 3, 0), 0, {"on": "2026-03-02", "kind": "coffee"}),
    "jrnl/jrnl.txt": Sample("jrnl", (3, 3, 0), 0, {"on": "2026-03-02", "kind": "coffee"}),
    "khard": Sample("vcard", (2, 0, 0), 0, {"name": "Łukasz Żuk", "birthday": "1992-02-29"}),
    "linkedin/connections-2022-no-url.csv": Sample(
        "linkedin", (4, 0, 0), 2, {"name": "Bo", "emails": ["bo@example.net"]}
    ),
    "linkedin/connections-bom.csv": Sample(
        "linkedin", (2, 0, 0), 0, {"name": "José García", "urls": [f"{IN}/josegarcia"]}
    ),
    "linkedin/connections-mit-excerpt.csv": Sample("linkedin", (60, 0, 0), 0, {"name": "Wren Blackwell"}),
    "linkedin/invitations-mit-excerpt.csv": Sample("linkedin", (18, 18, 0), 21, {"kind": "message"}),
    "linkedin/invitations-us-dates.csv": Sample("linkedin", (1, 1, 0), 1, {"on": "2025-12-03", "direction": "in"}),
    "linkedin/messages-2025-12-columns.csv": Sample("linkedin", (3, 3, 0), 3, {"name": "Tomás Reyes, PhD"}),
    "linkedin/messages-8-columns.csv": Sample("linkedin", (4, 11, 0), 0, {"on": "2024-09-15", "direction": "out"}),
    "linkedin/messages-basic.csv": Sample(
        "linkedin", (1, 2, 0), 1, {"name": "Ana Lopez", "urls": [f"{IN}/analopez"]}, f"{IN}/pedro"
    ),
    "mail/multipart-reply.eml": Sample("mail", (1, 1, 0), 0, {"summary": "Sending messages include last little bit"}),
    "mail/simple.eml": Sample("mail", (1, 1, 0), 0, {"on": "2007-10-21", "direction": "in"}),
    "mail/takeout-chats.mbox": Sample("mail", (0, 0, 0), 2, {}),
    "mail/takeout-sent.mbox": Sample("mail", (2, 2, 0), 1, {"on": "2026-11-03", "summary": "café on Thursday?"}),
    "mail/weird-to.eml": Sample("mail", (1, 1, 0), 0, {"name": "anonymous@i.tp.host"}),
    "monica/monica-4-export.json": Sample("monica", (2, 1, 2), 0, {"name": "Ingrid Solberg", "birthday": "--04-12"}),
    "outlook/outlook-live.csv": Sample("outlook", (2, 0, 0), 0, {"name": "Ingrid Solberg", "birthday": "1988-06-15"}),
    "vcard/all-fields-v3.vcf": card(name="Mr. John Q. Public, Esq.", birthday="1996-04-15"),
    "vcard/all-fields-v4.vcf": card(name="J. Doe", birthday="--02-03", phones=["+33-01-23-45-67"]),
    "vcard/blackberry.vcf": card(name="John Doe", phones=["+96123456789"]),
    "vcard/cardbook-v4.vcf": card(birthday=None, aliases=["Maxl"]),
    "vcard/escaped-label-v4.vcf": card(name="Dummy, Dummy", location="Bad Homburg, Germany"),
    "vcard/evolution.vcf": card(name=JOHN, phones=["905-666-1234", "905-555-1234"]),
    "vcard/gmail-john-doe.vcf": card(name=JOHN, birthday="1980-03-22"),
    "vcard/gmail-single2.vcf": card(name="VCard Test", aliases=["TheNickname"]),
    "vcard/icloud-style-v3.vcf": Sample("vcard", (1, 0, 0), 1, {"name": "Ingrid Solberg", "birthday": "--04-12"}),
    "vcard/lotus-notes.vcf": card(emails=["john.doe@ibm.com", "billy_bob@gmail.com"], birthday="1980-05-21"),
    "vcard/mac-address-book.vcf": card(name="Mr. John Richter,James Doe Sr.", birthday="2012-06-06"),
    "vcard/outlook-2003.vcf": card(
        name="John Doe III", note="This is the note field!!\nSecond line\n\nThird line is empty"
    ),
    "vcard/outlook-john-doe.vcf": card(name="Mr. John Richter James Doe Sr.", birthday="1980-03-22"),
    "vcard/outlook-label-cp1252.vcf": card(name="Rudi Wimmel", location="Schaffhausen, Deutschland"),
    "vcard/thunderbird-addon.vcf": card(name="John Doe", aliases=["Johnny"], location="New York, USA"),
    "vcard/whatsapp-type.vcf": card(name="zzMad Perla 45", note="PERLA\nmadrid"),
}
TYPES = ("contact", "interaction", "followup")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples do not stand beside the checkout")
@pytest.mark.parametrize("name", TABLE)
def test_a_sample_gives_what_is_in_it_and_a_second_time_nothing(name: str) -> None:
    sample, source = TABLE[name], open_source(str(SAMPLES / name), None)
    assert format_of([source]) == sample.source
    found = gather(
        [source], sample.source, Options(TODAY, (ME, sample.owner), since=date(1800, 1, 1), people_from_tags=True)
    )
    with journals(1) as (path,):
        first = brought(path, found, new=True)
        records = list(map(json.loads, exported(path, Form("ndjson"), TYPES).splitlines()[1:]))
        assert tuple(sum(record["type"] == kind for record in records) for kind in TYPES) == sample.made
        assert (first.skipped, first.updated) == (sample.skipped, 0)
        assert not records or any(sample.told.items() <= record.items() for record in records), records[:3]
        again = brought(path, found, new=True)
        assert (again.created, again.updated, again.signals) == (0, 0, 0)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples do not stand beside the checkout")
def test_every_sample_is_in_the_table() -> None:
    there = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    # No format that is imported: chats, and a table for the grammar of dates.
    others = {name for name in there if name.startswith("whatsapp/") or "/" not in name}
    assert {"khard" if name.startswith("khard/") else name for name in there - others} == TABLE.keys()
