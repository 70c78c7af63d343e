"""Cards that we write: read back the same by us, and understood by another implementation."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from cards import FIXTURES, UUID
from cards_written import UID, VERSIONS, again, bare, digits, folded, job, lines_of, read, record, record_of, written
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from netjournal.interchange.vcard.writer import Version, fold, write_cards
from rows import rows
from tries import tries

ODD = r"""BEGIN:VCARD
VERSION:3.0
N;LANGUAGE=es:García López;María José;;Dra.;
FN:Dra. María José García López
FN:Pepa
EMAIL;TYPE=work,pref:pepa@example.com
item1.EMAIL:p@example.org
item1.X-ABLabel:old
item9.X-ABLabel:of nothing
TEL;TYPE=cell;VALUE=uri:tel:+34-555
X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/pepa
IMPP:xmpp:pepa@example.com
ORG:Acme\, S.A.;Ventas
ORG:Otra
ROLE:Jefa
TITLE:Directora
ADR;TYPE=home:;;Calle 1;Sevilla;;41001;España
BDAY:19723101
CATEGORIES:buena gente,a\;b,myContacts
X-ANY;X-P="a;b:c":some\, thing\nmore
END:VCARD
""".replace("\n", "\r\n")


def examples(count: int) -> settings:
    """So many examples, as tests/tries.py counts them."""
    return settings(
        max_examples=tries(count),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


LINE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).map(
    lambda t: " ".join(t.split())
)
WORDS = LINE.filter(lambda text: any(c.isalpha() for c in text))
NOTE = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t,;\\"), max_size=300)
MAIL = st.from_regex(r"[a-z.,;+]{1,20}@[a-zé.-]{1,60}", fullmatch=True)
LINK = st.from_regex(r"https?://[a-z,;:?\\&é/]{1,90}", fullmatch=True)
TOPIC = st.from_regex(r"[a-z]{1,9}(-[a-z0-9]{1,5})?[+#]?", fullmatch=True)
DAY = st.dates(date(1900, 1, 1)).map(str) | st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda d: f"-{d:-%m-%d}")
RECORDS = st.builds(
    record,
    name=WORDS,
    aliases=st.lists(WORDS, max_size=2),
    emails=st.lists(MAIL, max_size=2, unique=True),
    phones=st.lists(st.from_regex(r"\+?[1-9][0-9 ()/-]{0,12}[0-9]", fullmatch=True), max_size=2, unique=True),
    urls=st.lists(LINK, max_size=2, unique=True),
    affiliations=st.lists(st.builds(job, WORDS, st.none() | WORDS), max_size=1),
    location=st.none() | WORDS,
    birthday=st.none() | DAY,
    note=st.none() | NOTE.map(lambda text: text.strip("\n")).filter(lambda text: any(map(str.isalpha, text))),
    topics=st.lists(TOPIC, max_size=3, unique=True),
)


@pytest.mark.parametrize("version", VERSIONS)
@examples(30)
@given(given_record=RECORDS)
def test_what_is_written_is_read_again(version: Version, given_record: dict[str, Any]) -> None:
    data = written(version, given_record)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    (found,) = read(data)
    assert found.external_id == f"uid:{UUID}"
    assert found.uid == UID
    back = record_of(found)
    for field in ("name", "location", "birthday", "note", "topics", "affiliations", "urls"):
        assert back[field] == given_record[field], field
    for field, key in (("emails", str.casefold), ("phones", digits), ("aliases", folded)):
        known = {folded(given_record["name"])} if field == "aliases" else set()
        expected = dict.fromkeys(k for k in map(key, given_record[field]) if k not in known)
        assert list(map(key, back[field])) == list(expected), field
    assert found.rest is None


@rows("version", VERSIONS)
def test_a_card_that_was_read_and_written_reads_the_same(version: Version) -> None:
    people = [
        person for data in (ODD.encode(), *(f.read_bytes() for f in FIXTURES.rglob("*.vcf"))) for person in read(data)
    ]
    assert len(people) == 4
    back = again(version, *people)
    assert list(map(bare, back)) == list(map(bare, people))


def test_a_label_too_long_to_be_kept_takes_what_is_kept_of_its_property_with_it() -> None:
    lines = ("item1.TEL:123", "X-ANY:x", f"item1.X-ABLabel:{'y' * 25_000}")
    (person,) = read(f"BEGIN:VCARD\r\nFN:Ann Lee\r\n{chr(10).join(lines)}\r\nEND:VCARD\r\n".encode())
    assert (person.phones, person.rest) == (("123",), lines[1])
    assert list(map(bare, again("3.0", person))) == [bare(person)]


NAMES = """FN N NICKNAME EMAIL TEL URL IMPP X-SOCIALPROFILE ORG TITLE ROLE ADR NOTE CATEGORIES BDAY X-ABLabel KIND LABEL
item1.EMAIL item1.X-ABLabel item2.TEL AGENT GEO X-A"""
TOKEN = st.sampled_from(NAMES.split())
PARAM = st.sampled_from(["", ";TYPE=work", ";WORK;PREF", ';X="a;b:c"', ";VALUE=uri", ";CHARSET=utf-8", ";PREF=2"])
VALUE = st.text("aB9 ,;:\\n-\"'^=é", max_size=40) | st.sampled_from(
    ["a@b.c", "tel:+1 2", "https://www.linkedin.com/in/Ann", "http://x.y", "--0412", "19723101", "Ann;Lee", "Lee;Ann;;;",
     "1988-06-15", ";;;Oslo;;;Norway", ";;;Oslo\\, Norway;;;", "xmpp:a@b"]
)  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
@examples(60)
@given(lines=st.lists(st.tuples(TOKEN, PARAM, VALUE), max_size=9))
@example(lines=[("item1.EMAIL", "", "a@b.c"), ("item1.X-ABLabel", "", " ")])
@example(lines=[("ADR", "", ";;;Oslo;;;"), ("ADR", "", ";;;Oslo;;;")])
def test_any_card_reads_the_same_after_it_was_written(version: Version, lines: list[tuple[str, str, str]]) -> None:
    body = "".join(f"{name}{param}:{value}\r\n" for name, param, value in lines)
    people = read(f"BEGIN:VCARD\r\nFN:Ann Lee\r\n{body}END:VCARD\r\n".encode())
    assert list(map(bare, again(version, *people))) == list(map(bare, people))


def test_a_card_holds_what_other_programs_look_for() -> None:
    full = record(
        name="Mary Ann Lee",
        aliases=["Molly", "M, A"],
        emails=["mary@example.com"],
        phones=["+47 1"],
        urls=["https://example.com/a,b"],
        affiliations=[job("Old", "Clerk", "2020-01-01"), job("Acme; Inc.", "Head, Data")],
        location="Oslo, Norway",
        birthday="--04-12",
        note="One\nTwo; three",
        topics=["c++", "data"],
    )
    assert lines_of(written("3.0", full)) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//netjournal//netjournal//EN",
        "FN:Mary Ann Lee",
        "N:Lee;Mary Ann;;;",
        r"NICKNAME:Molly,M\, A",
        "EMAIL:mary@example.com",
        "TEL:+47 1",
        "URL:https://example.com/a,b",
        r"ORG:Acme\; Inc.",
        r"TITLE:Head\, Data",
        r"ADR:;;;Oslo\, Norway;;;",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12",
        r"NOTE:One\nTwo\; three",
        "CATEGORIES:c++,data",
        f"UID:urn:uuid:{UUID}",
        "REV:2026-11-22T10:15:00Z",
        "END:VCARD",
        "",
    ]
    assert {"VERSION:4.0", "BDAY:--0412", "REV:20261122T101500Z"} <= set(lines_of(written("4.0", full)))
    assert "BDAY:19880615" in lines_of(written("4.0", record(birthday="1988-06-15")))


def test_long_lines_are_folded_at_75_octets_between_letters() -> None:
    for before in range(4):
        folded_lines = fold("NOTE:" + "x" * before + "€" * 100).split(b"\r\n")
        assert [len(line) for line in folded_lines[:-2] if not 73 <= len(line) <= 75] == []
        assert "".join(line.decode().removeprefix(" ") for line in folded_lines) == "NOTE:" + "x" * before + "€" * 100
    assert [len(line) for line in fold("x" * 151).split(b"\r\n")] == [75, 75, 3, 0]
    assert fold("NOTE:a\r\nb\x00") == b"NOTE:a b\r\n"


def test_a_name_of_one_word_is_a_given_name() -> None:
    assert "N:;Björk;;;" in lines_of(written("3.0", record(name="Björk")))


def test_records_of_other_types_are_no_cards() -> None:
    assert write_cards([{"type": "netjournal"}, record(), {"type": "group"}], io.BytesIO(), "3.0") == 1


def test_what_was_kept_gives_way_to_what_the_record_says_now() -> None:
    (person,) = read(ODD.encode())
    changed = record_of(person) | {
        "name": "Pepa García",
        "emails": ["new@example.com"],
        "birthday": "1980-01-02",
        "location": "Madrid",
        "affiliations": [job("Acme, S.A.", "Directora", "2026-01-01"), job("Nueva")],
    }
    lines = lines_of(written("3.0", changed))
    assert "N:García;Pepa;;;" in lines
    assert [line for line in lines if "EMAIL" in line] == ["EMAIL:new@example.com"]
    assert [line for line in lines if line.startswith("BDAY")] == ["BDAY:1980-01-02"]
    assert [line for line in lines if line.startswith("ORG")] == ["ORG:Nueva", "ORG:Otra"]
    assert [line for line in lines if line.startswith(("TITLE", "ROLE"))] == []
    assert next(line for line in lines if line.startswith("ADR")) == "ADR:;;;Madrid;;;"
    assert not any("X-ABLabel" in line for line in lines)


@rows("version", VERSIONS)
def test_nothing_stored_can_add_a_line_of_its_own(version: Version) -> None:
    evil = "x\r\nEMAIL:evil@example.com\rTEL:6\x85\x0b\x0cEND:VCARD\x00\ud800"
    kept = "X-A:b\rEMAIL:evil@example.com\nEND:VCARD\nBEGIN:VCARD\nFN:Evil\nUID:1\nno property\nX-B;P=\x0bq:\x1b"
    data = written(
        version,
        record(name=evil, aliases=[evil], emails=[evil], phones=[evil], urls=[evil], note=evil, location=evil, card=kept,
               affiliations=[job(evil, evil)], topics=[evil], uid="\r\nTEL:7", changed_at="\r\nTEL:8", birthday="\nTEL:9"),
    )  # fmt: skip
    names = {re.split("[;:]", line)[0] for line in lines_of(data)}
    known = "BEGIN VERSION PRODID FN N NICKNAME EMAIL TEL URL ORG TITLE ADR NOTE CATEGORIES X-A X-B END"
    assert names <= {*known.split(), ""}
    assert not set(data) & ({*range(0x20), 0x7F} - set(b"\r\n"))
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    assert [line for line in lines_of(data) if line.startswith("EMAIL")] == [
        r"EMAIL:x\nEMAIL:evil@example.com\nTEL:6END:VCARD?"
    ]


@rows("version", VERSIONS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_another_implementation_reads_the_same(version: Version) -> None:
    import vobject  # type: ignore[import-untyped]  # it has no types

    records = [
        record(name="Doe, Jane", emails=["jane@example.com", "j@example.org"], phones=["+47 55 5"], topics=["a-b", "c++"],
               note="One, two; three\\four\n\n" + "Grüße, " * 40, affiliations=[job("ACME, Inc.", "Head; Data")]),
        record(name="Łukasz Żuk", birthday="1992-02-29", urls=["https://example.com/?a=b&c"], aliases=["Luke, the", "L"]),
        *(record_of(person) for person in read((FIXTURES / "icloud-style-v3.vcf").read_bytes())),
    ]  # fmt: skip
    cards = list(vobject.readComponents(written(version, *records).decode()))
    assert len(cards) == len(records)
    for card, expected in zip(cards, records, strict=True):
        values = {name: [each.value for each in found] for name, found in card.contents.items()}
        assert values["fn"] == [expected["name"]]
        family, _, given_name = (part[::-1] for part in expected["name"][::-1].partition(" "))
        assert (values["n"][0].family, values["n"][0].given) == (family, given_name)
        assert values.get("email", []) == expected["emails"]
        assert values.get("tel", []) == expected["phones"]
        assert values.get("note", []) == [note for note in [expected["note"]] if note]
        assert [topic for topics in values.get("categories", []) for topic in topics] == expected["topics"]
        assert [org[0] for org in values.get("org", [])] == [w["organization"] for w in expected["affiliations"]]
        assert values["uid"] == [f"urn:uuid:{UUID}"]
        assert set(values.get("url", [])) <= set(expected["urls"])
