"""A contact of Monica as a person: names, fields by their types, birthday, address, and what was noted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain.names import fold
from netjournal.interchange.records import Person
from netjournal.interchange.trackers import sentences
from netjournal.interchange.trackers.monica import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

_URL: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: Characters of an address; a longer text is none.
_ADDRESS: Final = 500
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()./-]{4,}")
#: Days: a cadence over ten years is a slip.
_LONGEST: Final = 3_653


class FieldType(NamedTuple):
    """What a contact field is: its name as a person reads it, its protocol (`mailto:`) and its type (`email`)."""

    name: str
    protocol: str
    type: str


class _Fields(NamedTuple):
    emails: list[str]
    phones: list[str]
    urls: list[str]
    #: Those that are no address, as lines of the note.
    others: list[str]


def person(
    number: int,
    contact: dict[str, Any],
    groups: Mapping[str, list[Any]],
    types: Mapping[str, FieldType],
    names: Mapping[str, str],
) -> tuple[Person, list[str]]:
    """The person that a contact is, and what of it is doubted; `groups` are its parts by type."""
    said = parts.properties(contact)
    name, nickname = parts.name(said), parts.text(said.get("nickname"))
    fields = _fields(groups.get("contact_field", ()), types)
    birthday, remarks = _birthday(said.get("birthdate"))
    every = said.get("stay_in_touch_frequency")
    off = said.get("is_active") is False or said.get("is_dead") is True or said.get("archived") is True
    record = Person(
        number,
        parts.identity(contact),
        name,
        urls=tuple(dict.fromkeys(fields.urls)),
        emails=tuple(dict.fromkeys(fields.emails)),
        company=parts.text(said.get("company")) or None,
        title=parts.text(said.get("job")) or None,
        phones=tuple(dict.fromkeys(fields.phones)),
        aliases=(nickname,) if nickname and fold(nickname) != fold(name) else (),
        location=_location(groups.get("address", ())),
        birthday=birthday,
        note="\n".join(
            [*_known(said, names), *fields.others, *_notes([*groups.get("note", ()), *groups.get("life_event", ())])]
        )
        or None,
        topics=_topics(said.get("tags")),
        every_days=every if type(every) is int and 0 < every <= _LONGEST else None,
        # Nobody is to be told to write to the dead.
        archived=off,
    )
    return record, remarks


def _fields(values: Any, types: Mapping[str, FieldType]) -> _Fields:
    found = _Fields([], [], [], [])
    for value in values:
        said = parts.properties(value) if isinstance(value, dict) else {}
        content = parts.text(said.get("data"))
        if not content:
            continue
        key = parts.text(said.get("type")) or parts.text(said.get("contact_field_type"))
        kind = types.get(key, FieldType("", "", ""))
        told = {kind.protocol.rstrip(":").casefold(), kind.type.casefold()}
        bare = re.sub(r"^(?:mailto|tel):", "", content, flags=re.IGNORECASE)
        if told & {"mailto", "email"}:
            found.emails.append(bare)
        elif told & {"tel", "phone"}:
            found.phones.append(bare)
        elif _URL.fullmatch(content):
            found.urls.append(content)
        elif key not in types and len(bare) <= _ADDRESS and _EMAIL.fullmatch(bare):
            found.emails.append(bare)
        elif key not in types and _PHONE.fullmatch(bare):
            found.phones.append(bare)
        else:
            found.others.append(f"{kind.name}: {content}" if kind.name else content)
    return found


def _birthday(value: Any) -> tuple[str | None, list[str]]:
    if not isinstance(value, dict) or value.get("is_age_based") is True:
        return None, []
    # Some exports wrap it as they wrap all records.
    value = parts.properties(value) or value
    day = sentences.day_of(value.get("date"))
    if value.get("is_age_based") is True or value.get("date") is None:
        return None, []
    if day is None:
        return None, ["its birthday cannot be read"]
    return f"--{day:%m-%d}" if value.get("is_year_unknown") is True else day.isoformat(), []


def _location(values: Any) -> str | None:
    for value in values:
        said = parts.properties(value) if isinstance(value, dict) else {}
        place = ", ".join(part for key in ("city", "country") if (part := parts.text(said.get(key))))
        if place:
            return place
    return None


def _known(said: dict[str, Any], names: Mapping[str, str]) -> list[str]:
    """How they met, and what the description says."""
    lines = []
    met = said.get("first_met_date")
    day = sentences.day_of((parts.properties(met) or met).get("date")) if isinstance(met, dict) else None
    where = parts.text(said.get("first_met_where"))
    through = names.get(parts.text(said.get("first_met_through")), "")
    told = [f"on {day}" if day else "", f"at {where}" if where else "", f"through {through}" if through else ""]
    if any(told):
        lines.append(f"First met {' '.join(part for part in told if part)}.")
    more = (said.get("first_met_additional_info"), said.get("description"), said.get("food_preferences"))
    return [*lines, *(line for part in more if (line := parts.text(part)))]


def _notes(values: Any) -> list[str]:
    """The notes and what happened in their lives, with their days, oldest first: neither is a touch."""
    lines = []
    for value in values:
        said = parts.properties(value) if isinstance(value, dict) else {}
        body = parts.text(said.get("body")) or parts.text(said.get("name")) or parts.text(said.get("note"))
        if body:
            day = sentences.day_of(said.get("happened_at") or value.get("created_at"))
            lines.append((str(day or ""), f"{day}: {body}" if day else body))
    return [line for _, line in sorted(lines)]


def _topics(tags: Any) -> tuple[str, ...]:
    named = (
        [parts.text(tag.get("name") if isinstance(tag, dict) else tag) for tag in tags]
        if isinstance(tags, list)
        else []
    )
    return tuple(dict.fromkeys(word for tag in named if (word := sentences.topic_word(tag))))
