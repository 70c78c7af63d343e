"""Meetings and mail: whose they are, which of them was logged here already, and which are nobody's touch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bringing import brought, contact, exported, handles, interactions, timeline

if TYPE_CHECKING:
    from conftest import Netj

ME = "me@example.com"
ANN, BOB, CY = "ann@example.com", "bob@example.com", "cy@example.com"


def event(uid: str, day: str, summary: str, *guests: str, more: str = "") -> str:
    invited = "".join(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{guest}\r\n" for guest in guests)
    start = f"DTSTART:{day.replace('-', '')}T100000\r\nDTEND:{day.replace('-', '')}T104500\r\n"
    mine = f"ORGANIZER:mailto:{ME}\r\n"
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n{start}{mine}{invited}SUMMARY:{summary}\r\n{more}END:VEVENT\r\n"


def calendar(*events: str) -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n"


def mail(number: int, day: str, sender: str, *to: str, subject: str = "rent") -> str:
    return (
        f"From {sender} Tue Nov 03 08:15:00 2026\nMessage-ID: <{number}@x>\nDate: {day} 10:00:00 +0000\n"
        f"Subject: {subject}\nFrom: {sender}\nTo: {', '.join(to)}\n\nhello\n\n"
    )


@pytest.fixture(autouse=True)
def known(netj: Netj, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, address in (("Ann", ANN), ("Bob", BOB)):
        assert netj(["contact", "add", name, "--email", address]).ok


def meetings(netj: Netj, *events: str, options: str = "") -> tuple[int, ...]:
    Path("c.ics").write_bytes(calendar(*events).encode())
    counts: tuple[int, ...] = brought(netj, f"c.ics --me {ME} {options}")["counts"]
    return counts


def test_only_known_addresses_are_touched_and_strangers_are_counted(netj: Netj) -> None:
    Path("c.ics").write_bytes(
        calendar(
            event("a", "2026-11-02", "Coffee", ANN, CY),
            event("b", "2026-11-03", "Plan", CY, "dee@example.com"),
            event("c", "2026-11-04", "Plan", CY),
        ).encode()
    )
    receipt = brought(netj, f"c.ics --me {ME}")
    assert receipt["counts"] == (1, 0, 0, 2)
    assert receipt["warnings"] == ["2 skipped: with nobody known here (2 strangers; --new makes contacts of them)"]
    assert timeline(netj) == [("2026-11-02", "coffee", "Coffee", "ann")]
    (row,) = interactions(netj)
    assert (row["minutes"], row["direction"]) == (45, "mutual")
    # What was taken stays as it is; the rest comes with --new, on which the strangers become contacts.
    assert brought(netj, f"c.ics --me {ME} --new")["counts"] == (4, 0, 1, 0)
    assert handles(netj) == ["ann", "bob", "cy-example-com", "dee-example-com"]
    assert brought(netj, f"c.ics --me {ME} --new")["counts"] == (0, 0, 3, 0)


def test_a_logged_meeting_of_the_day_and_depth_is_the_calendars_and_undo_parts_them(netj: Netj) -> None:
    assert netj("log '2026-11-02: call Ann about hiring'").ok
    before = exported(netj)
    found = event("a", "2026-11-02", "Weekly", ANN)
    assert meetings(netj, found) == (0, 1, 0, 0)
    assert timeline(netj) == [("2026-11-02", "call", "hiring", "ann")]
    assert contact(netj, "ann")["touch_count"] == 1
    joined = exported(netj)
    assert meetings(netj, found) == (0, 0, 1, 0)
    assert exported(netj) == joined
    netj("undo")
    assert exported(netj) == before
    receipt = brought(netj, f"c.ics --me {ME} --dry-run")
    assert receipt["warnings"] == ["1 is what was logged here on that day already"]


@pytest.mark.parametrize(
    ("logged", "why"),
    [
        ("2026-11-02: email Ann about hiring", "another depth"),
        ("2026-11-02: chat with Ann about hiring", "another depth"),
        ("2026-11-03: call Ann about hiring", "another day"),
        ("2026-11-02: call Bob about hiring", "other people"),
    ],
)
def test_what_is_not_the_same_stands_beside(netj: Netj, logged: str, why: str) -> None:
    assert netj(["log", logged]).ok
    assert meetings(netj, event("a", "2026-11-02", "Weekly", ANN)) == (1, 0, 0, 0), why
    assert len(timeline(netj)) == 2


def test_a_logged_meeting_is_joined_once_and_takes_more_people_than_the_calendar_knows(netj: Netj) -> None:
    assert netj("log '2026-11-02: coffee with Ann and Bob about hiring'").ok
    morning, evening = event("a", "2026-11-02", "Weekly", ANN), event("b", "2026-11-02", "Second", ANN)
    assert meetings(netj, morning, evening) == (1, 1, 0, 0)
    assert [row[2] for row in timeline(netj)].count("Second") == 1
    once = exported(netj)
    assert meetings(netj, evening, morning) == (0, 0, 2, 0)
    assert exported(netj) == once
    # The calendar knows of somebody who was not logged: that is another meeting.
    assert netj("log '2026-11-09: coffee with Ann'").ok
    assert meetings(netj, event("c", "2026-11-09", "Plan", ANN, BOB)) == (1, 0, 0, 0)


def test_the_owner_is_told_once_for_all_by_the_settings(netj: Netj) -> None:
    Path("c.ics").write_bytes(
        calendar(event("a", "2026-11-02", "Coffee", "me@example.com", ANN, "me@work.example")).encode()
    )
    Path("me.mbox").write_text(mail(1, "Tue, 3 Nov 2026", "me@work.example", ANN))
    assert netj("config set me.emails me@example.com,me@work.example").ok
    assert brought(netj, "c.ics --new")["counts"] == (1, 0, 0, 0)
    assert brought(netj, "me.mbox --new")["counts"] == (1, 0, 0, 0)
    assert handles(netj) == ["ann", "bob"]


def test_days_and_kind_are_as_asked_and_series_end_with_the_window(netj: Netj) -> None:
    weekly = event("s", "2020-01-06", "Standup", ANN, more="RRULE:FREQ=WEEKLY\r\n")
    inside = [day for day, *_ in timeline_of(netj, weekly, "--since 2026-10-26 --until 2026-11-09 --kind video")]
    assert inside == ["2026-11-09", "2026-11-02", "2026-10-26"]
    assert {row[1] for row in timeline(netj)} == {"video"}
    # A wider window brings what is new in it, and no future.
    assert meetings(netj, weekly, options="--since 2026-10-19") == (3, 0, 3, 0)
    assert timeline(netj)[0][0] == "2026-11-23"
    single = event("t", "2026-09-01", "Lunch", ANN), event("u", "2026-11-20", "Lunch", ANN)
    assert meetings(netj, *single, options="--since 2026-11-01") == (1, 0, 0, 1)
    assert meetings(netj, event("v", "2026-11-24", "Lunch", ANN)) == (0, 0, 0, 1)


def timeline_of(netj: Netj, events: str, options: str) -> list[tuple[str, str, str | None, str]]:
    meetings(netj, events, options=options)
    return timeline(netj)


def test_mail_has_a_direction_and_mail_to_many_is_no_touch(netj: Netj) -> None:
    many = [f"p{n}@example.com" for n in range(5)]
    Path("m.mbox").write_text(
        mail(1, "Tue, 3 Nov 2026", ME, ANN)
        + mail(2, "Wed, 4 Nov 2026", ANN, ME, BOB)
        + mail(3, "Thu, 5 Nov 2026", ME, ANN, *many)
        + mail(4, "Fri, 6 Nov 2026", ME, ANN, *many[:4])
        + mail(5, "Sat, 7 Nov 2026", "p0@example.com", ME)
    )
    receipt = brought(netj, f"m.mbox --me {ME}")
    assert receipt["counts"] == (3, 0, 0, 2)
    assert "1 skipped: sent to more than 5 people" in receipt["warnings"]
    rows = interactions(netj)
    assert [(row["on"], row["direction"], row["contacts"]) for row in rows] == [
        ("2026-11-06", "out", ["ann"]),
        ("2026-11-04", "in", ["ann"]),
        ("2026-11-03", "out", ["ann"]),
    ]
    assert brought(netj, f"m.mbox --me {ME}")["counts"] == (0, 0, 3, 2)
    # With everybody known it is an exposure: kept, but nobody's touch.
    assert brought(netj, f"m.mbox --me {ME} --new")["counts"] == (7, 0, 3, 0)
    assert contact(netj, "ann")["touch_count"] == 3
    assert contact(netj, "p4-example-com")["touch_count"] == 0
    assert contact(netj, "p0-example-com")["last_on"] == "2026-11-07"


def test_a_logged_mail_is_joined_only_in_its_own_direction(netj: Netj) -> None:
    assert netj("log '2026-11-03: email Ann about the flat' --direction in").ok
    Path("m.mbox").write_text(mail(1, "Tue, 3 Nov 2026", ME, ANN) + mail(2, "Tue, 3 Nov 2026", ANN, ME))
    assert brought(netj, f"m.mbox --me {ME}")["counts"] == (1, 1, 0, 0)
    rows = interactions(netj)
    assert sorted((row["direction"], row["summary"]) for row in rows) == [("in", "the flat"), ("out", "rent")]


def test_days_narrow_mail_too(netj: Netj) -> None:
    Path("m.mbox").write_text("".join(mail(n, f"{n} Nov 2026", ANN, ME) for n in range(2, 9)))
    receipt = brought(netj, f"m.mbox --me {ME} --since 2026-11-04 --until 2026-11-06")
    assert receipt["counts"] == (3, 0, 0, 4)
    assert receipt["warnings"] == ["4 skipped: outside --since and --until"]


def test_a_wrong_kind_or_day_is_exit_2(netj: Netj) -> None:
    Path("c.ics").write_bytes(calendar(event("a", "2026-11-02", "x", ANN)).encode())
    assert netj("import c.ics --kind picnic").code == 2
    assert netj("import c.ics --since brunch").code == 2
    assert timeline(netj) == []
