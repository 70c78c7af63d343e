"""The formats that can be read: their names, and which of them a file is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

from netjournal.errors import InputFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: Each format's name and its module, in the order in which a file is asked whether it is one: the plainest marks first.
FORMATS: Final = {
    "netjournal": "ndjson",
    "monica": "trackers.monica",
    "jrnl": "trackers.jrnl",
    "friends": "trackers.friends",
    "vcard": "vcard",
    "ical": "ical",
    "mail": "mail",
    "linkedin": "linkedin",
    "google": "sheets.google",
    "outlook": "sheets.outlook",
    "thunderbird": "sheets.thunderbird",
    "csv": "sheets.generic",
}
#: A journal of this program is merged record by record: it has a way of its own into the store.
OWN: Final = "netjournal"
#: The formats that are read out of a zip; of any other the bytes of an archive could be taken for a text.
_ZIPPED: Final = ("vcard", "ical", "mail", "linkedin")


class Reader(Protocol):
    """A module that reads one format."""

    def recognises(self, source: Source) -> bool:
        """Whether a source looks like this format."""
        ...

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        """What a source holds; raises InputFileError where it is not of this format at all."""
        ...


def reader(name: str) -> Reader:
    """The module that reads a format."""
    return cast("Reader", import_module(f"netjournal.interchange.{FORMATS[name]}"))


def format_of(sources: Sequence[Source]) -> str:
    """The one format of all sources, by their content; raises InputFileError."""
    names = {source.name: _recognised(source) for source in sources}
    for name, found in names.items():
        if found is None:
            refuse_zips(sources)
            raise InputFileError(
                f"{name} is of no format that is known here.",
                "Known: " + ", ".join(FORMATS) + ". Name the format if it is one of these.",
            )
    kinds = list(dict.fromkeys(found for found in names.values() if found))
    if len(kinds) > 1:
        raise InputFileError(
            f"These files are of different formats: {', '.join(kinds)}.", "Import them one format at a time."
        )
    return kinds[0]


def refuse_zips(sources: Sequence[Source], named: str | None = None) -> None:
    """Raise InputFileError where one of the sources is a zip, unless the format named is read out of one."""
    for source in sources:
        if named not in _ZIPPED and source.is_zip:
            raise InputFileError(
                f"{source.name} is a zip that is not read as it is.", f"Unpack it; of zips: {', '.join(_ZIPPED)}."
            )


def _recognised(source: Source) -> str | None:
    return next((name for name in (_ZIPPED if source.is_zip else FORMATS) if reader(name).recognises(source)), None)
