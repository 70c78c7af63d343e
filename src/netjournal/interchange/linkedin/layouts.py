"""Which file of the export this is: by its name in a folder or zip, by its header where it stands alone."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange import tabular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netjournal.interchange.sources import Source

Kind = Literal["connections", "messages", "invitations"]

#: Lines of one file. Of a file of line ends alone each byte would else cost a hundred in memory.
LINE_LIMIT: Final = 1_000_000
#: Parts of a file's path below the folder or zip.
_DEEPEST: Final = 2


class Layout(NamedTuple):
    """How a file of the export is known: its name, its columns by folded spelling, and those it cannot be without."""

    file: str
    aliases: Mapping[str, str]
    needed: frozenset[str]


LAYOUTS: Final[dict[Kind, Layout]] = {
    "connections": Layout(
        "Connections.csv",
        {
            "firstname": "first_name",
            "lastname": "last_name",
            "url": "url",
            "profileurl": "url",
            "emailaddress": "email",
            "company": "company",
            "position": "title",
            "connectedon": "connected_on",
            # The German ones come from other importers: LinkedIn publishes no list.
            "vorname": "first_name",
            "nachname": "last_name",
            "emailadresse": "email",
            "unternehmen": "company",
            "verbundenam": "connected_on",
        },
        frozenset({"first_name", "connected_on"}),
    ),
    "messages": Layout(
        "messages.csv",
        {
            "conversationid": "conversation",
            "conversationtitle": "title",
            "from": "from",
            "senderprofileurl": "from_url",
            "to": "to",
            "recipientprofileurls": "to_urls",
            "recipientprofileurl": "to_urls",
            "date": "date",
            "subject": "subject",
            "content": "content",
            "folder": "folder",
            "attachments": "attachments",
            "ismessagedraft": "message_draft",
            "isconversationdraft": "conversation_draft",
        },
        frozenset({"conversation", "from", "date", "content"}),
    ),
    "invitations": Layout(
        "Invitations.csv",
        {
            "from": "from",
            "to": "to",
            "sentat": "sent_at",
            "message": "message",
            "direction": "direction",
            "inviterprofileurl": "from_url",
            "inviteeprofileurl": "to_url",
        },
        frozenset({"from", "to", "sent_at", "direction"}),
    ),
}


class Loaded(NamedTuple):
    """The rows of a file, and whether its encoding had to be assumed."""

    table: tabular.Table
    assumed: bool


def members(source: Source) -> Iterator[Source]:
    """The files at the root of a folder or zip, or one folder below it; raises InputFileError."""
    root = 0 if source.path is None or not source.is_folder else len(source.path.parts)
    # The export's files lie side by side: what lies deep in a home folder is something else.
    return (m for m in source.members() if len(PurePath(m.name).parts) - root <= _DEEPEST)


def kind_named(base: str) -> Kind | None:
    """The file that a name stands for, without regard to case, blanks and underscores."""
    folded = re.sub(r"[\s_]+", "", base.casefold())
    return next((kind for kind, layout in LAYOUTS.items() if folded == layout.file.casefold()), None)


def kind_of(head: bytes) -> Kind | None:
    """The file that begins so, known by its header wherever it stands."""
    text = tabular.decode(head).text
    folded = tabular.fold_column(text)
    for kind, layout in LAYOUTS.items():
        # Most files are of other formats: one search of the whole saves looking at each of their lines.
        if all(any(a in folded for a, name in layout.aliases.items() if name == n) for n in layout.needed) and (
            tabular.read_table(text, layout.aliases, layout.needed) is not None
        ):
            return kind
    return None


def load(data: bytes, kind: Kind) -> Loaded | None:
    """The rows of a file of this kind, or None if no row is its header; raises InputFileError for too many lines."""
    layout = LAYOUTS[kind]
    if max(data.count(b"\n"), data.count(b"\r")) > LINE_LIMIT:
        raise InputFileError(f"{layout.file} has more than {LINE_LIMIT:,} lines.", "Split it, or export fewer years.")
    text, assumed = tabular.decode(data)
    # A message may hold a line with as many commas as a row; a person's values may not.
    table = tabular.read_table(text, layout.aliases, layout.needed, one_line_rows=kind == "connections")
    return None if table is None else Loaded(table, assumed)
