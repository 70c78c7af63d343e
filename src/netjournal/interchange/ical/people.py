"""Who has a part in an event: attendees and organizer, without rooms, calendars and those who declined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.interchange.displayed import turned
from netjournal.interchange.records import Guest

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

#: Addresses that are rooms, calendars or none.
_NOBODY: Final = frozenset({"calendar.google.com", "virtual"})
_THINGS: Final = frozenset({"RESOURCE", "ROOM"})
#: Those of whom the calendar says that they did not come; who delegates sends somebody else.
_ABSENT: Final = frozenset({"DECLINED", "DELEGATED"})
_ADDRESS: Final = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_EMAIL_LIMIT: Final = 254


class Party(NamedTuple):
    """One attendee or organizer as the file has them; `absent` where they declined or sent somebody else."""

    name: str | None
    email: str | None
    absent: bool = False
    declined: bool = False


class People(NamedTuple):
    """Those with a part in an event, the owner left out, and whether the owner declined."""

    guests: tuple[Guest, ...]
    owner_declined: bool = False


def parties(attendees: Iterable[Any], organizers: Iterable[Any]) -> tuple[Party, ...]:
    """The people among icalendar's addresses; rooms, resources and calendars are none."""
    found = (_party(value) for value in (*organizers, *attendees))
    return tuple(dict.fromkeys(party for party in found if party is not None))


def others(everybody: Iterable[Party], me: Set[str]) -> People:
    """Who took part beside the owner, of addresses `me` in small letters."""
    everybody = tuple(everybody)
    absent = {party.email.casefold() for party in everybody if party.absent and party.email}
    declined = any(party.declined and party.email and party.email.casefold() in me for party in everybody)
    guests: dict[str, Guest] = {}
    for party in everybody:
        key = (party.email or party.name or "").casefold()
        # An organizer who declined as an attendee stays away too.
        if party.absent or (party.email and (key in absent or key in me)):
            continue
        known = guests.get(key)
        if known is None or known.name is None:
            guests[key] = Guest(party.name, (party.email,) if party.email else ())
    return People(tuple(guests.values()), declined)


def address(text: str) -> str | None:
    """The mail address in a value, without `mailto:` and the blanks of broken folds, or None."""
    text = re.sub(r"\s+", "", text)
    while text[:7].casefold() == "mailto:":
        text = text[7:]
    text = text.partition("?")[0].strip("<>'\"")
    return text if len(text) <= _EMAIL_LIMIT and _ADDRESS.fullmatch(text) else None


def is_nobody(email: str) -> bool:
    """Whether an address is a room's or a calendar's."""
    domain = email.rpartition("@")[2].casefold()
    return domain in _NOBODY or domain.endswith(".calendar.google.com")


def display_name(text: str) -> str | None:
    """A name fit for a person: unquoted, `Last, First` turned; an address is none."""
    name = " ".join(text.split())
    while len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    name = name.strip("\"'" if name.count('"') % 2 or name.count("'") > 1 else '"').strip()
    if not name or (" " not in name and "@" in name) or name.casefold().startswith("mailto:"):
        return None
    return turned(name)


def _party(value: Any) -> Party | None:
    params = getattr(value, "params", None) or {}
    if _param(params, "CUTYPE").upper() in _THINGS:
        return None
    email = address(str(value)) or address(_param(params, "EMAIL"))
    if email is not None and is_nobody(email):
        return None
    name = display_name(_param(params, "CN"))
    status = _param(params, "PARTSTAT").upper()
    if name is None and email is None:
        return None
    return Party(name, email, status in _ABSENT, status == "DECLINED")


def _param(params: Any, name: str) -> str:
    value = params.get(name, "")
    # A comma that should have been quoted makes a list of a name.
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
