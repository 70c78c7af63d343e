"""The grammar of an evening as one text: its first line, its people, its note."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.evening import SCISSORS, Evening, GuestLine, meant_as_theirs, read_evening, unmarked
from netjournal.errors import UsageError
from rows import rows
from tries import tries


class Line(NamedTuple):
    """One line of somebody met, and what it says."""

    text: str
    who: str
    note: str | None = None
    topics: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


LINES = [
    Line("- Lena Ortiz", "Lena Ortiz"),
    Line("* Lena Ortiz", "Lena Ortiz"),
    Line("• Lena Ortiz", "Lena Ortiz"),
    Line("  -   Lena \t Ortiz  ", "Lena Ortiz"),
    Line("- Lena Ortiz:", "Lena Ortiz"),
    Line("- Lena Ortiz : hires", "Lena Ortiz", "hires"),
    Line("- Lena Ortiz:hires", "Lena Ortiz", "hires"),
    Line("- Lena @ Acme: hires", "Lena @ Acme", "hires"),
    Line("- Lena @ Acme, VP: hires", "Lena @ Acme, VP", "hires"),
    Line("- Lena @ Acme, VP", "Lena @ Acme, VP"),
    # Only the first colon ends the name.
    Line("- Lena: said: at 9:30, see https://acme.example", "Lena", "said: at 9:30, see https://acme.example"),
    # Topics at the end are labels; within the sentence they stay as words.
    Line("- Lena: hires #kafka #sre", "Lena", "hires", ("kafka", "sre")),
    Line("- Lena: the #kafka team hires", "Lena", "the kafka team hires", ("kafka",)),
    Line("- Lena: #kafka", "Lena", None, ("kafka",)),
    Line("- Lena: #kafka, #kafka.", "Lena", None, ("kafka",)),
    # A topic ends where it does in quick capture.
    Line("- Lena: the #kafka,streams talk", "Lena", "the kafka,streams talk", ("kafka",)),
    # Several at the start are labels, one alone is the first word of a sentence.
    Line("- Lena: #kafka #sre, met at the bar", "Lena", "met at the bar", ("kafka", "sre")),
    Line("- Lena: #kafka is hers", "Lena", "kafka is hers", ("kafka",)),
    Line("- Lena: C# and F# # 1", "Lena", "C# and F# # 1"),
    Line("- Lena: room a#1", "Lena", "room a#1"),
    # A promise begins at a blank, `>`, and a blank.
    Line("- Lena: hires > send CV by friday", "Lena", "hires", (), ("send CV by friday",)),
    Line("- Lena: > send CV", "Lena", None, (), ("send CV",)),
    Line("- Lena:> send CV", "Lena", None, (), ("send CV",)),
    Line("- Lena: hires #sre > send CV > call by 2026-12-01", "Lena", "hires", ("sre",), ("send CV", "call by 2026-12-01")),
    # Theirs is marked, and never guessed.
    Line("- Lena: hires > they: send CV by friday > call", "Lena", "hires", (), ("call",), ("send CV by friday",)),
    Line("- Lena > They:send CV", "Lena", None, (), (), ("send CV",)),
    Line("- Lena > they send CV", "Lena", None, (), ("they send CV",)),
    # Without a note no colon is needed.
    Line("- Lena Ortiz > send CV by friday", "Lena Ortiz", None, (), ("send CV by friday",)),
    Line("- Lena @ Acme, VP #sre > call > write", "Lena @ Acme, VP", None, ("sre",), ("call", "write")),
    Line("- Lena @ C# Guild", "Lena @ C# Guild"),
    Line("- Lena: a > ", "Lena", "a >"),
    Line("- Lena: a->b >c x>y", "Lena", "a->b >c x>y"),
    Line("- O'Neil-Smith Jr.: ok", "O'Neil-Smith Jr.", "ok"),
    Line("- 山田 太郎: 会った", "山田 太郎", "会った"),
]  # fmt: skip


@rows("line", LINES)
def test_a_line_says_who_was_met_and_what_of_them(line: Line) -> None:
    expected = GuestLine(2, line.who, line.note, line.topics, line.promises, line.theirs)
    assert read_evening(f"event: meetup\n{line.text}\n") == Evening("event: meetup", (expected,), None)


@rows(
    "text",
    ["-Lena: hires", "– Lena", "Lena: hires", "-", "- ", "- : hires", "-- Lena", "1. Lena", "hires > send CV", "#sre"],
)
def test_a_line_that_is_nobody_is_the_note(text: str) -> None:
    assert read_evening(f"event: meetup\n{text}\n- Lena") == Evening(
        "event: meetup", (GuestLine(3, "Lena", None, (), ()),), text.strip()
    )


def test_several_lines_of_note_are_kept_in_order_and_lines_are_counted_as_in_the_file() -> None:
    said = read_evening("\n\nevent: meetup\r\n\r\nloud room\n- Lena\n\n  good food\n- Max\n")
    assert (said.first_line, said.note) == ("event: meetup", "loud room\ngood food")
    assert [(guest.line, guest.who) for guest in said.guests] == [(6, "Lena"), (9, "Max")]


def test_a_text_may_begin_with_somebody_met() -> None:
    said = read_evening("- Lena: hires\nlater\n")
    assert (said.first_line, [g.who for g in said.guests], said.note) == ("", ["Lena"], "later")


def test_what_is_below_the_scissors_is_left_out() -> None:
    assert read_evening(f"event\n- Lena\n{SCISSORS}\n- Max\nnote") == read_evening("event\n- Lena")


@rows("text", ["", " \n\t\n", SCISSORS, f"\n{SCISSORS}\nevent: meetup\n- Lena"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_evening(text)


@rows("again", ["- Lena", "- LENA: more", "*  lena :x"])
def test_a_name_that_comes_twice_is_refused_with_its_line(again: str) -> None:
    with pytest.raises(UsageError, match="Line 4 "):
        read_evening(f"event\n- Lena: one\n- Max\n{again}")
    with pytest.raises(UsageError) as twice:
        read_evening(f"event\n- Lena: one\n- group:x\n{again}")
    assert [told[:6] for told in twice.value.each] == ["Line 3", "Line 4"]


@rows(
    "line",
    [
        "- " + " " * 60_000 + ": x",
        "- Lena: " + "#a " * 60_000 + "x y",
        "- Lena: " + "> " * 60_000,
        "- " + "a " * 60_000,
    ],
)
def test_long_lines_are_read_in_time_that_grows_with_their_length(line: str) -> None:
    # Work that grows with the square of the length would stop here for minutes.
    assert read_evening("event\n" + line).first_line == "event"


LETTERS = st.text(st.sampled_from("ab @+#:,.>&-*•'\n\t ") | st.characters(codec="utf-8"), max_size=80)


@settings(max_examples=tries(60), deadline=None, database=None)
@given(LETTERS)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        said = read_evening(text)
    except UsageError:
        return
    for guest in said.guests:
        assert guest.who == " ".join(guest.who.split()) != ""
        assert all(promise.strip() for promise in guest.promises)
        assert all(guest.topics)
    assert said.first_line or said.guests


WORDS = st.text(st.sampled_from("abcdeé"), min_size=1, max_size=6)


@settings(max_examples=tries(12), deadline=None, database=None)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=8, unique_by=lambda pair: pair[0]))
def test_what_was_written_is_what_is_read(people: list[tuple[str, str]]) -> None:
    lines = [f"- {name} @ Acme, CTO: {said} #{said} > call {said} by friday" for name, said in people]
    read = read_evening("\n".join(["event", *lines]))
    assert read.guests == tuple(
        GuestLine(n, f"{name} @ Acme, CTO", said, (said,), (f"call {said} by friday",))
        for n, (name, said) in enumerate(people, start=2)
    )


UNMARKED = {
    "Bob Jones": "Bob Jones",
    "Bob Jones: hires": "Bob Jones",
    "Chen Wei @ Alibaba, CTO": "Chen Wei",
    "Dora Lee - wants a talk": "Dora Lee",
    "1. Bob": "Bob",
    "-Max": "Max",
    "– Lena: hires": "Lena",
    "coffee with bob about x": "bob about x",
    "Call with Chen": "Chen",
    "email to Dora": "Dora",
    "loud room": None,
    "Loud": None,
    "Good food.": None,
    "coffee was good": None,
    "We met at the bar": None,
    "1999 was better": None,
    "-": None,
}


@rows("line", UNMARKED)
def test_a_line_of_the_note_that_looks_like_somebody_met_is_told_from_a_sentence(line: str) -> None:
    assert unmarked(line) == UNMARKED[line]


@rows(
    ("promise", "theirs"),
    [
        ("they intro by friday", "intro by friday"),
        ("She: the deck", "the deck"),
        ("he'll send it", "send it"),
        ("they: the deck", None),
        ("thank her", None),
        ("hear them out", None),
    ],
)
def test_a_promise_that_may_be_theirs_is_told_from_mine(promise: str, theirs: str | None) -> None:
    assert meant_as_theirs(promise) == theirs
