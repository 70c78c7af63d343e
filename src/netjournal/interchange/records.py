"""What files are read into, whatever their format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Person(NamedTuple):
    """One contact of a file; `external_id` is the same when the file is exported again."""

    line: int
    external_id: str
    name: str
    urls: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    company: str | None = None
    title: str | None = None
    connected_on: date | None = None
