"""P14 and P15: each kind of command and its undo from processes of their own, and undo where somebody else was quicker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from killed import connections, exported

from hasty import once

if TYPE_CHECKING:
    from forked import Warm

    from conftest import Spawn

pytest_plugins = ["warm"]


GIVEN = (
    "contact add 'Dana Whitfield' --circle inner --org Acme -t sre --note 'old words' --email d@example.com",
    "contact add 'Lena Ortiz' --alias Lenny --org Umbrella --note hers",
    "objective add 'New role' --client lena-ortiz",
    "group add tuesday --with dana-whitfield --with lena-ortiz",
    "log coffee with @dana-whitfield @lena-ortiz about hiring +new-role #sre --next 'send it by friday' --note words",
    "opportunity add 'SRE lead' --through lena-ortiz",
)


@pytest.fixture
def journal(warm: Warm) -> Path:
    """A journal whose Dana and Lena have all that a command could lose."""

    def make() -> None:
        for line in GIVEN:
            assert warm(line).ok

    return once(Path(warm.environment["NETJ_DB"]), make)


COMMANDS = (
    "contact delete dana-whitfield --yes",
    "interaction delete 1",
    "group delete tuesday",
    "contact edit dana-whitfield --note 'new words' --org Globex -t x --email ''",
    "contact rename dana-whitfield 'Dana Ames'",
    "objective edit new-role --client '' --why because",
    "amend 1 'lunch about rent' -x new-role",
    "contact merge dana-whitfield lena-ortiz",
    "org merge Acme Umbrella",
    "import linkedin {file}",
)


def test_undo_gives_back_the_export_from_before(warm: Warm, journal: Path, tmp_path: Path) -> None:
    before, file = exported(journal), connections(tmp_path, 3)
    for command in COMMANDS:
        assert warm(command.format(file=file)).ok
        assert exported(journal) != before, command
        assert warm("undo").ok
        assert exported(journal) == before, command


def test_a_spawned_undo_takes_back_what_another_process_did(spawn: Spawn, warm: Warm, journal: Path) -> None:
    before = exported(journal)
    assert warm("contact delete dana-whitfield --yes").ok
    assert spawn("undo").ok
    assert exported(journal) == before


def test_what_another_process_changed_since_is_not_undone_and_both_versions_are_shown(
    warm: Warm, journal: Path
) -> None:
    assert warm("contact edit dana-whitfield --note 'mine words' --location Oslo").ok
    (mine, *_) = warm("changes -f json").rows
    assert warm("contact edit dana-whitfield --note 'their words'").ok
    before = exported(journal)
    ended = warm(f"undo {mine['action']} -f json")
    assert ended.code == 4
    assert json.loads(ended.stdout) == [
        {"record": "contact dana-whitfield", "field": "note", "then": "mine words", "now": "their words"}
    ]
    # Both versions are the answer; the message that may go to a log has no word of either.
    assert "words" not in ended.stderr
    assert exported(journal) == before


def test_three_who_undo_at_once_take_back_three_actions_and_none_twice(warm: Warm, journal: Path) -> None:
    states = []
    for name in ("Ana", "Ben", "Cai"):
        states.append(exported(journal))
        assert warm(f"contact add {name}").ok
    whole = exported(journal)
    ended = [one for lane in warm.lanes([["undo -f json"]] * 3) for one in lane]
    assert len({one.rows[0]["action"] for one in ended}) == 3
    assert exported(journal) == states[0]
    for later in [*states[1:], whole]:
        assert warm("redo").ok
        assert exported(journal) == later
