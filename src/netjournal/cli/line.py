"""An answer that is one line: exact for a program, harmless for a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netjournal.cli.context import Session


def print_line(session: Session, text: str) -> None:
    """Write one line to stdout."""
    from netjournal.render.plain import emit, sanitise

    emit(sys.stdout, (sanitise(text) if session.is_terminal else text) + "\n")
