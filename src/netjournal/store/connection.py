"""What a query needs of a database: two methods, so that a second store can stand beside SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


class ReadConnection(Protocol):
    """A connection that answers SELECTs; parameters are `:name`."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return every row of the answer."""
        ...

    def each(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the answer one at a time, for answers too long to hold."""
        ...


class Text(NamedTuple):
    """One document's title and body as stored."""

    title: str
    body: str


class TextIndex(Protocol):
    """What a search needs of a database: each has its own, so the caller brings it."""

    def table_of(self, document: int) -> str:
        """Return the table whose rows are the documents of one type."""
        ...

    def match_expression(self, words: Sequence[str], *, beginnings: bool) -> str:
        """Return the words as the index reads them; `beginnings` lets the last one go on."""
        ...

    def ranked(
        self, connection: ReadConnection, document: int, expression: str, among: Collection[int] | None
    ) -> list[tuple[int, float]]:
        """Return (id, weight, the lower the better) of the newest documents of one type that match."""
        ...

    def scan(self, connection: ReadConnection, document: int, literal: str) -> list[tuple[int, float]]:
        """Return the newest documents of one type that hold a text which has no word in it."""
        ...

    def texts(self, connection: ReadConnection, document: int, ids: Iterable[int]) -> dict[int, Text]:
        """Return title and body of some documents of one type."""
        ...
