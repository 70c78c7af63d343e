"""The walk of `keep`: every contact without a cadence, one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.cli.keys import pressed
from netjournal.cli.stderr import side_by_side, tell
from netjournal.cli.whom import introduced
from netjournal.domain.counts import counted
from netjournal.domain.dates import show_days
from netjournal.journal.keep import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from netjournal.cli.context import Session
    from netjournal.reports.contacts import ContactRow

_SKIP: Final = "s"
_NEVER: Final = "n"
_QUIT: Final = "q"


def walk(session: Session) -> list[Choice]:
    """What was chosen for each contact; nothing is stored until the walk ends.

    Ctrl-C asks whether what was chosen so far is kept, for it may be the work of an hour.
    """
    from netjournal.reports.circles import circle_rows
    from netjournal.reports.contacts_list import offered

    with session.reading() as connection:
        rows = offered(connection, session.today)
        every: dict[str, int] = {row.circle: row.every_days for row in circle_rows(connection)}
    keys = circle_keys(list(every))
    if not rows:
        session.hint("Everyone has a cadence.")
        return []
    named = [f"{key} {circle} (every {show_days(every[circle])})" for key, circle in keys.items()]
    session.hint(side_by_side([*named, f"{_SKIP} skip", f"{_NEVER} never", f"{_QUIT} quit"]))
    choices: list[Choice] = []
    try:
        _walk_through(session, rows, keys, choices)
    except (KeyboardInterrupt, EOFError):
        if not choices:
            raise
        tell("")
        if not session.ask_whether(f"Keep what was said of {counted(len(choices), 'contact')} so far?"):
            raise
    return choices


def _walk_through(session: Session, rows: Sequence[ContactRow], keys: Mapping[str, str], choices: list[Choice]) -> None:
    with pressed() as keys_pressed:
        for place, row in enumerate(rows, start=1):
            key = _ask_key(
                session, keys_pressed, f"{place}/{len(rows)}  {introduced(row)}", {*keys, _SKIP, _NEVER, _QUIT}
            )
            if key == _QUIT:
                break
            if key != _SKIP:
                choices.append(Choice(row.contact, keys.get(key)))


def circle_keys(circles: list[str]) -> dict[str, str]:
    """One key for each circle: the first of its letters that is free, else a digit."""
    keys: dict[str, str] = {}
    for circle in circles:
        wanted = [c for c in circle.casefold() if c.isascii() and c.isalpha()]
        free = [c for c in (*wanted, *"123456789") if c not in keys and c not in (_SKIP, _NEVER, _QUIT)]
        if free:
            keys[free[0]] = circle
    return keys


def _ask_key(session: Session, keys_pressed: Iterator[str], question: str, keys: set[str]) -> str:
    while True:
        tell(f"{question}?", end=" ")
        key = next(keys_pressed).casefold()
        tell(key if key.isprintable() else "")
        if key in keys:
            return key
        session.hint("Press one of the keys above.")
