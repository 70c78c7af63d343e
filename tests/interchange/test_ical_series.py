"""Series of events: their days, their exceptions, and who was there."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from typing import Any

from calendars import ME, TODAY, ZOE
from calendars import reasons as skipped

from netjournal.interchange import ical, reasons
from netjournal.interchange.ical import meetings
from netjournal.interchange.records import Interaction, Item, Options, Remark
from netjournal.interchange.sources import from_bytes
from rows import rows

START = "DTSTART;TZID=Europe/Vienna:20261001T140000"


def event(*lines: str, start: str = START) -> str:
    return "\r\n".join(("BEGIN:VEVENT", "UID:s1", start, *lines, "END:VEVENT", ""))


def read(*events: str, **options: Any) -> list[Item]:
    data = f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n".encode()
    given = {"today": TODAY, "me": ME, "since": date(2026, 9, 1), **options}
    return list(ical.read(from_bytes(data), Options(**given)))


def days(items: list[Item]) -> list[str]:
    return [f"{item.on:%m-%d}" for item in items if isinstance(item, Interaction)]


def remarks(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Remark)]


def test_a_series_is_read_up_to_today() -> None:
    items = read(event(ZOE, "RRULE:FREQ=WEEKLY;INTERVAL=2"))
    assert days(items) == ["10-01", "10-15", "10-29", "11-12"]
    assert [item.external_id for item in items if isinstance(item, Interaction)][-1] == "s1|2026-11-12T13:00:00Z"
    assert remarks(items) == []


def test_without_since_a_series_is_read_for_the_last_year_and_that_is_said() -> None:
    items = read(event(ZOE, "RRULE:FREQ=MONTHLY", start="DTSTART;VALUE=DATE:19990115"), since=None)
    assert days(items) == [f"{month:02}-15" for month in (12, *range(1, 12))]
    assert remarks(items) == [meetings.LAST_YEAR]


def test_since_and_until_bound_a_series_by_local_days() -> None:
    series = event(ZOE, "RRULE:FREQ=DAILY", start="DTSTART;TZID=America/New_York:20200101T233000")
    assert days(read(series, since=date(2026, 10, 1), until=date(2026, 10, 3))) == ["10-01", "10-02", "10-03"]


def test_a_series_in_utc_is_bounded_by_the_days_of_its_owners_zone() -> None:
    series = event(ZOE, "RRULE:FREQ=DAILY", start="DTSTART:20260101T233000Z")
    window = {"since": date(2026, 10, 2), "until": date(2026, 10, 3)}
    assert days(read(series, zone=timezone(timedelta(hours=2)), **window)) == ["10-02", "10-03"]
    assert days(read(series, zone=timezone(timedelta(hours=-23, minutes=-59)), **window)) == ["10-02", "10-03"]


def test_the_newest_version_of_a_changed_day_counts() -> None:
    def changed(sequence: int) -> str:
        at = f"DTSTART:202610{10 + sequence}T120000Z"
        return event(ZOE, f"SEQUENCE:{sequence}", "RECURRENCE-ID:20261008T120000Z", start=at)

    for both in ((changed(1), changed(2)), (changed(2), changed(1))):
        items = read(*both)
        assert days(items) == ["10-12"]
        assert skipped(items) == [meetings.OLDER]


def test_days_left_out_in_any_spelling_are_left_out() -> None:
    lines = ["EXDATE;TZID=Europe/Vienna:20261002T140000,20261003T140000", "EXDATE:20261004T120000Z"]
    lines += ["EXDATE;VALUE=DATE:20261005", "EXDATE:20261006T140000"]
    assert days(read(event(ZOE, "RRULE:FREQ=DAILY;COUNT=8", *lines))) == ["10-01", "10-07", "10-08"]


def test_a_bad_day_among_those_left_out_costs_itself() -> None:
    items = read(event(ZOE, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261002T120000Z,never,20261003T120000Z"))
    assert days(items) == ["10-01"]
    assert remarks(items) == [meetings.DOUBTED]


def test_extra_days_and_periods_are_added_and_invalid_ones_cost_a_remark() -> None:
    lines = ["RDATE:20261010T120000Z,20261011T120000Z", "RDATE;VALUE=PERIOD:20261012T120000Z/PT2H"]
    lines += ["RDATE;VALUE=DATE:20261014", "RDATE:20131210Z", "DURATION:PT30M"]
    items = read(event(ZOE, *lines))
    assert days(items) == ["10-01", "10-10", "10-11", "10-12", "10-14"]
    assert [item.minutes for item in items if isinstance(item, Interaction)] == [30, 30, 30, 120, 30]
    assert remarks(items) == [meetings.DOUBTED]


def test_an_end_in_utc_is_compared_with_local_starts() -> None:
    # 14:00 in Vienna is 12:00 in UTC until 25 October, then 13:00.
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20261029T125959Z"
    assert days(read(event(ZOE, rule))) == ["10-01", "10-08", "10-15", "10-22"]
    assert days(read(event(ZOE, rule.replace("125959", "130000")))) == ["10-01", "10-08", "10-15", "10-22", "10-29"]
    assert days(read(event(ZOE, "RRULE:FREQ=WEEKLY;UNTIL=20261008"))) == ["10-01", "10-08"]


def test_a_day_that_was_moved_counts_where_it_went_under_its_old_name() -> None:
    moved = event(ZOE, "RECURRENCE-ID:20261008T120000Z", "SUMMARY:Moved", start="DTSTART:20261009T080000Z")
    items = read(event(ZOE, "RRULE:FREQ=WEEKLY;COUNT=3"), moved)
    found = [item for item in items if isinstance(item, Interaction)]
    assert days(items) == ["10-01", "10-15", "10-09"]
    assert found[2].external_id == "s1|2026-10-08T12:00:00Z"
    unmoved = read(event(ZOE, "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert {item.external_id for item in unmoved if isinstance(item, Interaction)} == {
        item.external_id for item in found
    }


def test_a_day_that_was_cancelled_is_gone() -> None:
    cancelled = event("STATUS:CANCELLED", "RECURRENCE-ID;TZID=Europe/Vienna:20261008T140000")
    items = read(event(ZOE, "RRULE:FREQ=WEEKLY;COUNT=3"), cancelled)
    assert days(items) == ["10-01", "10-15"]
    assert skipped(items) == [meetings.CANCELLED]


def test_a_day_named_without_a_time_is_the_one_of_that_day() -> None:
    cancelled = event("STATUS:CANCELLED", "RECURRENCE-ID;VALUE=DATE:20261008")
    assert days(read(event(ZOE, "RRULE:FREQ=WEEKLY;COUNT=3"), cancelled)) == ["10-01", "10-15"]


def test_a_changed_day_that_names_nobody_has_the_people_of_its_series() -> None:
    changed = event("RECURRENCE-ID:20261008T120000Z", start="DTSTART:20261009T120000Z")
    items = read(event(ZOE, "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Lunch"), changed)
    assert [(item.kind, len(item.guests)) for item in items if isinstance(item, Interaction)] == [("meal", 1)] * 2


def test_a_changed_day_alone_is_a_meeting() -> None:
    alone = event(ZOE, "RECURRENCE-ID:20261008T120000Z", start="DTSTART:20261009T080000Z")
    (found,) = read(alone)
    assert isinstance(found, Interaction)
    assert found.external_id == "s1|2026-10-08T12:00:00Z"


def test_changed_days_older_than_the_series_are_not_read() -> None:
    old = event(ZOE, "RECURRENCE-ID:20201008T120000Z", start="DTSTART:20201009T080000Z")
    assert skipped(read(old, since=None)) == [meetings.OLD_DAY]
    assert days(read(old, since=date(2020, 1, 1))) == ["10-09"]


def test_days_of_an_old_kind_of_rule_are_left_out() -> None:
    assert days(read(event(ZOE, "RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=DAILY;INTERVAL=2"))) == ["10-02", "10-04"]


@rows(
    "rule", ["FREQ=SOMETIMES", "nonsense", "FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;UNTIL=never", "FREQ=HOURLY;BYSETPOS=1"]
)
def test_a_broken_rule_gives_the_first_event_alone(rule: str) -> None:
    items = read(event(ZOE, f"RRULE:{rule}"))
    assert days(items) == ["10-01"]
    assert remarks(items) == [meetings.BROKEN_RULE]


def test_a_series_that_has_not_begun_or_has_no_day_in_the_window_is_counted() -> None:
    future = event(ZOE, "RRULE:FREQ=WEEKLY", start="DTSTART:20261201T120000Z")
    assert skipped(read(future)) == [reasons.FUTURE]
    assert skipped(read(event(ZOE, "RRULE:FREQ=DAILY;COUNT=3"), since=date(2026, 11, 1))) == [meetings.NO_DAY]
    assert skipped(read(event("RRULE:FREQ=WEEKLY"))) == [meetings.NOBODY]


def test_a_rule_of_every_hour_gives_five_thousand_days_at_most() -> None:
    items = read(event(ZOE, "RRULE:FREQ=HOURLY", start="DTSTART:19000101T000000Z"), since=date(2020, 1, 1))
    assert len(days(items)) <= 5_000
    assert remarks(items) == [meetings.CUT]


def test_a_rule_of_every_second_since_1900_comes_to_an_end() -> None:
    items = read(event(ZOE, "RRULE:FREQ=SECONDLY", start="DTSTART:19000101T000000Z"))
    assert remarks(items) == [meetings.CUT]
