"""A calendar file taken apart into its components, before anything in it is believed.

Only the lines that are needed are kept: descriptions and attachments, where most of a file's bytes and most of its
faults are, never reach the parser. One pass, no recursion: a file nested deep costs what a long one costs.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange import tabular

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bytes of one unfolded line.
LINE_LIMIT: Final = 1 << 14
#: The same of a line of dates, some thousand of which may be left out of a series.
DATES_LIMIT: Final = 1 << 18

_EVENT: Final = frozenset(
    {"UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "ATTENDEE", "ORGANIZER", "STATUS", "SEQUENCE"}
    | {"RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
)
_ZONE: Final = frozenset({"TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"})
_HEADER: Final = frozenset({"METHOD", "X-WR-CALNAME", "X-WR-RELCALID", "X-WR-TIMEZONE"})
#: What is kept of each component that stands for itself: an opening of one of these ends the one before.
_KEPT: Final[dict[str, frozenset[str]]] = {
    "VEVENT": _EVENT,
    "VTIMEZONE": _ZONE,
    "VTODO": frozenset(),
    "VJOURNAL": frozenset(),
    "VFREEBUSY": frozenset(),
}
_NAME: Final = re.compile(rb"([A-Za-z0-9-]+)[ \t]*[;:]")


class Calendar(NamedTuple):
    """The beginning of a VCALENDAR: its own properties, raw."""

    properties: dict[str, str]


class Block(NamedTuple):
    """A component: its kept lines, unfolded, and whether its end was found.

    `inner` are the components in it, of a VTIMEZONE only; `overlong` where one of its lines was dropped for its length.
    """

    line: int
    name: str
    lines: list[str]
    inner: list[list[str]]
    closed: bool = True
    overlong: bool = False


class _Open:
    """A component that is being read."""

    def __init__(self, line: int, name: str, *, loud: bool) -> None:
        self.line, self.name, self.loud = line, name, loud
        self.lines: list[str] = []
        self.inner: list[list[str]] = []
        self.depth = 0
        self.overlong = False

    def block(self, *, closed: bool) -> Block:
        return Block(self.line, self.name, self.lines, self.inner, closed, self.overlong)


def components(data: bytes) -> Iterator[Calendar | Block]:
    """The calendars of a file and the components in each, in the file's order."""
    current: _Open | None = None
    header: Calendar | None = None
    for number, name, text in _logical(data):
        upper = name.upper()
        if upper == "BEGIN" or upper == "END":
            what = text.partition(":")[2].strip().upper()
            opens = upper == "BEGIN"
            if what == "VCALENDAR" or (opens and what in _KEPT):
                if current is not None:
                    yield current.block(closed=False)
                current = None
                if what == "VCALENDAR":
                    header = Calendar({}) if opens else None
                    if header is not None:
                        yield header
                else:
                    current = _Open(number, what, loud=name == upper)
            elif current is not None:
                if not opens and what == current.name:
                    yield current.block(closed=True)
                    current = None
                else:
                    _nest(current, opens=opens)
        elif current is None:
            if header is not None and upper in _HEADER:
                header.properties.setdefault(upper, text.partition(":")[2].strip()[:500])
        else:
            _keep(current, name, upper, text)
    if current is not None:
        yield current.block(closed=False)


def _nest(current: _Open, *, opens: bool) -> None:
    current.depth = current.depth + 1 if opens else max(current.depth - 1, 0)
    if opens and current.depth == 1 and current.name == "VTIMEZONE":
        current.inner.append([])


def _keep(current: _Open, name: str, upper: str, text: str) -> None:
    """Keep a line if it is one of those needed, of the component itself."""
    # Exchange leaves line breaks of a description as they are: its `Organizer: ...` is text, no property.
    if upper not in _KEPT[current.name] or (current.loud and name != upper):
        return
    if len(text) > (DATES_LIMIT if upper in ("EXDATE", "RDATE") else LINE_LIMIT):
        current.overlong = True
    elif current.depth == 0:
        current.lines.append(text)
    elif current.depth == 1 and current.name == "VTIMEZONE":
        current.inner[-1].append(text)


def _logical(data: bytes) -> Iterator[tuple[int, str, str]]:
    """The unfolded lines that have a name of interest: where each begins, its name and its text."""
    wanted = {b"BEGIN", b"END"} | {name.encode() for name in (_EVENT | _ZONE | _HEADER)}
    start, name, parts, length = 0, b"", [b""], 0
    # In bytes, where the limits count characters.
    most = 4 * DATES_LIMIT
    for number, raw in enumerate(io.BytesIO(_unix(data)), 1):
        if raw == b"\n" or raw == b"\r\n":
            continue
        line = raw.rstrip(b"\r\n")
        if raw[:1] == b" " or raw[:1] == b"\t":
            if name and length <= most:
                # Enough to tell that the limit was passed, without keeping twenty million.
                parts.append(line[1 : most + 2])
                length += len(parts[-1])
            continue
        if name:
            yield start, name.decode("ascii"), _text(b"".join(parts))
        found = _NAME.match(line, 0, 64)
        name = found[1] if found is not None and found[1].upper() in wanted else b""
        start, parts, length = number, [line[: most + 2]], len(line)
    if name:
        yield start, name.decode("ascii"), _text(b"".join(parts))


def _unix(data: bytes) -> bytes:
    """The bytes as UTF-8 (or nearly), with line ends that can be told."""
    if 0 in data[:2] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = tabular.decode(data).text.encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data.replace(b"\r", b"\n") if b"\n" not in data else data


def _text(line: bytes) -> str:
    # Line by line: a Latin-1 name in one event says nothing of the others.
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text.replace("\0", "").replace("\r", " ")
