"""Values as address books hold them, in the forms that a person has here; what cannot be used is told, not kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.domain import text as free_text
from netjournal.errors import UsageError
from netjournal.interchange.displayed import CREDENTIALS
from netjournal.interchange.keys import bounded, fold_key
from netjournal.interchange.profiles import clean_url, profile_key

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How Google joins several values in one cell.
JOINED: Final = ":::"

_EMAIL_LIMIT: Final = 254
_VALUE_LIMIT: Final = 2_000
_RELATION: Final = re.compile(r" \(https?://[^\s()]*\)")
#: What stands before a last name of several words.
_BEFORE: Final = "van von der den de del della di da dos du la le el al bin ibn ter ten zu zum zur st"
_PARTICLES: Final = frozenset(_BEFORE.split())


def one_line(value: str) -> str:
    """A value with each run of blanks as one."""
    return " ".join(value.split())


def titles(value: str) -> str:
    """The titles of Notion's relations, `Title (https://…), Title (https://…)`."""
    return _RELATION.sub("", value) if "://" in value else value


def related(value: str) -> list[str]:
    """The titles of Notion's relations apart, or the value itself."""
    if "://" not in value:
        return [value]
    return [title for part in _RELATION.split(value) if (title := part.removeprefix(",").strip())]


def turned(name: str) -> tuple[str, bool]:
    """`Last, First` as `First Last`, and whether a comma was left that may have meant that."""
    last, comma, first = name.partition(",")
    last, first = last.strip(), first.strip()
    if not comma or not last or not first or "," in first:
        return name, "," in name
    if first.casefold().replace(".", "") in CREDENTIALS:
        return name, False
    *before, _ = last.split()
    if all(word.casefold() in _PARTICLES for word in before):
        return f"{first} {last}", False
    # `Anna Berg, Consultant` is no `Last, First`.
    return name, True


def emails(values: Iterable[str]) -> tuple[list[str], int]:
    """The mail addresses in some cells, each once, and how many cells hold something that is none."""
    found: dict[str, str] = {}
    bad = 0
    for value in values:
        good = 0
        for word in re.split(rf"[\s,;]+|{JOINED}", value[: _VALUE_LIMIT * 8]):
            address = re.sub(r"(?i)^mailto:", "", word.strip("<>()\"'"))
            if is_email(address):
                found.setdefault(address.casefold(), address)
                good += 1
        bad += not good
    return list(found.values()), bad


def is_email(text: str) -> bool:
    """Whether a text is one mail address and nothing else."""
    before, at, after = text.partition("@")
    return (
        bool(at and before and after)
        and len(text) <= _EMAIL_LIMIT
        and not re.search(r"[\s@<>()\",;/\\]", after + before)
    )


def phones(values: Iterable[str]) -> tuple[list[str], int]:
    """The phone numbers in some cells, each once, and how many are none."""
    found: dict[str, None] = {}
    bad = 0
    for value in values:
        for part in re.split(rf"[;\n]|{JOINED}", value[: _VALUE_LIMIT * 8]):
            # Spreadsheets keep a number whole as ="0123", or take it for a sum.
            number = one_line(part).removeprefix("=").strip('"')
            if not number:
                continue
            if sum(c.isdigit() for c in number) < 3 or re.search("[0-9][eE][+]", number) or len(number) > _VALUE_LIMIT:
                bad += 1
            else:
                found.setdefault(number)
    return list(found), bad


def urls(values: Iterable[str]) -> tuple[list[str], int]:
    """The links in some cells, each once and profiles of LinkedIn in one spelling, and how many are none."""
    found: dict[str, str] = {}
    bad = 0
    for value in values:
        for word in re.split(rf"[\s;]+|{JOINED}", value[: _VALUE_LIMIT * 8]):
            link = word.strip(",")
            if not link:
                continue
            if len(link) > _VALUE_LIMIT or not re.match(r"(?:https?://)?[^\s/.@:]+\.[^\s.]", link, re.IGNORECASE):
                bad += 1
            else:
                clean = clean_url(link)
                found.setdefault(clean.casefold(), clean)
    return list(found.values()), bad


def topics(values: Iterable[str]) -> tuple[list[str], int]:
    """Labels as topics, each once, and how many cannot be a word; Google's own (`* myContacts`) are none."""
    found: dict[str, None] = {}
    bad = 0
    for value in values:
        for label in re.split(rf"[,;|\n]|{JOINED}", value):
            if not label.strip() or label.strip().startswith("*"):
                continue
            try:
                found.setdefault(free_text.topic(re.sub(r"\s+", "-", label.strip())))
            except UsageError:
                bad += 1
    return list(found), bad


def external_id(name: str, emails: list[str], urls: list[str], company: str | None, phones: list[str]) -> str:
    """The first address, else the profile or link, else name with company and phone: the same in a later export.

    It stays while these do; a new title, birthday or note does not change it.
    """
    if emails:
        stated = f"email:{fold_key(emails[0])}"
    elif urls:
        stated = profile_key(urls[0]) or f"url:{fold_key(urls[0])}"
    else:
        stated = "name:" + "|".join(map(fold_key, (name, company or "", phones[0] if phones else "")))
    return bounded(stated)
