"""Where a text names somebody, and where it only looks so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain import names
from netjournal.domain.mentions import called, is_named, may_be_named, scrubbed
from rows import rows

DANA = called(["Dana O'Neil", "dana-oneil", "Will", "José Núñez", "山田太郎"], ["dana@x.org"], ["max frank"])


@rows(
    ("text", "left"),
    [
        ("Dana O'Neil said", "someone said"),
        ("DANA   ONEIL's plan, @dana-oneil!", "someone's plan, someone!"),
        ("ask Will, or @will", "ask someone, or someone"),
        ("Jose Nunez and JOSÉ NÚÑEZ", "someone and someone"),
        ("昨日山田太郎と会った", "昨日someoneと会った"),
        ("mail DANA@x.org.", "mail someone."),
        ("from <dana@x.org>", "from <someone>"),
    ],
)
def test_a_name_is_found_and_scrubbed_however_it_is_written(text: str, left: str) -> None:
    assert is_named(DANA, text)
    assert scrubbed(DANA, text, 2_000) == left


@rows(
    "text", ["Dana said", "I will", "Danao Neil", "O'Neil, Dana", "anna-dana@x.org", "dana@x.organic", "", "free will"]
)
def test_what_only_looks_like_the_name_stays(text: str) -> None:
    assert not is_named(DANA, text)
    assert scrubbed(DANA, text, 2_000) == text


def test_what_another_contact_answers_to_too_is_not_looked_for() -> None:
    who = called(["Dana", "Dana Whitfield"], [], ["dana smith"])
    assert not is_named(who, "Dana Smith and Dana")
    assert is_named(who, "Dana Whitfield")


def test_a_text_never_grows_over_its_limit() -> None:
    who = called(["Al Bo"], [], [])
    text = "Al Bo," * 33
    assert len(scrubbed(who, text, 2_000)) > 200
    assert scrubbed(who, text, 200) == "…," * 33


letters = st.sampled_from("abeoODz 'é´’øØßſİ™①_-☆\u0301\u093e山ǿ")


@settings(max_examples=150, deadline=None)
@given(st.text(letters, max_size=6), st.text(letters, min_size=1, max_size=4), st.text(letters, max_size=6))
def test_the_quick_look_at_many_texts_in_one_loses_no_name(before: str, name: str, after: str) -> None:
    who = called([name], [], [])
    for text in (f"{before}{name}{after}", f"{before} {name.upper()} {after}", names.fold(f"{name} {after}")):
        folded = names.fold(text)
        if is_named(who, text) or any(all(word in folded for word in phrase) for phrase in who.phrases):
            assert may_be_named(who, f"{before}\n{text}\n{after}")
