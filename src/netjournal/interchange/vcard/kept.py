"""What of a card the journal has no place for: kept as property lines, and given back where it still fits.

The reader and the writer share these rules, so that a card that was read, written and read again is the same.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.interchange.profiles import profile_key
from netjournal.interchange.vcard import values
from netjournal.interchange.vcard.properties import Property, clean, escape, parse, split, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters of what is kept of one card.
REST_LIMIT: Final = 20_000
#: The writer makes these itself, from the record or from nothing.
OURS: Final = frozenset({
    "BEGIN", "END", "VERSION", "PRODID", "UID", "REV", "FN", "NICKNAME", "NOTE", "PROFILE", "PHOTO", "X-ABSHOWAS",
})  # fmt: skip
LABEL: Final = "X-ABLABEL"
#: Properties that hold a link.
LINKS: Final = frozenset({"URL", "X-SOCIALPROFILE", "IMPP"})
_LETTER: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"\w+")


def join_lines(properties: Iterable[Property]) -> tuple[str | None, bool]:
    """The lines of properties as one text, and whether some are left out because they are too long together."""
    found = labelled(properties)
    sizes: Counter[str] = Counter()
    for each in found:
        sizes[each.group.casefold()] += 1 + len(str(each))
    lines: list[str] = []
    fits: dict[str, bool] = {}
    left = REST_LIMIT + 1
    for each in found:
        group = each.group.casefold()
        # A group is kept whole or not at all: a label that is cut would leave its property without.
        size = sizes[group] if group else 1 + len(str(each))
        if not group or group not in fits:
            fits[group] = size <= left
            left -= size if fits[group] else 0
        if fits[group]:
            lines.append(str(each))
    return "\n".join(lines) or None, len(lines) < len(found)


def split_lines(rest: str | None) -> list[Property]:
    """The properties in a text of lines, but for those that are no properties or that the writer makes itself."""
    read = (parse(line.encode("utf-8", "replace"), 0) for line in (rest or "").split("\n"))
    return [each.found for each in read if each is not None and not each.binary and each.found.name not in OURS]


def labelled(properties: Iterable[Property]) -> list[Property]:
    """The properties without the labels of those that are not among them."""
    found = list(properties)
    groups = {each.group.casefold() for each in found if each.name != LABEL}
    return [each for each in found if each.name != LABEL or each.group.casefold() in groups]


def name_parts(name: str) -> tuple[str, str]:
    """The family name and the given name that a whole name is taken to have: the last word, and the others."""
    given, _, family = name.rpartition(" ")
    return (family, given) if given else ("", family)


def fits_name(components: list[str], name: str) -> bool:
    """Whether an N is still the name's, and says more than its words in their order do."""
    family, given = name_parts(name)
    bare = [family, given, "", "", ""]
    if [*components, "", "", "", "", ""][:5] == bare or not any(components):
        return False
    of_name = _words(name)
    return _words(" ".join(components[:2])) <= of_name <= _words(" ".join(components))


def name_components(value: str) -> list[str]:
    """The components of an N as texts: family, given and additional names, prefixes, suffixes."""
    return [" ".join(unescape(" ".join(split(part, ","))).split()) for part in islice(split(value, ";"), 5)]


def first_component(value: str) -> str:
    """The first component of a value of several, the organization of an ORG; empty where nothing of it can be seen."""
    return values.visible(" ".join(unescape(next(split(value, ";"))).split())) or ""


def place(value: str) -> str | None:
    """Locality and country of an ADR, or None where it has neither."""
    parts = [" ".join(unescape(part).split()) for part in islice(split(value, ";"), 7)]
    return ", ".join(part for part in (*parts[3:4], *parts[6:7]) if part) or None


def place_value(location: str) -> str:
    """The value of an ADR that says no more than a location."""
    return f";;;{escape(location)};;;"


def escape_link(url: str) -> str:
    """The value of a link, in which commas and semicolons are its own."""
    return clean(url).replace("\n", "").replace("\\", "\\\\")


def method(each: Property) -> tuple[str, str | None]:
    """EMAIL, TEL or URL, and the address, number or link of a property; None where it holds none."""
    kind = "URL" if each.name in LINKS else each.name
    read = {"EMAIL": values.mail, "TEL": values.phone, "URL": values.link}.get(kind)
    return kind, read(each) if read else None


def method_key(name: str, value: str) -> str:
    """What two spellings of an address, number or link have in common; `name` is EMAIL, TEL or URL."""
    if name == "TEL":
        # Letters tell numbers apart that are names or have extensions.
        digits = "" if _LETTER.search(value) else re.sub(r"[^0-9+]", "", value)
        return digits or value.casefold()
    if name == "EMAIL":
        return value.casefold()
    return profile_key(value) or value


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def made(name: str, value: str) -> Property:
    """A property of our own making, its value escaped."""
    return Property(0, "", name, name, (), value)
