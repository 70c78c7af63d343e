"""Files in and out: whole or not at all, private, and never over another without being told."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from netjournal.errors import ConflictError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Bytes of an input file.
INPUT_LIMIT: Final = 200 << 20
#: Bytes that an answer may take in memory before it goes to a temporary file.
_SPOOL: Final = 8 << 20


def spooled() -> IO[bytes]:
    """A place for an answer of any length until its last byte is known; the caller closes it."""
    from tempfile import SpooledTemporaryFile

    return SpooledTemporaryFile(max_size=_SPOOL)  # it outlives the journal that fills it


@contextmanager
def write_whole(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Write a 0600 file beside the path and rename it there when it is complete.

    Raises ConflictError where there is a folder, or a file and not `force`; StorageError where it cannot be written.
    """
    if path.is_dir():
        raise ConflictError(f"{path} is a folder.", "Name a file in it.")
    if path.exists() and not force:
        raise ConflictError(f"{path} exists.", "Name another file, or replace that one with --force.")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if force:
            os.replace(draft, path)
        else:
            _give_name(draft, path)
    except FileExistsError:
        raise ConflictError(f"{path} exists.", "Name another file, or replace that one with --force.") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)


def _give_name(draft: Path, path: Path) -> None:
    """Give a finished draft its name; raises FileExistsError where a file has appeared there meanwhile."""
    try:
        # A rename would replace that file.
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as most sticks have
        if os.path.lexists(path):
            raise FileExistsError from None
        os.replace(draft, path)
