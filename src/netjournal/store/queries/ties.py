"""The touches that ties are made of, each read from one index that holds all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import kinds
from netjournal.store.queries.lists import listed, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def touches_back(connection: ReadConnection, contact_id: int, since: str, until: str) -> Iterator[tuple[str, str]]:
    """(day, kind) of the touches of one contact, the newest first: stop when enough is seen."""
    return connection.each(
        "SELECT t.on_day, t.kind FROM touch AS t WHERE t.contact_id = :id AND t.exposure = 0 "
        "AND t.on_day >= :since AND t.on_day <= :until ORDER BY t.on_day DESC",
        {"id": contact_id, "since": since, "until": until},
    )


def newest_before(connection: ReadConnection, ids: Iterable[int], day: str) -> dict[int, str]:
    """The newest touch of some contacts before a day, of those who had one."""
    found: dict[int, str] = {}
    for piece in pieces(ids):
        # Ids are numbers of ours, so they may stand in the text; and nothing of the contacts is read.
        values = ", ".join([f"({int(contact_id)})" for contact_id in piece])
        rows = connection.rows(
            f"WITH c (id) AS (VALUES {values}) SELECT c.id, (SELECT max(t.on_day) FROM touch AS t "
            "WHERE t.contact_id = c.id AND t.exposure = 0 AND t.on_day < :day) FROM c",
            {"day": day},
        )
        found.update([row for row in rows if row[1] is not None])
    return found


_MESSAGES = listed(kinds.MESSAGES)
#: A two-way touch of exchange or deeper with a contact whose id stands for `{who}`.
_TWO_WAY = (
    "SELECT t.on_day FROM touch AS t WHERE t.contact_id = {who} AND t.exposure = 0 AND t.direction = 'mutual' "
    f"AND t.kind NOT IN ({_MESSAGES})"
)


def two_way_ends(connection: ReadConnection, ids: Iterable[int], until: str) -> dict[int, tuple[str, ...]]:
    """The first day of a two-way touch with some contacts until a day, the last, and one between: at most these three."""
    of_contact, of_ends = _TWO_WAY.format(who="c.id"), _TWO_WAY.format(who="e.id")
    found: dict[int, tuple[str, ...]] = {}
    for piece in pieces(ids):
        # Ids are numbers of ours, so they may stand in the text; and nothing of the contacts is read.
        values = ", ".join([f"({int(contact_id)})" for contact_id in piece])
        for row in connection.rows(
            f"WITH c (id) AS (VALUES {values}), ends (id, first_on, last_on) AS MATERIALIZED (SELECT c.id, "
            f"({of_contact} AND t.on_day <= :until ORDER BY t.on_day LIMIT 1), "
            f"({of_contact} AND t.on_day <= :until ORDER BY t.on_day DESC LIMIT 1) FROM c) "
            f"SELECT e.id, e.first_on, ({of_ends} AND t.on_day > e.first_on AND t.on_day < e.last_on "
            "ORDER BY t.on_day LIMIT 1), e.last_on FROM ends AS e WHERE e.first_on IS NOT NULL",
            {"until": until},
        ):
            found[row[0]] = tuple([day for day in row[1:] if day is not None])
    return found
