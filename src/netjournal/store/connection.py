"""What a query needs of a database: two methods, so that a second store can stand beside SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class ReadConnection(Protocol):
    """A connection that answers SELECTs; parameters are `:name`."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return every row of the answer."""
        ...

    def each(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the answer one at a time, for answers too long to hold."""
        ...
