"""What was searched for, and the stretch of a text that shows it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.searching import SNIPPET, forms, holds, plain, snippet, sought
from rows import rows
from tries import tries


@rows(
    ("typed", "words", "literals", "marks"),
    [
        ("hiring", ("hiring",), (), ()),
        ("Staff  role\tstaff", ("Staff", "role", "staff"), (), ()),
        ("O'Neil", ("O'Neil",), ("o'neil",), ()),
        ("c++ c", ("c++", "c"), ("c++",), ()),
        ("* Zoë", ("Zoë",), ("*",), ("*",)),
        ("…", (), ("...",), ("…",)),
        (' " ', (), ('"',), ('"',)),
        (" \n", (), (), ()),
    ],
)
def test_every_term_is_sought_and_marks_are_literal(
    typed: str, words: tuple[str, ...], literals: tuple[str, ...], marks: tuple[str, ...]
) -> None:
    assert sought(typed) == (words, literals, marks)


@rows(
    ("word", "one"),
    [
        ("Hiring", "hiring"),
        ("ZOË", "zoe"),
        ("Straße", "straße"),  # as the index keeps it
        ("Straße", "strasse"),
        ("김철수", "김철수"),
        ("ガブリエル", "ガブリエル"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_a_word_is_sought_in_every_form_that_the_index_may_have(word: str, one: str) -> None:
    assert one in forms(word)


@rows(
    ("text", "folded"),
    [("ÀÉîõü ß", "aeiou ss"), ("Zoe\u0308", "zoe"), ("İstanbul", "istanbul"), ("ﬁt ™", "fit tm"), ("c++ -x", "c++ -x")],
)
def test_case_and_accents_are_folded_and_marks_stay(text: str, folded: str) -> None:
    assert plain(text) == folded


@rows(
    ("typed", "text", "held"),
    [
        ("c++", "she writes C++ daily", True),
        ("c++", "vitamin c + d", False),
        ("o'neil", "ZOË O'NEIL", True),
        ("o'neil", "o neil", False),
        ("name:x -y", "name:x and -y", True),
        ("name:x -y", "name:x", False),
        ("anything", "", True),
    ],
)
def test_a_hit_holds_every_literal_as_it_stands(typed: str, text: str, held: bool) -> None:
    assert holds(sought(typed), text) is held


FILL = "some words that say very little of note, "


@rows(
    ("typed", "text", "shown"),
    [
        ("role", "a staff role", "a staff role"),
        ("role", "a\nstaff \t role", "a staff role"),
        ("role", FILL * 3 + "the role at Acme " + FILL * 3, "role at Acme"),
        ("art", "start with the long start, " + FILL * 3 + "then art and song " + FILL, "art and song"),
        ("c++", "x" * 300 + "c++" + "y" * 300, "c++"),
        ("tail", "x" * 300 + " tail", "tail"),
        ("z" * 70, FILL * 3 + "z" * 70 + " " + FILL * 3, "z" * 70),
        ("zoe", "ﷺ" * 60 + " Zoë " + "x" * 200, "Zoë"),
        ("absent", "first " + FILL * 5, "first some words"),
    ],
)
def test_the_snippet_is_around_what_was_sought(typed: str, text: str, shown: str) -> None:
    found = snippet(sought(typed), text)
    assert shown in found
    assert len(found) <= SNIPPET + 2


def test_a_snippet_begins_and_ends_with_whole_words() -> None:
    found = snippet(sought("role"), FILL * 5 + "the role at Acme " + FILL * 5)
    assert found[0] == found[-1] == "…"
    assert f" {found[1:-1]} " in f" {' '.join((FILL * 5 + 'the role at Acme ' + FILL * 5).split())} "


WORD = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=12)


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(WORD, max_size=40), WORD, st.lists(WORD, max_size=40), st.sampled_from((" ", "", "\n")))
def test_a_snippet_holds_what_was_sought_and_is_one_short_line(
    before: list[str], word: str, after: list[str], blank: str
) -> None:
    text = blank.join([*before, word, *after])
    found = snippet(sought(word), text)
    assert plain(word) in plain(found)
    assert len(found) <= SNIPPET + 2
    assert "\n" not in found
