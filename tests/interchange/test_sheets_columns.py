"""Which field a column is, by its header or by a map."""

from __future__ import annotations

import pytest

from netjournal.errors import UsageError
from netjournal.interchange.sheets import columns, days
from rows import rows


def test_a_map_is_typed_as_headers_and_fields_or_named() -> None:
    saved = {"crm": {"stage": "note", "mail": "email"}}
    assert columns.parse_map(["crm", "a=b=name", "E-Mail: =EMAIL", "Mail=skip"], saved) == {
        "stage": "note",
        "mail": "skip",
        "ab": "name",
        "email": "email",
    }
    assert columns.parse_map([], {}) == {}


@rows("word", ["Name=nam", "=name", "?!=name", "crm", "Name="])
def test_a_map_that_means_nothing_is_refused(word: str) -> None:
    with pytest.raises(UsageError):
        columns.parse_map([word], {})


def test_the_refusal_of_an_unknown_field_names_the_fields() -> None:
    with pytest.raises(UsageError) as refused:
        columns.parse_map(["Name=nam"], {})
    assert refused.value.hint is not None
    assert "connected_on" in refused.value.hint


@rows(
    ("header", "field"),
    [
        ("E-Mail", "email"),
        ("Work Email 2", "email"),
        ("e-mail 1 - value", "email"),
        ("Mobile Phone", "phone"),
        ("Job Title", "title"),
        ("LinkedIn URL", "url"),
        ("Tags", "topics"),
        ("Email Opt Out", None),
        ("Email Verified", None),
        ("Company Domain Name", None),
        ("", None),
    ],
)
def test_a_header_names_a_field_only_where_it_names_nothing_else(header: str, field: str | None) -> None:
    assert columns.assigned([header], {}) == (field,)


@rows(
    ("text", "expected"),
    [
        ("1988-06-15", "1988-06-15"),
        ("--12-01", "--12-01"),
        ("1604-12-01", "--12-01"),
        ("19880615", "1988-06-15"),
        ("1988/6/15", "1988-06-15"),
        ("1988-06-15T00:00:00.000Z", "1988-06-15"),
        ("6/15/1988", "1988-06-15"),
        ("15/6/1988", "1988-06-15"),
        ("5/5/1988", "1988-05-05"),
        ("5.6.1988", "1988-06-05"),
        ("June 15, 1988", "1988-06-15"),
        ("June 15, 1988 9:00 AM (CET)", "1988-06-15"),
        ("0/0/00", None),
        ("0000-00-00", None),
        ("", None),
    ],
)
def test_a_birthday_is_read_in_every_form_that_means_one_day(text: str, expected: str | None) -> None:
    assert days.birthday(text, None) == (expected, None)


@rows("text", ["6/5/1988", "6-5-1988"])
def test_a_birthday_of_two_meanings_is_settled_or_refused(text: str) -> None:
    assert days.birthday(text, None) == (None, days.AMBIGUOUS)
    assert days.birthday(text, "mdy") == ("1988-06-05", None)
    assert days.birthday(text, "dmy") == ("1988-05-06", None)


@rows("text", ["6/15/88", "31/31/1988", "1988-02-30", "yesterday", "x" * 9999, "1 / 1", "１９８８-06-15"])
def test_a_birthday_that_is_none_is_never_guessed(text: str) -> None:
    assert days.birthday(text, "dmy") == (None, days.UNREADABLE)
