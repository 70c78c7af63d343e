"""Reading what jrnl exports: JSON, text and Markdown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from netjournal.errors import InputFileError
from netjournal.interchange.records import Guest, Interaction, Item, Options, Skipped
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.trackers import jrnl
from rows import rows

FOLDER = Path(__file__).parent / "fixtures" / "trackers"
OPTIONS = Options(date(2026, 11, 23))


def read(data: bytes, options: Options = OPTIONS) -> list[Item]:
    return list(jrnl.read(from_bytes(data, "jrnl"), options))


def entries(data: bytes, options: Options = OPTIONS) -> list[Interaction]:
    return [item for item in read(data, options) if isinstance(item, Interaction)]


def as_json(*found: Any) -> bytes:
    return json.dumps({"tags": {}, "entries": found}).encode()


def said(title: str, *tags: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "body": "", "date": "2026-03-02", "time": "09:00", "tags": tags, **more}


@rows("name", ["jrnl.json", "jrnl.txt", "jrnl.md"])
def test_each_form_holds_the_same_three_entries(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    assert jrnl.recognises(from_bytes(data, name))
    found = entries(data)
    assert [(i.on.isoformat(), i.kind, i.direction, i.summary) for i in found] == [
        ("2026-03-02", "coffee", "mutual", "Coffee with dana at Kiosk."),
        ("2026-04-18", "call", "mutual", "Call with bo about the Vienna role."),
        ("2026-11-03", "email", "out", "Email to dana, no answer yet"),
    ]
    assert found[0].guests == (Guest("dana", handle="dana"), Guest("objective-staff", handle="objective-staff"))
    assert found[0].topics == ("dana", "objective-staff")
    assert found[1].note == "Next step: intro to Zoë Ångström."
    assert found[2].note is None
    assert [i.external_id for i in found] == [i.external_id for i in entries((FOLDER / "jrnl.json").read_bytes())]


def test_an_hour_of_twelve_is_the_same_entry() -> None:
    (noon,), (half,) = entries(b"[2026-03-02 12:05:00 PM] Lunch @bo"), entries(b"[2026-03-02 12:05] Lunch @bo")
    (night,) = entries(b"[2026-03-02 12:05 AM] Lunch @bo")
    assert noon.external_id == half.external_id != night.external_id


def test_with_people_from_tags_every_tag_is_a_person_and_no_topic() -> None:
    (item,) = entries((FOLDER / "jrnl.json").read_bytes(), OPTIONS._replace(people_from_tags=True))[1:2]
    assert (item.guests, item.topics) == ((Guest("bo", handle="bo"),), ())


def test_where_both_signs_are_used_those_with_a_number_sign_are_topics() -> None:
    data = as_json(said("Lunch with @bo_b #work", "#work", "@bo_b"), said("Alone #rest", "#rest"))
    first, second = entries(data, OPTIONS._replace(people_from_tags=True))
    assert (first.guests, first.topics) == ((Guest("bo_b", handle="bo-b"),), ("work",))
    assert (second.guests, second.topics) == ((), ("rest",))
    assert first.summary == "Lunch with bo_b work"


def test_signs_of_ones_own_are_read_from_the_tags_of_the_file() -> None:
    (item,) = entries(as_json(said("Coffee with &dana", "&dana")))
    assert (item.guests, item.summary) == ((Guest("dana", handle="dana"),), "Coffee with dana")


def test_an_entry_without_anybody_may_be_a_broadcast() -> None:
    alone, both = entries(as_json(said("Talk on data"), said("Talk with @bo", "@bo")))
    assert (alone.kind, both.kind) == ("talk", "chat")


def test_equal_entries_are_two() -> None:
    assert len({item.external_id for item in entries(as_json(said("Call"), said("Call")))}) == 2


def test_entries_that_are_wrong_or_ahead_cost_themselves() -> None:
    data = as_json(7, said("A", date="2026-02-30"), said("B", date=None), said("C", date="2027-01-01"), said("D"))
    assert [item for item in read(data) if isinstance(item, Skipped)] == [
        Skipped(1, "no entry", bad=True),
        Skipped(2, "its day cannot be read", bad=True),
        Skipped(3, "its day cannot be read", bad=True),
        Skipped(4, "in the future"),
    ]
    assert len(entries(data)) == 1


def test_headings_inside_of_an_entry_stay_in_it() -> None:
    text = "# 2026\n\n## März\n\n### 2026-03-02 09:00 Coffee @bo\n\n#### 2 Plans\n## Of mine\nmail a@example.org\n"
    (item,) = entries(text.encode())
    assert item.note == "#### 2 Plans\n## Of mine\nmail a@example.org"
    assert item.guests == (Guest("bo", handle="bo"),)


@rows("data", [b"", b"{}", b'{"entries": 1}', b"dear diary", b"# 2026", b"{"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(InputFileError):
        read(data)


@rows("data", [b"[03.11.26, 09:16:40] Bo: hi", b"# Changes\n## Unreleased\n### 2026-03-02", b"[1]", b'{"a": 1}'])
def test_other_files_are_not_recognised(data: bytes) -> None:
    assert not jrnl.recognises(from_bytes(data))
