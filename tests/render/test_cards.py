"""Cards and sentences, where a table has no room for what is told."""

from __future__ import annotations

import io
from datetime import date

from render_samples import (
    HOSTILE,
    Everything,
    Screen,
    dangers,
    environment,
    hostile_row,
    uncoloured,
)

from netjournal.render.card import card, row_pairs, write_lines
from netjournal.render.cells import Typed
from rows import rows


def test_a_card_keeps_line_ends_and_each_of_its_lines_goes_on_further_in() -> None:
    out = io.StringIO()
    with environment(COLUMNS="40"):
        card([("why", "one two three four five six seven eight\nname  forged"), ("last on", date(2026, 11, 3))], out)
    assert out.getvalue().splitlines() == [
        "why      one two three four five six",
        "           seven eight",
        "         name  forged",
        "last on  2026-11-03",
    ]


def test_a_list_of_sentences_has_a_line_for_each() -> None:
    out = io.StringIO()
    with environment(COLUMNS="60"):
        card([("asks", ("what first, and why?", "who decides?")), ("gaps", ("no next step", "one place"))], out)
    assert out.getvalue() == "asks  what first, and why?\n      who decides?\ngaps  no next step, one place\n"


def test_a_promise_is_told_as_people_say_it() -> None:
    out = io.StringIO()
    told = Typed(("7 me 2026-11-03 send it", "12 them 2026-12-01 call, then write"), "promises")
    with environment(COLUMNS="60"):
        card([("followups", told)], out)
    assert out.getvalue() == (
        "followups  you, by 2026-11-03: send it [7]\n           they, by 2026-12-01: call, then write [12]\n"
    )


def test_a_card_in_a_very_narrow_terminal_puts_values_below_labels() -> None:
    out = io.StringIO()
    with environment(COLUMNS="20"):
        card([("introduced by", Typed("dana-whitfield", "Handle"))], out)
    assert out.getvalue() == "introduced by\n  dana-whitfield\n"


@rows("text", HOSTILE)
def test_cards_and_lines_are_harmless(text: str) -> None:
    out, once, twice = Screen(), Screen(), Screen()
    with environment(COLUMNS="40"):
        card([*row_pairs(hostile_row(text), Everything), ("bare", text), ("list", (text,))], out)
        write_lines([text], once)
        write_lines([text, text], twice)
    assert not dangers(uncoloured(out.getvalue() + twice.getvalue()))
    assert twice.getvalue() == once.getvalue() * 2
