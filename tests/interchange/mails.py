"""Messages in few words, and what is read from them."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from pathlib import Path

from netjournal.interchange.mail import read
from netjournal.interchange.records import Interaction, Item, Options, Skipped
from netjournal.interchange.sources import from_bytes

FIXTURE = (Path(__file__).parent / "fixtures" / "mail" / "takeout-sent.mbox").read_bytes()
VIENNA = timezone(timedelta(hours=1))
OPTIONS = Options(today=date(2026, 11, 23), me=("Nora@Example.com", "https://example.social/@nora"), zone=VIENNA)
ZOE = "Zoë Brandt <zoe@example.org>"


def message(**fields: str | None) -> bytes:
    """A message from Zoë to Nora; fields are changed, added (`list_id` is List-Id) or taken out by None."""
    named = {"from": ZOE, "to": "nora@example.com", "date": "Tue, 3 Nov 2026 09:15:00 +0100", "message_id": "<1@x>"}
    lines = [
        f"{name.replace('_', '-').title()}: {value}\n" for name, value in (named | fields).items() if value is not None
    ]
    return ("".join(lines) + "\nHello\n").encode()


def items(data: bytes, options: Options = OPTIONS, name: str = "one.eml") -> list[Item]:
    return list(read(from_bytes(data, name), options))


def one(data: bytes, options: Options = OPTIONS) -> Item:
    (item,) = items(data, options)
    return item


def told(**fields: str | None) -> Interaction:
    item = one(message(**fields))
    assert isinstance(item, Interaction), item
    return item


def reason(**fields: str | None) -> str:
    item = one(message(**fields))
    assert isinstance(item, Skipped), item
    assert not item.bad
    return item.reason


def people(**fields: str | None) -> list[tuple[str | None, str]]:
    return [(guest.name, guest.emails[0]) for guest in told(**fields).guests]


def sent(to: str, **fields: str | None) -> list[tuple[str | None, str]]:
    return people(**{"from": "Nora <NORA@example.com>", "to": to, **fields})
