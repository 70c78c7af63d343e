"""iCalendar: past meetings with people in, due days and follow-ups out (`writer`)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.errors import InputFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: Files of a folder looked at to tell what it holds.
_LOOKED_AT: Final = 500
SUFFIXES: Final = (".ics", ".ical", ".icalendar")
# Only at the very beginning: a mail may hold a whole calendar further down.
_BEGIN: Final = re.compile(rb"\s*BEGIN:VCALENDAR\b", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """Whether a file begins a calendar, or a folder or zip holds files named as calendars are."""
    try:
        if source.is_folder or source.is_zip:
            return any(member.base.endswith(SUFFIXES) for member in islice(source.members(), _LOOKED_AT))
        head = source.head()
    except (InputFileError, OSError):
        return False
    return _BEGIN.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")) is not None


def read(source: Source, options: Options) -> Iterator[Item]:
    """The past meetings of a calendar, or of all calendars in a folder or zip.

    Raises InputFileError where a file holds no calendar at all.
    """
    from netjournal.interchange.ical import reader

    return reader.read(source, options)
