"""LinkedIn's data export of every era: one of its files, the folder, or the zip as it was downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source


def recognises(source: Source) -> bool:
    """Whether this is Connections.csv, messages.csv or Invitations.csv by its header, or holds one by its name."""
    from netjournal.errors import InputFileError
    from netjournal.interchange.linkedin import layouts

    try:
        if source.is_folder or source.is_zip:
            return any(layouts.kind_named(member.base) for member in layouts.members(source))
        return layouts.kind_of(source.head()) is not None
    except InputFileError:
        # Who cannot be read is told so by `read`.
        return False


def read(source: Source, options: Options) -> Iterator[Item]:
    """The people, messages and invitations of an export, in this order.

    Raises InputFileError where there is none of the three files, a file passes its limits, or nobody can tell whose
    messages these are.
    """
    from netjournal.interchange.linkedin import bundle

    return bundle.read(source, options)
