"""Connections of LinkedIn: who is read, what is skipped and why, whatever stands above the header."""

from __future__ import annotations

import codecs
from datetime import date

import pytest
from connected import HEADER, ROW, Connections, one, read, read_connections, skipped
from hypothesis import given
from hypothesis import strategies as st

from netjournal.errors import InputFileError
from netjournal.interchange import linkedin, tabular
from netjournal.interchange.linkedin import layouts
from netjournal.interchange.linkedin.connections import HIDDEN
from netjournal.interchange.records import Options, Person, Remark, Skipped
from netjournal.interchange.sources import from_bytes
from rows import rows


def test_the_file_of_2022_gives_its_four_people_and_counts_two_hidden_members() -> None:
    found = read("connections-2022-no-url.csv")
    assert [r.name for r in found.people] == ["Ingrid Solberg", "Tomás Reyes, PhD", "Yuki 🌸 Tanaka", "Bo"]
    assert found.read == 6
    assert skipped(found) == {7: HIDDEN, 8: HIDDEN}
    assert found.warnings == ()
    email, company, title = "bo@example.net", "Harbour & Stone", 'Director of "People"'
    day = date(2020, 2, 28)
    assert found.people[3] == Person(10, f"email:{email}", "Bo", (), (email,), company, title, day)
    assert found.people[1].external_id == "name:tomás reyes, phd|2019-11-14"
    assert found.people[2].company is None


def test_the_file_of_2026_is_keyed_by_profile() -> None:
    found = read("connections-2026.csv")
    assert [(r.line, r.external_id, r.connected_on) for r in found.people] == [
        (5, "in/ingrid-solberg", date(2023, 11, 2)),
        (6, "in/jørgen-bakke", date(2025, 11, 14)),
        (9, "in/mei-tan", None),
    ]
    assert found.people[1].urls == ("https://www.linkedin.com/in/j%C3%B8rgen-bakke",)
    assert skipped(found) == {7: HIDDEN, 8: "no name"}
    assert found.warnings == ((9, "its `Connected On` is no day that can be read"),)
    assert found.read == 5


def test_a_german_file_that_excel_saved_again_is_read_with_a_warning() -> None:
    found = read("connections-excel-german.csv")
    assert [(r.name, r.company, r.connected_on, r.external_id) for r in found.people] == [
        ("Jürgen Groß", "Müller & Söhne", date(2024, 3, 5), "in/juergen-gross"),
        ("Zoë Ohm", None, date(2023, 12, 4), "email:zoe@example.com"),
    ]
    assert found.warnings == ((0, "not UTF-8: read as Windows-1252"),)
    assert found.read == 2


def test_a_quote_that_is_never_closed_costs_its_own_row_and_nobody_else() -> None:
    found = read("connections-unclosed.csv")
    assert [r.name for r in found.people] == ["Ada Byron", "Cyd Dunn", "Dov Eliot, PhD", 'Eve Ford"', "Ivy Jones"]
    assert skipped(found) == {
        6: tabular.UNCLOSED,
        10: "5 fields where the header has 7",
        11: "8 fields where the header has 7",
        12: tabular.MISQUOTED,
    }
    assert found.read == 9


def test_a_quote_closed_by_a_later_row_swallows_none_of_the_rows_between() -> None:
    opened = 'Bea,"Cole,https://www.linkedin.com/in/bea-cole,,Engines,Analyst,02 Jan 2024\n'
    closing = 'Eve,Ford",https://www.linkedin.com/in/eve-ford,,Engines,Analyst,05 Jan 2024\n'
    found = read_connections((HEADER + opened + ROW + closing).encode())
    assert [r.name for r in found.people] == ["Ingrid Solberg", 'Eve Ford"']
    assert skipped(found) == {2: tabular.UNCLOSED}


def test_a_line_break_inside_a_value_is_part_of_it() -> None:
    found = read_connections((HEADER + 'Bo,Li,,,Contoso,"Head of\nData",02 Jan 2024\n' + ROW).encode())
    assert [(r.line, r.title) for r in found.people] == [(2, "Head of Data"), (4, "Head of Data")]


PREAMBLES = {
    "none": "",
    "as exported": 'Notes:\n"One sentence, with a comma."\n\n',
    "padded": "Notes:,,,,,,\nA sentence; in Excel,,,,,,\n,,,,,,\n",
    "unclosed": 'Notes:\n"A sentence\nover lines',
    "long": "x\n" * 500,
}


@rows("preamble", PREAMBLES.values())
@rows("newline", ["\n", "\r\n", "\r"])
@rows("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_header_is_found_under_any_preamble_in_any_encoding(preamble: str, newline: str, encoding: str) -> None:
    text = f"{preamble}\n{HEADER}{ROW}".replace("\n", newline)
    found = read_connections(text.encode(encoding))
    assert [r.name for r in found.people] == ["Ingrid Solberg"]
    assert found.warnings == ()


def test_the_file_may_be_utf_16_with_tabs() -> None:
    data = codecs.BOM_UTF16_BE + (HEADER + ROW).replace(",", "\t").encode("utf-16-be")
    assert [r.name for r in read_connections(data).people] == ["Ingrid Solberg"]


def test_columns_are_known_by_name_in_any_order_and_spelling() -> None:
    text = "CONNECTED_ON,last  name,e-mail address,Mood,first-name,URL\n2 Nov 2023,Li,,sunny,Bo,linkedin.com/in/bo-li\n"
    (record,) = read_connections(text.encode()).people
    assert (record.name, record.urls) == ("Bo Li", ("https://www.linkedin.com/in/bo-li",))


def test_without_a_header_the_file_is_refused_and_not_an_empty_success() -> None:
    for data in (b"", ROW.encode() * 862, b"First Name,Last Name\nBo,Li\n", b"PK\x03\x04\0\0", bytes(range(256))):
        assert layouts.kind_of(data) != "connections"
        with pytest.raises(InputFileError) as refused:
            list(linkedin.read(from_bytes(data), Options(date(2026, 11, 23))))
        assert refused.value.code == 7


def test_a_header_without_rows_is_no_error() -> None:
    assert read_connections(HEADER.encode()) == Connections((), (), ())


def test_the_header_found_again_is_no_person() -> None:
    found = read_connections((HEADER + ROW + HEADER + ROW).encode())
    assert (len(found.people), skipped(found)) == (2, {3: "the header again"})


def test_what_is_skipped_is_named_in_the_order_of_the_file() -> None:
    found = read_connections((HEADER + ",,,,,,07 Jun 2022\nBo,Li\n,,,,,,07 Jun 2022\n").encode())
    assert [line for line, _ in found.skipped] == [2, 3, 4]


def test_people_without_address_are_told_apart_by_name_and_day_of_the_connection() -> None:
    rows = "a|b,,,,c,,\na,,,,b|c,,\nA  B,,,,C,,1 Jan 2024\n"
    keys = [r.external_id for r in read_connections((HEADER + rows).encode()).people]
    assert keys == ["name:a b|c", "name:a|b c", "name:a b|2024-01-01"]


def test_two_people_of_one_name_and_day_are_told_apart_by_where_they_work() -> None:
    rows = "A,B,,,Contoso,CEO,1 Jan 2024\nA,B,,,Globex,CTO,1 Jan 2024\nA,B,,,Contoso,CEO,1 Jan 2024\n"
    first, second, again = [r.external_id for r in read_connections((HEADER + rows).encode()).people]
    assert first == again != second


def test_blank_and_padded_rows_are_not_counted() -> None:
    found = read_connections((HEADER + "\n,,,,,,\n \n" + ROW.rstrip() + ",,,\n").encode())
    assert (found.read, len(found.people), found.skipped) == (1, 1, ())


def test_control_characters_are_removed_and_blanks_are_nothing() -> None:
    record = one('"B\x00o\x1b[2J"," L\x9bi\x07 ",  ,, ,"Head\tof",02 Jan 2024\n')
    assert (record.name, record.title) == ("Bo[2J Li", "Head of")
    assert (record.urls, record.emails, record.company) == ((), (), None)


@rows(
    ("row", "reason"),
    [
        ("B" * 201 + ",,,,,,", "its name has over 200 characters"),
        ("B" * 100 + "," + "C" * 100 + ",,,,,", "its name has over 200 characters"),
        ("Bo,Li,,," + "C" * 201 + ",,", "its company has over 200 characters"),
        ("Bo,Li,,,," + "C" * 201 + ",", "its title has over 200 characters"),
        ("\u200b,\u200b,,,,,", "no name that can be seen"),
        (",,,bo@example.com,,,", "no name"),
        (",,,,,,soon", HIDDEN),
    ],
)
def test_a_row_that_makes_no_person_is_skipped_with_its_reason(row: str, reason: str) -> None:
    found = read_connections(f"{HEADER}{row}\n{ROW}".encode())
    assert skipped(found) == {2: reason}
    assert len(found.people) == 1


def test_values_that_cannot_be_used_are_left_out_with_a_warning_that_does_not_repeat_them() -> None:
    found = read_connections((HEADER + "Bo,Li,javascript:alert(1),bo at home,Contoso,,31 Feb 2024\n").encode())
    (record,) = found.people
    assert (record.urls, record.emails, record.connected_on) == ((), (), None)
    assert record.external_id == "name:bo li|contoso"
    assert [line for line, _ in found.warnings] == [2, 2, 2]
    for word in ("alert", "home", "Feb"):
        assert word not in str(found.warnings)


DAYS = {
    "02 Nov 2023": date(2023, 11, 2),
    "2 Nov 2023": date(2023, 11, 2),
    "2 November 2023": date(2023, 11, 2),
    "4-Apr-21": date(2021, 4, 4),
    "04-APR-2021": date(2021, 4, 4),
    "30 Sept 2020": date(2020, 9, 30),
    "05 Mär 2024": date(2024, 3, 5),
    "05 Ma\u0308rz 2024": date(2024, 3, 5),
    "05. Okt. 2024": date(2024, 10, 5),
    "2024-01-15": date(2024, 1, 15),
    "05 Jun 1833": date(1833, 6, 5),
    "11/3/2023": None,
    "03.11.2023": None,
    "4-Apr-99": None,
    "31 Feb 2024": None,
    "2 Foo 2023": None,
    "٢ Nov 2023": None,
    "0 Nov 2023": None,
    "1 Nov 0000": None,
    "2023": None,
}


@rows(("text", "day"), DAYS.items())
def test_days_are_read_as_linkedin_and_spreadsheets_write_them(text: str, day: date | None) -> None:
    found = read_connections(f"{HEADER}Bo,Li,,,,,{text}\n".encode())
    assert found.people[0].connected_on == day
    assert len(found.warnings) == (day is None)


CELLS = st.text(alphabet='aBö,;"\n\r\t\0 1-') | st.sampled_from(
    ["", "07 Jun 2022", '"', "https://linkedin.com/in/x", "x@y"]
)
FILES = st.lists(st.lists(CELLS, max_size=9).map(",".join), max_size=12).map("\n".join)


@given(st.text(max_size=40), FILES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_each_row_under_a_header_is_a_record_or_is_skipped_once(preamble: str, rows: str, encoding: str) -> None:
    found = read_connections(f"{preamble}\n{HEADER}{rows}".encode(encoding, "replace"))
    lines = [r.line for r in found.people] + [line for line, _ in found.skipped]
    assert len(set(lines)) == len(lines)
    for record in found.people:
        assert record.name.strip()
        assert len(record.name) <= 200


@given(FILES, FILES)
def test_a_good_row_between_any_rows_is_never_lost(above: str, below: str) -> None:
    found = read_connections(f"{HEADER}{above}\n{ROW}{below}".encode())
    assert any(r.external_id == "in/ingrid-solberg" and r.company == "Contoso" for r in found.people)


def test_the_items_of_a_file_are_its_people_and_what_was_left_out_in_its_order() -> None:
    text = HEADER + ",,,,,,07 Jun 2022\n" + ROW + "Bo,Li,,bo at home,,,02 Jan 2024\nBo\n"
    found = list(linkedin.read(from_bytes(text.encode(), "Connections.csv"), Options(date(2026, 11, 23))))
    urls = ("https://www.linkedin.com/in/ingrid-solberg",)
    day = date(2022, 6, 7)
    assert found == [
        Skipped(2, HIDDEN),
        Person(3, "in/ingrid-solberg", "Ingrid Solberg", urls, (), "Contoso", "Head of Data", day),
        Person(4, "name:bo li|2024-01-02", "Bo Li", connected_on=date(2024, 1, 2)),
        Remark(4, "its e-mail address cannot be used"),
        Skipped(5, "1 field where the header has 7", bad=True),
    ]


def test_the_key_of_a_person_is_bounded_however_its_letters_unfold() -> None:
    row = "\ufdfa" * 150 + ",,,,Contoso,,\n"  # one letter that folds to eighteen
    key = one(row).external_id
    assert key.startswith("sha256:")
    assert key == one(row).external_id
    assert len(key) <= 500
