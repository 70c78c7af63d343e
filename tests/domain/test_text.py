"""What free text may be: the limits, and what no name can be made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain import text
from netjournal.errors import UsageError
from rows import rows
from tries import tries

if TYPE_CHECKING:
    from collections.abc import Callable

READERS: dict[str, tuple[Callable[[str], str], int]] = {
    "line": (lambda typed: text.line(typed, "The summary"), text.LINE_LIMIT),
    "name": (lambda typed: text.name(typed, "The name"), text.NAME_LIMIT),
    "note": (text.note, text.NOTE_LIMIT),
}
readers = pytest.mark.parametrize("reader", READERS)


@rows(
    ("typed", "stored"),
    [
        ("Dana Whitfield", "Dana Whitfield"),
        ("  Dana \t\n Whitfield ", "Dana Whitfield"),
        ("Zoë\N{NO-BREAK SPACE}Müller", "Zoë Müller"),
        ("[red]Dana[/]", "[red]Dana[/]"),
        ("a\N{ZERO WIDTH JOINER}b", "a\N{ZERO WIDTH JOINER}b"),
        ("\x1b[2J", "\x1b[2J"),
    ],
)
def test_a_name_is_one_line_as_it_was_typed(typed: str, stored: str) -> None:
    assert text.name(typed, "The name") == stored
    assert text.line(typed, "The summary") == stored


def test_a_note_keeps_its_lines_with_one_kind_of_line_end() -> None:
    assert text.note("\n\none\r\n  two\n\nthree \n\n") == "one\n  two\n\nthree "


@readers
def test_the_limit_is_in_the_message_and_the_text_is_not(reader: str) -> None:
    read, limit = READERS[reader]
    assert read("é" * limit) == "é" * limit
    with pytest.raises(UsageError) as refused:
        read("é" * (limit + 1))
    assert f"{limit:,}" in refused.value.sentence
    assert "é" not in refused.value.sentence


def test_a_note_of_five_megabytes_and_a_name_of_ten_thousand_are_refused() -> None:
    with pytest.raises(UsageError, match="100,000"):
        text.note("x" * 5_000_000)
    with pytest.raises(UsageError, match=r"10,000 characters; the limit is 200"):
        text.name("x" * 10_000, "The name")


@readers
@pytest.mark.parametrize(
    "typed",
    ["", " ", "\t\n", "\u200b", "\u200d\u200c", "\u00ad", "\u2060", "\ufeff", "\u3164", "\u202e\u202c", "\U000e0041"],
)
def test_what_cannot_be_seen_is_empty(reader: str, typed: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        READERS[reader][0](typed)


@readers
@pytest.mark.parametrize("typed", ["a\x00b", "\x00"])
def test_a_nul_is_refused(reader: str, typed: str) -> None:
    with pytest.raises(UsageError, match="NUL"):
        READERS[reader][0](typed)


@readers
@pytest.mark.parametrize("typed", ["caf\udce9", "\ud800"])
def test_bytes_that_are_no_text_are_refused(reader: str, typed: str) -> None:
    with pytest.raises(UsageError, match="UTF-8"):
        READERS[reader][0](typed)


@readers
@settings(max_examples=tries(60), deadline=None, database=None)
@given(st.text(max_size=30))
def test_whatever_is_typed_can_be_stored_or_is_refused(reader: str, typed: str) -> None:
    try:
        stored = READERS[reader][0](typed)
    except UsageError:
        return
    stored.encode()
    assert "\x00" not in stored
    assert READERS[reader][0](stored) == stored


@rows(
    ("typed", "stored"),
    [
        ("hiring", "hiring"),
        ("#Hiring", "hiring"),
        (" #data-platform ", "data-platform"),
        ("c++", "c++"),
        ("F#", "f#"),
        ("q1_2026", "q1_2026"),
        ("node.js", "node.js"),
        ("Überblick", "überblick"),
        ("採用", "採用"),
        ("x" * 64, "x" * 64),
    ],
)
def test_a_topic_is_one_word(typed: str, stored: str) -> None:
    assert text.topic(typed) == stored


@rows("typed", ["", "#", "two words", "-a", "a-", "a--b", "x" * 65, "a;b", "a,b", "\x1b[2J", "##a"])
def test_what_is_no_topic(typed: str) -> None:
    with pytest.raises(UsageError):
        text.topic(typed)
