"""Header blocks to interactions: who is told of, in which direction and on what day, and what is left out."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from netjournal.domain import text as free_text
from netjournal.errors import InputFileError
from netjournal.interchange import mail
from netjournal.interchange.keys import ID_LIMIT, digest
from netjournal.interchange.mail import owner
from netjournal.interchange.mail.addresses import Mailbox, mailboxes
from netjournal.interchange.mail.folders import TRASH, entries
from netjournal.interchange.mail.headers import Headers, decoded, envelope_day, local_day
from netjournal.interchange.reasons import DRAFT, SPAM, TWICE
from netjournal.interchange.records import Guest, Interaction, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.domain.words import Direction
    from netjournal.interchange.mail.mbox import Block
    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: A message to more people than this is a list's, whoever keeps it.
MOST_PEOPLE: Final = 10

TOO_LONG: Final = "its header has over 256 KB"
NO_HEADER: Final = "no header that can be read"
NO_DAY: Final = "no day that can be read"
NO_SENDER: Final = "no sender that can be read"
NO_RECIPIENT: Final = "no recipient that can be read"
BULK: Final = "bulk or automatic"
CHAT: Final = "a chat"
NOBODY: Final = "nobody else in it"
CROWD: Final = "to more than 10 people"
MISSED: Final = "nobody of --me or me.emails is in any message: who wrote to whom may be told wrong"
GUESSED: Final = "taken as you: {}, the address that is in nearly every message; --me says who you are"

#: Messages without the owner from which on they cannot all be blind copies.
_FEWEST: Final = 3
#: Gmail's labels are in the language of the account.
_LABELS: Final = {
    **dict.fromkeys(("chat", "chats"), CHAT),
    **dict.fromkeys(("draft", "drafts", "entwurf", "entwürfe", "brouillon", "brouillons", "borrador", "borradores",
                     "bozza", "bozze", "rascunho", "rascunhos", "concepten"), DRAFT),
    **dict.fromkeys(("spam", "junk"), SPAM),
    **dict.fromkeys(("trash", "bin", "papierkorb", "corbeille", "papelera", "cestino", "lixeira", "prullenbak"), TRASH),
}  # fmt: skip
_AUTOMATIC: Final = re.compile(
    r"(?:.*[-_.+=])?(?:no|do[-_.]?not|never)[-_.]?reply(?:[-_.+=].*)?|mailer-?daemon|postmaster|"
    r"(?:.*[-_.+=])?bounces?(?:[-_.+=].*)?"
)
_REPLIES: Final = re.compile(
    r"(?:(?:re|fwd?|aw|wg|antw|sv|vb|tr|rv|res|odp) ?(?:\[\d{1,3}\]|\(\d{1,3}\))? ?[:：] ?)+", re.IGNORECASE
)
_MESSAGE_ID: Final = re.compile(r"<([^<>]+)>")
#: One of these at least is in what was ever sent.
_SENT: Final = frozenset({b"date", b"message-id", b"received"})
#: Of a list, but not as surely as what `_bulk` looks at: an answer to the owner through a list has them too.
_LIST_MAIL: Final = frozenset({b"list-post", b"list-help", b"list-subscribe", b"mailing-list", b"x-mailing-list"})
#: Thunderbird's flag of a message that is deleted and still in its file.
_EXPUNGED: Final = 0x8


def read(source: Source, options: Options) -> Iterator[Item]:
    """The messages of a source as items; raises InputFileError where it is no mail, or nobody's."""
    stated = me = owner.stated(options.me)
    if not stated:
        me = _guessed(source)
        if me:
            yield Remark(0, GUESSED.format(*me))
    reader = _Reader(me, options)
    any_message = False
    for number, entry in enumerate(entries(source), 1):
        if entry.block is None:
            yield Skipped(number, entry.reason, entry.bad)
        else:
            any_message = True
            yield reader.item(number, entry.block)
    if stated and reader.missed:
        yield Remark(0, MISSED)
    if not any_message and not mail.recognises(source) and (source.is_folder or source.is_zip):
        raise InputFileError(f"{source.name} holds no mail.", "Give an mbox, a Maildir, or .eml files.")


def _guessed(source: Source) -> frozenset[str]:
    # What is read here is read again: progress would pass its end.
    told, source.progress = source.progress, None
    any_message = False

    def blocks() -> Iterator[Block]:
        nonlocal any_message
        for entry in entries(source):
            if entry.block is not None:
                any_message = True
                yield entry.block

    try:
        me = owner.found(blocks())
    finally:
        source.progress = told
    if any_message and not me:
        raise InputFileError(
            f"Which address is yours cannot be told from {source.name}: no one is in nearly every message.",
            "Say it with --me ADDRESS, or once for all with netj config set me.emails.",
        )
    return me


class _Reader:
    """What a message makes, for one owner; it remembers what was told."""

    def __init__(self, me: frozenset[str], options: Options) -> None:
        self._me = me
        self._options = options
        # Half a million identifiers of eighty characters would be held else.
        self._told: set[int] = set()
        #: Whether the owner was in any message, and how many there were without.
        self._is_met = False
        self._unmet = 0

    @property
    def missed(self) -> bool:
        """Whether the owner was in none of the messages, and these are too many to be blind copies."""
        return not self._is_met and self._unmet >= _FEWEST

    def item(self, number: int, block: Block) -> Interaction | Skipped:
        """The interaction that a message is, or why it is none."""
        if block.cut:
            return Skipped(number, TOO_LONG, bad=True)
        headers = Headers(block.header)
        if not headers.names:
            return Skipped(number, NO_HEADER, bad=True)
        if reason := _set_aside(headers) or _bulk(headers):
            return Skipped(number, reason)
        zone = self._options.zone
        on = local_day(headers.first(b"date"), zone) or envelope_day(block.envelope, zone)
        if on is None:
            return Skipped(number, NO_DAY, bad=True)
        if reason := self._options.unread(on):
            return Skipped(number, reason)
        senders = mailboxes(headers.every(b"from")) or mailboxes(headers.every(b"sender"))
        if not senders:
            return Skipped(number, NO_SENDER, bad=True)
        sent = any(sender.key in self._me for sender in senders)
        if not self._is_met:
            self._is_met = sent or self._is_addressed(headers)
            self._unmet += not self._is_met
        people = self._recipients(headers) if sent else self._sender(headers, senders)
        if isinstance(people, str):
            return Skipped(number, people, bad=people == NO_RECIPIENT)
        external_id = _external_id(headers)
        fingerprint = int.from_bytes(blake2b(external_id.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        if fingerprint in self._told:
            return Skipped(number, TWICE)
        self._told.add(fingerprint)
        guests = tuple(Guest(name=person.name, emails=(person.address,)) for person in people)
        direction: Direction = "out" if sent else "in"
        return Interaction(number, external_id, on, "email", direction, guests, _summary(headers))

    def _recipients(self, headers: Headers) -> list[Mailbox] | str:
        fields = headers.every(b"to", b"cc")
        everyone = mailboxes(fields)
        others = [box for box in everyone if box.key not in self._me]
        people = [box for box in others if not _is_automatic(box.address)]
        if len(others) > MOST_PEOPLE:
            return CROWD
        if people:
            return people
        if others:
            return BULK
        return NOBODY if everyone or not any("@" in field for field in fields) else NO_RECIPIENT

    def _sender(self, headers: Headers, senders: list[Mailbox]) -> list[Mailbox] | str:
        null_sender = b"return-path" in headers and headers.first(b"return-path") in ("", "<>")
        if null_sender or _is_automatic(senders[0].address):
            return BULK
        if not _LIST_MAIL.isdisjoint(headers.names) and not self._is_addressed(headers):
            return BULK
        return senders[:1]

    def _is_addressed(self, headers: Headers) -> bool:
        to = mailboxes(headers.every(b"to", b"cc", b"bcc", b"delivered-to", b"x-original-to"))
        return any(box.key in self._me for box in to)


def _set_aside(headers: Headers) -> str | None:
    """Why a message is not mail that was sent or received and kept, or None if it is."""
    if b"x-gmail-labels" in headers:
        for label in decoded(headers.first(b"x-gmail-labels")).casefold().split(","):
            if reason := _LABELS.get(label.strip(' "')):
                return reason
    if b"x-mozilla-draft-info" in headers or _SENT.isdisjoint(headers.names):
        return DRAFT
    if b"x-spam-flag" in headers and headers.first(b"x-spam-flag").casefold() == "yes":
        return SPAM
    flags = headers.first(b"x-status")
    if "T" in flags:
        return DRAFT
    try:
        expunged = int(headers.first(b"x-mozilla-status")[:8] or "0", 16) & _EXPUNGED
    except ValueError:
        expunged = 0
    return TRASH if expunged or "D" in flags else None


def _bulk(headers: Headers) -> str | None:
    if b"list-id" in headers or b"list-unsubscribe" in headers:
        return BULK
    if headers.first(b"precedence").casefold() in ("bulk", "list", "junk"):
        return BULK
    automatic = headers.first(b"auto-submitted").casefold().replace(";", " ").split()[:1]
    return BULK if automatic not in ([], ["no"]) else None


@lru_cache(maxsize=4_096)
def _is_automatic(address: str) -> bool:
    return _AUTOMATIC.fullmatch(address.casefold().rpartition("@")[0]) is not None


def _external_id(headers: Headers) -> str:
    value = headers.first(b"message-id")
    found = _MESSAGE_ID.search(value)
    name = (found[1] if found else value.strip("<> ")).strip()
    if name and len(name) <= ID_LIMIT and name.isprintable():
        return name
    told = name or "\n".join(headers.first(field) for field in (b"from", b"date", b"subject", b"to"))
    return digest(told)


def _summary(headers: Headers) -> str | None:
    subject = decoded(headers.first(b"subject"))
    if found := _REPLIES.match(subject):
        subject = subject[found.end() :]
    if len(subject) > free_text.LINE_LIMIT:
        subject = subject[: free_text.LINE_LIMIT - 1] + "…"
    return subject or None
