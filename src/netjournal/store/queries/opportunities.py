"""Facts about opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain.names import fold

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


def open_with_title(connection: ReadConnection, title: str) -> int | None:
    """The newest open opportunity with a title, without regard to case and accents."""
    for identity, found in connection.rows(
        "SELECT id, title FROM opportunity WHERE stage NOT IN ('won', 'lost', 'declined', 'lapsed') ORDER BY id DESC"
    ):
        if fold(found) == fold(title):
            return int(identity)
    return None
