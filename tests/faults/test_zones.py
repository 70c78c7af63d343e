"""Days are the user's own: neither the zone of the machine nor a change of its clocks moves one."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from forked import Warm

    from conftest import Netj

pytest_plugins = ["warm"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX time zones")

#: In POSIX form too: these need no database of zones.
ZONES = [
    "UTC0",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "<+14>-14",
    "<-11>11",
    "CET-1CEST,M3.5.0,M10.5.0/3",
]
#: A day on which clocks are changed, the one after a day that Samoa left out, a leap day.
DAYS = ["2026-03-29", "2011-12-31", "2028-02-29"]
COMMANDS = [
    "contact add 'Dana Whitfield' --every 1w",
    "contact add 'Lena Ortiz' --every 1d",
    "log 'yesterday: coffee with @dana-whitfield about hiring' --next 'send CV by tomorrow'",
    "log 'call with @dana-whitfield about today'",
    "log --on '2 weeks ago' @lena-ortiz",
    "keep lena-ortiz --every 3w --last 'last friday'",
]
ANSWERS = [
    "due -f json --all --explain",
    "timeline dana-whitfield -f json",
    "contact list -f json",
    "interaction list -f json",
    "objective list -f json",
]


def without_uids(found: Any) -> Any:
    if isinstance(found, list):
        return [without_uids(one) for one in found]
    return {key: value for key, value in found.items() if key != "uid"} if isinstance(found, dict) else found


@pytest.fixture(autouse=True)
def own_zone() -> Iterator[None]:
    """This process in its own zone again when a test is over."""
    yield
    time.tzset()


def told(netj: Netj, zone: str, commands: list[str], **env: str) -> list[Any]:
    """What the commands answer where the machine is in a zone: rows without uids, or an exit code."""
    with patch.dict(os.environ, TZ=zone):
        time.tzset()
    lane = [netj(command, env={"TZ": zone, **env}).ok for command in commands]
    return [without_uids(json.loads(one.stdout)) if one.stdout.startswith("[") else one.code for one in lane]


@pytest.mark.parametrize("day", DAYS)
def test_the_same_commands_on_a_day_say_the_same_in_every_zone(day: str, netj: Netj, tmp_path: Path) -> None:
    answers = []
    for n, zone in enumerate(["<+14>-14", "CET-1CEST,M3.5.0,M10.5.0/3"]):
        lane = told(netj, zone, [*COMMANDS, *ANSWERS], NETJ_TODAY=day, NETJ_DB=str(tmp_path / f"{n}.db"))
        answers.append(lane[len(COMMANDS) :])
    assert answers[0][3], "nothing was logged"
    assert answers[0] == answers[1]


def test_a_journal_that_travels_reads_the_same_wherever_it_is(netj: Netj) -> None:
    assert told(netj, "<+14>-14", COMMANDS, NETJ_TODAY="2026-03-29") == [0] * len(COMMANDS)
    lanes = [told(netj, zone, [*ANSWERS, "export --as json"], NETJ_TODAY="2026-03-30") for zone in ZONES]
    assert all(answers == lanes[0] for answers in lanes)


#: A system clock that stands still at an instant.
CLOCK = """
import datetime, time
from netjournal import clock
instant = {instant}
class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(instant)
class Instant(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(instant, tz)
clock.date, clock.datetime = Day, Instant
"""


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC0", "2026-11-23"),
        ("<+14>-14", "2026-11-24"),
        ("Pacific/Kiritimati", "2026-11-24"),
        ("<-11>11", "2026-11-22"),
        ("Pacific/Pago_Pago", "2026-11-22"),
    ],
)
def test_today_is_the_day_of_the_zone_that_the_machine_is_in(zone: str, day: str, warm: Warm) -> None:
    if "/" in zone and not os.path.exists(f"/usr/share/zoneinfo/{zone}"):
        pytest.skip("this machine has no database of zones")
    # 2026-11-23 10:30 UTC.
    clock = CLOCK.format(instant=1795429800)
    environment = {"TZ": zone, "NETJ_TODAY": ""}
    assert warm("contact add 'Dana Whitfield'", env=environment, before=clock).ok
    assert warm("log @dana-whitfield", env=environment, before=clock).ok
    (row,) = warm("interaction list -f json", env=environment, before=clock).rows
    assert row["on"] == day
    # When it was written is an instant, the same everywhere.
    exported = [json.loads(line) for line in warm("export", env=environment).ok.stdout.splitlines()]
    (changed_at,) = {record["changed_at"] for record in exported if record["type"] == "interaction"}
    assert changed_at == "2026-11-23T10:30:00Z"
