"""Cards as real programs write them: each oddity costs what it must, and nothing more."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from netjournal.errors import InputFileError
from netjournal.interchange import vcard
from netjournal.interchange.records import Item, Options, Person, Remark, Skipped
from netjournal.interchange.sources import Source, from_bytes, open_source

FIXTURES = Path(__file__).parent / "fixtures" / "vcard"
OPTIONS = Options(today=date(2026, 11, 23))


def items(data: bytes | str, name: str = "cards.vcf") -> list[Item]:
    return list(vcard.read(from_bytes(data.encode() if isinstance(data, str) else data, name), OPTIONS))


def people(data: bytes | str) -> list[Person]:
    return [item for item in items(data) if isinstance(item, Person)]


def remarks(data: bytes | str) -> list[tuple[int, str]]:
    return [(item.line, item.text) for item in items(data) if isinstance(item, Remark)]


def card(*lines: str, name: str | None = "FN:Ann Lee", version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *([name] if name else []), *lines, "END:VCARD", ""))


def person(*lines: str, name: str | None = "FN:Ann Lee") -> Person:
    (found,) = people(card(*lines, name=name))
    return found


def refusal(*lines: str) -> Skipped:
    (found,) = items(card(*lines, name=None))
    assert isinstance(found, Skipped)
    return found


def test_cards_of_a_phone_are_one_person_and_one_company() -> None:
    found, company = list(vcard.read(open_source(str(FIXTURES / "icloud-style-v3.vcf"), None), OPTIONS))
    assert company == Skipped(26, "a company, not a person")
    assert isinstance(found, Person)
    assert found._replace(rest=None) == Person(
        1,
        "uid:0f5e1b6c-1111-4222-8333-abcdef000001",
        "Ingrid Solberg",
        urls=("https://www.example.com/~inga", "https://www.linkedin.com/in/ingrid-solberg"),
        emails=("ingrid.solberg@example.com", "inga@example.org"),
        company="Fjord Analytics, Inc.",
        title="Head of Data",
        phones=("+47 555 01 23",),
        birthday="--04-12",
        note='Met at PyCon 2025; asked about "infra, platform".\n'
        "Second line that is long enough to be folded by the writer",
        topics=("mentor", "data"),
    )
    assert found.rest is not None
    assert found.rest.split("\n")[-4:] == [
        "item3.X-ABDATE;type=pref:2015-06-20",
        "item3.X-ABLabel:_$!<Anniversary>!$_",
        "item4.X-ABRELATEDNAMES;type=pref:Lars",
        "item4.X-ABLabel:_$!<Spouse>!$_",
    ]


def test_a_folder_of_cards_is_read_in_the_order_of_its_names() -> None:
    source = open_source(str(FIXTURES / "folder"), None)
    assert vcard.recognises(source)
    first, second = list(vcard.read(source, OPTIONS))
    assert isinstance(first, Person)
    assert isinstance(second, Person)
    assert (first.line, first.name, first.location, first.aliases) == (1, "Ingrid Solberg", "Oslo, Norway", ("Inga",))
    assert (second.line, second.name, second.birthday) == (2, "Łukasz Żuk", "1992-02-29")


def test_a_bad_file_of_a_folder_costs_itself(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(b"nothing")
    (tmp_path / "b.VCF").write_text(card())
    (tmp_path / "notes.txt").write_text(card())
    found = list(vcard.read(open_source(str(tmp_path), None), OPTIONS))
    assert found[0] == Skipped(1, "a file of it holds no card", bad=True)
    assert [item.name for item in found if isinstance(item, Person)] == ["Ann Lee"]


def test_a_zip_of_cards_is_read() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("Takeout/Contacts/All Contacts/All Contacts.vcf", card())
    source = from_bytes(kept.getvalue(), "takeout.zip")
    assert vcard.recognises(source)
    assert [item.line for item in vcard.read(source, OPTIONS)] == [1]


@pytest.mark.parametrize(
    ("data", "name", "known"),
    [
        (b"BEGIN:VCARD\r\n", "x", True),
        (b"\xef\xbb\xbf\r\n begin: vcard\n", "x", True),
        ("BEGIN:VCARD\r\nFN:x\r\n".encode("utf-16"), "x", True),
        (b"some words\nBEGIN:VCARD\n", "x.vcf", True),
        (b"some words\nBEGIN:VCARD\n", "x.txt", False),
        (b"BEGIN:VCALENDAR\n", "x.ics", False),
        (b"", "x.vcf", False),
        (b"PK\x03\x04 no zip", "x.vcf", False),
    ],
)
def test_a_card_is_recognised_by_how_it_begins(data: bytes, name: str, known: bool) -> None:
    assert vcard.recognises(from_bytes(data, name)) is known


def test_a_file_without_a_card_is_refused() -> None:
    with pytest.raises(InputFileError, match=r"holds no vCard"):
        items("Name,Mail\nAnn,ann@example.com\n")


def test_commas_that_nobody_escaped_are_text() -> None:
    found = person("ORG:ACME, Inc.", "NOTE:a, b; c", r"TITLE:Head\, Data", name="FN:Doe, Jane")
    assert (found.name, found.company, found.note, found.title) == ("Doe, Jane", "ACME, Inc.", "a, b; c", "Head, Data")


def test_quoted_printable_goes_on_after_a_soft_break() -> None:
    found = person(
        "NOTE;ENCODING=QUOTED-PRINTABLE:Line=0D=0A=",
        "=C3=A9t=C3=A9 a\\;b=",
        "",
        "ADR;WORK;CHARSET=windows-1252;QUOTED-PRINTABLE:;;;Z=FCrich;;;=",
        "Switzerland",
        "LABEL;HOME;ENCODING=QUOTED-PRINTABLE:C:\\new=0D=0Aroad",
    )
    assert found.note == "Line\nété a;b"
    assert found.location == "Zürich, Switzerland"
    assert found.rest == "ADR;TYPE=WORK:;;;Zürich;;;Switzerland\nLABEL;TYPE=HOME:C:\\\\new\\nroad"


def test_a_soft_break_before_the_end_of_a_card_does_not_swallow_it() -> None:
    found = people(card("NOTE;ENCODING=QUOTED-PRINTABLE:x=") + card(name="FN:Bob Ray"))
    assert [(each.name, each.note) for each in found] == [("Ann Lee", "x"), ("Bob Ray", None)]


def test_an_encoding_is_that_of_the_property_else_utf_8_else_windows_1252() -> None:
    lines = (b"FN:\xc5\x81ukasz", b"TITLE:\xdcber", b"ORG;CHARSET=iso-8859-2:\xa3\xf3d\xbc", b"NOTE;CHARSET=rot13:abc")
    data = b"\r\n".join((b"BEGIN:VCARD", *lines, b"END:VCARD"))
    (found,) = people(data)
    assert (found.name, found.title, found.company, found.note) == ("Łukasz", "Über", "Łódź", "abc")
    assert remarks(data) == [(0, "not UTF-8: read as Windows-1252")]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_byte_order_marks_and_line_ends_of_all_kinds_are_read(coding: str, end: str) -> None:
    text = card("NOTE;CHARSET=iso-8859-1:Žu", " žu", "PHOTO;ENCODING=b:", " QUJD", " QUJD", "TEL:1").replace(
        "\r\n", end
    )
    (found,) = people(text.encode(coding))
    assert (found.name, found.note, found.phones) == ("Ann Lee", "Žužu", ("1",))


def test_a_letter_cut_in_two_by_a_fold_is_whole_again() -> None:
    (found,) = people(b"BEGIN:VCARD\r\nFN:\xc5\r\n \x81uk\r\nEND:VCARD\r\n")
    assert found.name == "Łuk"


def test_pictures_and_keys_are_dropped_in_all_their_forms() -> None:
    lines = (
        "PHOTO;ENCODING=b;TYPE=JPEG:QUJD",
        " QUJD",
        "PHOTO;VALUE=uri:http://example.com/a.jpg",
        "KEY;X509;ENCODING=BASE64:",
        "QUJDRA==",
        "",
        "LOGO:data:image/png;base64,QUJD",
        "item1.SOUND;BASE64:QUJD",
        "LOGO;VALUE=uri:http://example.com/logo.png",
        "EMAIL:ann@example.com",
    )
    found = person(*lines)
    assert remarks(card(*lines)) == []
    assert found.rest == "LOGO;VALUE=uri:http://example.com/logo.png"
    assert found.emails == ("ann@example.com",)


def test_base64_that_is_no_picture_is_told() -> None:
    assert remarks(card("X-THING;ENCODING=BASE64:QUJD", " QUJD")) == [(4, "a base64 value in it is left out")]


def test_a_stray_line_costs_itself() -> None:
    data = card("stray", "ñ:what", "TEL:1")
    assert people(data)[0].phones == ("1",)
    assert remarks(data) == [(4, "a line in it is no property, left out")]


def test_a_missing_end_costs_nothing() -> None:
    data = "BEGIN:VCARD\nFN:Ann\nTEL:1\nBEGIN:VCARD\nFN:Bob\n"
    assert [(each.line, each.name) for each in people(data)] == [(1, "Ann"), (4, "Bob")]
    assert remarks(data) == [(1, "its END:VCARD is missing"), (4, "its END:VCARD is missing")]


@pytest.mark.parametrize(
    "agent",
    [
        "AGENT:\nBEGIN:VCARD\nFN:Sue\nTEL:9\nEND:VCARD",
        "AGENT:BEGIN:VCARD\nFN:Sue\nAGENT:\nBEGIN:VCARD\nFN:Tom\nEND:VCARD\nEND:VCARD",
        "AGENT:\nBEGIN:VCARD\nFN:Sue\nAGENT:BEGIN:VCARD\nFN:Tom\nEND:VCARD\nEND:VCARD",
        r"AGENT:BEGIN:VCARD\nFN:Sue\nEND:VCARD\n",
    ],
)
def test_the_card_of_an_assistant_costs_itself(agent: str) -> None:
    data = card(*agent.split("\n"), "TEL:1")
    (found,) = people(data)
    assert (found.name, found.phones, found.rest) == ("Ann Lee", ("1",), None)
    assert [text for _, text in remarks(data)] == ["the card of an assistant inside it is left out"]


def test_the_unended_card_of_an_assistant_does_not_swallow_the_next_card() -> None:
    data = card("AGENT:", "BEGIN:VCARD", "FN:Sue") + card(name="FN:Bob")
    assert [each.name for each in people(data)] == ["Ann Lee", "Bob"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BDAY:1988-06-15", "1988-06-15"),
        ("BDAY;VALUE=date:19880615", "1988-06-15"),
        ("BDAY:1953-10-15T23:10:00Z", "1953-10-15"),
        ("BDAY:--0412", "--04-12"),
        ("BDAY:--04-12", "--04-12"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "--04-12"),
        ("BDAY:1604-04-12", "--04-12"),
        ("BDAY:--0229", "--02-29"),
    ],
)
def test_a_birthday_is_read_in_every_spelling(line: str, expected: str) -> None:
    assert person(line).birthday == expected
    assert remarks(card(line)) == []


@pytest.mark.parametrize("value", ["19723101", "2025-02-29", "--0230", "0000-01-01", "١٩٨٨-٠٦-١٥", "sometime"])
def test_an_impossible_birthday_is_told_and_kept(value: str) -> None:
    assert person(f"BDAY:{value}").birthday is None
    assert person(f"BDAY:{value}").rest == f"BDAY:{value}"
    assert remarks(card(f"BDAY:{value}")) == [(4, "its birthday is no day that can be read")]


def test_a_birthday_in_words_is_kept_and_the_first_that_is_a_day_counts() -> None:
    assert person("BDAY;VALUE=text:circa 1800").rest == "BDAY;VALUE=text:circa 1800"
    assert remarks(card("BDAY;VALUE=text:circa 1800")) == []
    found = person("BDAY;VALUE=text:spring", "BDAY:1990-01-02", "BDAY:1991-01-02")
    assert (found.birthday, found.rest) == ("1990-01-02", None)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:Doe;John;Quinlan,Paul;Dr.;Jr.",), "John Quinlan Paul Doe Jr."),
        (("N:Doe",), "Doe"),
        (("FN: ", "N:;;;;", "NICKNAME:Joe", "EMAIL:a@b.c"), "Joe"),
        (("FN:\u200b", "ORG:Acme", "EMAIL:a@b.c"), "a@b.c"),
        (("FN:Acme", "ORG:Acme", "N:Doe;Jo", "X-ABShowAs:COMPANY"), "Jo Doe"),
    ],
)
def test_a_name_is_the_first_thing_that_can_be_one(lines: tuple[str, ...], name: str) -> None:
    assert person(*lines, name=None).name == name


@pytest.mark.parametrize(
    ("lines", "reason", "bad"),
    [
        (("FN:Acme", "ORG:Acme", "X-ABShowAs:COMPANY"), "a company, not a person", False),
        (("ORG:Acme", "TEL:1"), "a company, not a person", False),
        (("FN:Acme", "KIND:org"), "a company, not a person", False),
        (("FN:Team", "KIND:group", "MEMBER:urn:uuid:x"), "a group, not a person", False),
        (("TEL:1",), "no name", True),
        (("REV:20260101T000000Z",), "an empty card", False),
    ],
)
def test_a_card_of_nobody_is_skipped_with_its_reason(lines: tuple[str, ...], reason: str, bad: bool) -> None:
    assert refusal(*lines) == Skipped(1, reason, bad)


def test_further_names_are_aliases_once() -> None:
    found = person("FN:Ann L.", "NICKNAME:Annie,ann lee", r"NICKNAME:A\, B,Annie")
    assert (found.name, found.aliases) == ("Ann Lee", ("Ann L.", "Annie", "A, B"))


def test_numbers_and_links_are_freed_of_their_wrapping() -> None:
    found = person(
        "TEL;TYPE=cell;VALUE=uri:tel:+47%2055",
        "TEL;VALUE=uri:sip:ann@example.com",
        r"URL:https\://example.com/a,b;c",
        "URL:example.com",
        "URL:skype:ann",
        "IMPP:https://chat.example.com/ann",
        "IMPP:xmpp:ann@example.com",
        "EMAIL:mailto:ann@example.com",
        "EMAIL:/o=ExchangeLabs/cn=ann",
    )
    assert found.phones == ("+47 55",)
    assert found.urls == ("https://example.com/a,b;c", "example.com", "https://chat.example.com/ann")
    assert found.emails == ("ann@example.com",)
    assert found.rest == "\n".join(
        (
            "TEL;TYPE=cell:+47 55",
            "IMPP:https://chat.example.com/ann",
            "EMAIL:/o=ExchangeLabs/cn=ann",
            "TEL;VALUE=uri:sip:ann@example.com",
            "URL:skype:ann",
            "IMPP:xmpp:ann@example.com",
        )
    )


def test_a_preferred_address_comes_first() -> None:
    assert person("EMAIL:a@x.y", "EMAIL;TYPE=pref:b@x.y").emails == ("b@x.y", "a@x.y")
    assert person("EMAIL;PREF=2:a@x.y", "EMAIL;PREF=1:b@x.y").emails == ("b@x.y", "a@x.y")


def test_quotes_and_carets_in_parameters_are_understood() -> None:
    found = person('ADR;LABEL="Road 1^n: ""Oslo";TYPE=home:;;Road 1;Oslo;;;Norway', 'TEL;TYPE="cell:+1')
    assert (found.location, found.phones) == ("Oslo, Norway", ("+1",))
    assert found.rest == 'TEL;TYPE=cell:+1\nADR;LABEL="Road 1^n: ""Oslo";TYPE=home:;;Road 1;Oslo;;;Norway'


def test_categories_become_topics_and_what_cannot_be_one_is_kept() -> None:
    found = person(r"CATEGORIES:Travel Agent,VIP,a\, b,myContacts", "CATEGORIES:vip,C++")
    assert found.topics == ("travel-agent", "vip", "c++")
    assert found.rest == r"CATEGORIES:a\, b,myContacts"


def test_work_has_one_organization_and_one_title_and_the_others_are_kept() -> None:
    found = person("ROLE:Mentor", "ORG:Fjord;Data;Oslo", "ORG:Side", "TITLE:Head", "TITLE:Chair")
    assert (found.company, found.title) == ("Fjord", "Head")
    assert found.rest == "ORG:Fjord;Data;Oslo\nORG:Side\nTITLE:Chair\nROLE:Mentor"
    assert person("ROLE:Mentor").title == "Mentor"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("UID:urn:uuid:0F5E1B6C-1111-4222-8333-ABCDEF000001",), "uid:0f5e1b6c-1111-4222-8333-abcdef000001"),
        (("UID:Keep-Me",), "uid:Keep-Me"),
        (("EMAIL:Ann@X.Y", "TEL:1"), "email:ann@x.y"),
        (("TEL:+47 (55) 1",), "tel:+47551"),
        (("ORG:Fjord",), "name:ann lee|fjord"),
    ],
)
def test_a_card_is_known_again_by_the_best_it_has(lines: tuple[str, ...], expected: str) -> None:
    assert person(*lines).external_id == expected


def test_a_key_is_never_too_long() -> None:
    found = person("UID:" + "x" * 600).external_id
    assert found.startswith("uid:sha256:")
    assert len(found) < 500


def test_two_people_who_share_an_address_stay_two() -> None:
    found = people(card("EMAIL:a@x.y") + card("EMAIL:a@x.y", name="FN:Bob") + card("EMAIL:a@x.y"))
    assert [each.external_id for each in found] == ["email:a@x.y", "email:a@x.y|bob", "email:a@x.y"]


def test_only_a_uid_of_this_program_is_a_record_uid() -> None:
    uid = "UID:urn:uuid:0f5e1b6c-1111-4222-8333-abcdef000001"
    assert person("PRODID:-//netjournal//netjournal//EN", uid).uid == "0f5e1b6c1111422283 33abcdef000001".replace(
        " ", ""
    )
    assert person("PRODID:-//other//EN", uid).uid is None
    assert person("PRODID:-//netjournal//netjournal//EN", "UID:7").uid is None


def test_control_characters_never_leave_the_file() -> None:
    found = person("NOTE:a\x1b[31mb\x00", "X-A;P=\x07q:\x1b]0;x\x07\x85", name="FN:An\x1bn\u009b")
    assert (found.name, found.note, found.rest) == ("Ann", "a[31mb", "X-A;P=q:]0;x")


def test_lines_outside_of_cards_are_told_once() -> None:
    assert remarks("one\ntwo\n" + card() + "three\n") == [(0, "lines outside of any card, left out")]


def test_what_is_kept_is_bounded_and_the_cut_is_told() -> None:
    data = card("X-LONG:" + "x" * 15_000, "X-LONGER:" + "y" * 15_000, "X-SHORT:z")
    (found,) = people(data)
    assert found.rest is not None
    assert found.rest.endswith("\nX-SHORT:z")
    assert len(found.rest) <= 20_000
    assert [line for line, text in remarks(data) if "20,000" in text] == [1]


def test_a_source_that_breaks_off_is_a_clear_error() -> None:
    class Broken(io.BytesIO):
        def readline(self, _size: int | None = -1, /) -> bytes:
            raise OSError

    source = Source("broken.vcf", lambda: Broken(b"BEGIN:VCARD\n"))
    with pytest.raises(InputFileError, match=r"broken\.vcf cannot be read to its end"):
        list(vcard.read(source, OPTIONS))
