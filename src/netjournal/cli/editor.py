"""Writing in $EDITOR: a private draft that outlives only a failed commit."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from netjournal.cli.stderr import tell
from netjournal.domain.evening import SCISSORS
from netjournal.errors import StorageError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from netjournal.cli.context import Session


@contextmanager
def edited(session: Session, template: str, suffix: str = ".txt") -> Iterator[str]:
    """Let the user write over a template; the draft goes when the block ends well, and is kept where it fails.

    Raises UsageError where nothing was written, KeyboardInterrupt where the editor failed.
    """
    path = _draft(session.journal_path.parent / "drafts", template, suffix)
    keep = False
    try:
        text = _edit(session, path)
        above = text.split(SCISSORS, 1)[0].strip()
        if above in ("", template.split(SCISSORS, 1)[0].strip()):
            raise UsageError("Nothing was written, so nothing was changed.")
        keep = True
        yield text
        keep = False
    finally:
        if keep:
            tell(f"What you wrote is kept in {path}")
        else:
            path.unlink(missing_ok=True)


def _draft(folder: Path, template: str, suffix: str) -> Path:
    from tempfile import mkstemp

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = mkstemp(prefix="netj-", suffix=suffix, dir=folder, text=True)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(template)
    except OSError as error:
        raise StorageError(f"No draft can be made in {folder}: {error.strerror}.") from None
    return folder / os.path.basename(name)


def _edit(session: Session, path: Path) -> str:
    command = session.environ.get("VISUAL") or session.environ.get("EDITOR") or "vi"
    # Ctrl-C belongs to the editor while it runs: many use it as a key, and it must not take the draft away.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        done = subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603  # the user's own editor
    except (OSError, ValueError) as error:  # of a value: quotes that do not close
        cause = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"The editor '{command}' cannot be started: {cause}.", "Set EDITOR.") from None
    finally:
        signal.signal(signal.SIGINT, before)
    if done.returncode:
        tell(f"The editor ended with {done.returncode}, so nothing was changed.")
        raise KeyboardInterrupt
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError("The draft cannot be read as UTF-8 text, so nothing was changed.") from None
