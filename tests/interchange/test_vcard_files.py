"""From bytes to cards: folders, encodings, folds and broken lines; what is wrong costs itself, and nothing more."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from cards import FIXTURES, OPTIONS, card, items, people, person, remarks

from netjournal.errors import InputFileError
from netjournal.interchange import vcard
from netjournal.interchange.records import Person, Skipped
from netjournal.interchange.sources import Source, from_bytes, open_source
from rows import rows


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


@rows(
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


@rows("coding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@rows("end", ["\n", "\r\n", "\r", "\r\r\n"])
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


@rows(
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


def test_lines_outside_of_cards_are_told_once() -> None:
    assert remarks("one\ntwo\n" + card() + "three\n") == [(0, "lines outside of any card, left out")]


def test_a_source_that_breaks_off_is_a_clear_error() -> None:
    class Broken(io.BytesIO):
        def readline(self, _size: int | None = -1, /) -> bytes:
            raise OSError

    source = Source("broken.vcf", lambda: Broken(b"BEGIN:VCARD\n"))
    with pytest.raises(InputFileError, match=r"broken\.vcf cannot be read to its end"):
        list(vcard.read(source, OPTIONS))
