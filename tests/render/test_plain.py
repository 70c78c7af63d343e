"""Text made harmless, for a terminal, a list, a file."""

from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st
from render_samples import HOSTILE, TEXTS, dangers

from netjournal.render.console import terminal_text
from netjournal.render.plain import blank_breaks, emit, escape_unseen, flat, sanitise
from rows import rows


@rows("text", HOSTILE)
def test_no_hostile_text_keeps_a_character_that_a_terminal_acts_on(text: str) -> None:
    assert not dangers(sanitise(text), allowed="")


@given(st.text(st.characters()))
def test_no_text_at_all_keeps_a_character_that_a_terminal_acts_on(text: str) -> None:
    assert not dangers(sanitise(text), allowed="")


@rows(
    ("text", "shown"),
    [
        ("Dana", "Dana"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b\x7f\x00\t", "\\x9b\\x7f\\x00\\x09"),
        ("a\nb\r\nc\rd", "a⏎b⏎c\\x0dd"),
        ("\u202e\u2066\u200b\ufeff\u2028\U000e0041\ud800", "\ufffd" * 7),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("山田\u00a0太郎", "山田\u00a0太郎"),
    ],
)
def test_what_is_harmful_is_shown_as_what_it_is(text: str, shown: str) -> None:
    assert sanitise(text) == shown


def test_a_newline_may_be_kept_or_named() -> None:
    assert sanitise("a\nb\x07", newline="\n") == "a\nb\\x07"
    assert sanitise("a\nb", newline=" / ") == "a / b"


@given(TEXTS)
def test_escaped_json_is_harmless_and_reads_back_exactly(text: str) -> None:
    escaped = escape_unseen(json.dumps(text, ensure_ascii=False))
    assert not dangers(escaped, allowed="")
    assert json.loads(escaped) == text


def test_every_kind_of_line_end_becomes_one_blank() -> None:
    assert blank_breaks("a\tb\r\nc\vd\x85e\u2028f\x1cg") == "a b c d e f g"


def test_a_flat_value_follows_the_documented_joins() -> None:
    assert flat(("a;b", "c")) == "a,b;c"
    assert flat({"late": 0.5, "x;y": 1.0}) == "late=0.5;x,y=1.0"
    assert [flat(None), flat(True), flat(False), flat(0.1), flat(7)] == ["", "true", "false", "0.1", "7"]


@rows("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "utf-16"])
@rows("text", HOSTILE)
def test_no_encoding_stops_an_answer(encoding: str, text: str) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    emit(out, text)
    emit(out, terminal_text(text, out))
    out.flush()
