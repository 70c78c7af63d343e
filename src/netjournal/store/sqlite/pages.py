"""SQLite's file format, read page by page without SQLite: what is left of a damaged file.

Source of the format: "Database File Format" on sqlite.org, sections 1.3 (header), 1.6 (b-tree pages) and 2 (records).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.store.sqlite.opener import MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What a column holds.
Value = int | float | str | bytes | None

_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER = 13, 5, 10, 2
_INTEGER_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class DamagedPageError(Exception):
    """A page, or a cell of one, cannot be what it should be."""


class Row(NamedTuple):
    """One record with its rowid (0 in an index)."""

    rowid: int
    values: tuple[Value, ...]


class Tree:
    """The rows of one b-tree as they are read, and what of it could not be."""

    def __init__(self, pages: Pages, root: int, *, is_table: bool) -> None:
        self._pages = pages
        self._waiting = [root]
        self._kinds = (_TABLE_LEAF, _TABLE_INNER) if is_table else (_INDEX_LEAF, _INDEX_INNER)
        #: Whether a page of it, or a cell, could not be read.
        self.is_damaged = False

    def __iter__(self) -> Iterator[Row]:
        pages = self._pages
        while self._waiting:
            number = self._waiting.pop()
            if number in pages.used:  # a loop, or another tree's page
                self.is_damaged = True
                continue
            try:
                below, rows, torn = pages.read(number, self._kinds)
            except DamagedPageError:
                pages.damaged.add(number)
                self.is_damaged = True
                continue
            pages.used.add(number)
            if torn:
                pages.damaged.add(number)
                self.is_damaged = True
            yield from rows
            self._waiting += reversed(below)


class Pages:
    """The pages of a file by number, from 1; raises DamagedPageError where the file has no SQLite header."""

    def __init__(self, path: Path) -> None:
        self._file = open(path, "rb")  # noqa: SIM115  # closed by `close`
        head = self._file.read(100)
        size = int.from_bytes(head[16:18], "big")
        self.size = 65536 if size == 1 else size
        if not head.startswith(MAGIC) or self.size < 512 or self.size & (self.size - 1):
            self._file.close()
            raise DamagedPageError
        self.application_id = int.from_bytes(head[68:72], "big")
        self.user_version = int.from_bytes(head[60:64], "big")
        self._first_free = int.from_bytes(head[32:36], "big")
        self._usable = self.size - head[20]
        self.count = path.stat().st_size // self.size
        #: How many there were, which is more in a file that ends too early.
        self._most = max(self.count, int.from_bytes(head[28:32], "big"))
        #: Pages that some tree has used.
        self.used: set[int] = set()
        self.damaged: set[int] = set()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def page(self, number: int) -> bytes:
        """One page's bytes."""
        if not 1 <= number <= self.count:
            raise DamagedPageError
        self._file.seek((number - 1) * self.size)
        return self._file.read(self.size)

    def free(self) -> set[int]:
        """The pages that hold nothing, as far as their list can be followed."""
        found: set[int] = set()
        trunk = self._first_free
        while trunk and trunk not in found:
            try:
                page = self.page(trunk)
            except DamagedPageError:
                break
            found.add(trunk)
            many = min(int.from_bytes(page[4:8], "big"), self._usable // 4 - 2)
            found.update(struct.unpack(f">{many}I", page[8 : 8 + 4 * many]))
            trunk = int.from_bytes(page[:4], "big")
        return found

    def tree(self, root: int, *, is_table: bool) -> Tree:
        """The b-tree of a table, or of an index, that begins at a page."""
        return Tree(self, root, is_table=is_table)

    def orphans(self) -> Iterator[list[Row]]:
        """The rows of each page of a table that no tree has used."""
        free = self.free()
        for number in range(2, self.count + 1):
            if number not in self.used and number not in free:
                try:
                    _, rows, _ = self.read(number, (_TABLE_LEAF,))
                except DamagedPageError:
                    continue
                if rows:
                    yield rows

    def read(self, number: int, kinds: tuple[int, ...]) -> tuple[list[int], list[Row], bool]:
        """The pages below one, its own rows, and whether some of these cannot be read.

        Raises DamagedPageError for a page of another kind, or one that leads nowhere.
        """
        page = self.page(number)
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in kinds:
            raise DamagedPageError
        is_inner = kind in (_TABLE_INNER, _INDEX_INNER)
        many = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + (12 if is_inner else 8)
        if first + 2 * many > self._usable:
            raise DamagedPageError
        below: list[int] = []
        rows: list[Row] = []
        torn = False
        for place in struct.unpack(f">{many}H", page[first : first + 2 * many]):
            try:
                if not first + 2 * many <= place < self._usable:
                    raise DamagedPageError
                if is_inner:
                    below.append(int.from_bytes(page[place : place + 4], "big"))
                if kind != _TABLE_INNER:
                    rows.append(self._cell(page, place + 4 * is_inner, has_rowid=kind == _TABLE_LEAF))
            except (DamagedPageError, IndexError, struct.error, UnicodeDecodeError):
                torn = True
        if is_inner:
            below.append(int.from_bytes(page[start + 8 : start + 12], "big"))
        if not all(1 < child <= self._most for child in below):
            # Noise: what it leads to is found again as what nothing leads to.
            raise DamagedPageError
        return below, rows, torn

    def _cell(self, page: bytes, at: int, *, has_rowid: bool) -> Row:
        length, at = _varint(page, at)
        rowid = 0
        if has_rowid:
            rowid, at = _varint(page, at)
        usable = self._usable
        most = usable - 35 if has_rowid else (usable - 12) * 64 // 255 - 23
        if length <= most:
            if at + length > usable:
                raise DamagedPageError
            return Row(rowid, _record(page[at : at + length]))
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        if local > most:
            local = least
        payload = [page[at : at + local]]
        left = length - local
        if left > self.count * self.size:
            raise DamagedPageError
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        taken = []
        while left > 0:
            more = self.page(following)
            taken.append(following)
            payload.append(more[4 : min(usable, 4 + left)])
            left -= usable - 4
            following = int.from_bytes(more[:4], "big")
        row = Row(rowid, _record(b"".join(payload)))
        self.used.update(taken)
        return row


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, signed in its ninth, and where it ends."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    value = value << 8 | data[at + 8]
    return (value - (1 << 64) if value >> 63 else value), at + 9


def _record(data: bytes) -> tuple[Value, ...]:
    head, at = _varint(data, 0)
    if not 0 < head <= len(data):
        raise DamagedPageError
    values: list[Value] = []
    body = head
    while at < head:
        kind, at = _varint(data, at)
        value, size = _value(data, body, kind)
        values.append(value)
        body += size
    if body != len(data) or at != head:
        raise DamagedPageError
    return tuple(values)


def _value(data: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, 0
    if kind in (8, 9):
        return kind - 8, 0
    if kind in _INTEGER_BYTES:
        size = _INTEGER_BYTES[kind]
        return int.from_bytes(data[at : at + size], "big", signed=True), size
    if kind == 7:
        return struct.unpack(">d", data[at : at + 8])[0], 8
    if kind < 12 or at + (kind - 12) // 2 > len(data):
        raise DamagedPageError
    size = (kind - 12) // 2
    piece = data[at : at + size]
    if kind % 2 and piece.endswith(b"\x00"):  # a page of zeros in the place of the text's end
        raise DamagedPageError
    return (piece.decode("utf-8") if kind % 2 else piece), size
