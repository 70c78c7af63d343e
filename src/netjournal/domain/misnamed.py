"""What stands where a name is meant and is none, and how to write such a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.domain import capture
from netjournal.domain.kinds import DEPTH_OF_KIND, kind_named, letters_off
from netjournal.domain.text import PLACEHOLDERS, in_shell

if TYPE_CHECKING:
    from collections.abc import Callable

#: Words that say when.
_WHEN: Final = frozenset(
    {"yesterday", "today", "tomorrow", "tonight", "last", "next", "ago", "earlier", "later", "on", "week", "month"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri"}
)
#: Words of a sentence about a meeting, in small letters, that are part of hardly anybody's name.
_NO_NAMES: Final = _WHEN | (
    {"at", "with", "to", "from", "by", "in", "for", "about", "re", "and", "the", "w/", "is", "was", "were"}
    | {"sync", "catchup", "catch-up", "drinks", "meetup", "conference", "a", "an", "some", "somebody", "someone"}
    | {"met", "had", "introduced", "talked", "spoke", "ran", "into", "saw", "bumped", "chatted"}
    | {"my", "me", "i", "he", "she", "they", "we", "us", "his", "her", "their", "our"}
)
#: Words that a description begins with, and a name only in capitals.
_FIRST: Final = frozenset({"quick", "short", "brief", "great", "nice", "lovely", "weekly", "monthly", "new"})
#: Longer lines are not put in order for anybody: that would take time, and more than a screen to show.
_LONG: Final = 300
#: Small words around a name in a sentence that ends in the kind: `met Dana for a coffee`.
_AROUND: Final = frozenset({"met", "saw", "with", "for", "over", "a", "an", "i", "we"})
#: Words in small letters that stand within a name.
_PARTICLES: Final = frozenset(
    {"da", "de", "del", "della", "der", "den", "des", "di", "do", "dos", "das", "du", "e", "el", "al", "la", "le", "lo"}
    | {"van", "von", "vom", "zu", "zur", "af", "av", "bin", "bint", "ibn", "ben", "ter", "ten", "te", "y", "san"}
)
_PARTED: Final = re.compile(r"['’]s [a-z]|\s[-–—+|]+\s|[/;|<>=@&,]|(?:^|[\s(\[])[+#]|[(\[] [+#]")
_NUMBERS: Final = re.compile(r"\s*[0-9]{1,2}[./-][0-9]{1,2}\b")
_HOUR: Final = re.compile(r"[0-9]{1,2}(?::[0-9]{2}(?: ?[ap]m)?| ?[ap]m): *(?P<rest>.*)", re.IGNORECASE)
#: Who wrote, in a sentence that does not say how: `Dana wrote back`.
_WROTE: Final = re.compile(r"(?P<who>\S.*?) (?:wrote|replied|answered)(?: back| (?:to )?me)?")
#: The end of a sentence, which no abbreviation in a name is: `Dana. She moves`, but `Prof. Dana`.
_SENTENCE: Final = re.compile(r"(?<=[^\W\d_]{4})(?<!prof)(?<!dipl)[.!?]\s+(?=\S)", re.IGNORECASE)
#: Months that are nobody's name, and those that are, in small letters; what else stands for a day and is none.
_MONTHS: Final = frozenset(
    ("feb", "february", "march", "july", "sept", "september", "oct", "october", "nov", "november")
)
_NO_DAYS: Final = (
    _MONTHS
    | {
        "dec",
        "december",
        "january",
        "w/e",
        "weekend",
        "the weekend",
        "last weekend",
        "this week",
        "this month",
        "morning",
    }
    | {"afternoon", "evening", "a while ago", "some time ago", "the other day", "recently"}
)
_NAMES_TOO: Final = frozenset(("jan", "mar", "apr", "april", "may", "jun", "june", "jul", "aug", "august"))
_DAYS: Final = ("yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOLDS_DAY: Final = re.compile(
    r"(?=.*[0-9])[a-z0-9.,/ -]*\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b.*"
    r"|[0-9]{4}(?:[./-][0-9]{1,2})?",
    re.IGNORECASE,
)
#: A kind and whom it was with, which nothing but a day stands before.
_WHOLE: Final = re.compile(r"(?:an? )?(?P<kind>[a-z]+|1:1) (?:with|to|from|w/) ?\S", re.IGNORECASE)
#: A call that nobody took.
_TRIED: Final = re.compile(
    r"(?:i )?tried (?:to )?(?:call|calling|phone|phoning|ring|ringing|reach|reaching) (?P<who>\S[^:,;]*)", re.IGNORECASE
)
#: An event that a line begins with, and who was met there.
_EVENT: Final = re.compile(
    r"(?P<called>[^:,@]*\b(?:meetup|conference|summit|fair)\b[^:,@]*)[:,] (?:i |we )?met .+", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"[^\s<>@()]+@[^\s<>@()]+")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.-]{5,}[0-9]")
#: What parts people in a line that is about one.
_EACH: Final = re.compile(r"\s*(?:[&/]|\s\+\s|\sand\s)\s*")
_BEHIND_NAME: Final = re.compile(r"\s[-–—|]+\s|[,;]\s*")
_DASH: Final = re.compile(r"\s[-–—|]+\s|;\s|(?<=[^\W\d_]{3})[.!?]\s+")
_SLASH: Final = re.compile(r"\s*/\s*|\s\+\s")
#: What a sentence goes on with behind a name: `Omar Said at the gym`.
_GOES_ON: Final = re.compile(r"(?P<name>\S.*?) (?:at|from|in|on|for|who|because|then) .+")
_INTRODUCED: Final = re.compile(r"(?:i )?(?:intro|introduced)(?: of)? (\S[^:,]*?) to (\S[^:,]*)", re.IGNORECASE)
#: Who was met, where the names are behind a colon, and what ends such a stretch.
_BEHIND: Final = re.compile(r"(?:^|\s)(?:with|met|w/)\s+(?=\S)", re.IGNORECASE)
_STRETCH: Final = re.compile(r"\s(?:at|in|about|re|on|from|for|who|to)\s|[:;!?(]|\.(?:\s|$)| - ", re.IGNORECASE)


def could_be_name(text: str) -> bool:
    """Whether a stretch of quick capture could be somebody's name: it has letters, and no word of it is a sentence's."""
    words = text.split()
    if _PARTED.search(text) or not any(map(str.isalpha, text)) or words[0] in _FIRST or _SENTENCE.search(text):
        return False
    if text in PLACEHOLDERS:
        return False
    small = [word for word in words if word.islower() and word not in _PARTICLES]
    if len(words) > 2 and small and len(small) < len(words):
        return False
    return not any(
        word in _NO_NAMES or word[0].isdecimal() or (len(words) > 1 and word.islower() and kind_named(word))
        for word in words
    )


def could_be_title(text: str) -> bool:
    """Whether a stretch could be what somebody does: no word of it is a sentence's."""
    return not any(word in _NO_NAMES for word in text.split())


def could_be_day(text: str, rest: str = "") -> bool:
    """Whether what stands before a colon is meant as a day, and is none: `nov`, `w/e`, `yesterdy`, `fri 6.11.`.

    `rest` is what the colon is followed by: before a kind and whom it was with, any word in small letters is meant so.
    """
    word = text.casefold().rstrip(".")
    if word in _NO_DAYS or (text.islower() and word in _NAMES_TOO):
        return True
    if _HOLDS_DAY.fullmatch(word) and not _NUMBERS.match(text):
        return True
    whole = _WHOLE.match(rest)
    is_word = " " not in text and text[:1].isalpha() and (text.islower() or any(map(str.isdecimal, text)))
    if is_word and whole and kind_named(whole["kind"]):
        return True
    # In capitals a shorter word may be a name that is near a day: Toda, Frida.
    return (text.islower() or len(text) > 6) and any(
        len(word) > 3 and abs(len(word) - len(day)) < 2 and letters_off(word, day) == 1 for day in _DAYS
    )


def named_behind(summary: str) -> tuple[str, ...]:
    """The names that what an event was called goes on with: `drinks with Anna and Lucy`, `PyCon, met Dana`."""
    found: list[str] = []
    for begin in _BEHIND.finditer(summary[:_LONG]):
        stretch = _STRETCH.split(summary[begin.end() : _LONG], maxsplit=1)[0]
        for piece in stretch.split(","):
            found += [name for name in capture.names_in(piece) if could_be_name(name) and len(name.split()) <= 4]
    return tuple(dict.fromkeys(found))


def mend(text: str, is_day: Callable[[str], bool], option: str = "") -> str:
    """How to write a line of which a part was taken for a name; `is_day` says what the date grammar accepts whole.

    `option` is what else stood on the command line.
    """
    text = text if len(text) <= _LONG else ""
    if introduced := _INTRODUCED.fullmatch(" ".join(text.split())):
        who, whom = map(in_shell, introduced.groups())
        return f"Who was introduced to whom: `netj log --intro {who} --to {whom}{option}`."
    if _NUMBERS.match(text):
        return "A day in numbers is `24 nov` or `2026-11-24`, with a colon behind it."
    if hour := _HOUR.fullmatch(text):
        told = f"today {text[: hour.start('rest')].strip()} {hour['rest']}"
        return f"An hour stands behind its day: `netj log {in_shell(told)}{option}`."
    if tried := _TRIED.match(text):
        told = f"message to {tried['who'].strip()}: tried to call"
        return f"A call that nobody took is a message: `netj log {in_shell(told)}{option}`."
    if (event := _EVENT.fullmatch(text)) and (met := named_behind(text)):
        marks = "".join(f" +{key}" for key in capture.after("+", text))
        told = f"event with {' and '.join(met)}: {event['called']}{marks}"
        return f"Who was there comes first: `netj log {in_shell(told)}{option}`."
    made = _reworded(text, is_day)
    if made is None or '"' in made:
        made = "yesterday: coffee with Dana and Priya about the offer"
        return f'Write it as in `netj log "{made}"{option}`; whoever is called so is named by `-w`.'
    lead = (
        "What more there is to say goes behind `about`:"
        if "about …" in made and _GOES_ON.search(text)
        else "Write it as"
    )
    return f"{lead} `netj log {in_shell(made)}{option}`."


def mend_nobody(text: str, is_day: Callable[[str], bool]) -> str:
    """How to write a line that names nobody: `lunch: Dana about rent` puts the name where only words are."""
    text = " ".join(text.split()) if len(text) <= _LONG else ""
    said = capture.read(text, is_day)
    behind = capture.read(said.summary or "", is_day)
    made = "coffee with Dana about hiring"
    if said.kind and behind.names and not behind.kind and all(map(could_be_name, behind.names)):
        lead, colon, rest = text.rpartition(f": {behind.names[0]}")
        made = f"{lead} with {behind.names[0]}{rest}" if colon else made
    return f"Say it as in `netj log {in_shell(made)}`, or with `--with NAME`."


def mend_guest(name: str) -> str:
    """How to write a line of an evening of which a part was taken for a name."""
    name = name if len(name) <= _LONG else ""
    for found, lead, made in (
        (_ADDRESS.search(name), "An address stands in brackets", "- {rest} <{part}>"),
        (_PHONE.search(name), "A number is noted behind a colon", "- {rest}: {part}"),
    ):
        rest = f"{name[: found.start()]} {name[found.end() :]}".strip(" ,;:|–—-()") if found else ""
        if found and rest and could_be_name(rest):
            return f"{lead}: `{made.format(rest=rest, part=found[0])}`."
    each = _EACH.split(name)
    if len(each) > 1 and all(map(could_be_name, each)):
        return "Each line is about one person: " + ", ".join(f"`- {one}`" for one in each) + "."
    parted = _BEHIND_NAME.sub(": ", name, count=1)
    if parted != name and ":" not in name and could_be_name(parted.partition(":")[0]):
        return f"What was said stands behind a colon: `- {parted}`."
    return "Each line is about one person: `- NAME [@ ORG[, TITLE]]: what was said`."


def _reworded(text: str, is_day: Callable[[str], bool]) -> str | None:
    """A line in the order that is understood, what it was about left out; None where that cannot be told."""
    day, region, is_cut = capture.before_summary(text, is_day)
    words = region.split()
    about = " about …" if is_cut else ""
    lead = f"{day}: " if day else ""
    whole = (None if day else _day_first(words, is_day), _kind_first(words))
    made = [*(f"{lead}{one}{about}" for one in whole if one)]
    made += [f"{lead}{one}" for one in (_parted(region), _place_behind(region)) if one]
    if wrote := _WROTE.fullmatch(region):
        made.append(f"{lead}message from {wrote['who']}{about}")
    for one in made:
        said = capture.read(one, is_day)
        if said.names and all(map(could_be_name, said.names)):
            return one
    return None


def _day_first(words: list[str], is_day: Callable[[str], bool]) -> str | None:
    """`tue coffee with Marta`, `coffee with Dana on monday`: the day and a colon come first."""
    words = words[1:] if words[:1] == ["on"] else words
    for length in range(min(4, len(words) - 1), 0, -1):
        if is_day(day := " ".join(words[:length])):
            rest = words[length + 1 :] if words[length] in ("-", "–", "—") else words[length:]
            return f"{day}: {' '.join(rest)}" if rest else None
        if is_day(day := " ".join(words[-length:])):
            rest = words[:-length]
            return f"{day}: {' '.join(rest[:-1] if rest[-1].casefold() == 'on' else rest)}"
    return None


def _kind_first(words: list[str]) -> str | None:
    """`linkedin message to Dana`, `Dana emailed me`, `met Dana for coffee`: the kind comes first."""
    at = next((i for i, word in enumerate(words) if i and word.islower() and kind_named(word)), None)
    # What says when is never left out: the line would be logged under another day.
    if at is None or any(re.split("['’]", word.casefold())[0] in _WHEN for word in words[:at]):
        return None
    rest = words[at + 1 :]
    if rest and rest[0] not in ("me", "us"):
        return " ".join(words[at:])
    kind = kind_named(words[at]) or ""
    way = "from" if rest and DEPTH_OF_KIND[kind] == "message" else "with"
    who = " ".join(word for word in words[:at] if word not in _AROUND)
    return f"{kind if words[at].endswith('ed') else words[at]} {way} {who}"


def _parted(region: str) -> str | None:
    """`Dana - rent` is `Dana: rent`, `Dana/Priya` are Dana and Priya."""
    if _DASH.search(region):
        return _DASH.sub(": ", region, count=1)
    return _SLASH.sub(" and ", region) if _SLASH.search(region) else None


def _place_behind(region: str) -> str | None:
    """`met Omar at the gym`: more than who and how goes behind `about`."""
    goes_on = _GOES_ON.fullmatch(region)
    if goes_on is None:
        return None
    if goes_on["name"].startswith("wrote to "):
        return f"message {goes_on['name'].removeprefix('wrote ')} about …"
    kind = kind_named(goes_on["name"].split()[0])
    met = capture.MET.match(goes_on["name"])
    names = goes_on["name"][met.end() :] if met else goes_on["name"].removeprefix("with ")
    return f"{goes_on['name']} about …" if kind else f"chat with {names} about …"
