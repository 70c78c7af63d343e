"""Invitations of LinkedIn that are messages, and whose they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from netjournal.interchange import linkedin, reasons
from netjournal.interchange.linkedin import invitations
from netjournal.interchange.records import Guest, Interaction, Item, Options, Skipped
from netjournal.interchange.sources import from_bytes
from rows import rows

FIXTURE = Path(__file__).parent / "fixtures" / "linkedin" / "invitations-us-dates.csv"
AT = "https://www.linkedin.com/in/"
HEADER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
ROW = f'Nora,Bo Li,"1/29/26, 2:37 PM",Hello Bo,OUTGOING,{AT}nora,{AT}Bo/\n'


def read(text: str | bytes, **options: Any) -> list[Item]:
    given = Options(date(2026, 11, 23), zone=ZoneInfo("Europe/Vienna"))._replace(**options)
    source = from_bytes(text.encode() if isinstance(text, str) else text, "Invitations.csv")
    assert linkedin.recognises(source)
    return list(linkedin.read(source, given))


def test_only_an_invitation_with_words_of_its_own_is_a_message() -> None:
    silent, told = read(FIXTURE.read_bytes())
    assert silent == Skipped(2, invitations.SILENT)
    assert isinstance(told, Interaction)
    assert (told.on, told.kind, told.direction) == (date(2025, 12, 3), "message", "in")
    assert told.guests == (Guest("Tomás Reyes", urls=(f"{AT}tomas-reyes",)),)
    assert (told.summary, told.note) == ("Hi Nora, we met at the data meetup.", None)


def test_the_guest_is_the_other_side() -> None:
    (sent,) = read(HEADER + ROW)
    assert isinstance(sent, Interaction)
    assert (sent.direction, sent.guests) == ("out", (Guest("Bo Li", urls=(f"{AT}bo",)),))


TIMES = {
    '"1/29/26, 2:37 PM"': date(2026, 1, 29),
    '"1/29/26, 2:37\u202fPM"': date(2026, 1, 29),
    '"12/1/25, 12:05 a.m."': date(2025, 12, 1),
    '"12/1/25, 12:05 PM"': date(2025, 12, 1),
    "1/29/2026 14:37": date(2026, 1, 29),
    "2026-01-29 23:30:00 UTC": date(2026, 1, 30),
    "29/1/26 2:37 PM": None,
    '"1/29/26, 13:37 PM"': None,
    "29.01.2026 14:37": None,
    "": None,
}


@rows(("text", "day"), TIMES.items())
def test_times_are_local_with_the_month_first_or_universal(text: str, day: date | None) -> None:
    (found,) = read(HEADER + ROW.replace('"1/29/26, 2:37 PM"', text))
    if day is None:
        assert found == Skipped(2, "its `Sent At` is no time that can be read", bad=True)
    else:
        assert isinstance(found, Interaction)
        assert found.on == day


@rows(
    ("old", "new", "skipped"),
    [
        (f"{AT}Bo/", "", Skipped(2, invitations.NAMELESS)),
        ("OUTGOING", "SIDEWAYS", Skipped(2, "its direction is neither INCOMING nor OUTGOING", bad=True)),
        ("OUTGOING", "INCOMING", Skipped(2, invitations.OWN)),
        ("1/29/26", "1/29/25", Skipped(2, reasons.OUTSIDE)),
        ("Hello Bo", "<br>&#32;", Skipped(2, invitations.SILENT)),
    ],
)
def test_what_makes_no_interaction_is_left_out_with_its_reason(old: str, new: str, skipped: Skipped) -> None:
    assert read(HEADER + ROW.replace(old, new), me=(f"{AT}nora",), since=date(2026, 1, 1)) == [skipped]


def test_files_without_addresses_name_nobody() -> None:
    text = 'From,To,Sent At,Message,Direction\nNora,Bo,"1/29/26, 2:37 PM",Hello,OUTGOING\n'
    assert read(text) == [Skipped(2, invitations.NAMELESS)]


def test_the_same_invitation_is_told_once() -> None:
    first, again, other = read(HEADER + ROW + ROW + ROW.replace("1/29/26", "2/29/24"))
    assert isinstance(first, Interaction)
    assert again == Skipped(3, reasons.TWICE)
    assert isinstance(other, Interaction)
    assert first.external_id != other.external_id
