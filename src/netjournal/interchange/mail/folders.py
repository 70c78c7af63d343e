"""Which files hold mail, in a Maildir, a folder, a zip or alone, and the header blocks of their messages."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange.mail.mbox import begins_as_mail, begins_with_field, has_separator, split
from netjournal.interchange.reasons import DRAFT, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.mail.mbox import Block
    from netjournal.interchange.sources import Source

TRASH: Final = "in the trash"
_NO_MAIL: Final = "no mail"
_NOTHING: Final = "no header that can be read"
#: What a Maildir's file name ends with; Windows allows no colon in it.
_FLAGS: Final = re.compile(r"[:;!]2,([A-Za-z]*)$")


class Entry(NamedTuple):
    """A message's header block, or why a file has none."""

    block: Block | None
    reason: str = ""
    bad: bool = False


def entries(source: Source) -> Iterator[Entry]:
    """The messages of a file, or of all files of a folder or zip; raises InputFileError where one file is no mail."""
    if source.is_folder or source.is_zip:
        for member in source.members():
            yield from _of_member(member)
        return
    head = source.head()
    mailbox = source.base.endswith(".mbox") and has_separator(head)
    message = source.base.endswith(".eml") and begins_with_field(head)
    if head.strip() and not (mailbox or message or begins_as_mail(head)):
        raise InputFileError(
            f"{source.name} is no mail: it begins neither with a message's header nor with a mailbox's `From ` line.",
            "Give an mbox, a Maildir, or .eml files.",
        )
    yield from _of_file(source, mailbox=mailbox)


def _of_file(source: Source, *, mailbox: bool) -> Iterator[Entry]:
    with source.stream() as file:
        for block in split(file, mailbox=mailbox):
            yield Entry(block)


def _of_member(member: Source) -> Iterator[Entry]:
    path = PurePath(member.name)
    try:
        if path.parent.name == "tmp":
            yield Entry(None, "not yet delivered")
        elif path.parent.name in ("cur", "new"):
            yield from _of_maildir(member)
        elif member.base.endswith(".eml"):
            yield from _sure(member)
        elif (mailbox := member.base.endswith(".mbox") and has_separator(member.head())) or begins_as_mail(
            member.head()
        ):
            yield from _of_file(member, mailbox=mailbox)
        elif member.head().strip() or not member.base.endswith(".mbox"):
            yield Entry(None, _NO_MAIL)
    except InputFileError:
        yield Entry(None, UNREAD, bad=True)


def _of_maildir(member: Source) -> Iterator[Entry]:
    flags = _FLAGS.search(member.name)
    if flags is not None and "T" in flags[1]:
        yield Entry(None, TRASH)
    elif flags is not None and "D" in flags[1]:
        yield Entry(None, DRAFT)
    else:
        yield from _sure(member)


def _sure(member: Source) -> Iterator[Entry]:
    """The messages of what is mail by its name, which are one at least."""
    empty = True
    for entry in _of_file(member, mailbox=False):
        empty = False
        yield entry
    if empty:
        yield Entry(None, _NOTHING, bad=True)
