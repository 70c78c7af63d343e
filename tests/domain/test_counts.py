"""Counts in words, and of many names a few."""

from __future__ import annotations

from netjournal.domain.counts import counted
from netjournal.domain.words import few
from rows import rows


@rows(
    ("count", "noun", "words"),
    [
        (0, "contact", "0 contacts"),
        (1, "touch", "1 touch"),
        (2, "touch", "2 touches"),
        (2, "day", "2 days"),
        (1_200, "opportunity", "1,200 opportunities"),
        (2, "address", "2 addresses"),
        (3, "other person", "3 other people"),
        (2, "grown tie", "2 grown ties"),
    ],
)
def test_a_count_agrees_with_its_noun(count: int, noun: str, words: str) -> None:
    assert counted(count, noun) == words


def test_of_a_crowd_three_are_named_but_never_one_left_out() -> None:
    assert few("abcd") == ("a", "b", "c", "d")
    assert few("abcde") == ("a", "b", "c", "2 more")
    assert few("") == ()
