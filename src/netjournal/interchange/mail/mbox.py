"""Bytes of a mailbox to the header blocks of its messages, in one pass that holds about a megabyte."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange.sources import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bytes of one header block; what is longer costs its message.
HEADER_LIMIT: Final = 256 << 10
#: Bytes of one message: no server takes a tenth of that, a bomb in a zip has more.
MESSAGE_LIMIT: Final = 1 << 30
_CHUNK: Final = 1 << 20
#: Bytes that `_SEPARATOR` may look at.
_LINE: Final = 1_024
#: Bodies hold unescaped lines that begin with "From ", so the day is part of what divides messages. Takeout has the
#: zone before the year, some programs have two blanks.
_SEPARATOR: Final = re.compile(
    rb"\n(From \S{1,900} {1,2}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d[^\r\n]{0,60})"
)
_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_FIELD: Final = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_FROM: Final = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)
_SENT: Final = re.compile(rb"^(?:date|message-id|received)[ \t]*:", re.IGNORECASE | re.MULTILINE)


class Block(NamedTuple):
    """The header block of one message, and the line that divides it from the one before (without a divider: empty)."""

    envelope: bytes
    header: bytes
    #: The block has more than HEADER_LIMIT bytes, and is not whole.
    cut: bool = False


def begins_as_mail(head: bytes) -> bool:
    """Whether these are the first bytes of a mailbox or of a message."""
    head = _start(head)
    if _SEPARATOR.match(b"\n" + head):
        return True
    if head.startswith(b"From "):
        head = head[head.find(b"\n", 0, _LINE) + 1 :]
    if not begins_with_field(head):
        return False
    end = _BLANK_LINE.search(head)
    header = head[: end.start() + 1] if end else head
    return bool(_FROM.search(header) and _SENT.search(header))


def begins_with_field(head: bytes) -> bool:
    """Whether these bytes begin with a line `Name: value`."""
    return _FIELD.match(_start(head)) is not None


def has_separator(head: bytes) -> bool:
    """Whether a line in these bytes divides two messages."""
    return _SEPARATOR.search(b"\n" + head) is not None


def split(file: IO[bytes], *, mailbox: bool = False) -> Iterator[Block]:
    """The header block of each message of a mailbox, or of the one message of a file that is none.

    What begins with a "From " line is a mailbox; with `mailbox`, everything is. Raises InputFileError where the file
    cannot be read to its end or a message has over MESSAGE_LIMIT bytes.
    """
    data = _start(_read(file))
    if data.startswith(b"From "):
        # Only here a line without a day counts: other files may begin so.
        end = data.find(b"\n", 0, _LINE)
        start = min(_LINE, len(data)) if end < 0 else end + 1
        block = _Building(data[:start].rstrip(b"\r\n"))
    elif data:
        start, block = 0, _Building(b"")
    else:
        return
    if not mailbox and not block.envelope:
        block.feed(data, 0, len(data))
        yield block.finished()
        return
    while True:
        more = _read(file)
        # A divider that is cut by the end of the buffer waits for the rest of it.
        edge = len(data) if not more else max(start, len(data) - _LINE)
        while (found := _next(data, start, edge)) is not None:
            block.feed(data, start, found.start(1))
            yield block.finished()
            block = _Building(found[1])
            end = data.find(b"\n", found.end(), found.end() + _LINE)
            start = found.end() if end < 0 else end + 1
        edge = max(start, edge)
        block.feed(data, start, edge)
        if not more:
            yield block.finished()
            return
        kept = max(0, edge - 2)
        data, start = data[kept:] + more, edge - kept


class _Building:
    """A message whose header block is not known to its end yet."""

    def __init__(self, envelope: bytes) -> None:
        self.envelope = envelope
        self.held = b""
        self.whole = False
        self._cut = False
        self._size = 0

    def feed(self, data: bytes, start: int, end: int) -> None:
        """Take what belongs to the header block from `data[start:end]`; the two bytes before tell how it goes on."""
        self._size += max(0, end - start)
        if self._size > MESSAGE_LIMIT:
            raise InputFileError("A message has over 1 GB, which is no mail.", "Look at what this file really is.")
        if self.whole:
            return
        room = HEADER_LIMIT - len(self.held)
        found = _BLANK_LINE.search(data, max(0, start - 2), min(end, start + room))
        if found is not None:
            end = found.start() + 1
            self.held = self.held + data[start:end] if end >= start else self.held[: end - start]
            self.whole = True
        elif end - start > room:
            self.held, self.whole, self._cut = b"", True, True
        else:
            self.held += data[start:end]

    def finished(self) -> Block:
        """The block, which ends here."""
        return Block(self.envelope, self.held, self._cut)


def _next(data: bytes, start: int, edge: int) -> re.Match[bytes] | None:
    """The next divider whose line begins at `start` or after, and not after `edge`."""
    found = _SEPARATOR.search(data, max(0, start - 1))
    return found if found is not None and found.start(1) <= edge else None


def _start(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def _read(file: IO[bytes]) -> bytes:
    try:
        return file.read(_CHUNK)
    except UNREADABLE:
        raise InputFileError("The mail cannot be read to its end.", "Copy or download it again.") from None
