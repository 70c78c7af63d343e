"""A header block to its fields: unfolded, decoded, and never worth an exception."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import KeysView
    from datetime import tzinfo

_WANTED: Final = (
    b"from sender to cc bcc date subject message-id received return-path delivered-to x-original-to "
    b"list-id list-unsubscribe list-post list-help list-subscribe mailing-list x-mailing-list precedence "
    b"auto-submitted x-gmail-labels x-mozilla-draft-info x-mozilla-status x-status x-spam-flag"
)
#: A field and the lines that go on with it; all else is passed over.
_FIELDS: Final = re.compile(rb"\n((?i:" + b"|".join(_WANTED.split()) + rb"))[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)")
#: Characters of a field whose words are decoded.
_LONGEST: Final = 10_000
_ENCODED: Final = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bq])\?([^?]*)\?=", re.IGNORECASE)
#: Codecs that cost more than the text they make is worth, or make no text.
_NO_CHARSETS: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
#: Labels that are short for what is written with them.
_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-8-i": "iso8859_8",
}
_UNSEEN: Final = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)))
#: No mail was sent in the year in which clocks that were never set begin.
_FIRST_YEAR: Final = 1971
#: What follows the sender in a "From " line; Takeout has the zone before the year.
_ENVELOPE_DAY: Final = re.compile(
    rb" ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d(?::\d\d)?)((?: [A-Z]{1,5}| [+-]\d{4})?) (\d{4})((?: [+-]\d{4})?)"
)


class Headers:
    """The fields of one block that say who, when and what."""

    __slots__ = ("_values",)

    def __init__(self, block: bytes) -> None:
        values: dict[bytes, list[bytes]] = {}
        for name, value in _FIELDS.findall(b"\n" + block):
            values.setdefault(name.lower(), []).append(value)
        self._values = values

    @property
    def names(self) -> KeysView[bytes]:
        """The names of its fields that are of use, in small letters."""
        return self._values.keys()

    def __contains__(self, name: bytes) -> bool:
        return name in self._values

    def first(self, name: bytes) -> str:
        """The first field of a name with its blanks folded and its encoded words as they are; empty without one."""
        found = self._values.get(name)
        return _unfolded(found[0]) if found else ""

    def every(self, *names: bytes) -> list[str]:
        """All fields of some names."""
        return [_unfolded(value) for name in names for value in self._values.get(name, ())]


def _unfolded(value: bytes) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = value.decode("cp1252", "replace")
    return " ".join(text.split())


def in_charset(data: bytes, charset: str) -> str:
    """Text of bytes that may say wrong what they are: by their charset, else UTF-8, else Windows-1252."""
    label = charset.casefold()
    for name in (_WIDER.get(label, label), "utf-8"):
        if name.replace("-", "_") not in _NO_CHARSETS:
            try:
                return data.decode(name)
            except (LookupError, ValueError):
                continue
    return data.decode("cp1252", "replace")


def decoded(text: str) -> str:
    """A text with its encoded words (RFC 2047) read, its blanks folded and without characters that are no text."""
    text = text[:_LONGEST]
    if "=?" in text:
        text = _read_words(text)
    if not text.isprintable():
        text = text.replace("\t", " ").replace("\n", " ").translate(_UNSEEN)
    return " ".join(text.split())


def _read_words(text: str) -> str:
    pieces: list[str] = []
    # Programs cut characters in two between words: what follows in the same charset is decoded with it.
    charset, held, at = "", b"", 0
    for found in _ENCODED.finditer(text):
        between = text[at : found.start()]
        if between.strip() or found[1].casefold() != charset:
            pieces.append(in_charset(held, charset) if held else "")
            held = b""
        if between.strip() or not at:
            pieces.append(between)
        charset, at = found[1].casefold(), found.end()
        held += _bytes_of(found[3], found[2])
    pieces.append(in_charset(held, charset) if held else "")
    return "".join(pieces) + text[at:]


def _bytes_of(content: str, encoding: str) -> bytes:
    raw = content.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    raw = raw.rstrip(b"= ")
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return b""


def local_day(value: str, zone: tzinfo | None) -> date | None:
    """The day in a zone (None: the system's) of a `Date`; None where it cannot be read or is before there was mail."""
    value = value[:200]
    try:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            moment = datetime.fromisoformat(value)
        if moment.tzinfo is None and value.rstrip().endswith("-0000"):
            moment = moment.replace(tzinfo=UTC)
        # A zone that is not said, or whose name nobody knows, is taken for the reader's own.
        day = (moment if moment.tzinfo is None else moment.astimezone(zone)).date()
    except Exception:  # noqa: BLE001  # the library raises what it likes, and an odd date costs only itself
        return None
    return day if day.year >= _FIRST_YEAR else None


def envelope_day(envelope: bytes, zone: tzinfo | None) -> date | None:
    """The day that a "From " line ends with, which is in UTC where it names no zone."""
    found = _ENVELOPE_DAY.search(envelope)
    if found is None:
        return None
    month, day, clock, named, year, offset = (part.decode("ascii") for part in found.groups())
    return local_day(f"{day} {month} {year} {clock} {(offset or named).strip() or '+0000'}", zone)
