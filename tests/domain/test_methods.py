"""When two addresses are one, and which of them say who somebody is."""

from __future__ import annotations

from netjournal.domain.methods import identity_key

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
