"""The last note about a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.store.queries import interactions as queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


def last_note(connection: ReadConnection, handle: str) -> str | None:
    """The newest note with a contact: of their own part in an interaction, else of the whole."""
    contact_id = name_queries.contact_with_handle(connection, handle)
    return None if contact_id is None else queries.newest_note(connection, contact_id)
