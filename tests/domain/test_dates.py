"""Days as people type them: a table of phrases, and any text at all."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netjournal.domain import dates
from netjournal.domain.dates import Mode, accepts, read_day, show_day
from netjournal.errors import UsageError
from rows import rows

WEDNESDAY = date(2026, 6, 10)
MODES: tuple[Mode, ...] = ("past", "future")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
REFUSED = (
    "|  |2026-02-30|99999-01-01|7|12|2026|coffee on friday|tomorow|lunch|31.12.2026|1.2.2026|13/13/2026|5/6|5/6/26|3d"
    "|3 days|10m ago|may 2026|next may|٣ days ago|２０２６-05-04|9am|at 3pm|noon|friday 25:00|friday 9:60|202619"
    "|2026-05-04T09:15Z|2026-05-04T09:15+02:00|2026-W54-1|2026-W45|the 32nd|the 0th|feb 30|2026-05/04|2026/5-4|last"
    "|march|may|end of 27|end of lunch|end of june 0000|end of lunch 2026"
    "|in -3 days|+-3d|end of week|this|1899-12-31|2201-01-01|in 999999 years|-999999d|in 500 years"
)
WORDS = (
    "the a last this next friday mon week month year in ago from now today end of day before after yesterday may feb 4 "
    "29 31st 0 999999 2026 10000 w -3d +2y 2026-02-29 29/02/2027 , at 9am 25:00 2026-W53-7 eom three"
)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def cases() -> list[tuple[str, str, str, Mode]]:
    lines = (Path(__file__).parent / "dates.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [
        (phrase, today, expected, mode)
        for phrase, today, expected, modes, *_ in rows
        for mode in MODES
        if modes in ("any", mode)
    ]


def answer(phrase: str, today: date, mode: Mode, order: str | None = None) -> str:
    try:
        return read_day(phrase, today, mode, order=order).isoformat()
    except UsageError:
        return "ERROR"


def test_the_table_holds_all_its_cases() -> None:
    assert len(cases()) == 81


@rows(("phrase", "today", "expected", "mode"), cases())
def test_every_row_of_the_table_is_read_as_it_says(phrase: str, today: str, expected: str, mode: Mode) -> None:
    assert answer(phrase, date.fromisoformat(today), mode) == expected


@rows(
    ("phrase", "past", "future"),
    [
        ("+2w", "2026-06-24", "2026-06-24"),
        ("20261105", "2026-11-05", "2026-11-05"),
        ("2026-W45-3", "2026-11-04", "2026-11-04"),
        ("2026-1-9", "2026-01-09", "2026-01-09"),
        ("the 31st", "2026-05-31", "2026-07-31"),
        ("the 10th", "2026-06-10", "2026-06-10"),
        ("eom", "2026-05-31", "2026-06-30"),
        ("end of last month", "2026-05-31", "2026-05-31"),
        ("the end of next month", "2026-07-31", "2026-07-31"),
        ("end of June", "2025-06-30", "2026-06-30"),
        ("the end of feb", "2026-02-28", "2027-02-28"),
        ("end of may 2024", "2024-05-31", "2024-05-31"),
        ("end of dec", "2025-12-31", "2026-12-31"),
        ("end of 2027", "2027-12-31", "2027-12-31"),
        ("end of feb 2028", "2028-02-29", "2028-02-29"),
        ("end of the year", "2025-12-31", "2026-12-31"),
        ("friday next week", "2026-06-19", "2026-06-19"),
        ("friday of last week", "2026-06-05", "2026-06-05"),
        ("this monday", "2026-06-08", "2026-06-08"),
        ("last night", "2026-06-09", "2026-06-09"),
        ("this morning", "2026-06-10", "2026-06-10"),
        ("yesterday evening", "2026-06-09", "2026-06-09"),
        ("two months from today", "2026-08-10", "2026-08-10"),
        ("a week ago", "2026-06-03", "2026-06-03"),
        ("twelve days ago", "2026-05-29", "2026-05-29"),
        ("last month", "2026-05-10", "2026-05-10"),
        ("next year", "2027-06-10", "2027-06-10"),
        ("feb 29", "2024-02-29", "2028-02-29"),
        ("june 10", "2026-06-10", "2026-06-10"),
        ("the 4th of May", "2026-05-04", "2027-05-04"),
        ("May 17,2019", "2019-05-17", "2019-05-17"),
        ("tuesday 9am", "2026-06-09", "2026-06-16"),
        ("friday at 3:30 pm", "2026-06-05", "2026-06-12"),
        ("friday noon", "2026-06-05", "2026-06-12"),
        ("may 4 9:15", "2026-05-04", "2027-05-04"),
        ("2026-05-04, 23:59:59", "2026-05-04", "2026-05-04"),
        ("Wed 10 Jun 2026", "2026-06-10", "2026-06-10"),
        ("thursday, 4 June", "2026-06-04", "ERROR"),
        ("  next \t week ", "2026-06-17", "2026-06-17"),
    ],
)
def test_further_forms_are_read(phrase: str, past: str, future: str) -> None:
    assert (answer(phrase, WEDNESDAY, "past"), answer(phrase, WEDNESDAY, "future")) == (past, future)


@rows("mode", MODES)
@rows("phrase", [*REFUSED.split("|"), "today\x00", "next wee\N{KELVIN SIGN}", "today " * 40])
def test_what_is_not_a_day_is_refused_with_the_forms_that_are(phrase: str, mode: Mode) -> None:
    with pytest.raises(UsageError) as refused:
        read_day(phrase, WEDNESDAY, mode)
    assert refused.value.hint is not None
    assert "2026-11-13" in refused.value.hint
    assert refused.value.sentence.isprintable()


@rows("mode", MODES)
def test_a_bare_month_is_told_which_of_its_days_can_be_typed(mode: Mode) -> None:
    with pytest.raises(UsageError) as refused:
        read_day("March", WEDNESDAY, mode)
    assert refused.value.hint is not None
    for phrase in ("1 march", "end of march"):
        assert phrase in refused.value.hint
        assert answer(phrase, WEDNESDAY, mode) != "ERROR"


def test_a_slashed_day_that_can_mean_two_is_refused_unless_the_order_is_known() -> None:
    with pytest.raises(UsageError) as refused:
        read_day("05/06/2026", WEDNESDAY, "past")
    assert (
        refused.value.hint
        == "Write 2026-06-05 for Fri 5 Jun 2026, or 2026-05-06 for Wed 6 May 2026; or set date_order."
    )
    assert answer("05/06/2026", WEDNESDAY, "past", "dmy") == "2026-06-05"
    assert answer("05/06/2026", WEDNESDAY, "past", "mdy") == "2026-05-06"


def test_a_slashed_day_that_can_mean_only_one_needs_no_order() -> None:
    assert answer("11/23/2026", WEDNESDAY, "past") == "2026-11-23"
    assert answer("23/11/2026", WEDNESDAY, "past", "mdy") == "2026-11-23"
    assert answer("05/05/2026", WEDNESDAY, "past") == "2026-05-05"


def test_days_that_few_months_have_are_looked_for_far_enough() -> None:
    assert answer("the 31st", date(2026, 3, 1), "past") == "2026-01-31"
    assert answer("feb 29", date(2103, 1, 1), "past") == "2096-02-29"
    assert answer("feb 29", date(2097, 1, 1), "future") == "2104-02-29"
    assert answer("eom", date(2026, 6, 30), "past") == "2026-06-30"


@rows("said_on", [date(2026, 6, 8) + timedelta(days=n) for n in range(7)])
def test_next_friday_is_the_friday_of_next_week_on_whichever_day_it_is_said(said_on: date) -> None:
    assert read_day("next friday", said_on, "future") == date(2026, 6, 19)


def test_a_future_day_did_not_happen() -> None:
    assert dates.read_past_day("tuesday", WEDNESDAY) == date(2026, 6, 9)
    assert dates.read_past_day("today", WEDNESDAY) == WEDNESDAY
    with pytest.raises(UsageError, match=r"Thu 11 Jun 2026 is in the future") as refused:
        dates.read_past_day("tomorrow", WEDNESDAY)
    assert "netj followup add" in str(refused.value.hint)


def test_a_past_day_cannot_be_due() -> None:
    assert dates.read_future_day("today", WEDNESDAY) == WEDNESDAY
    assert dates.read_future_day("07/06/2026", WEDNESDAY, order="mdy") == date(2026, 7, 6)
    with pytest.raises(UsageError, match=r"Tue 9 Jun 2026 is in the past"):
        dates.read_future_day("yesterday", WEDNESDAY)


def test_accepts_says_whether_the_whole_text_is_a_day() -> None:
    assert accepts("yesterday", WEDNESDAY, "past")
    assert not accepts("yesterday we met", WEDNESDAY, "past")
    assert not accepts("05/06/2026", WEDNESDAY, "past")


PHRASES = st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join)


@given(st.text() | PHRASES, st.dates(), st.sampled_from(MODES), st.sampled_from([None, "dmy", "mdy"]))
def test_any_text_gives_a_day_in_range_or_a_usage_error(text: str, today: date, mode: Mode, order: str | None) -> None:
    try:
        day = read_day(text, today, mode, order=order)
    except UsageError:
        return
    assert 1900 <= day.year <= 2200


@given(st.sampled_from(WEEKDAYS), DAYS, st.booleans())
def test_a_bare_weekday_is_the_last_one_up_to_today_or_the_next_one_after_it(
    name: str, today: date, short: bool
) -> None:
    typed = name[:3] if short else name
    past, future = read_day(typed, today, "past"), read_day(typed, today, "future")
    assert past.weekday() == future.weekday() == WEEKDAYS.index(name)
    assert past <= today < future
    assert (future - past).days == 7


@given(DAYS, st.integers(0, 10_000), st.sampled_from(MODES))
def test_days_ago_and_in_days_undo_each_other(today: date, count: int, mode: Mode) -> None:
    ago = read_day(f"{count} days ago", today, mode)
    assert (today - ago).days == count
    assert read_day(f"in {count} days", ago, mode) == today
    assert read_day(f"+{count}d", ago, mode) == today


@given(DAYS, DAYS, st.sampled_from(MODES))
def test_a_day_reads_back_as_shown(day: date, today: date, mode: Mode) -> None:
    assert read_day(show_day(day), today, mode) == day
    assert read_day(day.isoformat(), today, mode) == day


def test_a_day_is_shown_with_its_weekday_in_english() -> None:
    assert show_day(date(2026, 11, 13)) == "Fri 13 Nov 2026"
    assert show_day(date(2026, 3, 1)) == "Sun 1 Mar 2026"


def test_reading_an_exact_day_loads_no_calendar_library() -> None:
    code = (
        "import sys, datetime; from netjournal.domain.dates import read_day;"
        "read_day('friday', datetime.date(2026, 6, 10), 'past'); print('dateutil' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
