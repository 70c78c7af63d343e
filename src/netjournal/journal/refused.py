"""Words in the place of a name that nobody is made of, each refused with how it is written."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from netjournal.domain import capture, dates, guests, kinds, misnamed, names, text
from netjournal.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from netjournal.domain.capture import Capture
    from netjournal.domain.evening import GuestLine
    from netjournal.domain.names import Known
    from netjournal.journal.words import LogWords

#: A name with something in brackets behind it: mostly where somebody works.
_BRACKETS: Final = re.compile(r"(?P<name>[^()]*[^() ]) ?\((?P<org>[^()@+#][^()]*)\)")
#: What somebody does there: `CTO at Fleetly`.
_TITLED: Final = re.compile(r"(?P<title>\S.*?),? (?:at|with|@) ?(?P<org>[^\W_a-z].*)")
#: A name with where somebody works behind a word: `Jonas Weber from Stripe`.
_FROM: Final = re.compile(r"(?:met )?(?P<name>\S.*?) (?:at|from) (?P<org>\w.*)")


def check_day(words: LogWords, said: Capture, known: Sequence[Known], today: date) -> None:
    """Refuse a line that begins with what was meant as a day, with the days there are. Raises UsageError."""
    first, colon, rest = f"{' '.join(words.text.split())} ".partition(": ")
    if not colon or said.day or first in words.meant or not misnamed.could_be_day(first, rest):
        return
    # Where others are named it may be a word of what was said, but not before a kind.
    sure = said.names_required or kinds.kind_named(rest.partition(" ")[0].strip(",:"))
    if not sure or names.find(first, known).ids:
        return
    try:
        dates.read_past_day(first, today)
    except UsageError as error:
        raise UsageError(error.sentence, f"{error.hint} Whoever is called so is named by `-w`.") from None


def check_kind(words: LogWords, said: Capture, known: Sequence[Known]) -> None:
    """Refuse a line that begins with what was meant as a kind, before somebody of that name is made.

    That is a kind word misspelt, or a word in small letters before `with` that names nobody: `coaching with Rosa`.
    """
    name = said.names[0]
    word = name.split()[0]
    if not word.islower() or names.find(name, known).ids:
        return
    meant = None if len(word) < 4 or said.kind or words.kind else kinds.kind_meant(word)
    if meant is not None:
        raise UsageError(f"'{word}' is not a kind of interaction.", f"Did you mean '{meant}'? Say who with `-w`.")
    if (
        said.kind != "event"
        and f"{name} with " in " ".join(words.text.split())
        and name not in words.meant
        and name.islower()
        and ((word == name and len(word) > 3) or misnamed.could_be_name(name))
    ):
        raise UsageError(
            f"'{name}' is neither a kind of interaction nor somebody known here.",
            f"Kinds: {', '.join(kinds.KINDS)}. Say who with `-w`.",
        )


def check_event(words: LogWords, said: Capture, known: Sequence[Known]) -> None:
    """Refuse what an event was called in the place of names: nobody is asked whether that is somebody new."""
    line, name = " ".join(words.text.split()), said.names[0]
    if said.kind != "event" or name in words.meant or f"event {name}".casefold() not in line.casefold():
        return
    if names.find(name, known) == names.Found(()):
        title = line[line.casefold().index("event ") + len("event ") :]
        lead = f"{said.day}: event" if said.day else "event"
        called = text.in_shell(f"{lead}: {title if len(title) < 80 else 'Data meetup with @dana'}")
        raise NotFoundError(
            f"Nobody here is called '{name}'.",
            f"What an event was called stands behind a colon, and who was there behind an @: `netj log {called}`.",
        )


def check_line(line: GuestLine, words: LogWords, today: date) -> None:
    """Refuse a line of an evening with a promise for no day or a topic that is no word. Raises UsageError."""
    for phrase in (*line.promises, *line.theirs):
        said = capture.read_promise(phrase, partial(dates.accepts, today=today, mode="future"))
        if said.day is not None:
            dates.read_future_day(said.day, today, order=words.order)
    for word in line.topics:
        text.topic(word)


def check_two(typed: str) -> None:
    """Refuse a text that names two people with where they work, or one at two places. Raises UsageError."""
    two = guests.two_in(typed)
    if two is not None:
        raise UsageError(f"'{typed}' names two people.", f"Each is said alone: `{two[0]}` and `{two[1]}`.")
    if guests.two_places(typed):
        raise UsageError(
            f"'{typed}' says two places for one person.",
            "Say the one where they work now; an organization with an @ in its name: `netj contact edit WHO --org ORG`.",
        )


def check_letters(name: str) -> None:
    """Refuse to make somebody of a number, an hour or a day: `10/11`. Raises UsageError."""
    if not any(map(str.isalpha, name)):
        raise UsageError(f"'{name}' has no letter, so it is nobody's name.", "Name whom you met.")


def check_place(name: str) -> None:
    """Refuse a name that says where somebody works. Raises UsageError, with how that is written."""
    behind = _BRACKETS.fullmatch(name) or _FROM.fullmatch(name)
    if behind is None or (behind.re is _FROM and not behind["org"][0].isupper()):
        return
    if not misnamed.could_be_name(behind["name"]):
        return
    name, place = behind["name"], behind["org"]
    titled = _TITLED.fullmatch(place)
    if titled and misnamed.could_be_title(titled["title"]):
        place = f"{titled['org']}, {titled['title']}"
    elif not (place[0].isupper() or place[0].isdigit()) or place[-1] in "!?":
        hint = f"What was said stands behind a colon: `{name}: {place}` in a line, `- {name}: {place}` in a list."
        raise UsageError(f"'{behind[0]}' says more than a name.", hint)
    there = f"{name} @ {place}"
    raise UsageError(
        f"'{behind[0]}' says more than a name.",
        f"Where somebody works stands behind an @: `{there}` in a line, `- {there}` in a list. A remark goes into the note.",
    )
