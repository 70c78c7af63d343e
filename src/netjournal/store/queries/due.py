"""The facts that `due` needs: few rows, narrowed by day before Python sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.store.queries.contacts import FACTS, FROM, IN_FORCE, MAY_BE_KEPT, NEWEST_TOUCH, STORED, ContactFacts
from netjournal.store.queries.lists import LINKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netjournal.store.connection import ReadConnection

_HAS_CADENCE = "c.archived_on IS NULL AND (c.every_days IS NOT NULL OR c.circle_id IS NOT NULL)"


def cadences(connection: ReadConnection) -> list[int]:
    """The distinct wished cadences in use, in days."""
    return [
        int(row[0])
        for row in connection.rows(
            "SELECT DISTINCT every_days FROM contact WHERE every_days IS NOT NULL UNION SELECT every_days FROM circle"
        )
    ]


def tracked(connection: ReadConnection) -> list[ContactFacts]:
    """Every contact with a cadence, archived ones left out."""
    return [ContactFacts(*row) for row in connection.rows(f"SELECT {FACTS} {FROM} WHERE {_HAS_CADENCE}")]


def tracked_until(connection: ReadConnection, newest: Mapping[int, str], first: str) -> list[ContactFacts]:
    """Contacts with a cadence whose last touch is on or before the day that `newest` gives for their cadence.

    A superset of those due: the domain decides. `newest` maps a wished cadence in days to a day; one without a touch
    is found when its first day is on or before `first`.
    """
    if not newest:
        return []
    cut = "CASE k.every " + " ".join(f"WHEN :e{n} THEN :d{n}" for n in range(len(newest))) + " END"
    parameters: dict[str, object] = {"first": first}
    for n, (every, day) in enumerate(newest.items()):
        parameters |= {f"e{n}": every, f"d{n}": day}
    sql = (
        # Materialized, or the newest touch would be looked up again wherever it is named below.
        "WITH touched (id, every, told, first, touched_on) AS MATERIALIZED (SELECT c.id, "
        f"coalesce(c.every_days, ci.every_days), c.told_last_on, c.first_due_on, {NEWEST_TOUCH} {FROM} "
        f"WHERE {_HAS_CADENCE}), "
        "known (id, every, first, touched_on, last) AS (SELECT id, every, first, touched_on, "
        "CASE WHEN touched_on IS NULL OR told > touched_on THEN told ELSE touched_on END FROM touched) "
        f"SELECT {STORED}, k.touched_on FROM known AS k JOIN contact AS c ON c.id = k.id "
        "LEFT JOIN circle AS ci ON ci.id = c.circle_id "
        f"WHERE k.last <= {cut} OR (k.last IS NULL AND (k.first IS NULL OR k.first <= :first))"
    )
    return [ContactFacts(*row) for row in connection.rows(sql, parameters)]


def hidden(connection: ReadConnection, today: str) -> list[ContactFacts]:
    """Snoozed and paused contacts with a cadence."""
    return [
        ContactFacts(*row)
        for row in connection.rows(
            f"SELECT {FACTS} {FROM} WHERE {_HAS_CADENCE} AND (c.paused = 1 OR c.snoozed_until > :today)",
            {"today": today},
        )
    ]


def untracked_count(connection: ReadConnection) -> int:
    """How many contacts have no cadence and may be offered one."""
    ((count,),) = connection.rows(f"SELECT count(*) FROM contact AS c WHERE {MAY_BE_KEPT}")
    return int(count)


def tracked_count(connection: ReadConnection) -> int:
    """How many contacts have a cadence."""
    ((count,),) = connection.rows(f"SELECT count(*) FROM contact AS c WHERE {_HAS_CADENCE}")
    return int(count)


def job_signals(connection: ReadConnection, since: str) -> list[tuple[int, str, str]]:
    """(contact id, day, text) of signals since a day that no touch has ended."""
    return [
        (int(row[0]), str(row[1]), str(row[2]))
        for row in connection.rows(
            "SELECT s.contact_id, s.on_day, s.text FROM signal AS s WHERE s.on_day >= :since "
            f"AND {IN_FORCE} ORDER BY s.on_day, s.id",
            {"since": since},
        )
    ]


def birthdays(connection: ReadConnection, endings: Iterable[str]) -> list[tuple[int, str, str | None]]:
    """(contact id, birthday, day of the newest touch) of contacts born on one of some `MM-DD`."""
    days = list(endings)
    names = ", ".join(f":v{n}" for n in range(len(days)))
    return [
        (int(row[0]), str(row[1]), row[2])
        for row in connection.rows(
            f"SELECT c.id, c.birthday, {NEWEST_TOUCH} "
            "FROM contact AS c WHERE c.birthday IS NOT NULL AND c.archived_on IS NULL "
            f"AND substr(c.birthday, length(c.birthday) - 4) IN ({names})",
            {f"v{n}": day for n, day in enumerate(days)},
        )
    ]


def quiet_touch_days(connection: ReadConnection, until: str, most: int) -> Iterator[tuple[int, str]]:
    """(contact id, day) of the newest `most` days with a touch of contacts without a cadence, quiet since a day."""
    return connection.each(
        # Of each the oldest day to read comes first, by that many steps down the index of touches; then the range from
        # it on is read, and not the years before. A day with two touches comes twice.
        "WITH quiet (id, since) AS MATERIALIZED (SELECT c.id, (SELECT DISTINCT t.on_day FROM touch AS t "
        "WHERE t.contact_id = c.id AND t.exposure = 0 ORDER BY t.on_day DESC LIMIT 1 OFFSET :more) FROM contact AS c "
        f"WHERE {MAY_BE_KEPT} AND {NEWEST_TOUCH} <= :until) "
        "SELECT q.id, t.on_day FROM quiet AS q JOIN touch AS t ON t.contact_id = q.id "
        "WHERE t.exposure = 0 AND t.on_day >= coalesce(q.since, '')",
        {"until": until, "more": most - 1},
    )


#: How belonging is asked for, by what one belongs to.
_MEMBERS = {
    "circle": "SELECT id FROM contact WHERE circle_id = :id",
    "group": "SELECT contact_id FROM group_member WHERE group_id = :id",
    "client": (
        f"SELECT l.contact_id FROM {LINKED} AS l JOIN objective AS o ON o.id = l.objective_id "
        "WHERE o.client_id = :id UNION "
        "SELECT t.contact_id FROM objective AS o JOIN support AS s ON s.objective_id = o.id "
        "JOIN touch AS t ON t.interaction_id = s.interaction_id WHERE o.client_id = :id AND t.exposure = 0"
    ),
}


def members(connection: ReadConnection, of: str, identity: int) -> set[int]:
    """The contacts that belong to one circle, group or client (`of`), by its id."""
    return {int(row[0]) for row in connection.rows(_MEMBERS[of], {"id": identity})}
