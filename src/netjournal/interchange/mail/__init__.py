"""Mail as it is kept in files: mbox (Gmail Takeout, Thunderbird), Maildir, folders of .eml, and one .eml.

Only headers are read: who wrote to whom, on what day, about what; bodies are passed over.
"""

from __future__ import annotations

from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from netjournal.errors import InputFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

_NAMES: Final = (".mbox", ".eml")
#: Files of a folder or zip whose names are looked at, and whose beginnings are.
_NAMED: Final = 1_000
_OPENED: Final = 8


def recognises(source: Source) -> bool:
    """Whether this is mail, by its name or by how it begins; of a folder or zip, whether it holds any."""
    try:
        if not source.is_folder and not source.is_zip:
            return source.base.endswith(_NAMES) or _begins_as_mail(source)
        if _is_maildir(source):
            return True
        first = list(islice(source.members(), _NAMED))
        return any(member.base.endswith(_NAMES) for member in first) or (
            source.is_folder and any(_begins_as_mail(member) for member in first[:_OPENED])
        )
    except (InputFileError, OSError):
        return False


def read(source: Source, options: Options) -> Iterator[Item]:
    """The messages as interactions, streamed; the line of each is its number in the file or folder.

    Raises InputFileError where there is no mail, or where nobody can tell which address is the owner's.
    """
    from netjournal.interchange.mail import messages

    return messages.read(source, options)


def _begins_as_mail(source: Source) -> bool:
    from netjournal.interchange.mail.mbox import begins_as_mail

    return begins_as_mail(source.head())


def _is_maildir(source: Source) -> bool:
    if source.is_folder and source.path is not None:
        # Of a single one of the two somebody may be named as well.
        inside = source.path.name in ("cur", "new") and (source.path.parent / "tmp").is_dir()
        return inside or all((source.path / name).is_dir() for name in ("cur", "new"))
    # What a zip says is enough.
    return {"cur", "new"} <= {PurePath(member.name).parent.name for member in islice(source.members(), _NAMED)}
