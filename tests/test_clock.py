"""The day and the instant."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from netjournal import clock
from netjournal.errors import UsageError
from rows import rows


def test_netj_today_pins_the_day() -> None:
    assert clock.today({"NETJ_TODAY": "2026-11-23"}) == date(2026, 11, 23)


def test_a_pinned_day_keeps_the_real_time_of_day() -> None:
    instant = clock.now({"NETJ_TODAY": "2001-02-03"})
    assert instant.startswith("2001-02-03T")
    said = datetime.strptime(instant, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    apart = abs((datetime.now(UTC) - said).total_seconds()) % 86_400  # noqa: TID251  # the clock itself is tested
    assert min(apart, 86_400 - apart) < 60


def test_an_instant_is_utc_with_a_z() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", clock.now({}))


@rows("text", ["today", "2026-02-30", "20261123", "2026-W48-1", "2026-11-23T10:00", " 2026-11-23"])
def test_a_pin_that_is_no_iso_day_is_refused_with_the_variables_name(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        clock.today({"NETJ_TODAY": text})
    assert "NETJ_TODAY" in refused.value.sentence
    with pytest.raises(UsageError):
        clock.now({"NETJ_TODAY": text})


def test_an_empty_pin_is_none() -> None:
    assert clock.today({"NETJ_TODAY": ""}) == clock.today({})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one time zone for all processes")
def test_the_day_is_that_of_the_time_zone() -> None:
    script = (
        "import os, time\n"
        "from netjournal.clock import today\n"
        "for zone in ('LINT-12', 'AOE12'):\n"
        "    os.environ['TZ'] = zone\n"
        "    time.tzset()\n"
        "    print(today({}))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    east, west = map(date.fromisoformat, ended.stdout.split())
    # UTC+12 and UTC-12, written out so that no zone database is needed: a day apart at every hour.
    assert (east - west).days == 1
