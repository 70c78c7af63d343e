"""Cards as real programs write them: each oddity costs what it must, and nothing more."""

from __future__ import annotations

from cards import FIXTURES, OPTIONS, UUID, card, items, people, person, remarks

from netjournal.interchange import vcard
from netjournal.interchange.records import Person, Skipped
from netjournal.interchange.sources import open_source
from rows import rows


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
        f"uid:{UUID}",
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


def test_commas_that_nobody_escaped_are_text() -> None:
    found = person("ORG:ACME, Inc.", "NOTE:a, b; c", r"TITLE:Head\, Data", name="FN:Doe, Jane")
    assert (found.name, found.company, found.note, found.title) == ("Doe, Jane", "ACME, Inc.", "a, b; c", "Head, Data")


@rows(
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


@rows("value", ["19723101", "2025-02-29", "--0230", "0000-01-01", "١٩٨٨-٠٦-١٥", "sometime"])
def test_an_impossible_birthday_is_told_and_kept(value: str) -> None:
    assert person(f"BDAY:{value}").birthday is None
    assert person(f"BDAY:{value}").rest == f"BDAY:{value}"
    assert remarks(card(f"BDAY:{value}")) == [(4, "its birthday is no day that can be read")]


def test_a_birthday_in_words_is_kept_and_the_first_that_is_a_day_counts() -> None:
    assert person("BDAY;VALUE=text:circa 1800").rest == "BDAY;VALUE=text:circa 1800"
    assert remarks(card("BDAY;VALUE=text:circa 1800")) == []
    found = person("BDAY;VALUE=text:spring", "BDAY:1990-01-02", "BDAY:1991-01-02")
    assert (found.birthday, found.rest) == ("1990-01-02", None)


@rows(
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


@rows(
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


def test_an_address_told_twice_is_one_and_its_first_words_count() -> None:
    found = person(
        "EMAIL;TYPE=work:a@x.y",
        "EMAIL;TYPE=home:A@X.Y",
        "TEL;TYPE=home:+1 (2) 3",
        "TEL:+123",
        "URL:http://x.y",
        "URL:http://x.y",
    )
    assert (found.emails, found.phones, found.urls) == (("a@x.y",), ("+1 (2) 3",), ("http://x.y",))
    assert found.rest == "EMAIL;TYPE=work:a@x.y\nTEL;TYPE=home:+1 (2) 3"


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


@rows(
    ("lines", "expected"),
    [
        ((f"UID:urn:uuid:{UUID.upper()}",), f"uid:{UUID}"),
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
    uid = f"UID:urn:uuid:{UUID}"
    assert person("PRODID:-//netjournal//netjournal//EN", uid).uid == UUID.replace("-", "")
    assert person("PRODID:-//other//EN", uid).uid is None
    assert person("PRODID:-//netjournal//netjournal//EN", "UID:7").uid is None


def test_control_characters_never_leave_the_file() -> None:
    found = person("NOTE:a\x1b[31mb\x00", "X-A;P=\x07q:\x1b]0;x\x07\x85", name="FN:An\x1bn\u009b")
    assert (found.name, found.note, found.rest) == ("Ann", "a[31mb", "X-A;P=q:]0;x")


def test_what_is_kept_is_bounded_and_the_cut_is_told() -> None:
    data = card("X-LONG:" + "x" * 15_000, "X-LONGER:" + "y" * 15_000, "X-SHORT:z")
    (found,) = people(data)
    assert found.rest is not None
    assert found.rest.endswith("\nX-SHORT:z")
    assert len(found.rest) <= 20_000
    assert [line for line, text in remarks(data) if "20,000" in text] == [1]
