"""messages.csv: each message is an interaction with those on its other side."""

from __future__ import annotations

import heapq
import re
from typing import TYPE_CHECKING, Final

from netjournal.interchange import tabular
from netjournal.interchange.keys import bounded
from netjournal.interchange.linkedin import moments, owner, parties, wording
from netjournal.interchange.profiles import profile_url
from netjournal.interchange.reasons import DRAFT, SPAM, TWICE
from netjournal.interchange.records import Guest, Interaction, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netjournal.domain.words import Direction
    from netjournal.interchange.linkedin.layouts import Loaded
    from netjournal.interchange.linkedin.owner import Owner
    from netjournal.interchange.linkedin.parties import Message
    from netjournal.interchange.records import Item, Options

SPONSORED: Final = "sponsored"
NO_PROFILE: Final = "sender without a profile"
NOBODY: Final = "message to nobody who is named"
UNKNOWN: Final = "whose messages these are is not known: say --me"

_YES: Final = frozenset({"yes", "true", "1", "ja"})
#: What a mass mailing leaves in its text, in any case.
_MAILING: Final = re.compile(r"spinmail-quill|%(?:first|last|full)_?name%", re.IGNORECASE)


class Messages:
    """The messages of one file, their owner decided; `owner` None leaves all out, with their reason."""

    def __init__(self, loaded: Loaded, options: Options, inviters: frozenset[str] = frozenset()) -> None:
        self._faults = loaded.table.faults
        self._options = options
        self._messages, roster = parties.messages_of(loaded.table.rows)
        self.owner, self.remark = owner.decide(self._messages, roster, owner.stated(options.me), inviters)
        #: What was seen under an id: the rows' other values.
        self._seen: dict[str, list[tuple[str, ...]]] = {}

    def __len__(self) -> int:
        return len(self._messages)

    def items(self) -> Iterator[Item]:
        """The messages and what was left out, in the order of the file."""
        if self.remark is not None:
            yield Remark(0, self.remark)
        read = (self._item(message) for message in self._messages)
        faults = map(tabular.skipped, self._faults)
        yield from heapq.merge(read, faults, key=lambda item: item.line)

    def _item(self, message: Message) -> Item:
        row, me = message.row, self.owner
        values = row.values
        mine = me is not None and me.is_party(message.sender)
        reason = _useless(values, without_profile=not message.sender.key and not mine)
        if reason is None and me is None:
            reason = UNKNOWN
        if reason is None and not mine and not message.sender.key:
            reason = NO_PROFILE
        if reason is not None or me is None:
            return Skipped(row.line, reason or UNKNOWN)
        moment = moments.universal(values.get("date", ""))
        day = moments.day_of(moment, self._options.zone) if moment else None
        if moment is None or day is None:
            return Skipped(row.line, "its `DATE` is no time that can be read", bad=True)
        if reason := self._options.unread(day):
            return Skipped(row.line, reason)
        guests = _guests(message.recipients if mine else (message.sender,), me)
        if not guests:
            return Skipped(row.line, NOBODY)
        subject, content = wording.plain(values.get("subject", "")), wording.plain(values.get("content", ""))
        # "me": one's own address changes, and older exports lack it.
        sender = "me" if mine else message.sender.key
        written = moment.replace(tzinfo=None).isoformat(timespec="seconds")
        external_id = self._distinct(
            f"message:{values.get('conversation', '')}|{written}|{sender}|{wording.digest(content)}", values
        )
        if external_id is None:
            return Skipped(row.line, TWICE)
        direction: Direction = "out" if mine else "in"
        return Interaction(row.line, external_id, day, "message", direction, guests, *wording.told(subject, content))

    def _distinct(self, external_id: str, values: Mapping[str, str]) -> str | None:
        """The id to give to a row, or None where the same row was told before."""
        # Pictures that were sent together have one moment and no text.
        rest = tuple(values.get(column, "") for column in ("subject", "to", "to_urls", "attachments"))
        seen = self._seen.setdefault(bounded(external_id), [])
        if rest in seen:
            return None
        seen.append(rest)
        return bounded(external_id if len(seen) == 1 else f"{external_id}|{len(seen)}")


def _useless(values: Mapping[str, str], *, without_profile: bool) -> str | None:
    """Why a message is of no use whoever reads it, or None."""
    folder = values.get("folder", "").casefold()
    drafts = (values.get("message_draft", ""), values.get("conversation_draft", ""))
    if folder in ("draft", "drafts") or any(said.casefold() in _YES for said in drafts):
        return DRAFT
    if folder == "spam":
        return SPAM
    if "sponsored" in folder:
        return SPONSORED
    if without_profile and (
        values.get("title", "").casefold() == "sponsored conversation"
        or _MAILING.search(values.get("content", ""))
        or _MAILING.search(values.get("subject", ""))
    ):
        return SPONSORED
    return None


def _guests(found: tuple[parties.Party, ...], me: Owner) -> tuple[Guest, ...]:
    """Those on the other side, each once and never the owner."""
    others = dict.fromkeys(party for party in found if (party.key or party.name) and not me.is_party(party))
    keyed: dict[str, Guest] = {}
    for party in others:
        urls = (profile_url(party.key),) if party.key else ()
        keyed.setdefault(party.key or f"name:{party.name}", Guest(party.name or None, urls=urls))
    return tuple(keyed.values())
