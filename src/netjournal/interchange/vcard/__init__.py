"""vCard 2.1, 3.0 and 4.0: the people of a file of cards, of a folder of .vcf files or of a zip, in and out."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.errors import InputFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

SUFFIXES: Final = (".vcf", ".vcard")
#: Names looked at in a folder that may be no address book at all.
_LOOKED_AT: Final = 1_000
_FIRST: Final = re.compile(rb"\s*+BEGIN[ \t]*+:[ \t]*+VCARD\s", re.IGNORECASE)
_ANYWHERE: Final = re.compile(rb"^[ \t]*+BEGIN[ \t]*+:[ \t]*+VCARD\s", re.IGNORECASE | re.MULTILINE)


def recognises(source: Source) -> bool:
    """Whether a file begins with a card, is called .vcf and holds one, or a folder or zip has files of that name."""
    try:
        if source.is_folder or source.is_zip:
            return any(member.base.endswith(SUFFIXES) for member in islice(source.members(), _LOOKED_AT))
        # Without its zeros, UTF-16 reads like ASCII here; a byte order mark comes before.
        head = source.head().replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe") + b"\n"
    except InputFileError:
        return False
    if _FIRST.match(head):
        return True
    return source.base.endswith(SUFFIXES) and _ANYWHERE.search(head.replace(b"\r", b"\n")) is not None


def read(source: Source, options: Options) -> Iterator[Item]:
    """The people of a source, in its order; a card that cannot be used is Skipped, and says why.

    In a folder or zip, `line` is the number of the card. Raises InputFileError where there is no card at all.
    """
    from netjournal.interchange.vcard import reader

    return reader.read(source, options)
