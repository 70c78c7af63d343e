"""Readers of an answer that stop, pause or have no room: nobody else waits for them, and nothing is said twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hasty import once
from netjournal import store

if TYPE_CHECKING:
    from forked import Warm

pytest_plugins = ["warm"]
pytestmark = pytest.mark.skipif(not os.path.exists("/bin/sh"), reason="needs a POSIX shell")

#: More than any pipe holds.
PEOPLE = 1500
NOW = "2026-11-23T10:00:00Z"


@pytest.fixture
def journal(warm: Warm) -> Path:
    """A journal whose answers are longer than a pipe."""
    path = Path(warm.environment["NETJ_DB"])
    return once(path, lambda: fill(path))


def fill(path: Path) -> None:
    with store.writing(path, "fill", date(2026, 11, 23), NOW) as uow:
        added = {"circle_id": 1, "added_on": "2026-11-23", "changed_at": NOW, "note": "a long note " * 20}
        people = [
            {"uid": f"{n:032x}", "handle": f"person-{n}", "name": f"Person {n}", "name_key": f"person {n}", **added}
            for n in range(PEOPLE)
        ]
        uow.add_many("contact", people)
        told = {"on_day": "2026-11-20", "kind": "post", "direction": "out", "exposure": 1}
        calls = [{"id": n + 1, "uid": f"{n:032x}", "changed_at": NOW, "source": "log", **told} for n in range(PEOPLE)]
        uow.add_many("interaction", calls)
        uow.add_many("touch", [{"contact_id": n + 1, "interaction_id": n + 1, **told} for n in range(PEOPLE)])


def shell(script: str, environment: dict[str, str]) -> tuple[int, str, str]:
    full = script.replace("NETJ", f"'{sys.executable}' -m netjournal")
    done = subprocess.run(
        ["/bin/sh", "-c", full], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("command", ["export", "contact list -f csv", "contact list -f table", "due -f json"])
def test_a_reader_that_takes_one_line_and_goes_ends_the_answer_quietly(command: str, warm: Warm) -> None:
    code, out, err = shell(f"{{ NETJ {command}; echo $? >&2; }} | head -1", warm.environment)
    assert (code, out.count("\n"), err) == (0, 1, "141\n")


@pytest.mark.usefixtures("journal")
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["export", "export --as json", "contact list", "contact list -f json", "next"])
def test_an_answer_to_a_full_device_is_9_and_one_line(command: str, warm: Warm) -> None:
    assert shell(f"NETJ {command} >/dev/full", warm.environment) == (9, "", "netj: The disk is full.\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.usefixtures("journal")
def test_a_receipt_that_cannot_be_shown_is_9_although_the_note_is_kept(warm: Warm) -> None:
    full = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1)"
    assert warm("log @person-7 about hiring", before=full)[:3] == (9, "", "netj: The disk is full.\n")
    assert [row["summary"] for row in warm("interaction list --limit 1 -f json").rows] == ["hiring"]


@pytest.mark.usefixtures("journal")
def test_an_export_to_a_file_on_a_full_disk_leaves_no_file(warm: Warm, tmp_path: Path) -> None:
    small = "import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
    small += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    ended = warm(["export", "--to", str(tmp_path / "all.ndjson")], before=small)
    assert (ended.code, ended.stdout, ended.stderr.count("\n")) == (9, "", 1)
    assert [name for name in os.listdir(tmp_path) if "all" in name] == []


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    "command", ["export", "contact list -f json", "interaction list -f csv", "contact list -f table"]
)
def test_an_answer_that_is_paused_in_a_pipe_holds_up_no_writer(command: str, warm: Warm) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "netjournal", *command.split()], env=warm.environment, stdout=subprocess.PIPE
    ) as paused:
        assert paused.stdout is not None
        first = paused.stdout.read(100)
        time.sleep(0.05)
        assert paused.poll() is None
        ended = warm("log @person-7 about hiring")
        assert ended.ok.seconds < 4.0
        assert paused.poll() is None
        whole = first + paused.stdout.read()
    assert paused.returncode == 0
    # The answer is of the moment it was asked for.
    assert b"hiring" not in whole
    assert whole.count(b"erson-") >= PEOPLE


@pytest.mark.usefixtures("journal")
def test_an_answer_that_is_paused_on_a_terminal_holds_up_no_writer(warm: Warm) -> None:
    master, slave = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "netjournal", "contact", "list", "-f", "table"],
        env=warm.environment,
        stdout=slave,
        stderr=slave,
    ) as paused:
        os.close(slave)
        os.read(master, 1)
        assert warm("log @person-7 about hiring").ok.seconds < 4.0
        assert paused.poll() is None
        os.close(master)
    # The terminal went away: not a bug, and nothing to say it to.
    assert paused.returncode in (9, 141)
