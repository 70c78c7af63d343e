"""The page of promises names every one of them, each with tests that there are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import planted
from rows import rows

TESTS: Final = Path(__file__).resolve().parent.parent
PAGE: Final = TESTS.parent / "docs" / "explanation" / "safety.md"
#: Each promise with what is said to prove it.
PROMISES: Final = dict(
    re.findall(r"^\| ([IP]\d+) \| [^|]+ \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
)


def test_every_invariant_and_every_fault_is_in_the_table() -> None:
    assert list(PROMISES) == [*(f"I{n}" for n in range(1, 10)), *(f"P{n}" for n in range(1, 29))]


@rows("promise", PROMISES)
def test_the_tests_that_prove_a_promise_are_there(promise: str) -> None:
    text = ""
    for file, name in re.findall(r"`([a-z_/]+\.py)?(?:::(test_\w+))?`", PROMISES[promise]):
        text = (TESTS / file).read_text(encoding="utf-8") if file else text
        assert f"def {name}(" in text if name else "def test_" in text, (file, name)
    assert text


def test_each_defect_to_plant_fits_the_code_and_every_invariant_has_one() -> None:
    source = TESTS.parent / "src" / "netjournal"
    assert [defect.what for defect in planted.DEFECTS if not planted.fits(defect, source)] == []
    assert {defect.promise for defect in planted.DEFECTS} == {f"I{n}" for n in range(1, 10)}
    assert [test for defect in planted.DEFECTS for test in defect.tests if not (TESTS / test).is_file()] == []
