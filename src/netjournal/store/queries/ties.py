"""The touches of an organization's people: their days, which an index holds, and what they were, which it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netjournal.store.queries.lists import rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netjournal.store.connection import ReadConnection


def weighed_touches(
    connection: ReadConnection, organization_id: int, steps: Sequence[tuple[str, float]]
) -> dict[int, float]:
    """By contact of an organization: the sum over their touches of what each day weighs.

    `steps` are days, the newest first, each with the weight from it on; what is older than the last is left out.
    """
    # From the oldest on: most touches are old, and the first that fits ends the search.
    cases = " ".join(f"WHEN t.on_day < :d{n - 1} THEN :w{n}" for n in range(len(steps) - 1, 0, -1))
    parameters: dict[str, object] = {"id": organization_id, "oldest": steps[-1][0]}
    for n, (day, weight) in enumerate(steps):
        parameters |= {f"d{n}": day, f"w{n}": weight}
    # The days alone are in the index of touches: to read each kind would be to read each interaction.
    found = connection.rows(
        f"SELECT t.contact_id, sum(CASE {cases} ELSE :w0 END) FROM touch AS t WHERE t.contact_id IN ("
        "SELECT a.contact_id FROM affiliation AS a WHERE a.organization_id = :id) AND t.exposure = 0 "
        "AND t.on_day >= :oldest GROUP BY t.contact_id",
        parameters,
    )
    return {int(row[0]): float(row[1]) for row in found}


def newest_days(connection: ReadConnection, organization_id: int, since: str) -> dict[int, str]:
    """The day of the newest touch of an organization's people, of those touched since a day."""
    # A maximum for each is one step down the index; a grouped one would look at every touch.
    found = connection.rows(
        "SELECT DISTINCT a.contact_id, (SELECT max(t.on_day) FROM touch AS t WHERE t.contact_id = a.contact_id "
        "AND t.exposure = 0) AS newest FROM affiliation AS a WHERE a.organization_id = :id",
        {"id": organization_id},
    )
    return {int(row[0]): str(row[1]) for row in found if row[1] is not None and row[1] >= since}


def kinds_between(connection: ReadConnection, ids: Iterable[int], since: str, before: str) -> list[tuple[Any, ...]]:
    """(contact id, day, kind) of the touches of some contacts from a day on, before another."""
    return rows_in(
        connection,
        "SELECT t.contact_id, t.on_day, i.kind FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
        "WHERE t.contact_id IN ({values}) AND t.exposure = 0 AND t.on_day >= :since AND t.on_day < :before",
        ids,
        since=since,
        before=before,
    )
