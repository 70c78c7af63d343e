"""Entries of `jrnl`: its JSON export, its text and its Markdown; tags are people, if somebody here is called so."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange.reasons import ASSUMED, FUTURE
from netjournal.interchange.records import Guest, Interaction, Remark, Skipped
from netjournal.interchange.sources import HEAD_SIZE
from netjournal.interchange.trackers import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

_STAMP: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?))?"
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})? ?([AaPp][Mm])?")
_TEXT_ENTRY: Final = re.compile(rf"\[{_STAMP}\](?:\s+(.*))?")
_MARKDOWN_ENTRY: Final = re.compile(rf"#{{1,6}} {_STAMP}(?:\s+(.*))?")
_YEAR: Final = re.compile(r"# [0-9]{4}\s*")
#: The heading of a month, in any language.
_MONTH: Final = re.compile(r"## [^\W\d_]+\.?\s*")
_JSON_HEAD: Final = re.compile(r'\s*\{\s*"(?:tags"\s*:\s*[{]|entries"\s*:\s*[\[])')
_TEXT_TAG: Final = re.compile(r"(?<!\S)[@#](?=\w*[^\W\d_])[\w+-]*\w")


class _Entry(NamedTuple):
    line: int
    day: str
    time: str
    title: str
    body: str
    tags: tuple[str, ...]


def recognises(source: Source) -> bool:
    """Whether the beginning of a file looks like an export of jrnl in one of its three forms."""
    head = source.head().decode("utf-8", "replace").lstrip("\ufeff")
    if _JSON_HEAD.match(head):
        # The list of all tags may be longer than what is looked at.
        return '"entries"' in head or len(source.head()) >= HEAD_SIZE
    if head.lstrip().startswith("["):
        return _TEXT_ENTRY.match(head.lstrip()) is not None
    lines = head.splitlines()
    return any(_MARKDOWN_ENTRY.fullmatch(line) for line in lines) and any(map(_YEAR.fullmatch, lines))


def read(source: Source, options: Options) -> Iterator[Item]:
    """Yield an interaction for each entry, with its tags as guests and as topics. Raises InputFileError.

    Who is whom is for the journal to say: a tag that is nobody's handle is a topic. With `people_from_tags` every
    tag is a person and none a topic.
    """
    if source.head().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from netjournal.interchange.trackers.loading import json_of

        entries = _of_json(source, json_of(source))
    else:
        from netjournal.interchange.trackers.loading import text_of

        text, assumed = text_of(source)
        if assumed:
            yield Remark(0, ASSUMED)
        entries = _of_text(source, text)
    counts: Counter[str] = Counter()
    found = list(entries)
    # Who uses both signs means people by one and topics by the other.
    signs = {_sign(tag) for entry in found if isinstance(entry, _Entry) for tag in entry.tags}
    for entry in found:
        if isinstance(entry, Skipped):
            yield entry
        else:
            yield _item(entry, options, counts, no_people="#" if "@" in signs else "")


def _of_json(source: Source, found: dict[str, Any]) -> Iterator[_Entry | Skipped]:
    entries = found.get("entries")
    if not isinstance(entries, list):
        raise InputFileError(f"{source.name} is no export of jrnl: it has no list of `entries`.")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            yield Skipped(number, "no entry", bad=True)
            continue
        day, time, title, body = (_text(entry.get(key)) for key in ("date", "time", "title", "body"))
        tags = entry.get("tags")
        named = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
        # jrnl writes the tags of an entry in no order.
        order = {tag: _place(f"{title}\n{body}", tag) for tag in named}
        yield _Entry(number, day, time, title, body, tuple(sorted(order, key=lambda tag: (order[tag], tag))))


def _place(text: str, tag: str) -> int:
    at = text.casefold().find(tag.casefold())
    return at if at >= 0 else len(text)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _of_text(source: Source, text: str) -> Iterator[_Entry | Skipped]:
    lines = text.lstrip("\ufeff").split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    shape = _TEXT_ENTRY if first.startswith("[") else _MARKDOWN_ENTRY
    start: tuple[int, re.Match[str]] | None = None
    body: list[str] = []
    count = 0
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip()
        found = shape.fullmatch(line)
        if found is None and not (shape is _MARKDOWN_ENTRY and (_YEAR.fullmatch(line) or _MONTH.fullmatch(line))):
            if start is not None:
                body.append(line)
            elif line:
                yield Skipped(number, "before the first entry", bad=True)
            continue
        if start is not None:
            yield _entry(start, body)
        start, body = ((number, found), []) if found is not None else (None, [])
        count += found is not None
    if start is not None:
        yield _entry(start, body)
    if not count:
        raise InputFileError(
            f"{source.name} is no journal of jrnl: no line begins an entry, as `[2026-03-02 09:00]` does."
        )


def _entry(start: tuple[int, re.Match[str]], lines: list[str]) -> _Entry:
    number, found = start
    title, body = found[3] or "", "\n".join(lines).strip()
    if title.endswith(" *"):
        # A starred entry.
        title = title[:-1].rstrip()
    tags = dict.fromkeys(_TEXT_TAG.findall(f"{title}\n{body}"))
    return _Entry(number, found[1], found[2] or "", title, body, tuple(tags))


def _item(entry: _Entry, options: Options, counts: Counter[str], *, no_people: str) -> Item:
    day = sentences.day_of(entry.day)
    if day is None or len(entry.day) != 10:
        return Skipped(entry.line, sentences.NO_DAY, bad=True)
    key = sentences.digest(entry.day, _hour(entry.time), entry.title)
    counts[key] += 1
    if day > options.today:
        return Skipped(entry.line, FUTURE)
    people = [tag for tag in entry.tags if _sign(tag) != no_people]
    guests = _guests(people)
    topics = [tag for tag in entry.tags if not (options.people_from_tags and tag in people)]
    signs = "".join({_sign(tag) for tag in entry.tags})
    marks = re.compile(rf"(?<!\w)[{re.escape(signs)}](?=\w)") if signs else None
    summary, whole = sentences.headline(marks.sub("", entry.title) if marks else entry.title)
    # The tags themselves are left out: `@post` may be somebody.
    untagged = " ".join(word for word in entry.title.split() if not signs or word[0] not in signs)
    kind, direction = sentences.kind_of(untagged, guests=bool(guests))
    return Interaction(
        entry.line,
        sentences.digest(key, str(counts[key])),
        day,
        kind,
        direction,
        guests,
        summary,
        "\n\n".join(part for part in (whole, entry.body.strip()) if part) or None,
        topics=tuple(dict.fromkeys(word for tag in topics if (word := sentences.topic_word(_word(tag))))),
    )


def _hour(time: str) -> str:
    """A time of the day as the JSON has it: an entry is the same in all three forms."""
    found = _TIME.fullmatch(time)
    if found is None:
        return time
    hour, half = int(found[1]), (found[3] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{found[2]}"


def _sign(tag: str) -> str:
    return "" if tag[:1].isalnum() else tag[:1]


def _word(tag: str) -> str:
    return tag.removeprefix(_sign(tag))


def _guests(tags: list[str]) -> tuple[Guest, ...]:
    """Those whom tags may mean; the handle is the same word as the topic, so that one can stand for the other."""
    named = {word: Guest(_word(tag), handle=word) for tag in tags if (word := sentences.topic_word(_word(tag)))}
    return tuple(named.values())
