"""Keys as they are pressed on a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Ctrl-D.
_END: Final = "\x04"


@contextmanager
def pressed() -> Iterator[Iterator[str]]:
    """Keys as they are pressed, without Enter where the terminal allows it; they raise KeyboardInterrupt and EOFError."""
    try:
        import termios
        import tty
    except ImportError:
        yield _first_letters()
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        # Keys come one at a time, Ctrl-C is still Ctrl-C, and what was typed ahead is kept.
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield _keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _keys(descriptor: int) -> Iterator[str]:
    while True:
        typed = os.read(descriptor, 32).decode("utf-8", "replace")
        # An arrow key is one key, not the letters that it sends.
        for key in typed[:1] if typed.startswith("\x1b") else typed or _END:
            if key == _END:
                raise EOFError
            yield key


def _first_letters() -> Iterator[str]:
    while line := sys.stdin.readline():
        yield line.strip()[:1] or "\n"
    raise EOFError
