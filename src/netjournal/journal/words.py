"""What `log` and `amend` were told, before anything is looked up: what every module of theirs shares."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import capture, dates
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from netjournal.domain.capture import Capture
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
    #: The lines of an evening that are about nobody, and so are its note.
    loose: Sequence[str] = ()
    #: What was asked about a name: the handle it means, or None for a contact to be made.
    meant: Mapping[str, str | None] = MappingProxyType({})

    def day(self, said: Capture, today: date) -> date | None:
        """The day that an option or the text names, None where neither does. Raises UsageError where they differ."""
        given = {dates.read_past_day(on, today, order=self.order) for on in (self.on, said.day) if on is not None}
        if len(given) > 1:
            raise UsageError("`--on` and the day at the start of the text are not the same.", "Leave one of them out.")
        return given.pop() if given else None

    def stated(self, said: Capture) -> tuple[list[str], bool]:
        """The keys that the text and the options name, and whether `+none` is. Raises UsageError where both are."""
        keys = [*said.objectives, *(key for key in self.objectives if not _is_none(key))]
        none_on_purpose = said.none_on_purpose or any(map(_is_none, self.objectives))
        capture.check_none(none_on_purpose, keys)
        return keys, none_on_purpose


def _is_none(typed: str) -> bool:
    return typed.removeprefix("+").casefold() == capture.NONE
