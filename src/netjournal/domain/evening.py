"""An evening as one text: the first line is quick capture, and each `- NAME: …` line is somebody met.

`- NAME [@ ORG[, TITLE]]: note [#topic] [> promise by DATE]`; other lines are the note of the whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from netjournal.domain import capture, kinds, misnamed
from netjournal.errors import UsageError

#: What stands below this line is help, not text.
SCISSORS = "------ 8< ------ all below is left out ------"

#: For a line whose blanks are single: what could match in several ways would take the square of its length.
_GUEST = re.compile(r"[-*•] (?P<who>[^: ](?:(?! > | #\S)[^:])*)(?::(?P<rest>.*)| (?P<more>[>#].*))?")


#: What lists begin with elsewhere, and what a name in them ends at.
_OTHER_MARK = re.compile(r"(?:[-–—*•+]|[0-9]{1,3}[.)]) ?(?=[^\W\d_])")
_AFTER_NAME = re.compile(r"[:,;>(#–—]| - | @")


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


def unmarked(line: str, *, capitals: bool = True) -> str | None:
    """Who a line of the note may be about, had it the mark of somebody met; None where it reads like a sentence.

    That is two to four words with capitals up to a mark, one of them behind what lists begin with elsewhere, or whom a
    kind begins a line of its own with: `coffee with Bob`. Where people were expected, `capitals` may be false: then
    one to three words in any letters are.
    """
    mark = _OTHER_MARK.match(line)
    rest = line[mark.end() :] if mark else line
    first, _, others = rest.partition(" ")
    if kinds.kind_named(first.rstrip(":")) is not None and re.match(r"(?:with |w/|@|to )\S", others):
        return re.sub(r"^(?:with |w/ ?|to )", "", others)
    name = _AFTER_NAME.split(rest, maxsplit=1)[0].strip()
    words = name.split()
    plausible = bool(name) and misnamed.could_be_name(name) and name[-1:] not in ".!?"
    if not capitals:
        return name if plausible and len(words) <= 3 else None
    plausible = plausible and all(word[0].isupper() for word in words)
    return name if plausible and (1 if mark else 2) <= len(words) <= 4 else None


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
