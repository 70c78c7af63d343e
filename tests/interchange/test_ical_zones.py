"""Days of calendars: in the zone of the event, of the file, or of the system."""

from __future__ import annotations

from datetime import date, timedelta, timezone

import pytest
from calendars import ZOE, calendar, event, met, one, read
from zones import system_zone

from netjournal.interchange.ical import meetings
from netjournal.interchange.records import Remark
from rows import rows


@rows(
    ("start", "header", "day"),
    [
        ("DTSTART;TZID=Europe/Vienna:20261103T233000", "VERSION:2.0", 3),
        ("DTSTART;TZID=W. Europe Standard Time:20261103T233000", "VERSION:2.0", 3),
        ("DTSTART;TZID=/example.org/20261101/Europe/Vienna:20261103T233000", "VERSION:2.0", 3),
        ("DTSTART:20261103T233000", "VERSION:2.0", 3),
        ("DTSTART:20261103T233000Z", "X-WR-TIMEZONE:Europe/Vienna", 4),
        ("DTSTART:20261103T233000Z", "X-WR-TIMEZONE:Not/There", 3),
        ("DTSTART;TZID=UTC:20261103T233000", "X-WR-TIMEZONE:Europe/Vienna", 4),
        # The user's zone, eight hours behind.
        ("DTSTART:20261103T033000Z", "VERSION:2.0", 2),
    ],
)
def test_a_day_is_that_of_the_events_own_zone(start: str, header: str, day: int) -> None:
    zone = timezone(timedelta(hours=-8))
    (found,) = met(read(calendar(event(ZOE, start=start), header=header), zone=zone))
    assert found.on == date(2026, 11, day)


def test_the_systems_zone_is_taken_where_no_other_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with system_zone(monkeypatch, "Asia/Tokyo"):
        assert one(start="DTSTART:20261103T200000Z").on == date(2026, 11, 4)


def zoned(offset: str) -> str:
    zone = "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
    zone += f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    lines = [ZOE, "DTEND:20261103T100000Z"]
    return calendar(zone, event(*lines, start="DTSTART;TZID=Customized Time Zone:20261103T103000"))


def test_two_files_that_define_one_zone_name_in_two_ways_do_not_mix() -> None:
    assert met(read(zoned("+0100")))[0].minutes == 30
    assert met(read(zoned("+0300")))[0].minutes == 150
    # Nor does a file that does not define it.
    undefined = calendar(event(ZOE, start="DTSTART;TZID=Customized Time Zone:20261103T103000"))
    assert read(undefined)[0] == Remark(3, meetings.STRANGE)


def test_what_others_told_icalendar_of_a_zone_is_forgotten() -> None:
    import icalendar

    icalendar.Calendar.from_ical(zoned("+0100"))
    undefined = calendar(event(ZOE, start="DTSTART;TZID=Customized Time Zone:20261103T103000"))
    assert read(undefined)[0] == Remark(3, meetings.STRANGE)


def test_a_zone_that_the_file_defines_follows_its_own_summer_time() -> None:
    def part(name: str, start: str, offsets: tuple[str, str], rule: str) -> str:
        return (
            f"BEGIN:{name}\r\nDTSTART:{start}\r\nTZOFFSETFROM:{offsets[0]}\r\nTZOFFSETTO:{offsets[1]}\r\n"
            f"RRULE:{rule}\r\nEND:{name}\r\n"
        )

    winter = part("STANDARD", "16011028T030000", ("+0200", "+0100"), "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10")
    summer = part("DAYLIGHT", "16010325T020000", ("+0100", "+0200"), "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3")
    zone = f"BEGIN:VTIMEZONE\r\nTZID:Vienna of ours\r\n{winter}{summer}END:VTIMEZONE\r\n"
    ends = ("20261024T220000Z", "20261025T230000Z", "20260329T003000Z", "20260329T013000Z")
    starts = ("20261024T233000", "20261025T233000", "20260329T010000", "20260329T030000")
    events = [
        event(ZOE, f"DTEND:{end}", start=f"DTSTART;TZID=Vienna of ours:{start}", uid=f"UID:{end}")
        for start, end in zip(starts, ends, strict=True)
    ]
    assert [item.minutes for item in met(read(calendar(zone, *events)))] == [30, 30, 30, 30]


def test_a_zone_has_an_offset_before_its_first_change_too() -> None:
    zone = "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:20260601T000000\r\nTZOFFSETFROM:+0500\r\n"
    zone += "TZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    before = event(ZOE, "DTEND:20260301T060000Z", start="DTSTART;TZID=Ours:20260301T100000")
    assert [item.minutes for item in met(read(calendar(zone, before)))] == [60]
