"""Facts about the actions that undo can take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection


class ActionFacts(NamedTuple):
    """One command that wrote."""

    id: int
    on_day: str
    command: str
    undoes_id: int | None
    #: 1: `forget` took changes of it away, so that it can no longer be undone.
    forgotten: int


def actions(connection: ReadConnection) -> list[ActionFacts]:
    """Every action, newest first."""
    return [
        ActionFacts(*row)
        for row in connection.rows("SELECT id, on_day, command, undoes_id, forgotten FROM action ORDER BY id DESC")
    ]


def newest_action(connection: ReadConnection) -> int:
    """The id of the newest action, 0 where nothing was written yet."""
    ((found,),) = connection.rows("SELECT coalesce(max(id), 0) FROM action")
    return int(found)
