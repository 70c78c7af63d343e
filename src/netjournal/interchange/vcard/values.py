"""Single values of a card as the journal holds them: days, numbers, links, topics and keys."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from netjournal.domain import text as free_text
from netjournal.errors import UsageError
from netjournal.interchange.keys import bounded

if TYPE_CHECKING:
    from netjournal.interchange.vcard.properties import Property

_DAY: Final = re.compile(
    r"(?:([0-9]{4})([0-9]{2})([0-9]{2})|([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|--([0-9]{2})-?([0-9]{2}))"
    r"(?:[T ].*)?"
)
#: The year that Apple writes for none; the parameter that says so is often lost on the way.
_NO_YEAR: Final = "1604"
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+-]*:", re.IGNORECASE)
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")
_UUID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
#: Labels that Google gives to contacts by itself.
_NO_TOPICS: Final = frozenset({"mycontacts", "starred"})


def birthday(found: Property) -> str | None:
    """A birthday as stored, `1988-06-15` or `--06-15`, or None where the value is no day."""
    read = _DAY.fullmatch(found.text.strip())
    if read is None:
        return None
    year, month, day = read[1] or read[4] or "", read[2] or read[5] or read[7], read[3] or read[6] or read[8]
    if year in (_NO_YEAR, found.param("X-APPLE-OMIT-YEAR")):
        year = ""
    try:
        # 2000 is a leap year: without a year, 29 February is a birthday.
        on = date(int(year or 2000), int(month), int(day))
    except ValueError:
        return None
    return on.isoformat() if year else f"--{on.month:02}-{on.day:02}"


def mail(found: Property) -> str | None:
    """An e-mail address, or None where the value is none."""
    value = re.sub(r"^mailto:", "", found.line_text, flags=re.IGNORECASE).strip("<> ")
    return value if _MAIL.fullmatch(value) else None


def phone(found: Property) -> str | None:
    """A telephone number as it was typed, or None where the value is an address of another kind."""
    value = found.line_text
    if value[:4].casefold() == "tel:":
        return unquote(value[4:]).strip() or None
    return None if (found.param("VALUE") or "").lower() == "uri" and _SCHEME.match(value) else value or None


def link(found: Property) -> str | None:
    """The address of a page, or None where the value is something else."""
    value = "".join(found.text.split())
    if re.match(r"https?://.", value, re.IGNORECASE):
        return value
    return value if found.name == "URL" and "." in value and not _SCHEME.match(value) else None


def topic(category: str) -> str | None:
    """A category as a topic, or None where it cannot be one."""
    word = "-".join(category.split()).casefold()
    try:
        return free_text.topic(word) if word not in _NO_TOPICS else None
    except UsageError:
        return None


def visible(text: str) -> str | None:
    """A text, or None where nothing of it can be seen."""
    try:
        return free_text.line(text, "It", len(text))
    except UsageError:
        return None


def uid_of(value: str) -> tuple[str, str | None]:
    """A UID in one spelling, and its 32 hexadecimal digits where it is a UUID."""
    bare = re.sub(r"^urn:uuid:", "", value, flags=re.IGNORECASE)
    return (bare.lower(), bare.replace("-", "").lower()) if _UUID.fullmatch(bare) else (bare, None)


def key(text: str) -> str:
    """A text as an external id, which keeps what kind of id it is where a hash stands for it."""
    return bounded(text, f"{text.partition(':')[0]}:sha256:")
