"""Processes that are killed: what they acknowledged is there, once, and what they did is there whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from killed import ADD, IN_COMMIT, connections, damage, exported, killed_logs, spread, usual

from hasty import once

if TYPE_CHECKING:
    from forked import Warm

pytest_plugins = ["warm"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills")


@pytest.fixture
def journal(warm: Warm) -> Path:
    """A journal with Dana and one log in it."""

    def make() -> None:
        assert warm(ADD).ok
        assert warm("log coffee with Dana about the first").ok

    return once(Path(warm.environment["NETJ_DB"]), make)


def test_of_sixty_logs_killed_at_random_moments_what_was_acknowledged_is_there_once(warm: Warm, journal: Path) -> None:
    moments = [*spread(60, 1.6 * usual(warm, "log coffee with Dana", 2)), *[None] * 6]
    found = killed_logs(warm, journal, moments, lanes=2)
    assert (found.lost, found.doubled) == ((), ())
    assert found.killed >= 6
    assert found.acknowledged >= 6
    assert damage(journal) == []


def test_of_thirty_logs_that_end_within_their_commit_none_is_there_by_half(warm: Warm, journal: Path) -> None:
    found = killed_logs(warm, journal, [None] * 30, lanes=2, before=IN_COMMIT.format(seconds=2e-4))
    assert (found.lost, found.doubled) == ((), ())
    assert found.killed >= 10
    assert damage(journal) == []
    assert warm("log coffee with Dana").ok


def test_an_import_that_is_killed_is_there_whole_or_not_at_all(warm: Warm, journal: Path, tmp_path: Path) -> None:
    command = ["import", "linkedin", str(connections(tmp_path, 40))]
    before, contacts = exported(journal), 41
    seconds = warm(command).ok.seconds
    assert warm("undo").ok
    for moment in spread(6, 1.2 * seconds):
        ((ended,),) = warm.lanes([[command]], kills=[[moment]])
        assert not (ended.stdout and exported(journal) == before)
        if exported(journal) != before:
            assert len(warm("contact list -f json").rows) == contacts
            assert warm("undo").ok
        assert exported(journal) == before
        assert damage(journal) == []


def test_an_undo_that_is_killed_has_undone_all_or_nothing(warm: Warm, journal: Path, tmp_path: Path) -> None:
    before = exported(journal)
    assert warm(["import", "linkedin", str(connections(tmp_path, 40))]).ok
    after = exported(journal)
    seconds = warm("undo").ok.seconds
    for moment in spread(6, 1.2 * seconds):
        if exported(journal) == before:
            assert warm("redo").ok
        assert exported(journal) == after
        ((ended,),) = warm.lanes([["undo"]], kills=[[moment]])
        assert exported(journal) == before if ended.stdout else exported(journal) in (before, after)
        assert damage(journal) == []


def test_a_first_run_that_is_killed_leaves_a_journal_or_none(warm: Warm, tmp_path: Path) -> None:
    for n, moment in enumerate(spread(4, 1.2 * warm(ADD).ok.seconds)):
        place = tmp_path / str(n) / "journal.db"
        ((ended,),) = warm.lanes([[ADD]], kills=[[moment]], env={"NETJ_DB": str(place)})
        rows = warm("contact list -f json", env={"NETJ_DB": str(place)}).rows
        assert len(rows) == 1 if ended.stdout else len(rows) <= 1
        if not rows:
            assert warm(ADD, env={"NETJ_DB": str(place)}).ok
        assert damage(place) == []


def test_a_text_written_in_an_editor_survives_a_kill_of_the_commit(warm: Warm, journal: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\necho 'coffee with Dana about a long evening' > \"$1\"\n")
    editor.chmod(0o700)
    at_once = "import os\n" + IN_COMMIT.replace(
        "signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-6, {seconds}))", "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = warm("log -e", env={"EDITOR": str(editor)}, before=at_once)
    assert (ended.code, ended.stdout) == (-signal.SIGKILL, "")
    (draft,) = (journal.parent / "drafts").iterdir()
    assert draft.read_text().startswith("coffee with Dana about a long evening\n")
    assert len(warm("interaction list -f json").rows) == 1


def test_a_spawned_log_that_is_killed_at_its_receipt_is_there_and_one_killed_earlier_is_not(
    warm: Warm, journal: Path
) -> None:
    program = [sys.executable, "-m", "netjournal", "log"]
    with subprocess.Popen(
        [*program, "coffee with Dana about two"], env=warm.environment, stdout=subprocess.PIPE
    ) as acknowledged:
        assert acknowledged.stdout is not None
        assert acknowledged.stdout.read(1)
        os.kill(acknowledged.pid, signal.SIGKILL)
    with subprocess.Popen([*program, "coffee with Dana about three"], env=warm.environment) as early:
        os.kill(early.pid, signal.SIGKILL)
    assert [row["summary"] for row in warm("interaction list -f json").rows] == ["two", "the first"]
    assert damage(journal) == []
