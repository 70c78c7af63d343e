"""Tables on a terminal: widths, colours, and what is left out where room lacks."""

from __future__ import annotations

import io
from datetime import date
from typing import Any, NamedTuple, Optional
from unittest import mock

from hypothesis import given, settings
from render_samples import (
    FIELDS,
    HOSTILE,
    ROWS,
    Everything,
    Screen,
    dangers,
    environment,
    hostile_row,
    screen_of,
    text_of,
    uncoloured,
)
from rich.cells import cell_len

from netjournal.domain import words
from netjournal.render import table
from netjournal.render.card import card, row_pairs, write_lines
from netjournal.render.cells import LOOKS, STANDING_STYLES, kind_of, kinds
from rows import rows
from tries import tries

HOSTILE_ROWS = [hostile_row(text) for text in HOSTILE]
DUE = ("from", "note", "standing", "amount", "last_on", "objectives", "lateness")


def due(handle: str, why: str, standing: words.Standing) -> Everything:
    """A row as the daily list has it."""
    row = hostile_row("x")._replace(from_=words.Handle(handle), note=words.Prose(why), standing=standing)
    return row._replace(objectives=(words.Key("platform-role"),))


DUE_ROWS = [
    due("dana-whitfield", "three weeks late; you promised an intro by Friday", "overdue"),
    due("priya-natarajan", "due today", "due"),
]


@settings(max_examples=tries(15), deadline=None)
@given(ROWS)
def test_a_table_holds_no_control_without_colour_and_only_our_styles_with_it(rows: list[Everything]) -> None:
    with environment(COLUMNS="120"):
        assert not dangers(text_of(rows, "table"))
        assert not dangers(uncoloured(screen_of(rows, "table")))


@rows("width", [12, 40, 80, 200])
@rows("options", [{}, {"columns": DUE}, {"fields": FIELDS}, {"fields": ("note",), "title": "字" * 70}])
@rows("rich_rows", [200, 0])
def test_no_line_is_wider_than_the_terminal(width: int, options: dict[str, Any], rich_rows: int) -> None:
    with environment(COLUMNS=str(width)), mock.patch.object(table, "MOST_RICH_ROWS", rich_rows):
        text = uncoloured(screen_of(HOSTILE_ROWS, "table", **options))
    assert max(cell_len(line) for line in text.split("\n")) <= width


@settings(max_examples=tries(15), deadline=None)
@given(ROWS)
def test_no_line_of_any_rows_is_wider_than_the_terminal(rows: list[Everything]) -> None:
    with environment(COLUMNS="80"):
        for options in ({"columns": DUE}, {"fields": FIELDS}):
            text = text_of(rows, "table", **options)
            assert max(cell_len(line) for line in text.split("\n")) <= 80


@settings(max_examples=tries(15), deadline=None)
@given(ROWS)
def test_a_long_table_has_the_same_text_as_a_short_one(rows: list[Everything]) -> None:
    for options in ({"columns": DUE}, {"fields": FIELDS}, {"fields": ("note", "from"), "header": False}):
        with environment(COLUMNS="80"):
            rich = text_of(rows, "table", **options)
            with mock.patch.object(table, "MOST_RICH_ROWS", -1):
                plain = text_of(rows, "table", **options)
        assert bare(plain) == bare(rich)


def bare(text: str) -> list[str]:
    """Lines without the blanks at their ends."""
    return [line.rstrip(" ") for line in text.split("\n")]


def test_more_than_200_rows_are_set_without_rich() -> None:
    with environment(COLUMNS="80"), mock.patch.object(table, "_rich_table", side_effect=AssertionError):
        text = screen_of(DUE_ROWS * 101, "table", columns=("from", "standing"))
    assert len(text.splitlines()) == 204
    assert "\x1b" not in text


@rows("quiet", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_and_dumb_terminals_get_no_escape_at_all(quiet: dict[str, str]) -> None:
    with environment(COLUMNS="60", **quiet):
        text = screen_of(DUE_ROWS, "table", columns=DUE, title="Today")
        out = Screen()
        card(row_pairs(DUE_ROWS[0], Everything), out)
    assert "\x1b" not in text + out.getvalue()
    assert max(map(len, text.splitlines())) <= 60


def test_a_standing_is_coloured_and_still_a_word() -> None:
    with environment(COLUMNS="80"):
        text = screen_of(DUE_ROWS, "table", columns=("from", "standing"))
    assert "\x1b[31moverdue" in text
    assert "\x1b[33mdue" in text
    assert {style for style in STANDING_STYLES.values() if style != "dim"} <= {"red", "yellow", "green"}


def test_a_narrow_table_leaves_columns_out_from_the_right_and_cuts_no_text() -> None:
    with environment(COLUMNS="40"):
        narrow = text_of(DUE_ROWS, "table", columns=DUE)
    assert narrow.splitlines()[0].split() == ["from", "note"]
    assert "dana-whitfield" in narrow
    assert "…" not in narrow
    with environment(COLUMNS="80"):
        assert text_of(DUE_ROWS, "table", columns=DUE).splitlines()[0].split()[:3] == ["from", "note", "standing"]


@rows(
    ("width", "left"),
    [
        (90, ["id", "on", "kind", "through", "title", "stage"]),
        (70, ["id", "on", "kind", "through", "title"]),
        (62, ["id", "on", "through", "title"]),
        (44, ["id", "on", "kind", "through", "title"]),  # the title below the rest
        (35, ["id", "on", "through", "title"]),
        (22, ["id", "through", "title"]),
    ],
)
def test_who_and_what_stay_longest_and_then_when(width: int, left: list[str]) -> None:
    names = ("id", "on", "kind", "through", "title", "stage")
    kinds_ = ("int", "date", "str", "Handle", "Prose", "str")
    row = (7, date(2026, 11, 3), "interview", "dana-whitfield", "A talk on incident reviews at the meetup", "talking")
    out = io.StringIO()
    with environment(COLUMNS=str(width)):
        table.write_table([row], names, kinds_, out, header=True, title=None, whole=False)
    told = out.getvalue()
    assert told.partition("─")[0].split() == left
    assert max(map(len, told.splitlines())) <= width
    assert "dana-whitfield" in told


@rows("rich_rows", [0, 200])
def test_a_text_without_room_beside_the_rest_stands_below_it(rich_rows: int) -> None:
    names = ("id", "text", "by", "name")
    kinds_ = ("int", "Prose", "date", "Prose")
    rows = [
        (11, "send the salary range", date(2026, 11, 25), "Łukasz Zieliński"),
        (7, "send her the plan for the first ninety days", None, "Priya Nair"),
    ]
    out = io.StringIO()
    with environment(COLUMNS="40"), mock.patch.object(table, "MOST_RICH_ROWS", rich_rows):
        table.write_table(rows, names, kinds_, out, header=True, title=None, whole=False)
    assert bare(out.getvalue().rstrip("\n")) == [
        "id  by          name",
        "    text",
        "─" * 40,
        "11  2026-11-25  Łukasz Zieliński",
        "    send the salary range",
        " 7  -           Priya Nair",
        "    send her the plan for the first",
        "    ninety days",
    ]


@rows("rich_rows", [0, 200])
def test_who_and_when_without_room_are_told_below_with_their_labels(rich_rows: int) -> None:
    names = ("key", "title", "status", "client", "by", "neglected")
    kinds_ = ("Key", "Prose", "str", "Handle", "date", "bool")
    rows = [
        ("rosa-moves-to-product", "Rosa moves to product", "active", "rosa-lindqvist", date(2027, 3, 31), True),
        ("speaking", "Speak at a conference", "dropped", None, None, False),
    ]
    out = io.StringIO()
    with environment(COLUMNS="40"), mock.patch.object(table, "MOST_RICH_ROWS", rich_rows):
        table.write_table(rows, names, kinds_, out, header=True, title=None, whole=False)
    assert bare(out.getvalue().rstrip("\n"))[2:] == [
        "─" * 40,
        "rosa-moves-to-product  active",
        "  Rosa moves to product",
        "  client rosa-lindqvist, by 2027-03-31",
        "speaking               dropped",
        "  Speak at a conference",
    ]


def test_terms_that_were_asked_for_stay_in_a_narrow_table() -> None:
    row = ("Łukasz Zieliński", "you promised, due 2 days ago", 5.032, {"promise": 3.943, "objective": 1.089})
    out = io.StringIO()
    with environment(COLUMNS="40"):
        names, kinds_ = ("name", "why", "score", "terms"), ("Prose", "Prose", "float", "terms")
        table.write_table([row], names, kinds_, out, header=True, title=None, whole=False)
    assert "promise 3.943" in out.getvalue()
    assert "\n  you promised, due 2 days ago" in out.getvalue()


@rows(("width", "whole"), [(80, True), (60, False)])
def test_a_key_is_whole_where_it_takes_less_than_half_of_the_line(width: int, whole: bool) -> None:
    key = "lead-a-group-that-others-like-to-join"
    row = (7, "Priya Nair", "the first ninety days at Halden, and what she would stop", (key, "x"))
    out = io.StringIO()
    with environment(COLUMNS=str(width)):
        table.write_table(
            [row], ("id", "with", "about", "supports"), ("int", "Prose", "Prose", "references"), out,
            header=True, title=None, whole=False,
        )  # fmt: skip
    assert (f"{key}," in out.getvalue()) is whole
    assert whole or "supports" not in out.getvalue()


def test_fields_that_do_not_fit_become_a_card_each_with_nothing_left_out() -> None:
    with environment(COLUMNS="40"):
        text = text_of(DUE_ROWS, "table", fields=FIELDS)
    for field in FIELDS:
        assert sum(line.startswith(field.replace("_", " ") + " ") for line in text.splitlines()) == 2
    assert text.count("\n\n") == 1


def test_an_ascii_terminal_gets_an_ascii_table_without_vertical_lines() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    with environment(COLUMNS="60"):
        table.write_table(
            [("Zoë\nx 田 Łukasz’s…", 3)], ("name", "amount"), ("str", "int"), out, header=True, title=None, whole=False
        )
    out.flush()
    head, rule, row = raw.getvalue().decode("ascii").splitlines()
    assert (head.split(), set(rule), row.split()) == (
        ["name", "amount"],
        {"-"},
        ["Zoe", "/", "x", "?", "Lukasz's...", "3"],
    )


def test_numbers_stand_to_the_right_and_an_absent_day_is_a_dash() -> None:
    rows = [hostile_row("x")._replace(amount=n, lateness=n / 3) for n in (5, 12345)]
    with environment(COLUMNS="80"):
        text = text_of(rows, "table", fields=("amount", "lateness", "last_on", "uid", "flag")).splitlines()
    assert text[2].rstrip() == "     5     1.667  -        01234567  yes"
    assert text[3].rstrip() == " 12345  4115.000  -        01234567  yes"


def test_lines_are_broken_between_words_on_a_terminal_alone() -> None:
    told = ["First: Søren, seven days past due; new", "  - item of 田中 葵 that goes on"]
    on_screen, in_pipe = Screen(), io.StringIO()
    with environment(COLUMNS="20"):
        write_lines(told, on_screen)
        write_lines(told, in_pipe)
    assert on_screen.getvalue() == (
        "First: Søren, seven\n  days past due; new\n  - item of 田中 葵\n    that goes on\n"
    )
    assert in_pipe.getvalue() == "\n".join(told) + "\n"


class Evaluated(NamedTuple):
    maybe: Optional[date]  # noqa: UP045
    terms: dict[str, float] | None


@rows(
    ("note", "kind"),
    [
        ("Handle", "Handle"),
        ("words.Handle | None", "Handle"),
        ("datetime.date | None", "date"),
        ("Optional[Prose]", "Prose"),
        ("tuple[Key, ...]", "references"),
        ("tuple[str, ...]", "list"),
        ("dict[str, float]", "terms"),
        ("Literal['a', 'b']", "str"),
        ("complex", "str"),
        (words.Uid, "Uid"),
        (words.Standing, "Standing"),
        (words.Standing | None, "Standing"),
        (words.Handle | None, "Handle"),
        (tuple[words.Handle, ...], "references"),
        (tuple[str, ...] | None, "list"),
        (date | None, "date"),
        (bool, "bool"),
    ],
)
def test_an_annotation_names_its_kind_evaluated_or_not(note: object, kind: str) -> None:
    assert kind_of(note) == kind


def test_every_field_of_a_row_has_a_look() -> None:
    assert set(kinds(Everything)) == set(LOOKS) - {"Key"}
    assert kind_of("Key") == "Key"
    assert kinds(Evaluated) == ("date", "terms")
