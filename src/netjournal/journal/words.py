"""What `log` and `amend` were told, before anything is looked up: what every module of theirs shares."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.domain.evening import GuestLine
    from netjournal.domain.words import Direction


class LogWords(NamedTuple):
    """What `log` was told, as typed; `order` settles `05/06/2026`."""

    text: str = ""
    who: Sequence[str] = ()
    without: Sequence[str] = ()
    kind: str | None = None
    on: str | None = None
    objectives: Sequence[str] = ()
    topics: Sequence[str] = ()
    note: str | None = None
    direction: Direction | None = None
    minutes: int | None = None
    gave: str | None = None
    got: str | None = None
    mine: Sequence[str] = ()
    theirs: Sequence[str] = ()
    by: str | None = None
    done: Sequence[str] = ()
    no_reply: bool = False
    intro: str | None = None
    to: str | None = None
    via: str | None = None
    opportunity: str | None = None
    new: bool = False
    circle: str | None = None
    order: str | None = None
    guests: Sequence[GuestLine] = ()
    #: What was asked about a name: the handle it means, or None for a contact to be made.
    meant: Mapping[str, str | None] = MappingProxyType({})
