"""Durations and birthdays as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netjournal.domain.birthdays import birthday_on, read_birthday
from netjournal.domain.dates import read_days, show_days
from netjournal.errors import UsageError
from rows import rows

DURATIONS = {"10d": 10, "3w": 21, "2mo": 60, "1y": 365, "6 weeks": 42, "6 months": 180, "90 days": 90} | {
    "a year": 365,
    "six weeks": 42,
    "1 Day": 1,
    "36500d": 36500,
    "100y": 36500,
}


@rows(("text", "days"), DURATIONS.items())
def test_durations_are_whole_days(text: str, days: int) -> None:
    assert read_days(text) == days


@rows("text", ["", "10", "0d", "-3d", "36501d", "101y", "999999y", "9999999d", "1.5w", "10m", "weeks", "٣d", "3w 2d"])
def test_what_is_not_a_duration_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_days(text)
    assert "6 weeks" in str(refused.value.hint)


@given(st.integers(1, 36_500))
def test_a_duration_reads_back_as_shown(days: int) -> None:
    assert read_days(show_days(days)) == days


def test_a_duration_is_shown_in_its_largest_whole_unit() -> None:
    assert [show_days(n) for n in (0, 10, 14, 21, 60, 365, 730)] == ["0d", "10d", "2w", "3w", "2mo", "1y", "2y"]


@given(st.text())
def test_any_text_is_a_duration_or_a_usage_error(text: str) -> None:
    try:
        days = read_days(text)
    except UsageError:
        return
    assert 1 <= days <= 36_500


BIRTHDAYS = {
    "1988-06-15": "1988-06-15",
    "15 June 1988": "1988-06-15",
    "june 15th, 1988": "1988-06-15",
    "--06-15": "--06-15",
    "--0615": "--06-15",
    "15 June": "--06-15",
    "June 15": "--06-15",
    "Feb 29": "--02-29",
    "29 Feb 2000": "2000-02-29",
}


@rows(("text", "stored"), BIRTHDAYS.items())
def test_birthdays_are_stored_with_or_without_a_year(text: str, stored: str) -> None:
    assert read_birthday(text) == stored
    assert read_birthday(stored) == stored


@rows(
    "text",
    ["", "06-15", "0615", "15.06.1988", "06/15/1988", "--02-30", "29 Feb 2001", "1604-04-12", "June"],
)
def test_what_is_not_a_birthday_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_birthday(text)
    assert "15 June" in str(refused.value.hint)


ALMOST = ["feb", "4", "29", "31st", "0", "999999", "2026", "w", "-3d", "2026-02-29", "29/02/2027", ",", "three"]


@given(st.text() | st.lists(st.sampled_from(ALMOST), max_size=6).map(" ".join))
def test_any_text_is_a_birthday_with_a_day_in_every_year_or_a_usage_error(text: str) -> None:
    try:
        stored = read_birthday(text)
    except UsageError:
        return
    assert birthday_on(stored, 2027).year == 2027


def test_a_leap_day_birthday_falls_on_the_28th_in_common_years() -> None:
    assert birthday_on("--02-29", 2027) == date(2027, 2, 28)
    assert birthday_on("1988-02-29", 2028) == date(2028, 2, 29)
    assert birthday_on("--06-15", 2026) == date(2026, 6, 15)
