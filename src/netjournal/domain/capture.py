"""The grammar of quick capture: one line as typed, into who, how, when, what for and what was said.

`[DATE:] [KIND] [with|to|from] NAME [and NAME …] [about|re|:|,] SUMMARY`, with `@handle` and `group:NAME` anywhere,
`+objective`, `+none` and `#topic`; a mark must start a word. What the names mean is for the journal to say: this only reads.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.kinds import DEFAULT_KIND, DEPTH_OF_KIND, kind_named, of_two
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from netjournal.domain.words import Direction

#: The mark that says: for no objective, on purpose.
NONE: Final = "none"

_MARK = re.compile(r"(?<!\S)([@+#])([^\s,;:!?()]*[^\s,;:!?().])")
# `about` and `re` are words; `:` and `,` may touch the word before, but a time like 9:30 is not an end.
_END_OF_NAMES = re.compile(r"(?:^|(?<=\s))(?:about|re)(?=[\s:]|$)|:(?!\d)|,", re.IGNORECASE)
_GROUP = re.compile(r"(?<!\S)group:([^\s,;:!?()]*[^\s,;:!?().])", re.IGNORECASE)
# Numbers in the shape of a day are one, even where it does not exist or is ambiguous: reading it says so, and it is
# never taken for words.
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_SHAPED_AS_DAY = re.compile(
    r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}"
    rf"|[0-9]{{1,2}}\.? {_MONTH}(?: [0-9]{{4}})?|{_MONTH} [0-9]{{1,2}}(?:,? [0-9]{{4}})?",
    re.ASCII | re.IGNORECASE,
)
_WAY = re.compile(r"(to|from)\s+(?=\S)", re.IGNORECASE)
#: How a sentence begins of which the next word is the kind: `had coffee with Dana`, `a quick call with Dana`.
_HAD = re.compile(
    r"(?:(?:i|we) )?(?:just )?(?:(?:had|got|received|sent|wrote|grabbed|met for|went for) )?(?:(?:a|an|another) )?"
    r"(?:(?:quick|short|brief|long|nice|good|great|lovely) )?(?=[a-z1])",
    re.IGNORECASE,
)
#: How a sentence begins that says whom, and not how: `talked to Dana`.
MET = re.compile(
    r"(?:(?:i|we) )?(?:met(?: up)?|saw|spoke|talked|chatted|caught up|ran into|bumped into) (?:(?:with|to) )?"
    r"(?!(?:at|in|on|for|by|the|my|up|about|re)\b)(?=[^\W\d_])",
    re.IGNORECASE,
)
#: Words that are a message only before to whom: `wrote to Dana`, `linkedin message to Dana`.
_WROTE = re.compile(
    r"(?:(?:i |we )?(?:wrote|replied) (?=to )|(?:reply|linkedin) (?=(?:to|from) )|linkedin (?:message|dm) )",
    re.IGNORECASE,
)
#: Marks before all else: a day or a kind still comes first behind them.
_MARKS_FIRST = re.compile(r"(?:[+#][^\s,;:!?()]*[^\s,;:!?().][,;:]? )+")
#: Topics before a sentence: one alone is its first word.
_TOPICS_FIRST = re.compile(r"(?:#[^\s,;:!?()]*[^\s,;:!?().][,;:]? ){2,}(?=[^#\s])")
#: A second kind before who: `phone call with Dana`, `coffee chat with Dana`.
_SECOND_KIND = re.compile(r"([a-z]+) (?=(?:with|to|from) |w/)", re.IGNORECASE)
_SHORT_WITH = re.compile(r"(?:w/\s*|(?-i:w)\s)(?=\S)", re.IGNORECASE)
#: What ends a name without being part of it; the last only says how a picture is shown.
_STOPS: Final = " .;!?\ufe0f"
_QUOTES: Final = '"“”„‟«»'
_JOINT = re.compile(r"(?:^|\s+)(?:and|with|&|(?-i:cc:?))(?=\s+|$)", re.IGNORECASE)
#: What may stand between marks, and says nothing.
_BETWEEN_MARKS: Final = ("", "and", "&", "with")
_LEADING = re.compile(r"^(?:[\s,;:]|(?:about|re|and|with|&)(?=\s|$))+", re.IGNORECASE)


class Capture(NamedTuple):
    """What one line says; names are as typed and not yet looked up."""

    day: str | None
    kind: str | None
    #: Names before the first `about`, `re`, `:` or `,`.
    names: tuple[str, ...]
    #: Whether `names` must be people: nobody else was named, or `with` introduced them.
    names_required: bool
    #: Handles after `@`.
    mentions: tuple[str, ...]
    objectives: tuple[str, ...]
    none_on_purpose: bool
    topics: tuple[str, ...]
    summary: str | None
    #: The summary if `names` turn out to be words rather than people.
    plain_summary: str | None
    #: What `to` or `from` after the kind of a message says of its direction.
    direction: Direction | None = None
    #: Names after `group:`: all who are in it.
    groups: tuple[str, ...] = ()


def read(text: str, is_day: Callable[[str], bool], *, kind: str | None = None, others_named: bool = False) -> Capture:
    """Read one line of quick capture.

    `is_day` says whether the date grammar accepts a text whole; `kind` is one given by option, which a word of the
    text does not change; `others_named` says that people were given by option.
    """
    # Where who it was is said already, or it went to everyone, a text may begin with any word.
    is_said = kind is not None and (others_named or DEPTH_OF_KIND[kind] == "broadcast")
    day, said_kind, direction, rest = _begin(" ".join(text.split()), is_day, kind, kind_said=is_said)
    kind = kind or said_kind
    if short := _SHORT_WITH.match(rest):
        rest = f"with {rest[short.end() :]}"
    groups = tuple(dict.fromkeys(m.group(1) for m in _GROUP.finditer(rest)))
    if groups:
        # A name like any other, whose colon ends nothing.
        rest = " ".join(_GROUP.sub(" ", rest).split())
    mentions = after("@", rest)
    if kind is None and not (mentions or groups or others_named) and (met := MET.match(rest)):
        rest = f"with {rest[met.end() :]}"
    objectives = tuple(dict.fromkeys(key.casefold() for key in after("+", rest)))
    stated = tuple(key for key in objectives if key != NONE)
    check_none(NONE in objectives, stated)
    names: tuple[str, ...] = ()
    required = False
    whole = _summary(rest)
    summary = whole
    if DEPTH_OF_KIND[kind or DEFAULT_KIND] != "broadcast":
        end = _END_OF_NAMES.search(rest)
        names = names_in(rest[: end.start()] if end else rest)
        required = bool(names) and (
            bool(re.match(r"with\s", rest, re.IGNORECASE)) or not (mentions or groups or others_named)
        )
        if names:
            summary = _summary(rest[end.end() :] if end else "")
    return Capture(
        day,
        kind,
        names,
        required,
        mentions,
        stated,
        NONE in objectives,
        after("#", rest),
        summary,
        whole,
        direction,
        groups,
    )


def _begin(
    text: str, is_day: Callable[[str], bool], given: str | None, *, kind_said: bool
) -> tuple[str | None, str | None, Direction | None, str]:
    """The day, kind and direction that a line begins with, marks before them put behind, and the rest.

    `given` is a kind that was given by option; `kind_said` says that no word of the line is one.
    """
    first = _MARKS_FIRST.match(text)
    day, rest = _day(text[first.end() :] if first else text, is_day)
    kind, direction, rest = (None, None, rest) if kind_said else _kind_and_way(rest, given)
    if first:
        rest = f"{rest} {first[0].strip()}" if day or kind else text
    return day, kind, direction, rest


def check_none(none_on_purpose: bool, stated: Collection[str]) -> None:
    """Refuse `+none` beside an objective. Raises UsageError."""
    if none_on_purpose and stated:
        raise UsageError(
            "`+none` says that no objective was meant, but another is named too.", "Leave one of them out."
        )


def _day(text: str, is_day: Callable[[str], bool]) -> tuple[str | None, str]:
    """Split off a leading `DATE:`; the longest start that the date grammar accepts, since a time holds a colon too."""
    colons = [found.start() for found in re.finditer(":", text[:60])]
    for at in reversed(colons):
        phrase = text[:at].strip()
        if text[at + 1 : at + 2] in ("", " ") and (is_day(phrase) or _SHAPED_AS_DAY.fullmatch(phrase)):
            return phrase, text[at + 1 :].strip()
    return None, text


def _kind(text: str) -> tuple[str | None, str]:
    found = re.match(r"((?i:e-mail(?:ed)?)|[A-Za-z]+|1:1|1-1|1on1|one-on-one)(?=[\s:,]|$)", text)
    kind = kind_named(found.group(1)) if found else None
    if found is None or kind is None:
        return None, text
    return kind, text[found.end() :].lstrip(" :," if DEPTH_OF_KIND[kind] == "broadcast" else " ")


def _kind_and_way(text: str, given: str | None) -> tuple[str | None, Direction | None, str]:
    """Split off a kind and, after that of a message, `to` or `from`: `email to Dana` says who wrote to whom."""
    if wrote := _WROTE.match(text):
        text = f"message {text[wrote.end() :]}"
    had = _HAD.match(text)
    kind, rest = _kind(text[had.end() :] if had else text)
    if had and (kind is None or DEPTH_OF_KIND[kind] == "broadcast"):
        kind, rest = _kind(text)
    if given is not None and kind is not None and DEPTH_OF_KIND[kind] == "broadcast":
        kind, rest = None, text
    second = _SECOND_KIND.match(rest) if kind is not None else None
    if kind is not None and second and (other := kind_named(second[1])) is not None:
        kind, rest = of_two(kind, other), rest[second.end() :]
    kind = given or kind
    way = _WAY.match(rest) if kind == "call" or (kind is not None and DEPTH_OF_KIND[kind] == "message") else None
    if way is None:
        return kind, None, rest
    direction: Direction = "out" if way[1].casefold() == "to" else "in"
    # Both speak in a call, whoever rang.
    return kind, None if kind == "call" else direction, f"with {rest[way.end() :]}"


def after(mark: str, text: str) -> tuple[str, ...]:
    """What stands after each `@`, `+` or `#`, each once."""
    return tuple(dict.fromkeys(found[2] for found in _MARK.finditer(text) if found[1] == mark))


def without_first_topics(text: str) -> str:
    """A text whose blanks are single without the topics, two or more, that stand before its first word."""
    first = _TOPICS_FIRST.match(text)
    return text[first.end() :] if first else text


def is_marks_alone(text: str, is_day: Callable[[str], bool]) -> bool:
    """Whether a line holds nothing but a day and marks: no word of it is a summary."""
    bare = _MARK.sub(" ", _GROUP.sub(" ", text))
    _, rest = _day(" ".join(re.sub(r"(?<!\S)[,;:.]+(?!\S)|^[\s,;:.]+", " ", bare).split()), is_day)
    return all(word in _BETWEEN_MARKS for word in re.split(r"[\s,;:.]+", rest.casefold()))


def before_summary(text: str, is_day: Callable[[str], bool]) -> tuple[str | None, str, bool]:
    """The day of a line, the part that may hold a kind and names, and whether there is more behind it."""
    day, rest = _day(" ".join(text.split()), is_day)
    end = _END_OF_NAMES.search(rest)
    return day, " ".join(_MARK.sub(" ", rest[: end.start()] if end else rest).split()), end is not None


def names_in(region: str) -> tuple[str, ...]:
    """The names in the part of the line that may hold them, without marks."""
    bare = " ".join(_MARK.sub(" ", region).split())
    return tuple(name for part in _JOINT.split(bare) if (name := _unadorned(" ".join(part.split()))))


def _unadorned(name: str) -> str:
    """A name without the stops, signs and pictures at its ends, and without quotation marks around it."""
    ends = "".join(c for c in set(name) if c in _STOPS or unicodedata.category(c) in ("So", "Sk", "Cf"))
    name = name.strip(ends)
    return name.strip(_QUOTES + _STOPS) if name[:1] in _QUOTES and name[-1:] in _QUOTES else name


def _summary(text: str) -> str | None:
    """What was said: without objectives, without marks at either end; a topic inside the sentence stays as its word."""
    text = re.sub(r"(?<!\S)\+\S+", " ", text)
    text = _LEADING.sub("", " ".join(text.split()))
    while True:
        # Mentions at the start and marks at the end are labels, not words of the sentence.
        found = re.match(r"@[^\s,;:]+(?=[\s,;:]|$)", text)
        if not found:
            break
        text = _LEADING.sub("", text[found.end() :])
    text = without_first_topics(text)
    words = text.split(" ")
    while len(words) > 1 and words[-1][0] in "#@" and _MARK.fullmatch(words[-1].rstrip(".,;:!?")):
        words.pop()
    text = " ".join(words)
    text = re.sub(r"(?<!\S)#(?=\w)", "", text)
    text = text.strip(" ,;:")
    return text or None


class Promise(NamedTuple):
    """One promise as typed: `TEXT [@who] [by DATE]`."""

    text: str
    day: str | None
    mention: str | None


def read_promise(text: str, is_day: Callable[[str], bool]) -> Promise:
    """Read a promise; only a `by` whose rest the date grammar accepts whole is a day."""
    text = " ".join(text.split())
    mentions = [m.group(2) for m in _MARK.finditer(text) if m.group(1) == "@"]
    if len(mentions) > 1:
        raise UsageError("A promise is to one person, but this one names several.", "Say each as a promise of its own.")
    bare = " ".join(re.sub(r"(?<!\S)@\S+", " ", text).split()) if mentions else text
    day = None
    for found in re.finditer(r"(?:^|\s)by\s+", bare, re.IGNORECASE):
        phrase = bare[found.end() :]
        if is_day(phrase) or _SHAPED_AS_DAY.fullmatch(phrase):
            day, bare = phrase, bare[: found.start()]
            break
    return Promise(bare.strip(), day, mentions[0] if mentions else None)
