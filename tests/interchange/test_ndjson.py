"""Our own export read back: what each record must look like, and that nothing whatever breaks the reader."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.errors import InputFileError
from netjournal.interchange import ndjson
from netjournal.interchange.ndjson import read_records, recognises, write_json, write_ndjson
from netjournal.interchange.records import Remark, Skipped
from netjournal.interchange.sources import from_bytes
from rows import rows
from tries import tries

UID = "0123456789abcdef0123456789abcdef"
AT = "2026-11-23T10:00:00Z"
Record = dict[str, Any]
HEAD: Record = {"type": "netjournal", "format_version": "1.0", "uid": UID}
MINIMAL: dict[str, Record] = {
    "circle": {"circle": "inner", "every_days": 21},
    "organization": {"organization": "Acme"},
    "contact": {"contact": "dana", "name": "Dana", "added_on": "2026-11-01"},
    "group": {"group": "table"},
    "objective": {"key": "role", "title": "Role", "status": "active", "opened_on": "2026-11-01"},
    "interaction": {"on": "2026-11-01", "kind": "coffee", "direction": "mutual"},
    "followup": {"text": "x", "owner": "me", "by": "2026-12-01", "status": "open", "opened_on": "2026-11-01"},
    "opportunity": {"title": "x", "direction": "in", "stage": "lead", "opened_on": "2026-11-01"},
    "signal": {"kind": "job", "contact_uid": UID, "text": "x", "on": "2026-11-01", "source": "linkedin"},
}
RECORDS = [HEAD, *({"type": kind, "uid": UID, **told, "changed_at": AT} for kind, told in MINIMAL.items())]


def written(records: list[Record], form: str = "ndjson") -> bytes:
    out = io.BytesIO()
    {"ndjson": write_ndjson, "json": write_json}[form](records, out)
    return out.getvalue()


def read(data: bytes, kinds: tuple[str, ...] | None = None) -> list[Record | Skipped | Remark]:
    return list(read_records(from_bytes(data), kinds))


def record(of: str, /, **values: Any) -> Record:
    return {"type": of, "uid": UID, **MINIMAL[of], "changed_at": AT, **values}


def test_both_forms_and_any_layout_of_the_array_are_read_the_same() -> None:
    found = read(written(RECORDS))
    assert [r["type"] for r in found if isinstance(r, dict)] == ["netjournal", *MINIMAL]
    for data in (
        written(RECORDS, "json"),
        json.dumps(RECORDS).encode(),
        json.dumps(RECORDS, indent=4).encode(),
        b"\xef\xbb\xbf" + written(RECORDS).replace(b"\n", b"\r\n\r\n"),
    ):
        assert recognises(from_bytes(data))
        assert read(data) == found


def test_what_an_older_version_did_not_write_is_filled_in() -> None:
    (found,) = read(written([record("interaction")]))
    assert isinstance(found, dict)
    assert (found["note"], found["contact_uids"], found["no_reply"], found["source"]) == (None, (), False, "log")


def test_only_the_types_that_are_wanted_come_and_every_item_comes_once() -> None:
    data = (
        written(RECORDS) + b'{"type": "interaction", "uid": 7}\n[]\nnonsense\n{"type": "poem", "uid": "x"}\n{"a": 1}\n'
    )
    everything = read(data)
    first, second = (
        read(data, ("netjournal", *(k for k in MINIMAL if k != "interaction"))),
        read(data, ("interaction",)),
    )
    assert sorted(map(repr, first + second)) == sorted(map(repr, everything))
    assert [(s.line, s.bad) for s in everything if isinstance(s, Skipped)] == [
        (11, True),
        (13, True),
        (14, False),
        (15, True),
    ]


@rows(
    ("kind", "values"),
    [
        ("contact", {"uid": UID.upper()}),
        ("contact", {"uid": None}),
        ("contact", {"contact": "Dana W"}),
        ("contact", {"name": "x" * 201}),
        ("contact", {"name": " \t"}),
        ("contact", {"name": "a\x00b"}),
        ("contact", {"name": "a\ud800b"}),
        ("contact", {"name": ["Dana"]}),
        ("contact", {"note": ""}),
        ("contact", {"note": "x" * 100_001}),
        ("contact", {"emails": "dana@x.example"}),
        ("contact", {"birthday": "--02-30"}),
        ("contact", {"every_days": 0}),
        ("contact", {"every_days": True}),
        ("contact", {"every_days": 1.5}),
        ("contact", {"paused": 1}),
        ("contact", {"added_on": None}),
        ("contact", {"added_on": "20261101"}),
        ("contact", {"added_on": "0001-01-01"}),
        ("contact", {"affiliations": [{"title": ""}]}),
        ("contact", {"sources": [{"source": "vcard"}]}),
        ("contact", {"changed_at": "zzz"}),
        ("circle", {"latest_days": 20}),
        ("interaction", {"on": "2026-13-01"}),
        ("interaction", {"kind": "dance"}),
        ("interaction", {"kind": {}}),
        ("interaction", {"direction": "up"}),
        ("interaction", {"minutes": 10_081}),
        ("interaction", {"topics": ["x" * 65]}),
        ("interaction", {"touch_notes": {"dana": "x"}}),
        ("interaction", {"touch_topics": {UID: "sre"}}),
        ("interaction", {"touch_topics": {"dana": ["sre"]}}),
        ("interaction", {"introductions": [7]}),
        ("followup", {"owner": "us"}),
        ("opportunity", {"stage": "dream"}),
        ("signal", {"contact_uid": None}),
    ],
)  # fmt: skip
def test_what_the_tables_would_refuse_costs_that_record(kind: str, values: Record) -> None:
    bad, good = record(kind, **values), record("organization")
    found = read(written([HEAD, bad, good]))
    assert isinstance(found[1], Skipped)
    assert (found[1].line, found[1].bad) == (2, True)
    assert found[1].reason in (
        f"`{next(iter(values))}` of the {kind} cannot be stored",
        "`latest_days` of the circle is less than its `every_days`",
    )
    assert isinstance(found[2], dict)


def test_29_february_and_a_day_of_the_calendar_are_days() -> None:
    found = read(written([record("contact", birthday="--02-29"), record("contact", birthday="1988-02-29")]))
    assert all(isinstance(r, dict) for r in found)


def test_what_a_newer_minor_version_says_beyond_this_is_left_out_with_one_word_on_it() -> None:
    data = written([{**HEAD, "format_version": "1.7"}, record("contact", mood="x"), record("group", mood="y")])
    found = read(data)
    assert [type(item) for item in found] == [dict, Remark, dict, dict]
    assert "mood" not in str(found)


@rows("version", ["2.0", "10", None, "new", "-1", "9" * 5000])
def test_another_major_version_is_refused(version: str | None) -> None:
    with pytest.raises(InputFileError):
        read(written([{**HEAD, "format_version": version}]))


@rows(
    "data", [b"", b"\n", b"[]", b"[1]", b"{}", b'{"type": "Feature"}', b'{"type": 1}', b"name,mail", b"\xff\xfe", b"[" * 9000]
)  # fmt: skip
def test_what_is_no_export_is_not_taken_for_one(data: bytes) -> None:
    assert not recognises(from_bytes(data))
    with pytest.raises(InputFileError):
        read(data)


def test_a_long_line_and_a_deep_one_cost_themselves_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ndjson, "RECORD_LIMIT", 100_000)
    data = (
        written([HEAD])
        + b'{"note": "'
        + b"x" * 300_000
        + b'"}\n'
        + b'{"a":' * 9_000
        + b"\n"
        + written([record("group")])
    )
    found = read(data)
    assert [type(item) for item in found] == [dict, Skipped, Skipped, dict]
    assert [item.line for item in found if isinstance(item, Skipped)] == [2, 3]


def test_an_array_that_breaks_off_says_so_once() -> None:
    data = json.dumps(RECORDS, indent=1).encode()[:-40]
    found = read(data)
    assert len(found) == len(RECORDS)
    assert isinstance(found[-1], Skipped)
    assert found[-1].bad


GOOD = [written(RECORDS), written(RECORDS, "json"), json.dumps(RECORDS, indent=1).encode()]


@settings(max_examples=tries(60), deadline=None)
@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 40), st.binary(max_size=9)), max_size=4),
)
def test_no_bytes_whatever_break_the_reader(data: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    for place, length, put in cuts:
        data = data[:place] + put + data[place + length :]
    recognises(from_bytes(data))
    try:
        read(data)
    except InputFileError:
        return


def test_what_nobody_can_type_or_see_is_not_taken_from_a_file_either() -> None:
    from datetime import date

    head = '{"type": "netjournal", "format_version": "1.0", "uid": null}\n'
    person = {
        "type": "contact",
        "uid": "1" * 32,
        "contact": "bo",
        "name": "Bo",
        "added_on": "2026-01-01",
        "changed_at": "",
    }
    meeting = {
        "type": "interaction",
        "uid": "2" * 32,
        "on": "2026-11-24",
        "kind": "coffee",
        "direction": "mutual",
        "changed_at": "",
    }

    def taken(record: dict[str, Any]) -> bool:
        source = from_bytes((head + json.dumps(record) + "\n").encode())
        return isinstance(list(ndjson.read_records(source, None, date(2026, 11, 23)))[-1], dict)

    assert taken(person)
    assert not taken(person | {"contact": "--yes"})
    assert not taken(person | {"name": "\u200b"})
    # The day after today is today somewhere else.
    assert taken(meeting)
    assert not taken(meeting | {"on": "2026-11-25"})
