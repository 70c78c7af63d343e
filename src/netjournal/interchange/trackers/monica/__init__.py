"""The JSON export of Monica 4: contacts with all that hangs on them, and activities that name contacts by uuid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

_VERSION: Final = re.compile(rb'"version"\s*:\s*"1\.[^"]*"')


def recognises(source: Source) -> bool:
    """Whether the beginning of a file is that of an export of Monica 4."""
    head = source.head()
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b'"account"' not in head:
        return False
    return _VERSION.search(head) is not None or b'"app_version"' in head


def read(source: Source, options: Options) -> Iterator[Item]:
    """Yield each contact, what was done with it and what is open with it, then the activities.

    Raises InputFileError. Days are taken as written: Monica stamps the midnight of a day that was typed.
    """
    from netjournal.interchange.trackers.monica import account

    return account.read(source, options)
