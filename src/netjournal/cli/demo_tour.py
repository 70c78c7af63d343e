"""The tour of `netj demo`: six commands, each with what it is for."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.cli.stderr import tell

if TYPE_CHECKING:
    from netjournal.journal.story import Told


class Stop(NamedTuple):
    """A command as it is typed after `netj`, and what it is for."""

    command: str
    purpose: str


TOUR: Final = (
    Stop("due", "Each morning: whom to contact today, and why."),
    Stop("prep priya", "Before you meet somebody: what was said, what is owed, what to ask."),
    Stop(
        'log "coffee with Priya: alerts +platform-lead" --next "send the list"',
        "After it: one line, and the next step.",
    ),
    Stop('prep "Jo Marsh" --at Halden', "A stranger calls: whom you know where they work, and what you want there."),
    Stop("plan", "The coming days, within what you really do."),
    Stop("review", "Back over a month: what grew, and which objective nobody is helping with."),
)
_RUN: Final = ("", "\n", "\r", " ")
_SKIP: Final = "s"
_QUIT: Final = "q"


def name_all(path: str) -> None:
    """Tell the tour on stderr, as commands to copy."""
    tell("Six commands to try on it:")
    for number, stop in enumerate(TOUR, start=1):
        tell(_title(number, stop))
        _show(f"netj --db {shlex.quote(path)} {stop.command}")


def walk(told: Told) -> None:
    """Show what was made, then each command with its real output, one key each; the end of the input is `quit`."""
    from netjournal.cli.keys import pressed
    from netjournal.render.page import Page

    tell(
        f"A journal to play with: {told.contact_count} invented contacts, {told.interaction_count} interactions, in\n"
        f"  {told.path}\n"
        f"Six commands, one key each: Enter runs it, {_SKIP} skips it, {_QUIT} ends the tour."
    )
    try:
        with pressed() as keys:
            for number, stop in enumerate(TOUR, start=1):
                tell("")
                Page(sys.stderr).part(_title(number, stop), [f"  $ netj {stop.command}"])
                while (key := next(keys).casefold()) not in (*_RUN, _SKIP, _QUIT):
                    tell(f"Enter, {_SKIP} or {_QUIT}.")
                if key == _QUIT:
                    break
                if key != _SKIP:
                    _run(stop, told.path)
    except EOFError:
        pass
    tell("\nGo on as you like:")
    _show(f"netj --db {shlex.quote(told.path)} undo")


def _title(number: int, stop: Stop) -> str:
    return f"{number}/{len(TOUR)}  {stop.purpose}"


def _show(command: str) -> None:
    """A command line is never folded: it is there to be copied."""
    from netjournal.render.plain import sanitise

    sys.stderr.write(f"  $ {sanitise(command)}\n")
    sys.stderr.flush()


def _run(stop: Stop, path: str) -> None:
    from netjournal.cli.app import run

    run(["--db", path, *shlex.split(stop.command)])
