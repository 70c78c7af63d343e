"""Many processes at one journal: nothing is lost, nobody waits for ever, and readers do not wait at all."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from holding import hold

from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forked import Warm
    from warm import Waits

    from conftest import Netj, Spawn

pytest_plugins = ["warm"]
#: Lowers the time-out of one child: the true figure is proved once, by the last test here.
IMPATIENT = "from netjournal.store.sqlite import opener; opener.TIMEOUT = 0.4"
#: Seconds: far below the ten after which somebody gives up, far above what a loaded machine takes.
AT_ONCE = 4.0


def stored(environment: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(environment["NETJ_DB"])) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def held(netj: Netj, environment: dict[str, str]) -> Iterator[sqlite3.Connection]:
    """A journal with a write transaction open in it."""
    assert netj("contact add 'Dana Whitfield' --circle inner").ok
    assert netj("log dana").ok
    with closing(hold(Path(environment["NETJ_DB"]))) as holder:
        yield holder


def test_eight_processes_with_ten_logs_each_leave_eighty_entries(warm: Warm, environment: dict[str, str]) -> None:
    assert warm("contact add 'Dana Whitfield' --circle inner").ok
    lanes = [[["log", f"coffee with Dana about {lane} {n}"] for n in range(10)] for lane in range(8)]
    ended = [one for lane in warm.lanes(lanes) for one in lane]
    assert {(one.code, one.stderr) for one in ended if one.code} == set()
    assert len({one.stdout for one in ended}) == 80
    summaries = stored(environment, "SELECT summary FROM interaction ORDER BY summary")
    assert summaries == sorted((f"{lane} {n}",) for lane in range(8) for n in range(10))
    assert stored(environment, "SELECT count(*) FROM touch") == [(80,)]
    assert stored(environment, "SELECT count(*), count(DISTINCT id) FROM action") == [(81, 81)]
    assert stored(environment, "PRAGMA integrity_check") == [("ok",)]


def test_a_spawned_log_is_stored_as_a_forked_one_is(warm: Warm, spawn: Spawn, environment: dict[str, str]) -> None:
    assert warm("contact add 'Dana Whitfield' --circle inner").ok
    assert spawn("log coffee with Dana about one").ok
    assert warm("log coffee with Dana about two").ok
    assert stored(environment, "SELECT summary FROM interaction ORDER BY id") == [("one",), ("two",)]


def test_eight_first_runs_make_one_schema_and_eight_contacts(warm: Warm, environment: dict[str, str]) -> None:
    people = ["Ana", "Ben", "Cai", "Dov", "Eva", "Fay", "Gus", "Hal"]
    for (one,) in warm.lanes([[["contact", "add", f"{name} Aru"]] for name in people]):
        assert one.ok
    assert stored(environment, "SELECT name FROM contact ORDER BY name") == [(f"{name} Aru",) for name in people]
    assert stored(environment, "SELECT count(*) FROM journal") == [(1,)]
    assert stored(environment, "SELECT name FROM circle ORDER BY every_days") == [
        ("inner",), ("active",), ("outer",), ("yearly",)
    ]  # fmt: skip
    assert stored(environment, "PRAGMA user_version") == [(opener.SCHEMA_VERSION,)]


def test_a_first_run_among_readers_disturbs_none_of_them(warm: Warm) -> None:
    lanes = [["contact add 'Dana Whitfield'"], *[["contact list -f json", "due -f json"] for _ in range(5)]]
    for lane in warm.lanes(lanes):
        for one in lane:
            assert one.ok


def test_a_log_that_waited_too_long_says_so_in_one_line(
    warm: Warm, held: sqlite3.Connection, environment: dict[str, str]
) -> None:
    ended = warm("log coffee with dana", before=IMPATIENT)
    assert ended[:3] == (
        8,
        "",
        "netj: The journal is busy: another process has held it for over 10 seconds; try again.\n",
    )
    held.execute("ROLLBACK")
    assert stored(environment, "SELECT count(*) FROM interaction") == [(1,)]


@pytest.mark.parametrize("command", ["due -f json", "contact list -f json", "export", "timeline dana -f json", "next"])
def test_readers_answer_at_once_while_a_write_transaction_is_open(
    command: str, warm: Warm, held: sqlite3.Connection
) -> None:
    ended = warm(command)
    assert ended.ok.seconds < AT_ONCE
    assert "not yet committed" not in ended.stdout


def test_a_reader_of_a_journal_that_is_being_committed_waits_and_then_says_it_is_busy(
    warm: Warm, held: sqlite3.Connection
) -> None:
    held.execute("ROLLBACK")
    held.execute("BEGIN EXCLUSIVE")
    ended = warm("due", before=IMPATIENT)
    assert (ended.code, ended.stdout) == (8, "")
    assert ended.stderr.count("\n") == 1


def test_a_log_waits_for_a_transaction_held_three_seconds(waits: Waits) -> None:
    assert waits.short.result(40).ok.seconds > 2
    assert stored({"NETJ_DB": str(waits.journal)}, "SELECT location FROM contact") == [("not yet committed",)]
    assert stored({"NETJ_DB": str(waits.journal)}, "SELECT count(*) FROM interaction") == [(1,)]


def test_a_log_gives_up_after_about_ten_seconds(waits: Waits) -> None:
    started = time.monotonic()
    ended = waits.long.result(40)
    assert time.monotonic() - started < 30
    assert (ended.code, ended.stdout) == (8, "")
    assert ended.stderr == "netj: The journal is busy: another process has held it for over 10 seconds; try again.\n"
    # SQLite counts its naps, which a busy machine makes longer; the holder would go on until the end of the tests.
    assert 10 <= ended.seconds < 30
