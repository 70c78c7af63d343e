"""The entry point: `main` for the shell, `run` for a caller in the same process."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from netjournal.cli import boundary

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run `netj` and leave the process with its exit code."""
    os.umask(0o077)
    # A short process makes next to no cycles; looking for them while modules load takes a tenth of its time.
    gc.set_threshold(50_000, 20, 100)
    _mend_streams()
    code = run(sys.argv[1:] if argv is None else argv)
    # All files are closed by now: spare the interpreter its last hunt for cycles, which costs 10 to 100 ms.
    gc.freeze()
    sys.exit(code)


def run(argv: Sequence[str]) -> int:
    """Run one command line in this process and give its exit code; nothing is raised."""
    return boundary.guard(lambda: _dispatch(list(argv)))


def _mend_streams() -> None:
    """Give a closed stream somewhere to go, and let no locale turn an answer into an error."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            # Left closed, its number would go to the next file opened: the journal, say.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # open until the end
        elif mode == "w" and (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")


def _dispatch(argv: list[str]) -> int:
    from netjournal.cli import tree

    # Typer costs three times as much as the interpreter itself: these two answers need nothing of it.
    if "--version" in argv and set(argv) <= {"--version", "-v"}:
        sys.stdout.write((tree.versions() if "-v" in argv else tree.version()) + "\n")
        return 0
    if argv in (["--help"], ["-h"]):
        from netjournal.render.width import width_of

        sys.stdout.write(tree.help_page(tree.TABLE, width_of(sys.stdout)) + "\n")
        return 0
    if argv[:1] == [tree.COMPLETE]:
        from netjournal.cli import complete

        return complete.answer(argv[1:])
    from netjournal.cli.later import PUT_OFF, put_off

    put_off(PUT_OFF)
    if not argv:
        from netjournal.cli.today import show_today

        show_today()
        return 0
    from netjournal.cli import context, lazy

    return lazy.invoke(tree.TABLE, argv, context.Session())
