"""The progress bar: one line on stderr, drawn fifty times at most, that leaves nothing behind."""

from __future__ import annotations

import io
import sys
from unittest.mock import patch

from netjournal.render.progress import progress
from rows import rows

SIZE = 10 << 20


def drawn(*, encoding: str = "utf-8", columns: str = "80", size: int = SIZE, shown: bool = True) -> list[str]:
    """The lines that were drawn one over the other while a file was read."""
    raw = io.BytesIO()
    err = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    with patch.object(sys, "stderr", err), patch.dict("os.environ", {"COLUMNS": columns}):
        with progress("Reading", size, shown=shown) as advance:
            for _ in range(size >> 12):
                if advance is not None:
                    advance(1 << 12)
        return raw.getvalue().decode(encoding).split("\r")[1:]


def test_a_long_reading_draws_fifty_lines_and_wipes_it() -> None:
    lines = drawn()
    assert len(lines) == 51 + 2
    assert lines[25].rstrip() == f"Reading {'━' * 20}{'─' * 20}  50% of 10 MB"
    assert lines[-2:] == [" " * 79, ""]


@rows("columns", ["12", "25", "40"])
def test_a_narrow_line_has_a_shorter_bar_or_none(columns: str) -> None:
    assert {len(line) for line in drawn(columns=columns)[:-1]} == {int(columns) - 1}


def test_ascii_has_other_marks_and_what_is_short_or_not_on_a_terminal_none() -> None:
    assert "#-" in drawn(encoding="ascii")[25]
    assert drawn(size=1 << 20) == drawn(shown=False) == []
