"""What is true of items of every format before they are planned."""

from __future__ import annotations

from netjournal.interchange import checks
from netjournal.interchange.records import Person, Skipped
from rows import rows


@rows(
    ("me", "urls", "emails"),
    [
        ("linkedin.com/in/Nora-Keeper", ("https://www.linkedin.com/in/nora-keeper?trk=x",), ()),
        ("https://nora.example/", ("http://www.nora.example",), ()),
        ("Nora@Example.com", (), ("nora@example.com",)),
        ("https://medium.example/@nora", ("medium.example/@Nora",), ()),
    ],
)
def test_the_owner_is_known_in_any_spelling_of_their_addresses(
    me: str, urls: tuple[str, ...], emails: tuple[str, ...]
) -> None:
    card = Person(3, "x", "Nora Keeper", urls, emails)
    assert checks.person(card, (me,)) == Skipped(3, "you yourself")
    assert isinstance(checks.person(card, ("zoe@example.com", "linkedin.com/in/zoe")), Person)
