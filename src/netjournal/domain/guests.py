"""Somebody as typed with where they work and their address: `NAME [<ADDRESS>] [@ ORG[, TITLE]]`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

#: Longer texts are not taken apart for a mend.
_LONG: Final = 300
_ADDRESS: Final = re.compile(r"<([^<>@\s]+@[^<>@\s]+)>")
#: What belongs to a firm behind a comma, and is nobody's title.
_FORMS: Final = frozenset(
    ("inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "gmbh", "corp", "corporation", "co", "pty", "pbc")
)
#: Two people, each with an organization, in one text.
_TWO: Final = re.compile(r"(?P<one>.+ @.+?)\s*(?:[&;,+/]|\band\b)\s*(?P<two>[^&;,+/@]+ @.+)")


class Guest(NamedTuple):
    """A participant as typed."""

    name: str
    org: str | None = None
    title: str | None = None
    email: str | None = None


def guest_of(typed: str) -> Guest:
    """Split `Lena Ortiz @ Acme, Recruiter`; an `@` inside a word (an address) parts nothing, `, Inc.` is of the firm."""
    address = _ADDRESS.search(typed)
    if address:
        typed = f"{typed[: address.start()].rstrip()}{typed[address.end() :]}"
    name, mark, rest = typed.partition(" @ ")
    if not mark and (at := typed.find(" @")) > 0:
        name, rest = typed[:at], typed[at + 2 :]
    if typed.startswith("@ "):
        name, rest = "", typed[2:]
    org, *behind = rest.split(",")
    while behind and behind[0].replace(".", "").strip().casefold() in _FORMS:
        org = f"{org},{behind.pop(0)}"
    title = ",".join(behind)
    email = address[1] if address else None
    # A dash that nothing follows is of no name.
    name = " ".join(name.split()).rstrip(" -–—,;")
    return Guest(name, " ".join(org.split()) or None, " ".join(title.split()) or None, email)


def two_places(typed: str) -> bool:
    """Whether a text says twice where somebody works: `Lena @ Acme @ Globex`."""
    return typed.count(" @") > 1


def two_in(typed: str) -> tuple[str, str] | None:
    """The two people that a text names, each with an organization; None where it is one, or too long to be told."""
    both = _TWO.fullmatch(typed) if typed.count(" @") > 1 and len(typed) <= _LONG else None
    return (both["one"], both["two"]) if both else None
