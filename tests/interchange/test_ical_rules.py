"""The days of a rule, as dateutil gives them, within a bound of steps."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from netjournal.interchange.ical import rules
from rows import rows
from tries import tries

START = datetime(2024, 1, 31, 9, 30)  # noqa: DTZ001  # rules know no zone
#: A day that every month has: dateutil looks for the others until the year 9999.
MIDDLE = START.replace(day=15)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def starts(text: str, first: date, last: date, start: datetime = START) -> list[datetime]:
    rule = rules.parsed(vRecur.from_ical(text), start, lambda until: until)
    return list(rules.starts(rule, start, first, last, rules.Steps()))


def reference(text: str, first: date, last: date, start: datetime) -> list[datetime]:
    """The same by dateutil, which must be told of an end."""
    rule = rrule.rrulestr(f"RRULE:{text}", dtstart=start)
    assert isinstance(rule, rrule.rrule)
    return rule.between(datetime.combine(first, time()), datetime.combine(last, time.max), inc=True)


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    few = st.lists(st.integers(low, high).filter(bool), min_size=1, max_size=3, unique=True)
    return few.map(lambda values: ",".join(map(str, values)))


@st.composite
def rule_texts(draw: st.DrawFn) -> str:
    """Rules that come to an end in dateutil too, without what it reads differently from RFC 5545."""
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    parts = {"FREQ": freq, "INTERVAL": str(draw(st.sampled_from([1, 5] if freq == "MONTHLY" else [1, 2, 3, 4])))}
    if draw(st.booleans()):
        parts["BYMONTH"] = draw(numbers(1, 12))
    if freq != "WEEKLY" and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(numbers(-28, 28))
    if draw(st.booleans()):
        places = ("", "1", "2", "-1") if freq in ("YEARLY", "MONTHLY") and "BYMONTHDAY" not in parts else ("",)
        place = draw(st.sampled_from(places))
        days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
        parts["BYDAY"] = ",".join(place + day for day in days)
    if freq == "YEARLY" and len(parts) == 2 and draw(st.booleans()):
        parts["BYYEARDAY"] = draw(numbers(-365, 365))
    if freq in ("YEARLY", "MONTHLY") and len(parts) > 2 and draw(st.booleans()):
        parts["BYSETPOS"] = draw(numbers(-1, 1))
    if freq == "WEEKLY":
        parts["WKST"] = draw(st.sampled_from(DAYS))
    if freq != "HOURLY" and draw(st.booleans()):
        parts["BYHOUR"] = draw(numbers(1, 23))
    if draw(st.booleans()):
        parts["COUNT"] = str(draw(st.integers(1, 40)))
    return ";".join(f"{name}={value}" for name, value in parts.items())


@settings(max_examples=tries(60), deadline=None)
@given(rule_texts(), st.integers(0, 800), st.integers(0, 200))
def test_a_rule_gives_the_days_that_dateutil_gives(text: str, ahead: int, length: int) -> None:
    first = MIDDLE.date() + timedelta(days=ahead)
    last = first + timedelta(days=length)
    ended = text if "COUNT" in text else f"{text};UNTIL={last + timedelta(days=1):%Y%m%d}T000000"
    bounded = f"{ended};BYMINUTE=30"
    assert starts(bounded, first, last, MIDDLE) == reference(bounded, first, last, MIDDLE)


@rows(
    ("text", "days"),
    [
        ("FREQ=MONTHLY", ["2024-01-31", "2024-03-31", "2024-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]),
        ("FREQ=MONTHLY;BYDAY=1TU,-1FR;INTERVAL=2", ["2024-03-05", "2024-03-29", "2024-05-07", "2024-05-31"]),
        ("FREQ=YEARLY;BYWEEKNO=20", ["2024-05-15"]),
        ("FREQ=YEARLY;BYWEEKNO=-31;BYDAY=MO", ["2024-05-27"]),
        ("FREQ=WEEKLY;INTERVAL=6;WKST=SU;BYDAY=WE,SU", ["2024-01-31", "2024-03-10", "2024-03-13", "2024-04-21", "2024-04-24"]),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=2WE", ["2024-01-31", "2024-02-07"]),
        ("FREQ=DAILY;INTERVAL=40", ["2024-01-31", "2024-03-11", "2024-04-20", "2024-05-30"]),
        ("FREQ=DAILY;UNTIL=20240201T093000", ["2024-01-31", "2024-02-01"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["2024-01-31", "2024-02-29", "2024-03-29", "2024-04-30", "2024-05-31"]),
        ("FREQ=HOURLY;INTERVAL=24;BYMONTH=2;BYMONTHDAY=29", ["2024-02-29"]),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)  # fmt: skip
def test_a_rule_names_its_days_by_hand_too(text: str, days: list[str]) -> None:
    assert [f"{at:%Y-%m-%d}" for at in starts(text, date(2024, 1, 1), date(2024, 5, 31))] == days


@rows(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;COUNT=100000000",
        "FREQ=DAILY;COUNT=1000000;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;COUNT=1000000;BYMONTHDAY=30;BYDAY=MO;BYYEARDAY=1",
    ],
)
def test_a_rule_that_takes_too_many_steps_is_cut(text: str) -> None:
    steps = rules.Steps()
    rule = rules.parsed(vRecur.from_ical(text), START.replace(year=1900), lambda until: until)
    with pytest.raises(rules.CutError):
        list(rules.starts(rule, START.replace(year=1900), date(2025, 1, 1), date(2026, 1, 1), steps))
    assert 0 < 2_000_000 - steps.left < 41_000


def test_many_rules_share_the_steps_of_their_file() -> None:
    steps = rules.Steps(100)
    rule = rules.parsed(vRecur.from_ical("FREQ=DAILY"), START, lambda until: until)
    list(rules.starts(rule, START, START.date(), START.date() + timedelta(days=60), steps))
    with pytest.raises(rules.CutError):
        list(rules.starts(rule, START, START.date(), START.date() + timedelta(days=60), steps))


@rows(
    "parts",
    [
        {},
        {"FREQ": ["FORTNIGHTLY"]},
        {"FREQ": ["DAILY"], "INTERVAL": [0]},
        {"FREQ": ["DAILY"], "INTERVAL": [10**12]},
        {"FREQ": ["DAILY"], "BYDAY": ["XX"]},
        {"FREQ": ["DAILY"], "BYMONTH": [13]},
        {"FREQ": ["DAILY"], "BYMONTHDAY": [0]},
        {"FREQ": ["DAILY"], "WKST": ["X"]},
        {"FREQ": ["DAILY"], "RSCALE": ["HEBREW"]},
        {"FREQ": ["HOURLY"], "BYSETPOS": [1]},
        {"FREQ": ["DAILY"], "BYSECOND": list(range(60)), "BYMINUTE": list(range(60))},
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # its text is for nobody
        rules.parsed(parts, START, lambda until: until)
