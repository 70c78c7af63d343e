"""Address books and any tables: what each column is taken for, and which rows are people."""

from __future__ import annotations

from typing import Final

import pytest
from sheets import COUNTS, FIXTURES, OPTIONS, READERS, fixture, people, read, said

from netjournal.errors import InputFileError
from netjournal.interchange.records import Skipped
from netjournal.interchange.sheets import generic, google, outlook, thunderbird
from netjournal.interchange.sources import from_bytes
from rows import rows

INGRID: Final = (
    "Ingrid Solberg",
    "Fjord Analytics, Inc.",
    "Head of Data",
    "1988-06-15",
    "Met at PyCon\nAsk about platform",
)


@rows("name", COUNTS)
def test_a_sample_is_known_by_its_headers_and_gives_its_people(name: str) -> None:
    reader, persons, nobody, wrong = COUNTS[name]
    source = from_bytes((FIXTURES / name).read_bytes(), name)
    assert next(r for r in READERS if r.recognises(source)) is reader
    items = fixture(name)
    skipped = [item for item in items if isinstance(item, Skipped)]
    assert (len(people(items)), sum(not s.bad for s in skipped), sum(s.bad for s in skipped)) == (
        persons,
        nobody,
        wrong,
    )


@rows("name", ["google-2024.csv", "outlook-live.csv", "thunderbird.csv"])
def test_the_same_person_comes_out_of_every_address_book(name: str) -> None:
    found = people(fixture(name))[0]
    assert (found.name, found.company, found.title, found.birthday, found.note) == INGRID
    assert (found.external_id, found.phones) == ("email:ingrid.solberg@example.com", ("+47 555 01 23",))


def test_google_joins_several_values_in_one_cell_and_marks_its_own_labels() -> None:
    ingrid, tomas, desk, nameless = people(fixture("google-2024.csv"))
    assert ingrid.emails == ("ingrid.solberg@example.com", "inga@example.org", "inga2@example.org")
    assert (ingrid.topics, ingrid.urls) == (("mentors",), ("https://www.linkedin.com/in/ingrid-solberg",))
    assert (tomas.birthday, tomas.aliases, tomas.phones, tomas.topics) == (
        "--12-01",
        ("Tom",),
        ("+1 (415) 555-0100",),
        (),
    )
    assert desk.external_id == "name:acme front desk|acme|555-0199"
    assert nameless.name == nameless.emails[0] == "only.mail@example.com"
    assert said(fixture("google-2024.csv")) == [
        (6, "no person in it"),
        (0, "1 column that holds values is not read: 'Name Suffix'"),
    ]


def test_google_before_2024_has_numbered_organizations_and_fields_of_the_users_own() -> None:
    zoe, madonna = people(fixture("google-old.csv"))
    assert (zoe.company, zoe.title, zoe.note, zoe.topics) == (
        "Widgets, Inc.",
        'Head of "Special" Projects',
        "met: RubyConf",
        ("recruiters",),
    )
    assert (madonna.name, madonna.phones) == ("Madonna", ("+1 212 555 0100", "+1 212 555 0101"))


def test_google_puts_the_preferred_entry_first_and_reads_as_many_as_there_are() -> None:
    head = "First Name," + ",".join(f"E-mail {n} - Label,E-mail {n} - Value" for n in range(1, 13))
    row = "Bo," + ",".join(f"{'* Work' if n == 12 else ''},b{n}@example.com" for n in range(1, 13))
    [bo] = people(read(google, f"{head}\n{row}\n"))
    assert (len(bo.emails), bo.emails[:2]) == (12, ("b12@example.com", "b1@example.com"))


def test_outlook_of_a_german_office_is_read_and_exchange_names_are_no_addresses() -> None:
    items = fixture("outlook-german.csv")
    kathe, jurgen, ole = people(items)
    assert (kathe.company, kathe.location, kathe.topics) == ("Weißenberg & Söhne KG", "Köln", ("kunden", "vip-kreis"))
    assert (jurgen.name, jurgen.emails, jurgen.birthday) == ("Jürgen Müller", ("j.mueller@example.de",), None)
    assert (ole.name, ole.emails, ole.birthday) == ("Ole Berg", (), None)
    assert said(items) == [
        (0, "not UTF-8: read as Windows-1252"),
        (4, "its Exchange name is no e-mail address"),
        (4, "its birthday can mean two days: set date_order"),
    ]


@rows(
    "header",
    [
        "First Name,Last Name,Company,E-mail Address,E-mail Type,E-mail Display Name",
        "Vorname,Nachname,Firma,E-Mail-Adresse,E-Mail-Typ,E-Mail: Angezeigter Name",
        "Prénom,Nom,Société,Adresse de messagerie,Type de messagerie,Nom complet de l'adresse de messagerie",
    ],
)
def test_a_short_export_of_outlook_is_known_by_its_address_type_and_the_address_is_in_the_name_beside_it(
    header: str,
) -> None:
    data = f"{header}\r\nZoë,Lee,Acme,/o=ExchangeLabs/ou=x/cn=y,EX,Zoë Lee (zoe@example.com)\r\n"
    assert next(r for r in READERS if r.recognises(from_bytes(data.encode(), "people.csv"))) is outlook
    (found,) = people(read(outlook, data))
    assert (found.name, found.company, found.emails) == ("Zoë Lee", "Acme", ("zoe@example.com",))


def test_an_order_of_dates_settles_a_birthday() -> None:
    data = (FIXTURES / "outlook-german.csv").read_bytes()
    for order, expected in (("dmy", "1988-05-06"), ("mdy", "1988-06-05")):
        assert people(read(outlook, data, OPTIONS._replace(order=order)))[2].birthday == expected


def test_a_table_of_notion_is_read_by_its_titles() -> None:
    ingrid, tomas = people(fixture("notion.csv"))
    assert (ingrid.company, ingrid.topics) == ("Fjord Analytics", ("mentor", "data"))
    assert (tomas.company, tomas.topics) == (None, ("recruiter",))
    untitled, (line, unread) = said(fixture("notion.csv"))
    assert (untitled, line) == ((4, "untitled"), 0)
    assert unread.startswith("3 columns that hold values are not read: 'Last contacted', 'Next follow-up', 'Related ")


def test_semicolons_and_windows_1252_of_a_german_excel_are_read() -> None:
    kathe, _ = people(fixture("excel-german.csv"))
    assert (kathe.name, kathe.company, kathe.phones) == ("Käthe Groß", "Weißenberg & Söhne KG", ("030 555 01",))
    assert kathe.note == 'hat gesagt: "bis bald"; ruft an'


def test_last_first_is_turned_only_where_it_can_mean_nothing_else() -> None:
    names = ["Brandt, Zoë", "van der Berg, Anna", "Smith, PhD", "Anna Berg, Consultant", "Acme, Inc."]
    items = read(generic, "Name,Phone\n" + "".join(f'"{name}",555 0100\n' for name in names))
    assert [p.name for p in people(items)] == ["Zoë Brandt", "Anna van der Berg", *names[2:]]
    assert said(items) == [(5, "its name holds a comma and is kept as it is")]


def test_a_name_beside_a_first_name_is_a_last_name() -> None:
    assert [p.name for p in people(read(generic, "Vorname;Name;Mail\nKäthe;Groß;k@example.de\n"))] == ["Käthe Groß"]


def test_headers_are_known_in_any_case_with_any_punctuation_and_in_utf_16() -> None:
    text = "E_MAIL (Work)\tfull-name\tORGANISATION\tDate of Birth\tHow we met?\nbo@example.com\tBo\tAcme\t15.6.1988\tat a fair\n"
    for encoding in ("utf-8", "utf-16", "utf-16-le"):
        [bo] = people(read(generic, text.encode(encoding)))
        assert (bo.name, bo.company, bo.birthday, bo.note) == ("Bo", "Acme", "1988-06-15", "Met: at a fair")
        assert bo.emails == ("bo@example.com",)


def test_a_map_says_what_a_column_is_and_outdoes_what_its_header_means() -> None:
    options = OPTIONS._replace(columns={"who": "name", "email": "note", "phone": "skip", "gone": "url"})
    items = read(generic, "Who?,Email,Phone,Stage\nBo,hello,555 0100,warm\n", options)
    assert [(p.name, p.note, p.emails, p.phones) for p in people(items)] == [("Bo", "hello", (), ())]
    assert said(items) == [
        (0, "1 column of the map not in this file"),
        (0, "1 column that holds values is not read: 'Stage'; `--map \"HEADER=note\"` keeps one"),
    ]


def test_columns_that_are_not_read_are_named_in_bounds_and_on_one_line() -> None:
    headers = ["Name", '"How\nmet, then"', "", "x" * 99, "Empty", *"ABCDEFG"]
    [(line, text)] = said(read(generic, f"{','.join(headers)}\nBo,1,2,3,,{','.join('4567890')}\n"))
    named = "'How met, then', column 3, '" + "x" * 39 + "…', 'A', 'B', 'C', 'D', 'E', …"
    assert (line, text) == (
        0,
        f'10 columns that hold values are not read: {named}; `--map "HEADER=note"` keeps one',
    )


def test_a_preview_shows_every_column_with_its_field_and_three_rows() -> None:
    source = from_bytes((FIXTURES / "airtable.csv").read_bytes() + b"Bo,,,,,,,\nAl,,,,,,,\n", "x.csv")
    shown = generic.preview(source, OPTIONS)
    assert shown.fields[:4] == (("Name", "name"), ("Email", "email"), ("Company", "company"), ("Last Met", None))
    assert [row[0] for row in shown.rows] == ["Brandt, Zoë", "Solberg, Ingrid", "Bo"]


def test_a_row_that_cannot_be_read_costs_itself_and_is_told_by_its_line() -> None:
    text = 'Name,Email,Note\nAl,al@example.com\nBo,bo@example.com,"never closed\n'
    text += 'Cy,cy@example.com,"fine, thanks"\nDi,di@example.com,\n'
    items = read(generic, text)
    assert [p.name for p in people(items)] == ["Cy", "Di"]
    assert said(items) == [(2, "2 fields where the header has 3"), (3, "a quote is opened and not closed")]
    assert all(item.bad for item in items if isinstance(item, Skipped))


def test_files_put_together_are_one_table() -> None:
    data = (FIXTURES / "thunderbird.csv").read_bytes()
    items = read(thunderbird, data + data)
    assert len(people(items)) == 4
    assert Skipped(6, "the header again") in items


def test_rows_inside_a_quote_that_closes_by_chance_are_read_or_doubted() -> None:
    text = 'Name,Email,Note\nAl,al@example.com,"open\nBo,bo@example.com,x\nCy,cy@example.com,y"\n'
    assert said(read(generic, text)) == [(2, "a value in it holds lines that look like rows: is a quote not closed?")]
    items = read(generic, text + 'Di,"open\nEd,ed@example.com,x\nFy,fy@example.com,y",z,z\n')
    assert [p.name for p in people(items)] == ["Al", "Ed"]
    assert [line for line, _ in said(items)] == [2, 5, 7]


def test_values_that_cannot_be_used_are_told_and_cost_no_person() -> None:
    items = read(generic, "Name,Email,Phone,Url,Birthday,Tags\nBo,nobody,x,not a link,yesterday,a/b\n")
    assert people(items)[0][:5] == (2, "name:bo||", "Bo", (), ())
    assert [text for _, text in said(items)] == [
        "its e-mail address cannot be used",
        "its phone number cannot be used",
        "its link cannot be used",
        "its birthday is no day that can be read",
        "1 label cannot be a topic and left out",
    ]


def test_an_id_stays_when_title_and_note_change_and_is_never_too_long() -> None:
    ids = [people(read(generic, f"Name,Company,Title,Note\nBo,Acme,{t},{t}\n"))[0].external_id for t in ("CTO", "CEO")]
    assert ids[0] == ids[1] == "name:bo|acme|"
    [long] = people(read(generic, f"Name,Company\n{'b' * 600},Acme\n"))
    assert long.external_id.startswith("sha256:")
    assert len(long.external_id) <= 500
    [profile] = people(read(generic, "Name,LinkedIn\nBo,linkedin.com/in/Bo-Berg/?trk=x\n"))
    assert profile.external_id == "in/bo-berg"


def test_tables_of_other_things_are_not_taken_for_people() -> None:
    for data in (
        b"",
        b"\x00" * 99,
        b"Date,Amount\n1,2\n",
        b"PK\x03\x04",
    ):
        assert not any(reader.recognises(from_bytes(data, "people.csv")) for reader in READERS)
        for reader in READERS:
            with pytest.raises(InputFileError):
                read(reader, data)


def test_a_card_is_not_taken_for_a_table() -> None:
    card = from_bytes(b"BEGIN:VCARD\r\nEMAIL;TYPE=INTERNET:a@b\r\nTEL;HOME:1\r\n", "people.vcf")
    assert not any(reader.recognises(card) for reader in READERS)
