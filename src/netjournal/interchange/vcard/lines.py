"""From bytes to cards: lines are unfolded and each card is cut out before any property is understood.

So a line that means nothing costs itself, and a card without its end costs nothing of the next one. Nothing here
holds more than one card, and of that no pictures.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange.vcard.properties import PICTURES, Property, look, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bytes of one property when it is unfolded; the longest note in the journal takes 600,000 at most.
PROPERTY_LIMIT: Final = 1 << 20
#: Properties of one card, and bytes of them all.
CARD_LIMIT: Final = 5_000
CARD_BYTES: Final = 8 << 20
UNENDED: Final = "its END:VCARD is missing"
STRAY: Final = "a line in it is no property, left out"
TOO_LONG: Final = "a property of over 1 MB in it is left out"
TOO_MANY: Final = f"it has over {CARD_LIMIT:,} properties or 8 MB, the others are left out"
NESTED: Final = "the card of an assistant inside it is left out"
BINARY: Final = "a base64 value in it is left out"

_MARK: Final = b"\xef\xbb\xbf"
_BEGUN: Final = b":BEGIN:VCARD"
#: The first bytes of lines that may begin or end a card.
_BOUNDS: Final = b"BbEe\xef"
_BLANKS: Final = re.compile(rb"\s+")


class Card:
    """The properties of one card, and what was left out of it: a reason, and the first line it is true of."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.properties: list[Property] = []
        self.faults: dict[str, int] = {}
        #: Properties that began, and bytes of those that were read.
        self.count = 0
        self.size = 0

    def doubt(self, reason: str, line: int) -> None:
        """Keep a reason, once."""
        self.faults.setdefault(reason, line)


class _Open(NamedTuple):
    """The property whose lines are being read; without `parts` it is left out."""

    line: int
    binary: bool
    quoted: bool
    parts: list[bytes] | None


class Cards:
    """The cards of a file, one at a time.

    `stray` counts lines outside any card, `assumed` tells that something had to be read as Windows-1252.
    """

    def __init__(self, file: IO[bytes], head: bytes) -> None:
        self.stray = 0
        self.assumed = False
        self._lines = _lines(file, head)
        #: In a file with a byte order mark, what a property says of its encoding is of the file it came from.
        self._marked = head.startswith((_MARK, b"\xff\xfe", b"\xfe\xff")) or 0 in head[:2]
        self._card: Card | None = None
        self._open: _Open | None = None
        self._size = 0
        #: Whether the open property goes on after a soft break of quoted-printable.
        self._soft = False
        #: Cards inside of the card.
        self._depth = 0
        #: Whether the line before was an AGENT whose card follows.
        self._agent = False

    def __iter__(self) -> Iterator[Card]:
        for number, (raw, cut) in enumerate(self._lines, 1):
            if not raw:
                # Nothing goes on after a soft break: the next line is a property of its own.
                self._soft = False
                continue
            bound = _bound(raw) if raw[0] in _BOUNDS or self._card is None else b""
            if bound == b"BEGIN:VCARD":
                yield from self._begin(number)
            elif self._card is None:
                self.stray += not raw.isspace()
            elif bound == b"END:VCARD":
                if self._depth:
                    self._depth -= 1
                    self._agent = False
                else:
                    yield self._ended(self._card)
            elif self._depth:
                self._agent = _is_agent(raw)
                if self._agent and _bound(raw).endswith(_BEGUN):
                    self._depth, self._agent = self._depth + 1, False
            else:
                self._line(self._card, number, raw, cut)
        if self._card is not None:
            self._card.doubt(UNENDED, self._card.line)
            yield self._ended(self._card)

    def _begin(self, number: int) -> Iterator[Card]:
        if self._card is not None and self._agent:
            self._depth += 1
            self._agent = False
            self._card.doubt(NESTED, number)
            return
        if self._card is not None:
            self._card.doubt(UNENDED, self._card.line)
            yield self._ended(self._card)
        self._card = Card(number)

    def _ended(self, card: Card) -> Card:
        self._close(card)
        self._card, self._depth, self._agent = None, 0, False
        return card

    def _line(self, card: Card, number: int, raw: bytes, cut: bool) -> None:
        before, indented = self._open, raw[0] in b" \t"
        # Some writers do not indent base64.
        if before is not None and (indented or self._soft or (before.binary and b":" not in raw)):
            self._agent = False
            self._add(card, before, raw[1:] if indented and not self._soft else raw, cut)
            return
        self._close(card)
        self._agent = _is_agent(raw)
        card.count += 1
        if card.count > CARD_LIMIT or card.size > CARD_BYTES:
            card.doubt(TOO_MANY, number)
            return
        raw = raw.removeprefix(_MARK)
        if self._agent and _bound(raw).endswith(_BEGUN):
            # The card begins on the line of its property.
            self._depth, self._agent = 1, False
            card.doubt(NESTED, number)
            return
        seen = look(raw)
        self._open = _Open(number, seen.binary, seen.quoted, None if seen.binary else [])
        self._size = 0
        if seen.binary and seen.name not in PICTURES:
            card.doubt(BINARY, number)
        self._add(card, self._open, raw, cut)

    def _add(self, card: Card, to: _Open, raw: bytes, cut: bool) -> None:
        self._soft = to.quoted and raw.endswith(b"=")
        if to.parts is None:
            return
        self._size += len(raw)
        if cut or self._size > PROPERTY_LIMIT:
            card.doubt(TOO_LONG, to.line)
            self._open = to._replace(parts=None)
        else:
            to.parts.append(raw[:-1] if self._soft else raw)

    def _close(self, card: Card) -> None:
        done, self._open, self._soft = self._open, None, False
        if done is None or done.parts is None:
            return
        card.size += self._size
        read = parse(b"".join(done.parts), done.line, marked=self._marked)
        if read is None:
            card.doubt(STRAY, done.line)
            return
        self.assumed = self.assumed or read.assumed
        if read.binary:
            if read.found.name not in PICTURES:
                card.doubt(BINARY, done.line)
            return
        card.properties.append(read.found)


def _bound(raw: bytes) -> bytes:
    """A short line without its blanks and in capitals: what begins and ends cards is such a line."""
    return _BLANKS.sub(b"", raw.removeprefix(_MARK)).upper() if len(raw) < 64 else b""


def _is_agent(raw: bytes) -> bool:
    """Whether a line is an AGENT property without a value, or with the first line of its card."""
    if len(raw) >= 64 or b"AGENT" not in raw.upper():
        return False
    bound = _bound(raw).rpartition(b".")[2]
    return bound.startswith(b"AGENT") and bound.endswith((b":", _BEGUN))


def _lines(file: IO[bytes], head: bytes) -> Iterator[tuple[bytes, bool]]:
    """The lines of a file without their ends, whatever those are, and whether a line was too long to be kept."""
    from io import TextIOWrapper

    text: TextIOWrapper | None = None
    pieces: Iterator[bytes]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in head[:2]:
        bare = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
        coding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else bare
        text = TextIOWrapper(file, encoding=coding, errors="replace", newline="\r" if _only_cr(head) else "\n")
        pieces = _encoded(text, "utf-8")
    elif _only_cr(head):
        text = TextIOWrapper(file, encoding="latin-1", newline="\r")
        pieces = _encoded(text, "latin-1")
    else:
        pieces = iter(lambda: file.readline(PROPERTY_LIMIT), b"")
    cut = False
    try:
        for piece in pieces:
            whole = piece.endswith((b"\n", b"\r")) or len(piece) < PROPERTY_LIMIT
            if not cut:
                yield piece.rstrip(b"\r\n"), not whole
            cut = not whole
    finally:
        # The file is whose it was, also where reading was broken off: a wrapper that is left would close it.
        if text is not None and not file.closed:
            text.detach()


def _encoded(text: IO[str], coding: str) -> Iterator[bytes]:
    """The lines of a text, the longest in pieces, as bytes of a coding."""
    for piece in iter(lambda: text.readline(PROPERTY_LIMIT), ""):
        yield piece.encode(coding)


def _only_cr(head: bytes) -> bool:
    return b"\r" in head and b"\n" not in head
