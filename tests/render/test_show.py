"""The same rows in every format."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from render_samples import (
    FIELDS,
    HOSTILE,
    ROWS,
    Everything,
    dangers,
    environment,
    hostile_row,
    screen_of,
    text_of,
    uncoloured,
)

from netjournal.errors import UsageError
from netjournal.render.markdown import escape
from netjournal.render.plain import blank_breaks, field_names, flat
from netjournal.render.show import FORMATS, pick_fields, show
from netjournal.reports.interactions import InteractionRow
from netjournal.reports.objectives import ObjectiveRow
from rows import rows
from tries import tries

HOSTILE_ROWS = [hostile_row(text) for text in HOSTILE]


def as_json(row: Everything) -> dict[str, Any]:
    values = [value.isoformat() if isinstance(value, date) else value for value in row]
    listed = [list(value) if isinstance(value, tuple) else value for value in values]
    return dict(zip(FIELDS, listed, strict=True))


@settings(max_examples=tries(25))
@given(ROWS)
def test_json_and_ndjson_read_back_the_same_values(rows: list[Everything]) -> None:
    wanted = [as_json(row) for row in rows]
    text, lines = text_of(rows, "json"), text_of(rows, "ndjson")
    assert json.loads(text) == wanted
    assert [json.loads(line) for line in lines.splitlines()] == wanted
    assert lines.isascii()
    assert not dangers(text)
    assert [list(item) for item in json.loads(text)] == [list(FIELDS)] * len(rows)


@settings(max_examples=tries(25))
@given(ROWS)
def test_csv_reads_back_the_same_values_but_for_the_joins(rows: list[Everything]) -> None:
    read = list(csv.reader(io.StringIO(text_of(rows, "csv"), newline=""), strict=True))
    assert read == [list(FIELDS), *[[flat(value) for value in row] for row in rows]]


@settings(max_examples=tries(25))
@given(ROWS)
def test_tsv_has_one_line_a_row_and_one_tab_between_fields(rows: list[Everything]) -> None:
    lines = text_of(rows, "tsv").removesuffix("\n").split("\n")
    assert [line.count("\t") for line in lines] == [len(FIELDS) - 1] * (len(rows) + 1)
    assert "\n".join(lines).splitlines() == lines
    assert lines[1:] == ["\t".join(blank_breaks(flat(value)) for value in row) for row in rows]


@settings(max_examples=tries(25))
@given(ROWS)
def test_every_format_holds_the_same_rows_and_fields(rows: list[Everything]) -> None:
    with environment(COLUMNS="9999"):
        table = text_of(rows, "table", fields=FIELDS).splitlines()
    md = text_of(rows, "md").splitlines()
    assert len(md) == len(rows) + 2
    assert md[0] == "| " + " | ".join(FIELDS) + " |"
    assert len(table) == (len(rows) + 2 if rows else 0)
    if rows:
        places = [table[0].find(field.replace("_", " ")) for field in FIELDS]
        assert -1 not in places
        assert places == sorted(places)


@settings(max_examples=tries(25))
@given(ROWS)
def test_stored_text_becomes_no_markup_in_markdown(rows: list[Everything]) -> None:
    text = text_of(rows, "md")
    assert not dangers(text)
    assert_only_a_table(text, len(rows))


@rows("row", HOSTILE_ROWS)
def test_no_hostile_text_becomes_markup_in_markdown(row: Everything) -> None:
    text = text_of([row], "md")
    assert_only_a_table(text, 1)
    assert "s://" not in text
    assert "www." not in text


@rows(
    ("text", "escaped"),
    [
        ("a|b\\", "a\\|b\\\\"),
        ("![x](y)", "\\!\\[x\\](y)"),
        ("<b> &amp;", "&lt;b&gt; &amp;amp;"),
        ("*a* _b_ `c` ~d~ #1 $x$", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\#1 \\$x\\$"),
        ("https://a www.b", "https\\://a www\\.b"),
        ("two\nlines\t\x1b", "two lines \\\\x1b"),
    ],
)
def test_each_active_character_is_escaped_in_markdown(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def assert_only_a_table(text: str, rows: int) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    inner = {child.type for token in tokens for child in token.children or ()}
    assert inner <= {"text", "text_special"}
    assert sum(token.type == "tr_open" for token in tokens) == rows + 1
    assert sum(token.type == "td_open" for token in tokens) == rows * len(FIELDS)


@rows("form", FORMATS)
def test_empty_is_an_empty_array_or_just_the_header(form: str) -> None:
    header = {"csv": ",".join(FIELDS), "tsv": "\t".join(FIELDS), "json": "[]"}
    text = text_of([], form)
    if form == "md":
        assert text.splitlines()[0] == "| " + " | ".join(FIELDS) + " |"
    else:
        assert text == (header[form] + "\n" if form in header else "")


@rows("form", FORMATS)
def test_no_header_leaves_the_rows(form: str) -> None:
    row = hostile_row("plain")
    with environment(COLUMNS="999"):
        text = text_of([row], form, header=False)
    assert "plain" in text
    assert "last_on" not in text or form in ("json", "ndjson")
    assert len(text.splitlines()) == (1 if form != "json" else len(FIELDS) + 4)


@rows("form", FORMATS)
def test_fields_chooses_and_orders_in_every_format(form: str) -> None:
    row = hostile_row("Dana")._replace(on=date(2026, 11, 3))
    text = text_of([row], form, fields=("on", "from"))
    assert 0 <= text.index("2026-11-03") < text.index("Dana")
    assert "overdue" not in text


def test_columns_is_for_tables_only() -> None:
    row = hostile_row("Dana")
    assert "overdue" not in text_of([row], "table", columns=("from", "on"))
    assert "overdue" in text_of([row], "csv", columns=("from", "on"))
    assert "overdue" in text_of([row], "table", columns=("from", "on"), fields=("from", "standing"))


@rows("form", FORMATS)
def test_nothing_stored_reaches_a_terminal_as_a_control(form: str) -> None:
    with environment(COLUMNS="80"):
        text = uncoloured(screen_of(HOSTILE_ROWS, form))
    assert not dangers(text, allowed="\n\t" if form == "tsv" else "\n")


@rows("form", ["csv", "tsv"])
def test_a_pipe_gets_exact_values(form: str) -> None:
    assert "\x1b[31mred" in text_of(HOSTILE_ROWS, form)


@rows("encoding", ["ascii", "latin-1", "utf-8"])
@rows("form", FORMATS)
def test_no_format_fails_on_an_encoding(form: str, encoding: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    with environment(COLUMNS="80"):
        show(HOSTILE_ROWS, Everything, form, out)
    out.flush()
    text = raw.getvalue().decode(encoding)
    assert "Dana" in text
    if form in ("json", "ndjson"):
        items = json.loads(text) if form == "json" else [json.loads(line) for line in text.splitlines()]
        assert items == [as_json(row) for row in HOSTILE_ROWS]


def test_json_of_a_number_that_json_has_not_is_a_bug_that_shows() -> None:
    with pytest.raises(ValueError, match="JSON"):
        text_of([hostile_row("x")._replace(lateness=float("nan"))], "json")


def test_a_trailing_underscore_is_not_written() -> None:
    assert field_names(Everything) == FIELDS


def test_pick_fields_keeps_the_typed_order_once_each() -> None:
    assert pick_fields(Everything, None) is None
    assert pick_fields(Everything, " on, from,on,") == ("on", "from")


@rows("typed", ["last-on", "laston", "Last_on", "name,lats_on"])
def test_an_unknown_field_is_refused_with_the_nearest_and_all(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        pick_fields(Everything, typed)
    assert "'last_on'" in caught.value.sentence
    assert caught.value.hint == "Fields: " + ", ".join(FIELDS)


@rows(
    ("heading", "row_type", "field"),
    [
        ("with", InteractionRow, "contacts"),
        ("Supports", InteractionRow, "objectives"),
        ("about", InteractionRow, "summary"),
        ("lately", ObjectiveRow, "touch_count_30d"),
    ],
)
def test_a_heading_that_is_no_field_names_the_one_it_is_told_from(heading: str, row_type: Any, field: str) -> None:
    with pytest.raises(UsageError, match=f"^The heading '{heading}' is told from the field '{field}'.$"):
        pick_fields(row_type, heading)


@rows("typed", ["", " , ", "zzzzzz"])
def test_fields_that_name_nothing_are_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        pick_fields(Everything, typed)


HEAVY = {"rich", "csv", "json", "inspect", "dataclasses", "re", "dateutil", "sqlmodel", "typer"}


@rows(
    ("ask", "allowed"),
    [
        ("", set()),
        ("show(rows, Row, 'tsv', out)", set()),
        ("show(rows, Row, 'md', out)", set()),
        ("show(rows, Row, 'csv', out)", {"csv", "re"}),
        ("show(rows, Row, 'json', out)", {"json", "re"}),
        ("show(rows, Row, 'ndjson', out)", {"json", "re"}),
    ],
)
def test_a_machine_format_imports_only_what_it_uses(ask: str, allowed: set[str]) -> None:
    program = f"""
import sys, io, typing
before = set(sys.modules)
from netjournal.render.show import show
class Row(typing.NamedTuple):
    name: str
rows, out = [Row("a\\x1b\\n")], io.StringIO()
{ask}
print(*sorted({HEAVY!r} & (set(sys.modules) - before)))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    # `typing` itself may bring `re`, before us.
    assert set(ran.stdout.split()) <= allowed
