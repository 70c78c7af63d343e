"""An evening as one text: the first line is quick capture, and each `- NAME: …` line is somebody met.

`- NAME [@ ORG[, TITLE]]: note [#topic] [> promise by DATE]`; `> they: …` is a promise of theirs. Other lines are the note of
the whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from netjournal.domain import capture, kinds, misnamed
from netjournal.errors import UsageError, together

#: What stands below this line is help, not text.
SCISSORS = "------ 8< ------ all below is left out ------"

#: How a line is mended that names somebody again.
TWICE = "Put it in one line; of two people of one name each has an `@ ORG`, and `--new` makes them."
#: For a line whose blanks are single: what could match in several ways would take the square of its length.
_GUEST = re.compile(r"[-*•] (?P<who>[^: ](?:(?! > | #\S)[^:])*)(?::(?P<rest>.*)| (?P<more>[>#].*))?")


#: What lists begin with elsewhere, and what a name in them ends at.
_OTHER_MARK = re.compile(r"(?:[-–—*•+]|[0-9]{1,3}[.)]) ?(?=[^\W\d_])")
#: The mark of a promise that is theirs; where it is not written so, who may be meant.
_THEIRS = re.compile(r"they ?: ?(?P<promise>.*)", re.IGNORECASE)
_THEIRS_MEANT = re.compile(r"(?:they|she|he)\b(?: ?:|'ll|’ll)? ?(?P<promise>\S.*)", re.IGNORECASE)
_AFTER_NAME = re.compile(r"[:,;>(#–—]| - | @")


class GuestLine(NamedTuple):
    """One person met: `who` is `NAME [@ ORG[, TITLE]]` as typed."""

    line: int
    who: str
    note: str | None
    topics: tuple[str, ...]
    #: What I promised them, and what they promised me.
    promises: tuple[str, ...]
    theirs: tuple[str, ...] = ()


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
    guests: dict[str, GuestLine] = {}
    notes: list[str] = []
    refused: list[UsageError] = []
    for number, line in lines:
        found = _GUEST.fullmatch(line)
        if found is None:
            notes.append(line)
            continue
        try:
            guest = _guest(number, found)
            if guests.setdefault(guest.who.casefold(), guest) is not guest:
                raise UsageError(f"Line {number} names '{guest.who}' a second time.", TWICE)
        except UsageError as error:
            refused.append(error)
    if refused:
        raise together(refused)
    return Evening(first[0] if first else "", tuple(guests.values()), "\n".join(notes) or None)


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


def meant_as_theirs(promise: str) -> str | None:
    """What they may have promised, where a promise is written as mine: `they send the deck`."""
    found = _THEIRS_MEANT.fullmatch(promise)
    return found["promise"] if found and _THEIRS.fullmatch(promise) is None else None


def _guest(number: int, found: re.Match[str]) -> GuestLine:
    said, *promises = re.split(r"(?:^|\s)>\s+", found["rest"] or found["more"] or "")
    topics = capture.after("#", said)
    if found["who"].casefold() == "group" and re.match(r"\S", found["rest"] or ""):
        raise UsageError(
            f"Line {number} names a group, but each line is about one person.",
            "Name the group in the first line: `event: Data meetup group:mondays`.",
        )
    # Topics at the end are labels, and several at the start; within the sentence they stay as words.
    words = capture.without_first_topics(said.strip()).split()
    while words and words[-1][0] == "#" and len(words[-1]) > 1:
        words.pop()
    note = re.sub(r"(?<!\S)#(?=\w)", "", " ".join(words))
    promised = [p.strip() for p in promises if p.strip()]
    theirs = tuple(them["promise"] for p in promised if (them := _THEIRS.fullmatch(p)))
    mine = tuple(p for p in promised if _THEIRS.fullmatch(p) is None)
    return GuestLine(number, " ".join(found["who"].split()), note or None, topics, mine, theirs)
