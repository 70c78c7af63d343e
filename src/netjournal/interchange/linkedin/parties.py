"""Who wrote and who received each message of messages.csv, told apart by profile wherever the file knows one."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange.keys import fold_key
from netjournal.interchange.profiles import usable_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from netjournal.interchange.tabular import Row

#: Addresses are joined by commas without blanks; a comma inside an address is followed by something else.
_BETWEEN_URLS: Final = re.compile(r",(?=\s*(?:https?://|,|$))")
#: What follows a name's own comma: `Reyes, PhD` is one person.
_CREDENTIAL: Final = re.compile(
    r"(?:[A-Z]{2,6}|(?:[A-Z]\.){1,5}[A-Z]?|Ph\.?D|M\.?Sc|B\.?Sc|M\.?Ed|Psy\.?D|Ed\.?D|Pharm\.?D|D\.?Phil|M\.?Phil"
    r"|LL\.?[MB]|M\.?Eng|Dr|Jr|Sr|Esq)[.®™]*"
)
_CREDENTIALS_LENGTH: Final = 40
#: What stands where a member has left or hidden: it names nobody.
_NO_NAMES: Final = frozenset({"linkedin member", "linkedin-mitglied", "linkedin mitglied"})
#: Far more than LinkedIn lets into one conversation.
RECIPIENT_LIMIT: Final = 500


class Party(NamedTuple):
    """Somebody's part in a message: a profile, a name, or both; `name` is empty where nobody is named."""

    key: str | None
    name: str


class Message(NamedTuple):
    """A row of messages.csv and who takes part; `recipients` is empty where there are more than can be."""

    row: Row
    conversation: str
    sender: Party
    recipients: tuple[Party, ...]


class Roster(NamedTuple):
    """What the senders of a file say of who is who."""

    #: By profile key, the last name it was seen with.
    names: dict[str, str]
    #: By folded name, every profile that wrote under it.
    keys: dict[str, set[str]]
    #: By conversation and folded name, every profile that wrote under it there.
    within: dict[tuple[str, str], set[str]]

    def only_key(self, name: str, conversation: str | None = None) -> str | None:
        """The one profile that wrote under a name (in that conversation), or None where there are none or more."""
        folded = fold_key(name)
        found = self.keys.get(folded, set()) if conversation is None else self.within.get((conversation, folded), set())
        return next(iter(found)) if len(found) == 1 else None


def messages_of(rows: Sequence[Row]) -> tuple[list[Message], Roster]:
    """Each row with its parties, and what the file as a whole says of who is who."""
    roster = Roster({}, defaultdict(set), defaultdict(set))
    senders = []
    for row in rows:
        sender = Party(usable_key(row.values.get("from_url", "")), real_name(row.values.get("from", "")))
        senders.append(sender)
        if sender.key and sender.name:
            roster.names[sender.key] = sender.name
            roster.keys[fold_key(sender.name)].add(sender.key)
            roster.within[conversation_of(row), fold_key(sender.name)].add(sender.key)
    named = {fold_key(sender.name) for sender in senders if sender.name}
    found = [
        Message(row, conversation_of(row), sender, tuple(_recipients(row, roster, named)))
        for row, sender in zip(rows, senders, strict=True)
    ]
    return found, roster


def real_name(name: str) -> str:
    """A name in one line, or nothing where it is what LinkedIn calls those who have left."""
    name = " ".join(name.split())
    return "" if name.casefold() in _NO_NAMES else name


def conversation_of(row: Row) -> str:
    """The id of a message's conversation; a message without one is its own."""
    return row.values.get("conversation", "") or f"line {row.line}"


def split_names(text: str, count: int) -> list[str] | None:
    """So many names of a list joined by `, `, in which a name may hold `, PhD` of its own; None where they do not fit.

    Names that fit with every comma between two people are taken so.
    """
    parts = [part.strip() for part in text.split(", ")]
    for names in ([text], parts, _joined(parts, frozenset())):
        if len(names) == count:
            return names
    return None


def _recipients(row: Row, roster: Roster, named: set[str]) -> Iterable[Party]:
    to, urls = " ".join(row.values.get("to", "").split()), row.values.get("to_urls", "")
    if max(to.count(","), urls.count(",")) >= RECIPIENT_LIMIT:
        return
    if not urls:
        for name in [to] if fold_key(to) in named else _joined(to.split(", "), named):
            if real := real_name(name):
                # One conversation does not have two of a name where only one of them ever wrote.
                yield Party(roster.only_key(real, conversation_of(row)), real)
        return
    keys = [usable_key(url.strip()) for url in _BETWEEN_URLS.split(urls)]
    names = split_names(to, len(keys)) or [""] * len(keys)
    for key, name in zip(keys, names, strict=True):
        known = roster.names.get(key, "") if key else ""
        yield Party(key, known or real_name(name))


def _joined(parts: Sequence[str], named: Container[str]) -> list[str]:
    """Parts of a list put together again where one is a credential, unless somebody is called so."""
    names: list[str] = []
    for part in parts:
        if names and fold_key(part) not in named and _is_credential(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


def _is_credential(part: str) -> bool:
    return len(part) <= _CREDENTIALS_LENGTH and all(
        _CREDENTIAL.fullmatch(word) for word in re.split(r"[\s/]+", part) or [""]
    )
