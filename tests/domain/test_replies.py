"""Who spoke last: last words, waiting, and replies owed, at every border."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import NamedTuple

from netjournal.domain.replies import last_words, reply_age, waiting_days
from rows import rows

TODAY = date(2026, 11, 23)


class Said(NamedTuple):
    kind: str
    direction: str
    uid: str = "a"
    no_reply: int = 0


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


OUT, IN = Said("email", "out"), Said("email", "in")
COFFEE = Said("coffee", "mutual")


@rows(
    ("said", "uid"),
    [
        ([], None),
        ([Said("email", "out", "b")], "b"),
        ([Said("email", "out", "z"), Said("coffee", "mutual", "a")], "a"),
        ([Said("chat", "mutual", "a"), Said("letter", "in", "z")], "a"),
        ([Said("call", "mutual", "a"), Said("coffee", "mutual", "b"), Said("meal", "mutual", "aa")], "b"),
    ],
)
def test_a_day_is_remembered_by_the_deepest_then_the_greatest_uid(said: list[Said], uid: str | None) -> None:
    for order in permutations(said):
        found = last_words(order)
        assert (found.uid if found else None) == uid


@rows(("days", "waiting"), [(0, None), (13, None), (14, None), (15, 15), (16, 16), (400, 400)])
def test_waiting_is_over_fourteen_days(days: int, waiting: int | None) -> None:
    assert waiting_days(ago(days), [OUT], TODAY) == waiting


@rows("other", [IN, COFFEE, Said("chat", "mutual")])
def test_nobody_waits_where_anything_came_back_that_day(other: Said) -> None:
    assert waiting_days(ago(20), [OUT, other], TODAY) is None
    assert waiting_days(ago(20), [other, OUT], TODAY) is None


def test_any_kind_that_only_went_out_waits() -> None:
    assert waiting_days(ago(20), [OUT, Said("chat", "out"), Said("coffee", "out")], TODAY) == 20


def test_nothing_said_is_nothing_to_wait_for() -> None:
    assert waiting_days(None, [], TODAY) is None
    assert waiting_days(ago(20), [], TODAY) is None
    assert waiting_days(None, [OUT], TODAY) is None


@rows(("days", "age"), [(0, None), (1, None), (2, 2), (3, 3), (29, 29), (30, 30), (31, None), (400, None)])
def test_a_reply_is_owed_from_two_to_thirty_days(days: int, age: int | None) -> None:
    assert reply_age(ago(days), [IN], TODAY) == age


@rows("kind", ["email", "message", "letter"])
def test_a_reply_is_owed_for_any_message(kind: str) -> None:
    assert reply_age(ago(5), [Said(kind, "in")], TODAY) == 5


@rows(
    "others",
    [
        [Said("email", "in", no_reply=1)],
        [IN, Said("email", "in", no_reply=1)],
        [IN, OUT],
        [IN, COFFEE],
        [Said("call", "in")],
        [Said("chat", "in")],
        [Said("email", "mutual")],
        [],
    ],
)
def test_no_reply_is_owed_where_it_was_dismissed_or_answered_or_was_no_message(others: list[Said]) -> None:
    assert reply_age(ago(5), others, TODAY) is None
    assert reply_age(None, others, TODAY) is None
