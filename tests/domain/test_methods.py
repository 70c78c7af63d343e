"""When two addresses are one, and which of them say who somebody is."""

from __future__ import annotations

from netjournal.domain.methods import identity_key, method_key
from rows import rows

IDENTITIES = [
    ("email", "Dana@Example.com", "dana@example.com"),
    ("url", "https://www.linkedin.com/in/dana/", "linkedin.com/in/dana"),
    ("url", "http://example.com/dana?utm_source=x&fbclid=7", "example.com/dana"),
    ("url", "example.com/dana#about", "example.com/dana"),
    # What comes after the path may be all that says who is meant.
    ("url", "https://www.facebook.com/profile.php?id=100", None),
    ("url", "https://crm.example/#/people/7", None),
    ("url", "https://crm.example/people?utm_source=x;id=7", None),
    ("phone", "+47 555 01", None),
]


def test_an_address_or_link_identifies_unless_it_may_be_several_peoples() -> None:
    assert [(kind, value, identity_key(kind, value)) for kind, value, _ in IDENTITIES] == IDENTITIES


@rows(
    ("kind", "one", "other"),
    [
        ("phone", "+49 (170) 1-23", "+49170123"),
        ("phone", " +1 2", "+12"),
        ("url", "HTTPS://www.Example.com/dana/?trk=x#top", "http://example.com/dana"),
        ("email", "Dana@X.example", "dana@x.example"),
    ],
)
def test_two_spellings_of_an_address_are_one(kind: str, one: str, other: str) -> None:
    assert method_key(kind, one) == method_key(kind, other)


def test_a_number_is_its_digits_and_the_mark_of_a_country_before_them() -> None:
    assert [method_key("phone", number) for number in ("+49 (170) 1", "0170/1")] == ["+491701", "01701"]


@rows(
    ("kind", "one", "other"),
    [
        ("phone", "+49 170", "49 170"),
        ("phone", "ask Bo", "ask Cy"),
        ("url", "https://example.com/a", "https://example.com/b"),
        ("url", "?", "#"),
    ],
)
def test_what_may_be_two_addresses_stays_two(kind: str, one: str, other: str) -> None:
    assert method_key(kind, one) != method_key(kind, other)
