"""An evening as one text: the first line is quick capture, and each `- NAME: …` line is somebody met.

`- NAME [@ ORG[, TITLE]]: note [#topic] [> promise by DATE]`; other lines are the note of the whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from netjournal.domain import capture
from netjournal.errors import UsageError

#: What stands below this line is help, not text.
SCISSORS = "------ 8< ------ all below is left out ------"

#: For a line whose blanks are single: what could match in several ways would take the square of its length.
_GUEST = re.compile(r"[-*•] (?P<who>[^: ](?:(?! > | #\S)[^:])*)(?::(?P<rest>.*)| (?P<more>[>#].*))?")


class GuestLine(NamedTuple):
    """One person met: `who` is `NAME [@ ORG[, TITLE]]` as typed."""

    line: int
    who: str
    note: str | None
    topics: tuple[str, ...]
    promises: tuple[str, ...]


class Evening(NamedTuple):
    """One text: its first line, the people met, and what else was noted."""

    first_line: str
    guests: tuple[GuestLine, ...]
    note: str | None


def read_evening(text: str) -> Evening:
    """Read a text of several lines. Raises UsageError where it is empty or names somebody twice."""
    kept = text.split(SCISSORS, 1)[0].splitlines()
    lines = [(number, " ".join(line.split())) for number, line in enumerate(kept, start=1) if line.strip()]
    if not lines:
        raise UsageError("Nothing was written, so nothing was logged.")
    first: list[str] = []
    if not _GUEST.fullmatch(lines[0][1]):
        first = [lines.pop(0)[1]]
    guests: list[GuestLine] = []
    notes: list[str] = []
    for number, line in lines:
        found = _GUEST.fullmatch(line)
        if found is None:
            notes.append(line)
        else:
            guests.append(_guest(number, found))
    seen: set[str] = set()
    for guest in guests:
        if guest.who.casefold() in seen:
            raise UsageError(f"Line {guest.line} names '{guest.who}' a second time.")
        seen.add(guest.who.casefold())
    return Evening(first[0] if first else "", tuple(guests), "\n".join(notes) or None)


def _guest(number: int, found: re.Match[str]) -> GuestLine:
    said, *promises = re.split(r"(?:^|\s)>\s+", found["rest"] or found["more"] or "")
    topics = capture.after("#", said)
    if found["who"].casefold() == "group" and re.match(r"\S", found["rest"] or ""):
        raise UsageError(
            f"Line {number} names a group, but each line is about one person.",
            "Name the group in the first line: `event: Data meetup group:mondays`.",
        )
    # Topics at the end are labels; within the sentence they stay as words.
    words = said.split()
    while words and words[-1][0] == "#" and len(words[-1]) > 1:
        words.pop()
    note = re.sub(r"(?<!\S)#(?=\w)", "", " ".join(words))
    return GuestLine(
        number, " ".join(found["who"].split()), note or None, topics, tuple(p.strip() for p in promises if p.strip())
    )
