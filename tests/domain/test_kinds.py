"""Kinds of interaction, how deep each is, and what is exposure."""

from __future__ import annotations

from netjournal.domain.kinds import (
    DEPTH_OF_KIND,
    DEPTH_RANK,
    KINDS,
    SYNONYMS,
    default_direction,
    is_exposure,
    kind_meant,
    kind_named,
)
from netjournal.domain.words import Direction
from rows import rows

# SPEC section 1, word for word.
DEPTHS = """
conversation: coffee, meal, call, video, meeting, interview
exchange: event, intro, chat
message: email, message, letter
broadcast: post, talk, article
"""
SAID = {kind: line.split(":")[0] for line in DEPTHS.split("\n") if line for kind in line.split(": ")[1].split(", ")}


def test_the_kinds_and_their_depths_are_those_of_the_contract() -> None:
    assert SAID == DEPTH_OF_KIND
    assert tuple(SAID) == KINDS


def test_depths_are_ranked_from_broadcast_to_conversation() -> None:
    assert sorted(DEPTH_RANK, key=lambda depth: DEPTH_RANK[depth]) == [
        "broadcast",
        "message",
        "exchange",
        "conversation",
    ]


@rows("kind", KINDS)
def test_conversations_and_exchanges_are_mutual_the_rest_goes_out(kind: str) -> None:
    assert default_direction(kind) == ("mutual" if SAID[kind] in ("conversation", "exchange") else "out")


@rows(
    ("kind", "direction", "people", "exposure"),
    [
        ("post", "out", 0, True),
        ("talk", "mutual", 1, True),
        ("article", "in", 3, True),
        ("email", "out", 5, False),
        ("email", "out", 6, True),
        ("message", "out", 6, True),
        ("letter", "out", 60, True),
        ("email", "in", 60, False),
        ("email", "mutual", 60, False),
        ("event", "mutual", 60, False),
        ("chat", "out", 60, False),
        ("meeting", "out", 6, False),
    ],
)
def test_a_broadcast_and_one_message_out_to_more_than_five_are_exposure(
    kind: str, direction: Direction, people: int, exposure: bool
) -> None:
    assert is_exposure(kind, direction, people) is exposure


def test_kinds_are_named_in_any_case_and_by_other_words() -> None:
    assert kind_named("Coffee") == "coffee"
    assert kind_named("LUNCH") == "meal"
    assert kind_named("coffees") is None
    assert kind_named("") is None
    assert set(SYNONYMS.values()) <= set(KINDS)
    assert not set(SYNONYMS) & set(KINDS)


def test_a_slip_means_the_kind_it_is_a_letter_or_two_off() -> None:
    slips = {"coffe": "coffee", "Cofee": "coffee", "cofe": "coffee", "lucnh": "lunch", "emial": "email", "metting": "meeting",
             "chatt": None, "cal": "call", "vidoe": "video", "diner": "dinner"}  # fmt: skip
    assert {word: kind_meant(word) for word in slips} == slips
    for word in ("coffee", "lunch", "meetings", "chart", "launch", "into", "even", "later", "better", "walk", "deal",
                 "what", "that", "main", "past", "interviewer", "dana", "planning", ""):  # fmt: skip
        assert kind_meant(word) is None, word
