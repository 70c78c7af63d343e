"""Values that cannot be stored: refused in words that say what can be, and not a byte of the journal is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from forked import state

from rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forked import Warm

    from conftest import Netj

pytest_plugins = ["warm"]

NAMES = {
    "empty": ("", "is empty"),
    "blank": ("   ", "is empty"),
    "tabs and line ends": ("\t\n\r", "is empty"),
    "zero-width": ("\u200b\u200d\ufeff", "is empty"),
    "a filler that shows nothing": ("\u3164", "is empty"),
    "10,000 characters": ("x" * 10_000, "the limit is 200"),
    "201 characters": ("y" * 201, "the limit is 200"),
}
#: Each place where a name is typed, as words with `{}` for the name.
PLACES = [
    ["contact", "add", "{}"],
    ["contact", "rename", "dana-whitfield", "{}"],
    ["objective", "add", "{}"],
    ["circle", "add", "{}", "--every", "2w"],
    ["group", "add", "{}"],
]
#: Options where an empty text has a meaning: it clears.
CLEARING = [
    ["contact", "add", "Ana Aru", "--alias", "{}"],
    ["contact", "add", "Ana Aru", "--title", "{}"],
    ["contact", "edit", "dana-whitfield", "--org", "{}"],
]
DAYS = ["2026-02-30", "31.12.2026", "", "99999-01-01", "soonish", "0000-01-01", "-1", "١٢"]
#: Each place where a day is typed.
DAY_PLACES = [
    ["log", "@dana-whitfield", "--on", "{}"],
    ["log", "@dana-whitfield", "--next", "send CV", "--by", "{}"],
    ["keep", "dana-whitfield", "--every", "3w", "--last", "{}"],
    ["followup", "add", "send CV", "--by", "{}"],
]


@pytest.fixture(autouse=True)
def untouched(netj: Netj, environment: dict[str, str]) -> Iterator[Path]:
    """A journal with Dana in it, which is the same to the byte when the test is over."""
    assert netj("contact add 'Dana Whitfield'").ok
    path = Path(environment["NETJ_DB"])
    before = state(path.parent)
    yield path
    assert state(path.parent) == before


@rows("what", NAMES)
def test_a_name_that_is_none_is_refused_wherever_one_is_typed(what: str, netj: Netj) -> None:
    name, words = NAMES[what]
    for place in [*PLACES, *(CLEARING if name else [])]:
        ended = netj([word.replace("{}", name) for word in place])
        assert (place, ended.code, ended.stdout) == (place, 2, "")
        assert words in ended.stderr, place
        assert len(ended.stderr) < 300, place


def test_a_name_of_bytes_that_are_no_text_is_refused(warm: Warm) -> None:
    ended = warm(["contact", "add", "caf\udce9"])
    assert (ended.code, ended.stdout) == (2, "")
    assert "UTF-8" in ended.stderr


def test_a_process_of_its_own_refuses_a_name_as_this_one_does(netj: Netj, warm: Warm) -> None:
    words = ["contact", "add", "x" * 10_000]
    assert warm(words)[:3] == netj(words)


def test_a_note_of_five_megabytes_is_refused(netj: Netj) -> None:
    note = "secret " * 800_000
    for place in (
        ["log", "@dana-whitfield", "--note"],
        ["contact", "add", "Ana Aru", "--note"],
        ["contact", "edit", "dana-whitfield", "--note"],
    ):
        ended = netj([*place, note])
        assert (place, ended.code, ended.stdout) == (place, 2, "")
        assert "the limit is 100,000" in ended.stderr
        assert "secret" not in ended.stderr


def test_a_summary_or_promise_that_is_too_long_is_refused(netj: Netj) -> None:
    for words in (["log", "@dana-whitfield", "about", "x" * 5000], ["log", "@dana-whitfield", "--next", "x" * 5000]):
        ended = netj(words)
        assert (ended.code, ended.stdout) == (2, "")
        assert "the limit is 2,000" in ended.stderr


@rows("day", DAYS)
def test_a_day_that_is_none_is_refused_with_the_forms_that_are(day: str, netj: Netj) -> None:
    for place in DAY_PLACES:
        ended = netj([word.replace("{}", day) for word in place])
        assert (place, ended.code, ended.stdout) == (place, 2, "")
        assert "2026-11-13" in ended.stderr or "13 Nov" in ended.stderr, (place, ended.stderr)


def test_a_day_that_can_mean_two_is_refused_with_both(netj: Netj) -> None:
    for place in DAY_PLACES:
        ended = netj([word.replace("{}", "05/06/2026") for word in place])
        assert (place, ended.code, ended.stdout) == (place, 2, "")
        assert "2026-06-05" in ended.stderr
        assert "2026-05-06" in ended.stderr


def test_a_day_to_come_is_refused_for_what_happened(netj: Netj) -> None:
    for place in (DAY_PLACES[0], DAY_PLACES[2]):
        ended = netj([word.replace("{}", "2026-11-24") for word in place])
        assert (place, ended.code, ended.stdout) == (place, 2, "")
