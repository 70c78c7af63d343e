"""Where bytes come from: a file, standard input, a folder or a zip, each looked at in the same way and within limits."""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from netjournal.errors import InputFileError
from netjournal.interchange.files import INPUT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Bytes looked at to tell what a file is.
HEAD_SIZE: Final = 65_536
#: Files looked at in a folder or zip.
MEMBER_LIMIT: Final = 200_000
_BUFFER: Final = 1 << 18
#: What reading raises of a file or an entry of a zip that is cut short or cannot be unpacked.
UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)
#: And beside that the directory of a zip that is none, or is forged.
_BROKEN_ZIP: Final = (*UNREADABLE, ValueError, IndexError)
_STDIN: Final = "standard input"


class Source:
    """A file, or a folder or zip of `members`; `name` is how the user called it.

    Raises InputFileError wherever it cannot be read, is no regular file, or holds more than the limit.
    """

    def __init__(self, name: str, opener: Callable[[], IO[bytes]] | None, *, path: Path | None = None) -> None:
        self.name = name
        self.path = path
        self._opener = opener
        self._head: bytes | None = None
        self._kept: IO[bytes] | None = None
        #: Told how many bytes were read, as they are read.
        self.progress: Callable[[int], object] | None = None

    def _watched(self, member: Source) -> Source:
        member.progress = self.progress
        return member

    def close(self) -> None:
        """Let go of what was kept of standard input."""
        if self._kept is not None:
            self._kept.close()

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder on disk."""
        return self._opener is None

    @property
    def is_zip(self) -> bool:
        """Whether this is a zip archive."""
        return not self.is_folder and self.head().startswith((b"PK\x03\x04", b"PK\x05\x06"))

    @property
    def base(self) -> str:
        """The last part of the name, in small letters: `connections.csv`."""
        return Path(self.name).name.casefold()

    def size(self) -> int:
        """Bytes of the file, 0 where nobody knows."""
        if self._kept is not None:
            return self._kept.seek(0, os.SEEK_END)
        try:
            return self.path.stat().st_size if self.path is not None and not self.is_folder else 0
        except OSError:
            return 0

    def stream(self) -> IO[bytes]:
        """The file from its beginning, to be closed by the caller; never bound by the limit of `read`."""
        if self._opener is None:
            raise InputFileError(f"{self.name} is a folder.")
        file = self._opener()
        return io.BufferedReader(_Watched(file, self.progress), _BUFFER) if self.progress is not None else file

    def head(self) -> bytes:
        """The first bytes of the file, as many as are needed to tell what it is."""
        if self._head is None:
            if self._opener is None:
                self._head = b""
            else:
                with self._opener() as file:
                    self._head = _guarded(self.name, lambda: file.read(HEAD_SIZE))
        return self._head

    def read(self, limit: int = INPUT_LIMIT) -> bytes:
        """All bytes of the file."""
        with self.stream() as file:
            data = _guarded(self.name, lambda: file.read(limit + 1))
        if len(data) > limit:
            raise InputFileError(f"{self.name} is larger than {limit >> 20} MB.", "Split it, or export fewer years.")
        return data

    def members(self) -> Iterator[Source]:
        """The files of a folder (of its subfolders too) or of a zip, by name; hidden ones and links are left out."""
        if self.is_zip:
            yield from map(self._watched, self._entries())
        elif self.path is not None and self.is_folder:
            yield from map(self._watched, _walk(self.path))

    def _entries(self) -> Iterator[Source]:
        assert self._opener is not None
        try:
            with self._opener() as file, zipfile.ZipFile(file) as opened:
                entries = opened.infolist()
        except _BROKEN_ZIP:
            raise InputFileError(f"{self.name} is a damaged zip archive.", "Download it again.") from None
        for entry in sorted(entries, key=lambda e: e.filename)[:MEMBER_LIMIT]:
            base = Path(entry.filename).name
            if not base or entry.filename.endswith("/") or base.startswith("."):
                continue
            yield Source(entry.filename, lambda entry=entry: self._unpacked(entry))  # type: ignore[misc]

    def _unpacked(self, entry: zipfile.ZipInfo) -> IO[bytes]:
        """One entry from its beginning. What it says of its size is not believed: readers stop at their own limit."""
        assert self._opener is not None
        file = self._opener()
        try:
            return _Entry(file, zipfile.ZipFile(file), entry)
        except _BROKEN_ZIP:
            file.close()
            raise InputFileError(f"{entry.filename} in {self.name} cannot be unpacked.") from None


class _Entry(io.BufferedReader):
    """One file of a zip, which closes the archive with itself."""

    def __init__(self, file: IO[bytes], archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        self._file = file
        super().__init__(archive.open(entry), _BUFFER)  # type: ignore[arg-type]  # it reads like a raw file

    def close(self) -> None:
        super().close()
        self._file.close()


class _Watched(io.RawIOBase):
    """A file that tells `progress` how much of it was read; with `keep`, closing it leaves the file beneath open."""

    def __init__(self, file: IO[bytes], progress: Callable[[int], object] | None, *, keep: bool = False) -> None:
        self._file = file
        self._progress = progress
        self._keep = keep

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        if self._progress is not None:
            self._progress(len(data))
        return len(data)

    def close(self) -> None:
        if not self._keep:
            self._file.close()
        super().close()


def open_source(name: str, stdin: IO[bytes] | None) -> Source:
    """What a name on the command line means: `-` is standard input, kept aside so that it can be read twice.

    Raises InputFileError.
    """
    if name == "-":
        if stdin is None:
            raise InputFileError("There is nothing on standard input.")
        kept = _kept_aside(stdin)
        # Closing what is handed out must not lose the only copy.
        source = Source(_STDIN, lambda: _from_the_beginning(kept))
        source._kept = kept
        return source
    path = Path(name)
    if path.is_dir():
        return Source(name, None, path=path)
    _open(name).close()
    return Source(name, lambda: _open(name), path=path)


def from_bytes(data: bytes, name: str = "file") -> Source:
    """A source of bytes that are in memory already."""
    return Source(name, lambda: io.BytesIO(data))


def _kept_aside(stdin: IO[bytes]) -> IO[bytes]:
    from shutil import copyfileobj
    from tempfile import SpooledTemporaryFile

    kept: IO[bytes] = SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115  # closed with its source
    copyfileobj(stdin, kept)
    return kept


def _from_the_beginning(kept: IO[bytes]) -> IO[bytes]:
    kept.seek(0)
    return io.BufferedReader(_Watched(kept, None, keep=True), _BUFFER)


def _open(name: str) -> IO[bytes]:
    try:
        # Never wait for the other end of a pipe that somebody left under this name.
        descriptor = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise InputFileError(f"{name} cannot be read: {error.strerror}.") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InputFileError(f"{name} is not a regular file.", "Use - to read a pipe from standard input.")
    return open(descriptor, "rb")


def _guarded(name: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except _BROKEN_ZIP:
        raise InputFileError(f"{name} cannot be read to its end.") from None


def _walk(folder: Path) -> Iterator[Source]:
    count = 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > MEMBER_LIMIT:
                raise InputFileError(f"{folder} holds more than {MEMBER_LIMIT:,} files.", "Name a folder in it.")
            yield Source(str(path), lambda path=path: _open(str(path)), path=path)  # type: ignore[misc]
