"""What the journal can hold of an item: each text made to fit or the item refused, before anything is planned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.domain import text
from netjournal.domain.dates import MOST_DAYS
from netjournal.domain.methods import method_key
from netjournal.errors import UsageError
from netjournal.interchange.characters import UNSTORABLE
from netjournal.interchange.profiles import clean_url
from netjournal.interchange.records import Interaction, Person, Promise, Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.interchange.profiles import clean_url
from netjournal.interchange.records import Guest, Options

_BLANKS: Final = re.compile(r"\s+")
#: Characters of a way to reach somebody, and of an id.
_METHOD_LIMIT: Final = 500
_ID_LIMIT: Final = 2_000
_REST_LIMIT: Final = 100_000
_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+")
_BIRTHDAY: Final = re.compile(r"(?:\d{4}|-)-(\d\d)-(\d\d)")


def person(found: Person, me: Sequence[str] = ()) -> Person | Skipped:
    """A contact that can be stored and is not the owner, or why not; `me` are the owner's addresses."""
    name = _line(found.name)
    own = set(map(_way, me))
    if any(_way(address) in own for address in (*found.emails, *found.urls)):
        return Skipped(found.line, "you yourself")
    for what, value in (("name", name), ("company", found.company), ("title", found.title)):
        if value and len(_line(value)) > text.NAME_LIMIT:
            return Skipped(found.line, f"its {what} has over {text.NAME_LIMIT} characters", bad=True)
    if not _visible(name):
        return Skipped(found.line, "no name that can be seen", bad=True)
    if not found.external_id or len(found.external_id) > _ID_LIMIT:
        return Skipped(found.line, "its id cannot be stored", bad=True)
    return found._replace(
        external_id=UNSTORABLE.sub("\ufffd", found.external_id),
        name=name,
        company=_short(found.company),
        title=_short(found.title),
        location=_short(found.location),
        urls=_methods(found.urls),
        emails=_addresses(found.emails),
        phones=_methods(found.phones),
        aliases=tuple(alias for raw in found.aliases if (alias := _short(raw)) and alias != name),
        birthday=found.birthday if found.birthday and _BIRTHDAY.fullmatch(found.birthday) else None,
        note=_note(found.note),
        met=_cut(found.met, text.LINE_LIMIT),
        topics=topics(found.topics),
        every_days=found.every_days if found.every_days and 1 <= found.every_days <= MOST_DAYS else None,
        rest=UNSTORABLE.sub("", found.rest)[:_REST_LIMIT] or None if found.rest else None,
    )


def _way(address: str) -> str:
    """A mail address or a link in the form in which two are the same, however each was typed."""
    is_mail = "@" in address and "/" not in address
    return method_key("email", address) if is_mail else method_key("url", clean_url(address))


def interaction(found: Interaction, options: Options) -> Interaction | Skipped:
    """An interaction that can be stored and was asked for, or why not."""
    if reason := options.unread(found.on):
        return Skipped(found.line, reason)
    if not found.external_id or len(found.external_id) > _ID_LIMIT:
        return Skipped(found.line, "its id cannot be stored", bad=True)
    minutes = found.minutes if found.minutes and 1 <= found.minutes <= text.MINUTES_LIMIT else None
    return found._replace(
        external_id=UNSTORABLE.sub("\ufffd", found.external_id),
        guests=tuple(guest(_named(one, options)) for one in found.guests),
        summary=_cut(found.summary, text.LINE_LIMIT),
        note=_note(found.note),
        minutes=minutes,
        topics=topics(found.topics),
    )


def promise(found: Promise) -> Promise | Skipped:
    """A promise that can be stored, or why it cannot."""
    said = _cut(found.text, text.LINE_LIMIT)
    if said is None:
        return Skipped(found.line, "it says nothing")
    return found._replace(text=said, guest=guest(found.guest) if found.guest else None)


def guest(found: Guest) -> Guest:
    """Somebody with a part in an interaction, by what can be stored of them."""
    return found._replace(name=_short(found.name), emails=_addresses(found.emails), urls=_methods(found.urls))


def _named(found: Guest, options: Options) -> Guest:
    """Somebody who is told by a word, found by it again where words are said to be people."""
    is_person = options.people_from_tags and found.handle and not found.external_id
    return found._replace(external_id=f"word:{found.handle}") if is_person else found


def topics(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that can be topics, each once."""
    return tuple(dict.fromkeys(topic for word in words if (topic := _topic(word)) is not None))


def _topic(word: str) -> str | None:
    try:
        return text.topic(word)
    except UsageError:
        return None


def _line(raw: str) -> str:
    return _BLANKS.sub(" ", UNSTORABLE.sub("\ufffd", raw)).strip()


def _visible(line: str) -> bool:
    try:
        text.line(line, "It")
    except UsageError:
        return False
    return True


def _short(raw: str | None) -> str | None:
    """A name-like value; one that is too long or invisible is none."""
    line = _line(raw) if raw else ""
    return line if line and len(line) <= text.NAME_LIMIT and _visible(line) else None


def _cut(raw: str | None, limit: int) -> str | None:
    """A line whose end is cut off where it is too long; None where nothing of it can be seen."""
    line = _line(raw) if raw else ""
    if len(line) > limit:
        line = line[: limit - 1] + "…"
    return line if line and _visible(line) else None


def _note(raw: str | None) -> str | None:
    if raw is None:
        return None
    note = UNSTORABLE.sub("\ufffd", raw).replace("\r\n", "\n").strip("\n")
    if len(note) > text.NOTE_LIMIT:
        note = note[: text.NOTE_LIMIT - 1] + "…"
    return note if _visible(note[: text.LINE_LIMIT]) or note.strip() else None


def _methods(raw: tuple[str, ...]) -> tuple[str, ...]:
    lines = (_line(one) for one in raw)
    return tuple(dict.fromkeys(line for line in lines if line and len(line) <= _METHOD_LIMIT and _visible(line)))


def _addresses(raw: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in _methods(raw) if _ADDRESS.fullmatch(one))
