"""One person in the making: each property of a card goes to its place, or is kept."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.interchange.keys import fold_key
from netjournal.interchange.records import Person, Skipped
from netjournal.interchange.vcard import kept, values
from netjournal.interchange.vcard.lines import NESTED
from netjournal.interchange.vcard.properties import escape, split, unescape

if TYPE_CHECKING:
    from netjournal.interchange.vcard.lines import Card
    from netjournal.interchange.vcard.properties import Property

NO_NAME: Final = "no name"
EMPTY: Final = "an empty card"
COMPANY: Final = "a company, not a person"
NOT_PEOPLE: Final = {
    "org": COMPANY,
    "organization": COMPANY,
    "group": "a group, not a person",
    "location": "a place, not a person",
    "device": "a device, not a person",
    "application": "a program, not a person",
}
NO_BIRTHDAY: Final = "its birthday is no day that can be read"
SHORTENED: Final = f"what is kept of it beside the journal's own is cut: over {kept.REST_LIMIT:,} characters"
#: Values of one list of nicknames or categories.
MOST_VALUES: Final = 200
MANY_PARTS: Final = f"a list in it has over {MOST_VALUES} values, the others are left out"

OUR_PRODUCT: Final = "-//netjournal//"
#: What is kept has an order of its own: that in which the writer writes it.
_RANKS: Final = {"EMAIL": 1, "TEL": 2, **dict.fromkeys(kept.LINKS, 3), "ORG": 4, "TITLE": 5, "ROLE": 6}
_LAST: Final = 9


class Draft:
    """What one card says, in the order of importance; reasons for doubt are added to the card."""

    def __init__(self, card: Card, line: int) -> None:
        self.card, self.line = card, line
        self.names: list[str] = []
        self.name_property: Property | None = None
        self.aliases: list[str] = []
        self.methods: dict[str, dict[str, str]] = {"EMAIL": {}, "TEL": {}, "URL": {}}
        self.company: str | None = None
        self.title: str | None = None
        self.location: str | None = None
        self.birthday: str | None = None
        self.other_birthday: Property | None = None
        self.notes: list[str] = []
        self.topics: dict[str, None] = {}
        self.other_categories: list[str] = []
        self.uid = ""
        self.product = ""
        self.kind = ""
        self.is_company = False
        #: Properties that tell more of a method or organization that has its place.
        self.told: list[Property] = []
        self.others: list[Property] = []
        #: Groups with a label that will be kept.
        self.labelled = {each.group.casefold() for each in card.properties if each.name == kept.LABEL and _says(each)}
        for each in sorted(card.properties, key=_order):
            self._take(each)

    def person(self) -> Person | Skipped:
        """The person, or why there is none."""
        components = kept.name_components(self.name_property.value) if self.name_property else []
        if self.is_company and not any(components):
            return Skipped(self.line, COMPANY)
        if self.kind in NOT_PEOPLE:
            return Skipped(self.line, NOT_PEOPLE[self.kind])
        name = self._name(components)
        if name is None:
            if self.company and not any(self.methods["EMAIL"]):
                return Skipped(self.line, COMPANY)
            said = any((*self.methods.values(), self.notes, self.others))
            return Skipped(self.line, NO_NAME, bad=True) if said else Skipped(self.line, EMPTY)
        uid, digits = values.uid_of(self.uid)
        return Person(
            self.line,
            self._external_id(uid, name),
            name,
            urls=tuple(self.methods["URL"].values()),
            emails=tuple(self.methods["EMAIL"].values()),
            company=self.company,
            title=self.title,
            phones=tuple(self.methods["TEL"].values()),
            aliases=self._aliases(name),
            location=self.location,
            birthday=self.birthday,
            note="\n\n".join(self.notes) or None,
            topics=tuple(self.topics),
            uid=digits if self.product.casefold().startswith(OUR_PRODUCT) else None,
            rest=self._rest(components, name),
        )

    def _name(self, components: list[str]) -> str | None:
        family, given, more, prefix, suffix = [*components, "", "", "", "", ""][:5]
        composed = values.visible(" ".join((given, more, family, suffix))) or values.visible(prefix)
        if self.is_company and composed:
            # The whole name is the company's here.
            return composed
        first = [*self.names, composed, *self.aliases, *self.methods["EMAIL"].values()]
        return next(filter(None, first), None)

    def _aliases(self, name: str) -> tuple[str, ...]:
        known = {fold_key(name)}
        # The whole name of a company's card is no name of the person in it.
        names = () if self.is_company else self.names[1:]
        found: list[str] = []
        for alias in (*names, *self.aliases):
            if fold_key(alias) not in known:
                known.add(fold_key(alias))
                found.append(alias)
        return tuple(found)

    def _external_id(self, uid: str, name: str) -> str:
        if uid:
            return values.key(f"uid:{uid}")
        for kind in ("EMAIL", "TEL"):
            for folded in self.methods[kind]:
                return values.key(f"{kind.lower()}:{folded}")
        return values.key(f"name:{fold_key(name)}|{fold_key(self.company or '')}")

    def _rest(self, components: list[str], name: str) -> str | None:
        found = [*self.told, *self.others]
        if self.name_property is not None and kept.fits_name(components, name):
            found.insert(0, self.name_property)
        if self.other_birthday is not None and self.birthday is None:
            found.append(self.other_birthday)
        if self.other_categories:
            found.append(kept.made("CATEGORIES", ",".join(self.other_categories)))
        rest, cut = kept.join_lines(found)
        if cut:
            self.card.doubt(SHORTENED, self.card.line)
        return rest

    def _take(self, each: Property) -> None:
        name = each.name
        if name in ("FN", "N", "NICKNAME"):
            self._take_name(each)
        elif name in ("EMAIL", "TEL") or name in kept.LINKS:
            self._take_method(each)
        elif name in ("ORG", "TITLE", "ROLE"):
            self._take_work(each)
        elif name == "ADR":
            self._take_place(each)
        elif name == "NOTE":
            if values.visible(note := each.text):
                self.notes.append(note.strip("\n"))
        elif name == "CATEGORIES":
            self._take_categories(each)
        elif name == "BDAY":
            self._take_birthday(each)
        else:
            self._take_other(each)

    def _take_name(self, each: Property) -> None:
        if each.name == "N":
            if self.name_property is None and any(kept.name_components(each.value)):
                self.name_property = each
        elif each.name == "FN":
            if found := values.visible(each.line_text):
                self.names.append(found)
        else:
            texts = (values.visible(unescape(part)) for part in self._parts(each))
            self.aliases += filter(None, texts)

    def _take_method(self, each: Property) -> None:
        kind, found = kept.method(each)
        if found is None:
            self._keep(each)
            return
        folded = kept.method_key(kind, found)
        if folded in self.methods[kind]:
            return
        self.methods[kind][folded] = found
        params = tuple(param for param in each.params if not param.upper().startswith("VALUE="))
        plain = all(param.upper() == "TYPE=INTERNET" for param in params) and each.name == kind
        if not plain or (each.group.casefold() in self.labelled and each.group):
            value = kept.escape_link(found) if kind == "URL" else escape(found)
            self.told.append(each._replace(params=params, value=value))

    def _take_work(self, each: Property) -> None:
        if each.name == "ORG":
            company = kept.first_component(each.value)
            if self.company is None and company:
                self.company = company
                if any(part.strip() for part in islice(split(each.value, ";"), 1, MOST_VALUES)):
                    self.told.append(each)
                return
            if company and company == self.company:
                return
        elif self.title is None and (found := values.visible(each.line_text)):
            self.title = found
            return
        self._keep(each)

    def _take_place(self, each: Property) -> None:
        found = kept.place(each.value)
        if self.location is None:
            self.location = found
        is_plain = not each.params and not each.group
        if found and found == self.location and is_plain and each.value == kept.place_value(found):
            # It says no more than the location does, also where it says it once more.
            return
        self._keep(each)

    def _take_categories(self, each: Property) -> None:
        for part in self._parts(each):
            word = values.topic(unescape(part))
            if word is not None:
                self.topics[word] = None
            elif values.visible(unescape(part)):
                self.other_categories.append(part.strip())

    def _take_birthday(self, each: Property) -> None:
        if self.birthday is not None or not each.value.strip():
            return
        if (each.param("VALUE") or "").lower() != "text":
            self.birthday = values.birthday(each)
            if self.birthday is None:
                self.card.doubt(NO_BIRTHDAY, each.line)
        if self.birthday is None and self.other_birthday is None:
            self.other_birthday = each

    def _take_other(self, each: Property) -> None:
        if each.name == "UID":
            self.uid = self.uid or each.line_text
        elif each.name == "PRODID":
            self.product = each.line_text
        elif each.name == "X-ABSHOWAS":
            self.is_company = each.line_text.casefold() == "company"
        elif each.name == "AGENT" and re.match(r"\s*BEGIN\s*:\s*VCARD", each.value, re.IGNORECASE):
            self.card.doubt(NESTED, each.line)
        elif each.name not in kept.OURS:
            if each.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND"):
                self.kind = each.line_text.casefold()
            self._keep(each)

    def _parts(self, each: Property) -> list[str]:
        """The values of a list, as many as anybody has."""
        found = list(islice(split(each.value, ","), MOST_VALUES + 1))
        if len(found) > MOST_VALUES:
            self.card.doubt(MANY_PARTS, each.line)
        return found[:MOST_VALUES]

    def _keep(self, each: Property) -> None:
        if _says(each):
            self.others.append(each)


def _says(each: Property) -> bool:
    """Whether anything of a property can be seen."""
    return values.visible(each.text.replace(";", "")) is not None


def _order(each: Property) -> tuple[int, int]:
    rank = _RANKS.get(each.name, _LAST)
    return rank, _preference(each) if rank <= _RANKS["URL"] else 0


def _preference(each: Property) -> int:
    said = each.param("PREF") or ""
    if said.isascii() and said.isdigit():
        return int(said[:3])
    return 1 if "pref" in each.types else 101
