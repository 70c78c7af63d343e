"""The types of stored words: they cost nothing at run time and tell the renderer how to style a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NewType

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Of many who took part, so many are named where a line tells of it.
MOST_NAMED: Final = 3

#: A contact's handle: `[a-z0-9-]`, unique in a journal.
Handle = NewType("Handle", str)
#: An objective's key: `[a-z0-9-]`, unique in a journal.
Key = NewType("Key", str)
#: A globally unique record id: 32 lower-case hexadecimal digits.
Uid = NewType("Uid", str)
#: Free text that came from the user or an import; never trusted by the terminal.
Prose = NewType("Prose", str)
#: A promise as one word for a script to cut: `12 me 2026-11-30 send the book`.
Promise = NewType("Promise", str)

Standing = Literal["untracked", "on-track", "soon", "due", "overdue", "planned", "snoozed", "paused"]
Direction = Literal["in", "out", "mutual"]
Depth = Literal["conversation", "exchange", "message", "broadcast"]
Owner = Literal["me", "them"]


def prose(text: str | None) -> Prose | None:
    """A stored text as a value of a row."""
    return None if text is None else Prose(text)


def few(names: Sequence[str]) -> tuple[str, ...]:
    """Names as a line tells them: of a crowd the first three and how many more."""
    # To say "1 more" is no shorter than to name them.
    crowd = len(names) > MOST_NAMED + 1
    return (*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more") if crowd else tuple(names)
