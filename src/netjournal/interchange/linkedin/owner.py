"""Whose export this is: no column says so, and every direction depends on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange.keys import fold_key
from netjournal.interchange.profiles import profile_key, profile_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.interchange.linkedin.parties import Message, Party, Roster

PROFILE_GUESSED: Final = "taken as you: {}, the profile that is in nearly every conversation; --me says who you are"
NAME_GUESSED: Final = "taken as you: {}, the name that is in nearly every conversation; --me says who you are"
#: Said before whom the messages tell, where that is not who was stated.
MISSED: Final = "nobody of --me or me.urls is in them"
INVITER: Final = "taken as you: {}, the profile on your side of every invitation; --me says who you are"

#: Nearly every conversation: one's own address may have changed, and some conversations are not one's own.
_NEARLY: Final = 0.8
_FEWEST: Final = 2


class Owner(NamedTuple):
    """The owner's profile keys, and the folded names that a message without a profile comes under."""

    keys: frozenset[str]
    names: frozenset[str]

    def is_party(self, party: Party) -> bool:
        """Whether somebody in a message is the owner."""
        return party.key in self.keys if party.key else bool(party.name) and fold_key(party.name) in self.names


class Decided(NamedTuple):
    """Who the owner is, None where it cannot be told, and the remark to make where nobody said so."""

    owner: Owner | None
    remark: str | None = None


def stated(me: Iterable[str]) -> Owner:
    """What the user said: profile addresses in any spelling, and names; other addresses say nothing here."""
    keys, names = set(), set()
    for entry in (entry.strip() for entry in me):
        key = profile_key(entry) or profile_key(f"linkedin.com/{entry.lstrip('/')}")
        if key:
            keys.add(key)
        elif entry and not {"@", "/"} & set(entry):
            names.add(fold_key(entry))
    return Owner(frozenset(keys), frozenset(names))


def decide(messages: Sequence[Message], roster: Roster, me: Owner, inviters: frozenset[str]) -> Decided:
    """The owner of some messages: as stated, else who is on one side of all invitations, else who is nearly everywhere.

    What was stated counts only if it is found in the file: an old address would make a stranger of its owner.
    """
    everybody = {party for message in messages for party in (message.sender, *message.recipients)}
    present = {party.key for party in everybody if party.key}
    if keys := me.keys & present:
        return Decided(_with_names(frozenset(keys), me.names, roster))
    names = me.names & {fold_key(party.name) for party in everybody if party.name}
    if names:
        written = {key for name in names for key in roster.keys.get(name, ())}
        # Two profiles of one name: only one of them is the owner.
        if len(written) < 2:  # none or one
            return Decided(_with_names(frozenset(written), me.names, roster))
    if len(inviters) == 1 and inviters <= present:
        found = Decided(_with_names(inviters, frozenset(), roster), INVITER.format(profile_url(*inviters)))
    else:
        found = _everywhere(messages, roster)
    # Of two profiles with the stated name each is in them.
    missed = f"{MISSED}; " if any(me) and not names else ""
    return found._replace(remark=missed + found.remark) if found.remark is not None else found


def _with_names(keys: frozenset[str], names: frozenset[str], roster: Roster) -> Owner:
    # Older exports give the owner's name without an address.
    return Owner(keys, names | {folded for folded, written in roster.keys.items() if written and written <= keys})


def _everywhere(messages: Sequence[Message], roster: Roster) -> Decided:
    """Who is in nearly every conversation, and in more of them than anybody else.

    With one partner only, both are in all of them: that is not decided. It takes two conversations with different
    partners.
    """
    conversations: defaultdict[str, set[str]] = defaultdict(set)
    for message in messages:
        conversations[message.conversation].update(
            _identity(party, roster) for party in (message.sender, *message.recipients) if party.key or party.name
        )
    # Where only one side is named, the owner may be the other.
    whole = [identities for identities in conversations.values() if len(identities) > 1]
    counts = Counter(identity for identities in whole for identity in identities).most_common(2)
    if not counts or counts[0][1] < max(_FEWEST, _NEARLY * len(whole)) or counts[1][1] == counts[0][1]:
        return Decided(None)
    identity = counts[0][0]
    if not identity.startswith("name:"):
        return Decided(
            _with_names(frozenset({identity}), frozenset(), roster), PROFILE_GUESSED.format(profile_url(identity))
        )
    name = identity.removeprefix("name:")
    if roster.keys.get(name):
        # Several profiles wrote under this name.
        return Decided(None)
    written = next(
        p.name for message in messages for p in (message.sender, *message.recipients) if fold_key(p.name) == name
    )
    return Decided(Owner(frozenset(), frozenset({name})), NAME_GUESSED.format(written))


def _identity(party: Party, roster: Roster) -> str:
    key = party.key or roster.only_key(party.name)
    return key or f"name:{fold_key(party.name)}"
