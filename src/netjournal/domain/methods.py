"""Ways to reach a contact (e-mail addresses, phone numbers, links): when two are one, and whom one tells apart."""

from __future__ import annotations

import re
from typing import Final

#: Parameters of a link that tell where it was found, not whose it is; so do all that begin with `utm_`.
_TRACKING: Final = frozenset(
    ("fbclid", "gclid", "igsh", "igshid", "lipi", "mc_cid", "mc_eid", "mibextid", "ref", "trk")
)


def method_key(kind: str, value: str) -> str:
    """The form of an address, number or link in which two are the same."""
    if kind == "phone":
        digits = "".join(c for c in value if c.isdigit())
        return ("+" if value.lstrip().startswith("+") else "") + digits if digits else value.casefold()
    if kind == "url":
        bare = value.casefold().split("?")[0].split("#")[0].rstrip("/")
        return bare.removeprefix("https://").removeprefix("http://").removeprefix("www.") or value.casefold()
    return value.casefold()


def identity_key(kind: str, value: str) -> str | None:
    """The form in which an address or link says who somebody is, None where it may be several people's.

    That is a phone number, and a link whose path may be everybody's: `profile.php?id=7`, `#/people/7`.
    """
    if kind == "phone" or (kind == "url" and _is_told_after_the_path(value.casefold())):
        return None
    return method_key(kind, value)


def _is_told_after_the_path(url: str) -> bool:
    address, _, fragment = url.partition("#")
    names = (part.partition("=")[0] for part in re.split("[&;]", address.partition("?")[2]) if part)
    return fragment[:1] in ("/", "!") or any(name not in _TRACKING and not name.startswith("utm_") for name in names)
