"""Addresses of a header field to names and mailboxes: common forms at once, odd ones through the standard library."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import text as free_text
from netjournal.interchange.displayed import turned
from netjournal.interchange.mail.headers import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAILBOX: Final = re.compile(r"[^\s<>@\"(),:;\\\[\]]{1,64}@[^\s<>@\"(),:;\\]{1,255}")
#: A quote or comment that is never closed takes the rest: else each one would be looked for to the end again.
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|\([^()]*\)|<[^<>]*>|[,;:]|[^"(<,;:]+|.', re.DOTALL)
_GROUPING: Final = re.compile(r"[\"(;:]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
#: Characters of one member, a name and its address.
_LONGEST: Final = 500
#: Comments in one member; the library goes down into each.
_DEEPEST: Final = 8
#: Members of no common form that are looked at in a field: each takes the library up to milliseconds.
_ODD_MEMBERS: Final = 20
_ADDRESS_LIMIT: Final = 254


class Mailbox(NamedTuple):
    """Somebody's address, and the name beside it if there is one."""

    address: str
    name: str | None
    #: What is the same in all spellings of this address.
    key: str


def key(address: str) -> str:
    """What is the same in all spellings of an address: small letters, no `+tag`, the domain as it is sent."""
    local, _, domain = address.strip().casefold().rpartition("@")
    if not domain.isascii():
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode("ascii")
    return f"{local.partition('+')[0] or local}@{domain}"


def mailboxes(fields: list[str]) -> list[Mailbox]:
    """The mailboxes of some fields in their order, each address once; what is none is left out."""
    found: dict[str, Mailbox] = {}
    for field in fields:
        odd = _ODD_MEMBERS
        for member in _members(field):
            if "@" not in member or len(member) > _LONGEST or member.count("(") > _DEEPEST:
                continue
            if (box := _common(member)) is not None:
                found.setdefault(box.key, box)
            elif odd:
                odd -= 1
                for box in _odd(member):
                    found.setdefault(box.key, box)
    return list(found.values())


def _members(field: str) -> Iterator[str]:
    if _GROUPING.search(field) is None:
        yield from field.split(",")
        return
    parts: list[str] = []
    for part in _TOKEN.findall(field):
        if part == ":":
            # The name of a group.
            parts.clear()
        elif part in (",", ";"):
            yield "".join(parts)
            parts.clear()
        else:
            parts.append(part)
    yield "".join(parts)


# A mailbox names the same people again and again.
@lru_cache(maxsize=4_096)
def _common(member: str) -> Mailbox | None:
    """`a@b`, `<a@b>`, `Name <a@b>` or `"Name" <a@b>`; None for all else."""
    member = member.strip()
    name = ""
    if member.endswith(">"):
        name, opened, member = member[:-1].rpartition("<")
        name, member = name.strip(), member.strip()
        if not opened or (quoted := _unquoted(name)) is None:
            return None
        name = quoted
    fits = len(member) <= _ADDRESS_LIMIT and member.isprintable() and _MAILBOX.fullmatch(member)
    return Mailbox(member, _cleaned(name), key(member)) if fits else None


def _unquoted(name: str) -> str | None:
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1]
        return _ESCAPED.sub(r"\1", name) if "\\" in name else name
    return None if any(mark in name for mark in '"()\\<>') else name


def _odd(member: str) -> list[Mailbox]:
    from email.policy import default

    try:
        parsed = default.header_factory("To", member).addresses
        return [
            Mailbox(one.addr_spec, _cleaned(one.display_name), key(one.addr_spec))
            for one in parsed
            if one.username and one.domain and one.addr_spec.isprintable() and " " not in one.addr_spec
            if len(one.addr_spec) <= _ADDRESS_LIMIT
        ]
    except Exception:  # noqa: BLE001  # the parser raises what it likes, and an odd member costs only itself
        return []


def _cleaned(name: str) -> str | None:
    """A display name without quotes around it, `Last, First` turned; None where it is an address, or no name."""
    name = decoded(name)
    while len(name) > 1 and name[0] in "'\"" and name[0] == name[-1]:
        name = name[1:-1].strip()
    usable = name and "@" not in name and len(name) <= free_text.NAME_LIMIT and any(c.isalnum() for c in name)
    return (turned(name) if "," in name else name) if usable else None
