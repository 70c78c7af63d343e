"""Facts about contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from netjournal.store.queries.lists import LINKED, pieces, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.connection import ReadConnection


class ContactFacts(NamedTuple):
    """One contact with its cadence facts; days are ISO text."""

    id: int
    uid: str
    handle: str
    name: str
    name_key: str
    circle: str | None
    own_every: int | None
    own_latest: int | None
    circle_every: int | None
    circle_latest: int | None
    first_due_on: str | None
    told_last_on: str | None
    snoozed_until: str | None
    paused: int
    archived_on: str | None
    #: Day of the newest touch.
    touched_on: str | None


#: The day of the newest touch of `contact AS c`.
NEWEST_TOUCH = "(SELECT max(t.on_day) FROM touch AS t WHERE t.contact_id = c.id AND t.exposure = 0)"
#: Of `signal AS s`: no touch ended it, on a later day or written after it on its own. A touch that was there before is
#: not the next one.
IN_FORCE = (
    "NOT EXISTS (SELECT 1 FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
    "WHERE t.contact_id = s.contact_id AND t.exposure = 0 AND t.on_day >= s.on_day "
    "AND (t.on_day > s.on_day OR i.changed_at >= s.changed_at))"
)
#: The columns of ContactFacts over `contact AS c LEFT JOIN circle AS ci`, but for the last one.
STORED = (
    "c.id, c.uid, c.handle, c.name, c.name_key, ci.name, c.every_days, c.latest_days, ci.every_days, ci.latest_days, "
    "c.first_due_on, c.told_last_on, c.snoozed_until, c.paused, c.archived_on"
)
FACTS = f"{STORED}, {NEWEST_TOUCH}"
#: Of `contact AS c`: in view without a cadence, and not said never to have one.
MAY_BE_KEPT = "c.archived_on IS NULL AND c.never = 0 AND c.every_days IS NULL AND c.circle_id IS NULL"
FROM = "FROM contact AS c LEFT JOIN circle AS ci ON ci.id = c.circle_id"


class DetailFacts(NamedTuple):
    """What else one contact's own screen shows."""

    location: str | None
    birthday: str | None
    met: str | None
    introduced_by: str | None
    note: str | None
    connected_on: str | None
    added_on: str
    never: int


class AffiliationFacts(NamedTuple):
    """Where a contact works or worked."""

    id: int
    contact_id: int
    organization_id: int | None
    organization: str | None
    title: str | None
    since: str | None
    until: str | None


class MethodFacts(NamedTuple):
    """One way to reach a contact."""

    contact_id: int
    kind: str
    value: str


def contacts(connection: ReadConnection) -> list[ContactFacts]:
    """Every contact, by name."""
    return [ContactFacts(*row) for row in connection.rows(f"SELECT {FACTS} {FROM} ORDER BY c.name_key, c.handle")]


def contacts_by_id(connection: ReadConnection, ids: Iterable[int]) -> dict[int, ContactFacts]:
    """Some contacts by their ids."""
    found = rows_in(connection, f"SELECT {FACTS} {FROM} WHERE c.id IN ({{values}})", ids)
    return {row[0]: ContactFacts(*row) for row in found}


def never_offered(connection: ReadConnection) -> set[int]:
    """Contacts of whom it was said that they are never to be offered a cadence."""
    return {int(row[0]) for row in connection.rows("SELECT id FROM contact WHERE never = 1")}


def details(connection: ReadConnection, contact_id: int) -> DetailFacts:
    """What else is stored of one contact."""
    (row,) = connection.rows(
        "SELECT c.location, c.birthday, c.met, b.handle, c.note, c.connected_on, c.added_on, c.never "
        "FROM contact AS c LEFT JOIN contact AS b ON b.id = c.introduced_by_id WHERE c.id = :id",
        {"id": contact_id},
    )
    return DetailFacts(*row)


def affiliations(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[AffiliationFacts]]:
    """Where some contacts work and worked: current ones first, the newest first among them."""
    found: dict[int, list[AffiliationFacts]] = {}
    for row in rows_in(
        connection,
        "SELECT a.id, a.contact_id, a.organization_id, o.name, a.title, a.since, a.until FROM affiliation AS a "
        "LEFT JOIN organization AS o ON o.id = a.organization_id WHERE a.contact_id IN ({values}) "
        "ORDER BY CASE WHEN a.until IS NULL THEN 0 ELSE 1 END, a.id DESC",
        ids,
    ):
        found.setdefault(row[1], []).append(AffiliationFacts(*row))
    return found


def current_organizations(connection: ReadConnection, ids: Iterable[int]) -> dict[int, tuple[str | None, str | None]]:
    """The newest current organization and title of some contacts."""
    return {
        row[0]: (row[1], row[2])
        for row in rows_in(
            connection,
            "SELECT a.contact_id, o.name, a.title FROM affiliation AS a LEFT JOIN organization AS o "
            "ON o.id = a.organization_id WHERE a.contact_id IN ({values}) AND a.until IS NULL ORDER BY a.id",
            ids,
        )
    }


def methods(connection: ReadConnection, ids: Iterable[int], kind: str | None = None) -> list[MethodFacts]:
    """How some contacts are reached: all ways, or those of one kind (email, phone, url)."""
    return [
        MethodFacts(*row)
        for row in rows_in(
            connection,
            "SELECT contact_id, kind, value FROM contact_method WHERE contact_id IN ({values}) "
            "AND (:kind IS NULL OR kind = :kind) ORDER BY contact_id, kind, position, id",
            ids,
            kind=kind,
        )
    ]


def aliases(connection: ReadConnection, contact_id: int) -> list[str]:
    """The other names of one contact."""
    return _words(connection, "SELECT alias FROM contact_alias WHERE contact_id = :id ORDER BY id", contact_id)


def groups(connection: ReadConnection, contact_id: int) -> list[str]:
    """The groups of one contact."""
    return _words(
        connection,
        "SELECT g.name FROM group_member AS m JOIN contact_group AS g ON g.id = m.group_id "
        "WHERE m.contact_id = :id ORDER BY g.name_key",
        contact_id,
    )


def topics(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[str]]:
    """The topics of some contacts."""
    return _grouped(
        rows_in(
            connection,
            "SELECT contact_id, topic FROM contact_topic WHERE contact_id IN ({values}) ORDER BY contact_id, topic",
            ids,
        )
    )


def linked_objectives(connection: ReadConnection, ids: Iterable[int]) -> dict[int, list[str]]:
    """The keys of the active objectives that some contacts are linked to."""
    return _grouped(
        rows_in(
            connection,
            f"SELECT l.contact_id, o.key FROM {LINKED} AS l JOIN objective AS o ON o.id = l.objective_id "
            "WHERE l.contact_id IN ({values}) AND o.status = 'active' ORDER BY l.contact_id, o.key",
            ids,
        )
    )


def archived(connection: ReadConnection, ids: Iterable[int]) -> list[int]:
    """Those of some contacts that are archived."""
    found = rows_in(connection, "SELECT id FROM contact WHERE id IN ({values}) AND archived_on IS NOT NULL", ids)
    return [int(row[0]) for row in found]


def linked_ids(connection: ReadConnection, contact_id: int) -> set[int]:
    """The objectives that one contact is linked to, whatever their status."""
    return {
        int(row[0])
        for row in connection.rows(
            "SELECT objective_id FROM contact_objective WHERE contact_id = :id", {"id": contact_id}
        )
    }


def knowing(connection: ReadConnection, topic: str) -> set[int]:
    """Contacts who know about a topic."""
    return {
        int(row[0]) for row in connection.rows("SELECT contact_id FROM contact_topic WHERE topic = :t", {"t": topic})
    }


def working_at(connection: ReadConnection, organization_id: int) -> set[int]:
    """Contacts who work at an organization now."""
    return {
        int(row[0])
        for row in connection.rows(
            "SELECT contact_id FROM affiliation WHERE organization_id = :id AND until IS NULL", {"id": organization_id}
        )
    }


def pursued_for(connection: ReadConnection, contact_id: int) -> list[tuple[str, str]]:
    """(key, status) of the objectives that are pursued on behalf of a contact, by key."""
    return connection.rows("SELECT key, status FROM objective WHERE client_id = :id ORDER BY key", {"id": contact_id})


def belongings(connection: ReadConnection, contact_id: int) -> tuple[int, int, int]:
    """How many touches a contact has, how many interactions with nobody else, and how many promises."""
    ((touches, alone, promises),) = connection.rows(
        "SELECT (SELECT count(*) FROM touch WHERE contact_id = :id), (SELECT count(*) FROM touch AS t "
        "WHERE t.contact_id = :id AND NOT EXISTS (SELECT 1 FROM touch AS o "
        "WHERE o.interaction_id = t.interaction_id AND o.contact_id <> :id)), "
        "(SELECT count(*) FROM followup WHERE contact_id = :id)",
        {"id": contact_id},
    )
    return int(touches), int(alone), int(promises)


def without_cadence(connection: ReadConnection) -> list[int]:
    """Contacts in view without a cadence who may be offered one: those touched last first, then the newest added."""
    return [
        int(row[0])
        for row in connection.rows(
            f"SELECT c.id, {NEWEST_TOUCH} AS last "
            f"FROM contact AS c WHERE {MAY_BE_KEPT} ORDER BY coalesce(last, '') DESC, c.id DESC"
        )
    ]


def touch_counts(connection: ReadConnection, ids: Iterable[int]) -> dict[int, int]:
    """How many touches some contacts have."""
    found: dict[int, int] = {}
    for piece in pieces(ids):
        # Ids are numbers of ours, so they may stand in the text. One count for each, as groups would cost twice that.
        values = ", ".join([f"({int(contact_id)})" for contact_id in piece])
        found |= dict(
            connection.rows(
                f"WITH c (id) AS (VALUES {values}) SELECT c.id, (SELECT count(*) FROM touch AS t "
                "WHERE t.contact_id = c.id AND t.exposure = 0) FROM c"
            )
        )
    return found


def _words(connection: ReadConnection, sql: str, contact_id: int) -> list[str]:
    return [row[0] for row in connection.rows(sql, {"id": contact_id})]


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for identity, word in rows:
        found.setdefault(identity, []).append(word)
    return found
