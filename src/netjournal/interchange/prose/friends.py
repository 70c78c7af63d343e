"""A friends.md that the program `friends`, and our own reader, read back: people, days and who was there."""

from __future__ import annotations

import re
from datetime import date
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.names import fold, slug
from netjournal.interchange.prose.pages import Pages
from netjournal.interchange.prose.plain import listed, one_line
from netjournal.interchange.trackers.friends import BOLD, plain
from netjournal.interchange.trackers.sentences import day_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Record = dict[str, Any]

_NOT_IN_NAMES: Final = dict.fromkeys(map(ord, "*_()[]@\\"), " ")
_NOT_IN_TAGS: Final = re.compile(r"[\W_]+")
#: What begins a tag to the program; within a mail address it does not.
_MARK: Final = re.compile(r"(?<![^\W_])@(?=[^\W_])")
_DATED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}):? +")
_SIGNS: Final = {"+": "plus", "#": "sharp"}
_WAYS: Final = {"in": "from", "out": "to", "mutual": "with"}


class _Friend(NamedTuple):
    name: str
    contact: Record


def write_friends(records: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    """Write contacts as friends and interactions as activities, newest first, as the program itself keeps them.

    Everything else has no place in that format. Contacts must come before interactions, as exports have them.
    """
    contacts: list[Record] = []
    names: dict[str, str] = {}
    friends: list[_Friend] = []
    with Pages() as activities, Pages() as notes:
        for record in records:
            if record["type"] == "contact":
                contacts.append(dict(record))
            elif record["type"] == "interaction":
                if not friends:
                    friends, names = _named(contacts)
                day = date.fromisoformat(record["on"])
                activities.add(day, _activity(record, names))
        friends = friends or _named(contacts)[0]
        for friend in friends:
            for day, text in _notes(friend):
                notes.add(day, text)
        for heading, pages in (("Activities", activities), ("Notes", notes)):
            file.write(f"### {heading}:\n".encode())
            for day, text in pages.newest_first():
                file.write(f"- {day}: {text}\n".encode())
            file.write(b"\n")
        _write_friends(friends, file)


def _write_friends(friends: Sequence[_Friend], file: IO[bytes]) -> None:
    places: dict[str, None] = {}
    file.write(b"### Friends:\n")
    for name, contact in sorted(friends, key=lambda friend: (fold(friend.name), friend.name)):
        # In the order of what is written: that of the journal is by the words before they were cleaned.
        aliases = sorted(a for alias in contact.get("aliases") or () if (a := _clean(alias).replace("a.k.a.", "aka")))
        place = _clean(contact.get("location"))
        parts = [f"- {name}"]
        if aliases:
            parts.append(f"({' '.join(f'a.k.a. {alias}' for alias in aliases)})")
        if place:
            parts.append(f"[{place}]")
            places[place] = None
        file.write(" ".join((*parts, *_tags(contact.get("topics") or ()))).encode() + b"\n")
    file.write(b"\n### Locations:\n")
    for place in sorted(places):
        file.write(f"- {place}\n".encode())


def _named(contacts: Sequence[Record]) -> tuple[list[_Friend], dict[str, str]]:
    """What each contact is called there, where a name is all that tells people apart; and the names by uid.

    Of several of one name the one whose handle is that name keeps it; the others are told by their handles, which
    do not change from one export to the next.
    """
    taken: set[str] = set()
    found: dict[str, str] = {}
    plain_first = sorted(contacts, key=lambda c: slug(c["name"]) != c["contact"])
    for contact in plain_first:
        base = _clean(contact["name"]) or contact["contact"]
        tail = contact["contact"].removeprefix(f"{slug(base)}-")
        name, number = base, 2
        if fold(name) in taken:
            name = f"{base} {tail}"
        while fold(name) in taken:
            name, number = f"{base} {tail} {number}", number + 1
        taken.add(fold(name))
        found[contact["uid"]] = name
    return [_Friend(found[contact["uid"]], contact) for contact in contacts], found


def _clean(text: str | None) -> str:
    """A name without the marks of the format; as names are compared they are blanks."""
    return " ".join(one_line(text).translate(_NOT_IN_NAMES).split())


def _unmarked(text: str | None) -> str:
    """A sentence in which nothing is markup: no bold, no place, no tag; mail addresses stay."""
    said = _MARK.sub("", one_line(text)).replace("*", "∗")
    return said.replace("_", "-") if said.count("_") > 1 else said


def _tags(topics: Sequence[str]) -> list[str]:
    """Topics as tags, which hold letters, digits and hyphens only."""
    words = ["".join(_SIGNS.get(c, c) for c in topic) for topic in topics]
    return list(dict.fromkeys(f"@{tag}" for word in words if (tag := _NOT_IN_TAGS.sub("-", word).strip("-"))))


def _activity(record: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The sentence of an interaction: its people in bold, its kind told where the summary does not tell it."""
    kind, direction = record["kind"], record["direction"]
    uids, handles = record.get("contact_uids") or (), record.get("contacts") or ()
    guests = [names.get(uid) or handle for uid, handle in zip(uids, handles, strict=True)]
    said, missing = _marked(_unmarked(record.get("summary")).rstrip(" .,;:"), guests)
    people = listed([f"**{name}**" for name in missing])
    told = f"{said} with {people}" if said and people else said
    if not said or not _tells(told, kind, direction, bool(guests)):
        way = _WAYS[direction] if DEPTH_OF_KIND.get(kind) == "message" else "with"
        told = f"{kind.capitalize()} {way} {people}" if people else kind.capitalize()
        told = f"{told}: {said}" if said else told
    end = "" if told.endswith(("!", "?", "…")) else "."
    return " ".join((f"{told}{end}", *_tags(record.get("topics") or ())))


def _tells(sentence: str, kind: str, direction: str, guests: bool) -> bool:
    """Whether a reader takes a sentence for this kind, and for what came in where that is told."""
    read, way = kind_of(plain(BOLD.sub(" ", sentence)), guests=guests)
    return read == kind and (DEPTH_OF_KIND.get(kind) != "message" or (way == "in") == (direction == "in"))


def _marked(said: str, names: Sequence[str]) -> tuple[str, list[str]]:
    """A sentence with the names it holds in bold, and the names it does not hold."""
    spans: list[tuple[int, int]] = []
    missing = set(names)
    # The longest first: `Ann` is not meant by `Ann Lee`.
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        at = said.find(name)
        while at >= 0:
            end = at + len(name)
            free = all(end <= start or at >= stop for start, stop in spans)
            if free and not said[max(at - 1, 0) : at].isalnum() and not said[end : end + 1].isalnum():
                spans.append((at, end))
                missing.discard(name)
                break
            at = said.find(name, at + 1)
    for start, stop in sorted(spans, reverse=True):
        said = f"{said[:start]}**{said[start:stop]}**{said[stop:]}"
    return said, [name for name in names if name in missing]


def _notes(friend: _Friend) -> list[tuple[date, str]]:
    """The note of a contact by its days; what stands before the first day is of the day they were added."""
    added = friend.contact.get("added_on")
    day = date.fromisoformat(added) if added else None
    found: list[tuple[date | None, list[str]]] = [(day, [])]
    for line in (friend.contact.get("note") or "").splitlines():
        dated = _DATED.match(line)
        if dated is not None and (on := day_of(dated[1])) is not None:
            found.append((on, [line[dated.end() :]]))
        else:
            # It goes on with what stands above.
            found[-1][1].append(line)
    texts = []
    for noted_on, lines in found:
        said, missing = _marked(_unmarked("\n".join(lines)), [friend.name])
        if said and noted_on is not None:
            texts.append((noted_on, f"**{friend.name}**: {said}" if missing else said))
    return texts
