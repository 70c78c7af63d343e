"""The friends.md of the program `friends`: Markdown of four sections in any order, a line an item."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.names import fold
from netjournal.domain.text import NOTE_LIMIT
from netjournal.errors import InputFileError
from netjournal.interchange.reasons import ASSUMED, FUTURE
from netjournal.interchange.records import Guest, Interaction, Person, Remark, Skipped
from netjournal.interchange.trackers import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: What a tag is, to the program too: mail addresses are none, and the colon after one is the sentence's.
TAG: Final = re.compile(r"(?<!\w)@[^\W_](?:[:-]?[^\W_])*")
BOLD: Final = re.compile(r"\*\*([^*]+)\*\*")

_SECTIONS: Final = frozenset({"activities", "notes", "friends", "locations"})
_HEADING: Final = re.compile(r"#{1,6}\s+(.*?)\s*:?\s*")
_SNIFFED: Final = re.compile(rb"^(?:\xef\xbb\xbf)?###\s+(?:activities|friends):[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_DATED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?::\s*(.*))?")
_LEADING_TAGS: Final = re.compile(rf"(?:{TAG.pattern}[\s:,;]*)+")
_PLACE: Final = re.compile(r"(?<!\w)_([^_]+)_(?!\w)")
_END_OF_NAME: Final = re.compile(r"\s\(a\.k\.a\.\s|\s\[|(?<!\w)@[^\W_]")
_END_OF_ALIASES: Final = re.compile(r"\)(?=\s*(?:$|\[|@))")
_ID_LIMIT: Final = 400


class _Line(NamedTuple):
    number: int
    text: str


class _Event(NamedTuple):
    """An activity or a note: what it says, as text and with its marks."""

    day: date
    raw: str
    said: str
    guests: tuple[Guest, ...]
    topics: tuple[str, ...]


class _Friends:
    """The people of the file, and whom a name in bold means."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.notes: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
        self._aliases: defaultdict[str, set[str]] = defaultdict(set)
        self._firsts: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, person: Person) -> bool:
        """Take a person in; False where one of that name is there already."""
        key = fold(person.name)
        if key in self.people:
            return False
        self.people[key] = person
        for alias in person.aliases:
            self._aliases[fold(alias)].add(key)
        self._firsts[key.split(" ", 1)[0]].add(key)
        return True

    def guest(self, name: str) -> Guest:
        """Whom a name means: in full, else by an alias, else by a first name, where only one has it."""
        key = fold(name)
        for keys in ({key} & self.people.keys(), self._aliases.get(key, ()), self._firsts.get(key, ())):
            if len(keys) == 1:
                found = self.people[next(iter(keys))]
                return Guest(found.name, external_id=found.external_id)
        return Guest(name)

    def remember(self, event: _Event) -> bool:
        """Note an event with all its people who are friends of the file; False if none is."""
        known = [guest.external_id for guest in event.guests if guest.external_id is not None]
        for identity in known:
            self.notes[identity].append((event.day, event.said))
        return bool(known)

    def described(self) -> Iterator[Person]:
        """The people with their notes, oldest first."""
        for person in self.people.values():
            lines = [f"{day}: {said}" for day, said in sorted(self.notes.get(person.external_id, ()))]
            yield person._replace(note="\n".join(lines)) if lines else person


def recognises(source: Source) -> bool:
    """Whether the beginning of a file has a heading of this format."""
    return _SNIFFED.search(source.head()) is not None


def read(source: Source, options: Options) -> Iterator[Item]:
    """Yield the friends, then the activities; notes are lines of a friend's note. Raises InputFileError."""
    from netjournal.interchange.trackers.loading import text_of

    text, assumed = text_of(source)
    if assumed:
        yield Remark(0, ASSUMED)
    sections: defaultdict[str, list[_Line]] = defaultdict(list)
    found = _sort(text, sections)
    if not found & _SECTIONS:
        raise InputFileError(f"{source.name} is no friends.md: it has no `### Friends:` and no `### Activities:`.")
    friends = _Friends()
    yield from _people(sections["friends"], friends)
    yield from _notes(sections["notes"], friends)
    yield from friends.described()
    yield from _activities(sections["activities"], friends, options.today)
    for line in sections["locations"]:
        yield Skipped(line.number, "a place")
    for line in sections[""]:
        yield Skipped(line.number, "in no section that is known")


def _sort(text: str, sections: defaultdict[str, list[_Line]]) -> set[str]:
    """Put each line that is not blank into its section, and say which headings were seen."""
    seen: set[str] = set()
    section = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        heading = _HEADING.fullmatch(line) if line.startswith("#") and len(line) < 100 else None
        if heading:
            name = heading[1].casefold()
            seen.add(name)
            section = name if name in _SECTIONS else ""
        elif line:
            sections[section].append(_Line(number, line))
    return seen


def _item(line: _Line) -> str | Skipped:
    if len(line.text) > NOTE_LIMIT:
        return Skipped(line.number, sentences.TOO_LONG, bad=True)
    if not line.text.startswith("-"):
        return Skipped(line.number, "no item of a list", bad=True)
    return line.text[1:].strip()


def _people(lines: list[_Line], friends: _Friends) -> Iterator[Item]:
    for line in lines:
        item = _item(line)
        if isinstance(item, Skipped):
            yield item
            continue
        person, rest = _person(line.number, item)
        if person is None:
            yield Skipped(line.number, "no name", bad=True)
        elif not friends.add(person):
            yield Skipped(line.number, "a friend of the same name stands above", bad=True)
        elif rest:
            yield Remark(line.number, "what stands after the name is not all understood")


def _person(number: int, item: str) -> tuple[Person | None, str]:
    """The person of a line `Name (a.k.a. Alias) [Place] @tag`, and what of it was not understood."""
    end = _END_OF_NAME.search(item)
    name, rest = (item[: end.start()].strip(), item[end.start() :].strip()) if end else (item, "")
    if not name:
        return None, rest
    aliases: tuple[str, ...] = ()
    closed = _END_OF_ALIASES.search(rest) if rest.startswith("(") else None
    if closed:
        aliases = tuple(alias for part in rest[1 : closed.start()].split("a.k.a.") if (alias := part.strip()))
        rest = rest[closed.end() :].strip()
    location = None
    if rest.startswith("[") and "]" in rest:
        location, _, rest = rest[1:].partition("]")
    topics = _topics(rest)
    identity = f"friends:{fold(name)}"
    if len(identity) > _ID_LIMIT:
        identity = f"friends:{sentences.digest(identity)}"
    person = Person(
        number, identity, name, aliases=aliases, location=(location or "").strip() or None, topics=topics
    )  # fmt: skip
    return person, TAG.sub("", rest).strip()


def _topics(text: str) -> tuple[str, ...]:
    """The topics of the tags in a text: a nested one is its outermost word and the whole."""
    words: list[str | None] = []
    for tag in TAG.findall(text):
        area, *inner = tag[1:].split(":")
        words += [sentences.topic_word(area), *([sentences.topic_word("-".join((area, *inner)))] if inner else [])]
    return tuple(dict.fromkeys(word for word in words if word))


def _event(line: _Line, friends: _Friends) -> _Event | Skipped:
    item = _item(line)
    if isinstance(item, Skipped):
        return item
    found = _DATED.fullmatch(item)
    day = sentences.day_of(found[1]) if found else None
    if found is None or day is None:
        return Skipped(line.number, sentences.NO_DAY, bad=True)
    raw = found[2] or ""
    guests = dict.fromkeys(friends.guest(name) for part in BOLD.findall(raw) if (name := " ".join(part.split())))
    return _Event(day, raw, plain(raw), tuple(guests), _topics(raw))


def plain(raw: str) -> str:
    """A sentence without its marks: tags at either end go, one inside stays as its word."""
    if leading := _LEADING_TAGS.match(raw):
        raw = raw[leading.end() :]
    end = len(raw)
    for found in reversed(list(TAG.finditer(raw))):
        if raw[found.end() : end].strip(" ,;"):
            break
        end = found.start()
    raw = TAG.sub(lambda m: m[0][1:].replace(":", " "), raw[:end])
    return " ".join(_PLACE.sub(r"\1", BOLD.sub(r"\1", raw)).split())


def _notes(lines: list[_Line], friends: _Friends) -> Iterator[Item]:
    for line in lines:
        event = _event(line, friends)
        if isinstance(event, Skipped):
            yield event
        elif not event.guests:
            yield Skipped(line.number, sentences.NOBODY)
        elif not friends.remember(event):
            yield Skipped(line.number, "a note about nobody among the friends")


def _activities(lines: list[_Line], friends: _Friends, today: date) -> Iterator[Item]:
    counts: Counter[str] = Counter()
    for line in lines:
        event = _event(line, friends)
        if isinstance(event, Skipped):
            yield event
            continue
        key = sentences.digest(str(event.day), event.raw)
        counts[key] += 1
        if not event.guests:
            yield Skipped(line.number, sentences.NOBODY)
        elif event.day > today:
            yield Skipped(line.number, FUTURE)
        else:
            # A word of somebody's name is no kind.
            kind, direction = sentences.kind_of(plain(BOLD.sub(" ", event.raw)), guests=True)
            summary, note = sentences.headline(event.said)
            yield Interaction(
                line.number,
                sentences.digest(key, str(counts[key])),
                event.day,
                kind,
                direction,
                event.guests,
                summary,
                note,
                topics=event.topics,
            )
