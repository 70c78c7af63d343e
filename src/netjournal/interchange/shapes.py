"""What each record of our own export must look like, held to the limits of the tables it will stand in.

Words for other records that only people read (handles, keys, names beside a uid) are not looked at: uids decide.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain import names
from netjournal.domain.dates import FIRST_YEAR, LAST_YEAR, MOST_DAYS
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.text import LINE_LIMIT, MINUTES_LIMIT, NAME_LIMIT, NOTE_LIMIT, WORD_LIMIT, is_visible
from netjournal.interchange.characters import UNSTORABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_UID: Final = re.compile(r"[0-9a-f]{32}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: As `clock.now` writes it, whose order as text is that of time; of a year that leaves room for something newer.
_TIME: Final = re.compile(r"|[0-8][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")
#: `latest` is half as long again as `every` where it is not told.
_LONGEST_LATEST: Final = MOST_DAYS * 3 // 2
_MISSING: Final = object()
_REQUIRED: Final = object()


class Field(NamedTuple):
    """One key of a record; `default` is what a file that lacks it means."""

    check: Callable[[Any], bool]
    default: Any = None


def _is_uid(value: Any) -> bool:
    return isinstance(value, str) and _UID.fullmatch(value) is not None


def _is_text(limit: int) -> Callable[[Any], bool]:
    def check(value: Any) -> bool:
        return (
            isinstance(value, str)
            and 0 < len(value) <= limit
            and is_visible(value)
            and UNSTORABLE.search(value) is None
        )

    return check


@lru_cache(maxsize=8192)
def _is_calendar_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and _is_calendar_day(value)


def _is_birthday(value: Any) -> bool:
    # 2000 is a leap year: without a year, 29 February is a birthday.
    return _is_day(f"2000{value[1:]}" if isinstance(value, str) and value.startswith("--") else value)


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and names.is_slug(value)


def _between(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in words


def _maybe(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _list(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _objects(**checks: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """A list of objects; a key that an object lacks is null."""
    items = tuple(checks.items())
    return _list(lambda value: isinstance(value, dict) and all(check(value.get(key)) for key, check in items))


def _is_notes(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_uid(key) and _NOTE(note) for key, note in value.items())


def _are_topics(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_uid(key) and _TOPICS(topics) for key, topics in value.items())


_NAME, _LINE, _NOTE = _is_text(NAME_LIMIT), _is_text(LINE_LIMIT), _is_text(NOTE_LIMIT)
_UIDS, _TOPICS = _list(_is_uid), _list(_is_text(WORD_LIMIT))
_MAYBE_UID, _MAYBE_DAY, _MAYBE_LINE = _maybe(_is_uid), _maybe(_is_day), _maybe(_LINE)
_CHANGED: Final = {"changed_at": Field(_is_time, _REQUIRED)}


def _must(check: Callable[[Any], bool]) -> Field:
    return Field(check, _REQUIRED)


#: The keys of each type that are stored; `_SHOWN` has those that are there for people.
SHAPES: Final[Mapping[str, Mapping[str, Field]]] = {
    "circle": {
        "uid": _must(_is_uid),
        "circle": _must(_NAME),
        "every_days": _must(_between(1, MOST_DAYS)),
        "latest_days": Field(_maybe(_between(1, _LONGEST_LATEST))),
        **_CHANGED,
    },
    "organization": {
        "uid": _must(_is_uid),
        "organization": _must(_NAME),
        "aliases": Field(_list(_NAME), ()),
        **_CHANGED,
    },
    "contact": {
        "uid": _must(_is_uid),
        "contact": _must(_is_slug),
        "name": _must(_NAME),
        "aliases": Field(_list(_NAME), ()),
        "emails": Field(_list(_LINE), ()),
        "phones": Field(_list(_LINE), ()),
        "urls": Field(_list(_LINE), ()),
        "affiliations": Field(
            _objects(organization_uid=_MAYBE_UID, title=_maybe(_NAME), since=_MAYBE_DAY, until=_MAYBE_DAY), ()
        ),
        "location": Field(_maybe(_NAME)),
        "birthday": Field(_maybe(_is_birthday)),
        "met": Field(_MAYBE_LINE),
        "introduced_by_uid": Field(_MAYBE_UID),
        "note": Field(_maybe(_NOTE)),
        "topics": Field(_TOPICS, ()),
        "objective_uids": Field(_UIDS, ()),
        "circle_uid": Field(_MAYBE_UID),
        "every_days": Field(_maybe(_between(1, MOST_DAYS))),
        "latest_days": Field(_maybe(_between(1, _LONGEST_LATEST))),
        "first_due_on": Field(_MAYBE_DAY),
        "told_last_on": Field(_MAYBE_DAY),
        "snoozed_until": Field(_MAYBE_DAY),
        "paused": Field(_is_flag, False),
        "never": Field(_is_flag, False),
        "connected_on": Field(_MAYBE_DAY),
        "archived_on": Field(_MAYBE_DAY),
        "added_on": _must(_is_day),
        "sources": Field(_objects(source=_LINE, external_id=_LINE, told=_MAYBE_LINE), ()),
        "card": Field(_maybe(_NOTE)),
        **_CHANGED,
    },
    "group": {"uid": _must(_is_uid), "group": _must(_NAME), "contact_uids": Field(_UIDS, ()), **_CHANGED},
    "objective": {
        "uid": _must(_is_uid),
        "key": _must(_is_slug),
        "title": _must(_NAME),
        "why": Field(_MAYBE_LINE),
        "looking_for": Field(_MAYBE_LINE),
        "asks": Field(_list(_LINE), ()),
        "topics": Field(_TOPICS, ()),
        "organization_uids": Field(_UIDS, ()),
        "done_when": Field(_MAYBE_LINE),
        "by": Field(_MAYBE_DAY),
        "client_uid": Field(_MAYBE_UID),
        "status": _must(_one_of("active", "paused", "achieved", "dropped")),
        "outcome": Field(_MAYBE_LINE),
        "opened_on": _must(_is_day),
        "closed_on": Field(_MAYBE_DAY),
        **_CHANGED,
    },
    "interaction": {
        "uid": _must(_is_uid),
        "on": _must(_is_day),
        "kind": _must(_one_of(*DEPTH_OF_KIND)),
        "direction": _must(_one_of("in", "out", "mutual")),
        "summary": Field(_MAYBE_LINE),
        "note": Field(_maybe(_NOTE)),
        "contact_uids": Field(_UIDS, ()),
        "touch_notes": Field(_is_notes, {}),
        "touch_topics": Field(_are_topics, {}),
        "objective_uids": Field(_UIDS, ()),
        "none_on_purpose": Field(_is_flag, False),
        "topics": Field(_TOPICS, ()),
        "minutes": Field(_maybe(_between(1, MINUTES_LIMIT))),
        "gave": Field(_MAYBE_LINE),
        "got": Field(_MAYBE_LINE),
        "no_reply": Field(_is_flag, False),
        "introductions": Field(_objects(contact_uid=_MAYBE_UID, to_uid=_MAYBE_UID, via_uid=_MAYBE_UID), ()),
        "source": Field(_LINE, "log"),
        "sources": Field(_objects(source=_LINE, external_id=_LINE), ()),
        **_CHANGED,
    },
    "followup": {
        "uid": _must(_is_uid),
        "text": _must(_LINE),
        "owner": _must(_one_of("me", "them")),
        "by": _must(_is_day),
        "contact_uid": Field(_MAYBE_UID),
        "objective_uid": Field(_MAYBE_UID),
        "interaction_uid": Field(_MAYBE_UID),
        "status": _must(_one_of("open", "done", "dropped")),
        "opened_on": _must(_is_day),
        "closed_on": Field(_MAYBE_DAY),
        **_CHANGED,
    },
    "opportunity": {
        "uid": _must(_is_uid),
        "title": _must(_NAME),
        "organization_uid": Field(_MAYBE_UID),
        "through_uid": Field(_MAYBE_UID),
        "objective_uid": Field(_MAYBE_UID),
        "direction": _must(_one_of("in", "out")),
        "stage": _must(
            _one_of("lead", "talking", "applied", "interview", "offer", "won", "lost", "declined", "lapsed")
        ),
        "origin": Field(_maybe(_one_of("relationship", "introduction", "exposure", "cold"))),
        "note": Field(_maybe(_NOTE)),
        "opened_on": _must(_is_day),
        "closed_on": Field(_MAYBE_DAY),
        **_CHANGED,
        "interaction_uids": Field(_UIDS, ()),
    },
    "signal": {
        "uid": _must(_is_uid),
        "kind": _must(_one_of("job")),
        "contact_uid": _must(_is_uid),
        "text": _must(_LINE),
        "on": _must(_is_day),
        "source": _must(_LINE),
        **_CHANGED,
    },
}

_SHOWN: Final[Mapping[str, frozenset[str]]] = {
    "circle": frozenset(),
    "organization": frozenset(),
    "contact": frozenset(("introduced_by", "objectives", "circle")),
    "group": frozenset(("contacts",)),
    "objective": frozenset(("organizations", "client")),
    "interaction": frozenset(("contacts", "objectives")),
    "followup": frozenset(("contact", "objective")),
    "opportunity": frozenset(("organization", "through", "objective")),
    "signal": frozenset(("contact",)),
}


class ShapeError(Exception):
    """Why a record cannot be stored; never holds a value of it."""


def shaped(record: Mapping[str, Any]) -> dict[str, Any]:
    """The stored keys of a record of a known type, each checked, with what it lacks filled in. Raises ShapeError."""
    kind = record["type"]
    found = {"type": kind}
    for key, (check, default) in SHAPES[kind].items():
        value = record.get(key, _MISSING)
        if value is _MISSING:
            if default is _REQUIRED:
                raise ShapeError(f"the {kind} has no `{key}`")
            value = default
        elif not check(value):
            raise ShapeError(f"`{key}` of the {kind} cannot be stored")
        found[key] = value
    latest = found.get("latest_days")
    if kind == "circle" and latest is not None and latest < found["every_days"]:
        raise ShapeError("`latest_days` of the circle is less than its `every_days`")
    return found


def has_unknown_keys(record: Mapping[str, Any]) -> bool:
    """Whether a record of a known type says more than this version understands."""
    kind = record["type"]
    fields, shown = SHAPES[kind], _SHOWN[kind]
    return any(key not in fields and key not in shown and key != "type" for key in record)
