"""The page on performance tells the last result that is kept beside the benchmarks, and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

import page

PAGE = (Path(__file__).parents[1] / "docs" / "explanation" / "performance.md").read_text(encoding="utf-8")
RECORD = json.loads(page.LAST.read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", ["costs", "growth", "floors", "memory"])
def test_a_table_of_the_page_is_the_last_result(table: str) -> None:
    assert page.tables(RECORD)[table] in PAGE


def test_the_page_names_the_machine_and_whatever_missed_its_bound() -> None:
    assert RECORD["machine"] in " ".join(PAGE.split())
    for line in RECORD["lines"]:
        if line["met"] is False:
            assert f"**{line['ratio']:.2f}**" in PAGE, line["command"]
