"""IN lists: of any length as named parameters, in pieces that every SQLite accepts, or of our own words; and who is linked."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.store.connection import ReadConnection

_PIECE: Final = 500
#: (contact_id, objective_id), once each: who is linked to an objective, and the client on whose behalf it is pursued.
#: What is said with a client is in their own matter; that they help with it is never meant. UNION would make a table of all
#: of it for each lookup.
LINKED: Final = (
    "(SELECT contact_id, objective_id FROM contact_objective "
    "UNION ALL SELECT b.client_id, b.id FROM objective AS b WHERE b.client_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM contact_objective AS k WHERE k.contact_id = b.client_id AND k.objective_id = b.id))"
)


def listed(words: Iterable[str]) -> str:
    """Words of the program itself (kinds, stages) as they stand in an IN list: never what a user wrote."""
    return ", ".join(f"'{word}'" for word in words)


def pieces(values: Iterable[Any], size: int = _PIECE) -> Iterator[list[Any]]:
    """Cut values into lists of at most `size`."""
    rest = iter(values)
    while piece := list(islice(rest, size)):
        yield piece


def rows_in(connection: ReadConnection, sql: str, values: Iterable[Any], **parameters: Any) -> list[tuple[Any, ...]]:
    """Run a SELECT whose `{values}` stands for an IN list, once for each piece, and join the answers."""
    found: list[tuple[Any, ...]] = []
    for piece in pieces(values):
        names = ", ".join(f":v{n}" for n in range(len(piece)))
        found += connection.rows(
            sql.replace("{values}", names), {**parameters, **{f"v{n}": value for n, value in enumerate(piece)}}
        )
    return found
