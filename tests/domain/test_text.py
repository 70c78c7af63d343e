"""What free text may be: the limits, and what no name can be made of."""

from __future__ import annotations

import shlex
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
def test_what_is_no_topic_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        text.topic(typed)


@rows(
    ("word", "typed"),
    [
        ("dana-whitfield", "dana-whitfield"),
        ("a@b.example", "a@b.example"),
        ("Dana Whitfield", '"Dana Whitfield"'),
        ("Zoë O'Neil", '"Zoë O\'Neil"'),
        ("$(id)", "'$(id)'"),
        ("oh!", "'oh!'"),
        ("", '""'),
    ],
)
def test_a_word_of_a_command_that_is_shown_is_in_quotes_where_a_shell_wants_them(word: str, typed: str) -> None:
    assert text.in_shell(word) == typed


@settings(max_examples=tries(60), deadline=None, database=None)
@given(st.text(st.sampled_from("ab $`\"'\\!;&|<>*?~#(){}[]é\n\t") | st.characters(codec="utf-8"), max_size=12))
def test_whatever_the_word_a_shell_reads_it_as_that_one_word(word: str) -> None:
    assert shlex.split(text.in_shell(word)) == [word]


def test_what_is_visible_has_a_letter_or_a_mark_that_can_be_seen() -> None:
    assert [typed for typed in ("a", "é", "\u200b☂", "\u200b", " ", "") if text.is_visible(typed)] == [
        "a",
        "é",
        "\u200b☂",
    ]


def test_a_meeting_takes_a_minute_at_least_and_a_week_at_most() -> None:
    assert [text.minutes(count) for count in (1, text.MINUTES_LIMIT)] == [1, 10_080]
    for count in (0, -5, text.MINUTES_LIMIT + 1):
        with pytest.raises(UsageError, match="10080"):
            text.minutes(count)


def test_a_word_that_is_none_of_those_there_are_is_refused_with_all_of_them() -> None:
    assert text.one_of("out", ("in", "out"), "direction") == "out"
    with pytest.raises(UsageError, match="'up' is not a direction") as refused:
        text.one_of("up", ("in", "out"), "direction")
    assert refused.value.hint == "Directions: in, out."
    with pytest.raises(UsageError, match="'x' is not an origin"):
        text.one_of("x", ("cold",), "origin")
