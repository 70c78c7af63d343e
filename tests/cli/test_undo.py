"""`netj undo`: step by step back to the beginning, and forward again by doing something new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def path(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    story.quicken(monkeypatch)
    return Path(environment["NETJ_DB"])


def test_undo_walks_back_through_a_whole_story(netj: Netj) -> None:
    exports = []
    for command in story.COMMANDS:
        exports.append(netj("export").ok.stdout)
        assert netj(command, stdin=story.CONNECTIONS).ok
    for command, before in zip(reversed(story.COMMANDS), reversed(exports), strict=True):
        (receipt,) = netj("undo -f json").rows
        assert receipt["command"].split()[0] == command[0]
        assert receipt["on"] == "2026-11-23"
        assert receipt["change_count"] > 0
        # The very first made the journal, which now has a uid.
        assert netj("export").ok.stdout.split("\n", 1)[1] == before.split("\n", 1)[1]
    assert netj("undo")[:2] == (3, "")


def test_after_an_undo_a_new_action_is_what_the_next_undo_takes(netj: Netj) -> None:
    for name in ("Ann", "Bob"):
        assert netj(["contact", "add", name]).ok
    assert netj("undo").ok
    assert netj("contact add Cy").ok
    assert netj("undo -f json").rows[0]["action"] == 4
    assert netj("undo -f json").rows[0]["action"] == 1
    assert netj("contact list -f json").rows == []
    assert netj("undo").code == 3


def test_what_changed_nothing_is_no_step(netj: Netj) -> None:
    assert netj("contact add Ann").ok
    before = netj("export").ok.stdout
    assert netj("contact edit ann").ok
    assert netj("log nobody").code == 3
    assert netj("due").ok
    assert netj("import linkedin - --dry-run", stdin=story.CONNECTIONS).ok
    assert netj("export").ok.stdout == before
    assert netj("undo -f json").rows[0]["command"] == "contact add"


def test_there_is_nothing_to_undo_in_a_new_journal(netj: Netj) -> None:
    code, out, err = netj("undo")
    assert (code, out) == (3, "")
    assert err == "netj: There is nothing to undo.\n"
