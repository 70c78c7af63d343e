"""Calendars in few words, and what is read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from netjournal.interchange import ical
from netjournal.interchange.records import Interaction, Item, Options, Skipped
from netjournal.interchange.sources import from_bytes

FIXTURES = Path(__file__).parent / "fixtures" / "ical"
TODAY = date(2026, 11, 23)
ME = ("nora.keeper@example.com",)
ZOE = "ATTENDEE;CN=Zoë Brandt:mailto:zoe@example.com"


def read(data: bytes | str, **options: Any) -> list[Item]:
    raw = data.encode() if isinstance(data, str) else data
    return list(ical.read(from_bytes(raw, "meetings.ics"), Options(**{"today": TODAY, "me": ME, **options})))


def event(*lines: str, start: str = "DTSTART:20261103T090000Z", uid: str = "UID:a1") -> str:
    return "\r\n".join(("BEGIN:VEVENT", uid, start, *lines, "END:VEVENT", ""))


def calendar(*components: str, header: str = "VERSION:2.0") -> str:
    return f"BEGIN:VCALENDAR\r\n{header}\r\n{''.join(components)}END:VCALENDAR\r\n"


def met(items: list[Item]) -> list[Interaction]:
    return [item for item in items if isinstance(item, Interaction)]


def one(*lines: str, options: dict[str, Any] | None = None, **kwargs: str) -> Interaction:
    (found,) = met(read(calendar(event(ZOE, *lines, **kwargs)), **(options or {})))
    return found


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Skipped)]
