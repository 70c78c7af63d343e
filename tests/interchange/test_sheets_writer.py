"""Tables of people that are written, as their readers take them."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.interchange.records import Options, Person, Remark
from netjournal.interchange.sheets import generic
from netjournal.interchange.sheets.guard import guard, unguard
from netjournal.interchange.sheets.writer import write_sheet
from netjournal.interchange.sources import from_bytes
from tries import tries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.interchange.records import Item

OPTIONS: Final = Options(date(2026, 11, 23))


def record(**values: Any) -> dict[str, Any]:
    """A contact as the export gives it."""
    return {
        "type": "contact", "uid": "0" * 32, "contact": "bo", "name": "Bo", "aliases": [], "emails": [], "phones": [],
        "urls": [], "affiliations": [], "location": None, "birthday": None, "met": None, "introduced_by": None,
        "note": None, "topics": [], "objectives": [], "circle": None, "every_days": None, "paused": False,
        "connected_on": None, "archived_on": None, "sources": [{"source": "csv", "external_id": "x"}],
    } | values  # fmt: skip


def work(
    organization: str | None, title: str | None, since: str | None = None, until: str | None = None
) -> dict[str, Any]:
    return {"organization": organization, "organization_uid": "1", "title": title, "since": since, "until": until}


def written(records: Sequence[dict[str, Any]], **options: Any) -> bytes:
    file = io.BytesIO()
    write_sheet(records, file, **options)
    return file.getvalue()


def read(data: bytes, *, guarded: bool = False) -> list[Item]:
    return list(generic.read(from_bytes(data), OPTIONS._replace(from_spreadsheet=guarded)))


def test_a_list_is_one_cell_and_the_newest_work_comes_first() -> None:
    old, new = work("Old; Co", "VP", "2020-01-01", "2024-05-01"), work("Acme, Inc", "CTO", "2024-05-01")
    rows = written(
        [record(emails=["a@b.example", "c@d.example"], affiliations=[work("Club", None), old, new])]
    ).decode()
    header, row = rows.splitlines()
    assert header.startswith(
        "type,uid,contact,name,aliases,emails,phones,urls,organization,title,affiliations,location,"
    )
    assert "sources" not in header
    assert '"Club;VP, Old, Co (since 2020-01-01, until 2024-05-01);CTO, Acme, Inc (since 2024-05-01)"' in row
    assert 'a@b.example;c@d.example,,,"Acme, Inc",CTO,' in row
    assert row.endswith(",false,,")


def test_work_that_has_ended_is_not_where_somebody_works() -> None:
    [bo] = [
        i
        for i in read(written([record(affiliations=[work("Old", "VP", None, "2024-05-01")])]))
        if isinstance(i, Person)
    ]
    assert (bo.company, bo.title) == (None, None)


def test_quotes_in_tab_separated_lines_are_read_as_they_were_written() -> None:
    for name in ('"Bo"', '"Bo" Berg', '"Bo', 'B"o'):
        [bo] = [i for i in read(written([record(name=name)], delimiter="\t")) if isinstance(i, Person)]
        assert bo.name == name


def test_records_of_other_types_are_told_flat() -> None:
    interaction = {
        "type": "interaction",
        "on": date(2026, 11, 3),
        "contacts": ["bo", "al"],
        "touch_notes": {"u1": "x;y"},
        "introductions": [{"contact_uid": "u1", "to_uid": "u2", "via_uid": None}],
        "minutes": 30,
    }
    assert written([interaction]).decode().splitlines()[1] == (
        'interaction,2026-11-03,bo;al,"u1=x,y","contact_uid=u1, to_uid=u2",30'
    )


def test_an_empty_answer_is_a_header_where_it_is_known() -> None:
    assert written([]) == b""
    assert written([], header=("uid", "affiliations", "sources")) == b"uid,organization,title,affiliations\n"
    assert written([], header=("uid", "name"), delimiter="\t", spreadsheet=True) == b"\xef\xbb\xbfuid\tname\r\n"


def test_csv_keeps_every_character_and_tsv_has_one_line_a_record() -> None:
    data = written([{"name": 'B"o\r', "note": "a\r\nb\tc"}])
    assert data == b'name,note\n"B""o\r","a\r\nb\tc"\n'
    assert written([{"name": 'B"o\r', "note": "a\r\nb\tc"}], delimiter="\t") == b'name\tnote\nB"o \ta b c\n'


def test_a_sheet_for_a_spreadsheet_is_marked_and_guarded_and_says_so_when_read_without_the_option() -> None:
    data = written([record(phones=["+47 555 01 23"], name="=1+1")], spreadsheet=True)
    assert data.startswith(b"\xef\xbb\xbftype,")
    assert b"\r\n" in data
    assert not re.search(rb"(?<!\r)\n", data)
    assert b",'=1+1," in data
    [plain, remark] = [item for item in read(data) if not (isinstance(item, Remark) and "not read" in item.text)]
    assert isinstance(plain, Person)
    assert (plain.phones, plain.name) == (("'+47 555 01 23",), "'=1+1")
    assert isinstance(remark, Remark)
    assert "--from-spreadsheet" in remark.text
    [good] = [item for item in read(data, guarded=True) if isinstance(item, Person)]
    assert (good.phones, good.name) == (("+47 555 01 23",), "=1+1")


@settings(max_examples=tries(60), deadline=None, database=None)
@given(st.text(st.sampled_from("=+-@\t\r'a\n")))
def test_a_guard_comes_off_without_loss_and_leaves_no_formula(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


TEXT: Final = st.text(
    st.sampled_from("aB é,'\"=+-@#\x1b\u2028\x85漢")
    | st.characters(exclude_characters=";\x00", exclude_categories=["Cs"]),
    min_size=1,
    max_size=12,
)
#: As the domain stores it: blanks folded, none around.
LINE: Final = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
LISTED: Final = st.lists(LINE, max_size=3, unique=True)
NOTE: Final = (
    st.lists(TEXT | st.sampled_from(["\n", "\r", "\t", '",\n']), min_size=1, max_size=4).map("".join).filter(str.strip)
)
RECORDS: Final = st.builds(
    record,
    uid=st.uuids().map(lambda uid: uid.hex),
    contact=st.just("bo"),
    name=LINE,
    aliases=LISTED,
    emails=LISTED,
    phones=LISTED,
    urls=LISTED,
    affiliations=st.lists(st.builds(work, LINE, st.none() | LINE), max_size=1),
    location=st.none() | LINE,
    birthday=st.sampled_from([None, "1988-06-15", "--02-29"]),
    note=st.none() | NOTE,
    topics=LISTED,
    every_days=st.none() | st.integers(1, 999),
    connected_on=st.sampled_from([None, "2024-02-29"]),
    archived_on=st.sampled_from([None, "2024-03-01"]),
)


def person(record: dict[str, Any]) -> Person:
    job = (record["affiliations"] or [{"organization": None, "title": None}])[0]
    return Person(
        0, f"uid:{record['uid']}", record["name"], tuple(record["urls"]), tuple(record["emails"]),
        job["organization"], job["title"], record["connected_on"] and date.fromisoformat(record["connected_on"]),
        tuple(record["phones"]), tuple(record["aliases"]), record["location"], record["birthday"], record["note"],
        tuple(record["topics"]), record["every_days"], record["archived_on"] is not None, record["uid"],
    )  # fmt: skip


@pytest.mark.parametrize("spreadsheet", [False, True])
@settings(max_examples=tries(20), deadline=None, database=None)
@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_contacts_written_as_csv_are_read_back_with_nothing_lost(
    spreadsheet: bool, records: list[dict[str, Any]]
) -> None:
    items = read(written(records, spreadsheet=spreadsheet), guarded=spreadsheet)
    assert [item._replace(line=0) for item in items if isinstance(item, Person)] == [person(r) for r in records]


@pytest.mark.parametrize("spreadsheet", [False, True])
@settings(max_examples=tries(12), deadline=None, database=None)
@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_contacts_written_as_tsv_are_read_back_but_for_line_ends(
    spreadsheet: bool, records: list[dict[str, Any]]
) -> None:
    def blanked(text: str | None) -> str | None:
        return text and re.sub("\r\n|[\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]", " ", text)

    items = read(written(records, delimiter="\t", spreadsheet=spreadsheet), guarded=spreadsheet)
    assert [item.note for item in items if isinstance(item, Person)] == [blanked(r["note"]) for r in records]
    assert [item.name for item in items if isinstance(item, Person)] == [blanked(r["name"]) for r in records]


def test_the_answer_of_contact_list_is_read_back_too() -> None:
    head = "uid,contact,name,organization,title,circle,every_days,standing,last_on,touch_count,topics,emails,archived\n"
    [bo, other] = read(
        (head + f'{"a" * 32},bo,"Smith, Bo","Acme, Inc",CTO,,42,due,,0,data;ml,b@c.example,true\n').encode()
    )
    assert isinstance(bo, Person)
    assert (bo.name, bo.company, bo.every_days, bo.topics, bo.archived) == (
        "Smith, Bo",
        "Acme, Inc",
        42,
        ("data", "ml"),
        True,
    )
    assert other == Remark(0, "2 columns that hold values are not read: 'standing', 'touch_count'")
