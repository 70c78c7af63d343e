"""Lines broken between words, and how wide a terminal is."""

from __future__ import annotations

import io

import pytest

from netjournal.render.console import hung, make_console
from netjournal.render.width import DEFAULT_WIDTH, LEAST_WIDTH, width_of, wrapped
from rows import rows


@rows(
    ("line", "hang", "lines"),
    [
        ("", 0, [""]),
        ("fits in 12", 2, ["fits in 12"]),
        ("one two three four", 0, ["one two", "three four"]),
        ("one two three four", 2, ["one two", "  three four"]),
        ("  one two three", 0, ["  one two", "  three"]),
        ("  one two three", 2, ["  one two", "    three"]),
        ("one    two    three", 0, ["one    two", "three"]),
        ("see /a/long/path/to/copy now", 2, ["see", "  /a/long/path/to/copy", "  now"]),
        ("田中 さくら 東京", 0, ["田中 さくら", "東京"]),
    ],
)
def test_a_line_is_broken_between_words_by_the_cells_they_take(line: str, hang: int, lines: list[str]) -> None:
    assert wrapped(line, 12, hang) == lines


@pytest.mark.parametrize(
    ("columns", "width"),
    [("40", 40), ("1", LEAST_WIDTH), ("0", DEFAULT_WIDTH), ("-3", DEFAULT_WIDTH), ("9" * 5000, DEFAULT_WIDTH)],
)
def test_columns_that_are_no_width_are_passed_over(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("os.get_terminal_size", lambda _: (_ for _ in ()).throw(OSError))
    assert width_of(io.StringIO()) == width


def test_a_link_that_is_broken_twice_has_no_blank_in_it() -> None:
    link = f"https://example.com/{'path' * 15}"
    lines = hung(make_console(io.StringIO()), f"see {link} now", 24, 2)
    assert max(map(len, lines)) <= 24
    assert "".join([line.removeprefix("  ") for line in lines]).removeprefix("see").removesuffix(" now") == link
