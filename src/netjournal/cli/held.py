"""An answer held back until the journal is closed: whoever reads it slowly must hold up no writer."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final

from netjournal.render.plain import emit

if TYPE_CHECKING:
    from typing import TextIO

#: Characters that are held in memory before they go to where long answers wait.
_PIECE: Final = 2 << 20
#: Bytes that tell the length of a piece.
_LENGTH: Final = 8


class Held:
    """Stands in for a stream while rows are read: it takes what is written, and asks the stream all else."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._texts: list[str] = []
        self._size = 0
        self._file: IO[bytes] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)

    def write(self, text: str) -> int:
        """Keep a text for later."""
        self._texts.append(text)
        self._size += len(text)
        if self._size > _PIECE:
            self._put_aside()
        return len(text)

    def show(self) -> None:
        """Give the stream all that was written."""
        if self._file is not None:
            self._put_aside()
            self._file.seek(0)
            while size := self._file.read(_LENGTH):
                emit(self._out, self._file.read(int.from_bytes(size, "big")).decode("utf-8", "surrogatepass"))
        emit(self._out, "".join(self._texts))

    def close(self) -> None:
        """Forget what was written."""
        if self._file is not None:
            self._file.close()

    def _put_aside(self) -> None:
        if self._file is None:
            from netjournal.interchange.files import spooled

            self._file = spooled()
        # Each piece with its length before it: a character must not be cut in two.
        data = "".join(self._texts).encode("utf-8", "surrogatepass")
        self._file.write(len(data).to_bytes(_LENGTH, "big") + data)
        self._texts.clear()
        self._size = 0
