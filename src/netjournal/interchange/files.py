"""Files in and out: whole or not at all, private, and never over another without being told."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from netjournal.errors import ConflictError, InputFileError, StorageError

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

    Raises ConflictError where there is a file and not `force`, StorageError where it cannot be written.
    """
    if path.is_dir() or (path.exists() and not force):
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
            # A link fails where a file has appeared meanwhile; a rename would replace it.
            os.link(draft, path)
    except FileExistsError:
        raise ConflictError(f"{path} exists.", "Name another file, or replace that one with --force.") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)


def read_input(name: str, stdin: IO[bytes]) -> bytes:
    """The bytes of a regular file, or of standard input for `-`. Raises InputFileError."""
    if name == "-":
        data = stdin.read(INPUT_LIMIT + 1)
    else:
        try:
            # Never wait for the other end of a pipe that somebody left under this name.
            descriptor = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            raise InputFileError(f"{name} cannot be read: {error.strerror}.") from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise InputFileError(f"{name} is not a regular file.", "Use - to read a pipe from standard input.")
        with open(descriptor, "rb") as file:
            data = file.read(INPUT_LIMIT + 1)
    if len(data) > INPUT_LIMIT:
        raise InputFileError(f"{name} is larger than {INPUT_LIMIT >> 20} MB.", "Split it, or export fewer years.")
    return data
