"""What an import matches against: fetched once, whatever the size of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.store.connection import ReadConnection


class KnownPeople(NamedTuple):
    """Contacts by all that can identify them to one source; values are contact ids."""

    source: str
    by_external: Mapping[str, int]
    by_uid: Mapping[str, int]
    by_method: Mapping[tuple[str, str], int]
    by_name: Mapping[str, int]
    by_name_and_organization: Mapping[tuple[str, str], int]
    #: By handle, by other names, and by a first name that only one contact has.
    by_word: Mapping[str, int]
    handles: Mapping[int, str]
    #: Folded names.
    names: Mapping[int, str]
    #: Every way to reach everybody: kind, folded value, contact.
    methods: frozenset[tuple[str, str, int]]
    #: Where each works now: folded organization and title.
    work: Mapping[int, tuple[str | None, str | None]]
    #: What the source said of somebody's work when it was last read, by its own id.
    told: Mapping[str, str]
    #: Those whose day of connection is known.
    connected: frozenset[int]


class KnownDetails(NamedTuple):
    """What is stored of contacts beyond what identifies them, by contact id."""

    aliases: Mapping[int, Sequence[str]]
    topics: Mapping[int, Sequence[str]]
    cards: Mapping[int, str]
    #: The columns that hold something, of those that a file may fill.
    filled: Mapping[int, Sequence[str]]


class LoggedFacts(NamedTuple):
    """An interaction that was typed here, with somebody on a day."""

    id: int
    kind: str
    direction: str
    contact_ids: frozenset[int]


#: For files that say no more than `known_people` is compared with.
NO_DETAILS = KnownDetails({}, {}, {}, {})


def known_people(connection: ReadConnection, source: str) -> KnownPeople:
    """Everything that an import of one source matches by."""
    people = connection.rows("SELECT id, handle, name_key, connected_on, uid FROM contact ORDER BY id DESC")
    name_keys = {row[0]: row[2] for row in people}
    work: dict[int, tuple[str | None, str | None]] = {}
    by_both: dict[tuple[str, str], int] = {}
    for contact_id, organization, title, until in connection.rows(
        "SELECT a.contact_id, o.name_key, a.title, a.until FROM affiliation AS a "
        "LEFT JOIN organization AS o ON o.id = a.organization_id ORDER BY a.id"
    ):
        if until is None:
            work[contact_id] = (organization, fold(title) if title else None)
        if organization:
            by_both.setdefault((name_keys[contact_id], organization), contact_id)
    sources = connection.rows(
        "SELECT external_id, contact_id, told FROM contact_source WHERE source = :source", {"source": source}
    )
    methods = connection.rows("SELECT kind, value_key, contact_id FROM contact_method ORDER BY id DESC")
    return KnownPeople(
        source,
        {row[0]: row[1] for row in sources},
        {row[4]: row[0] for row in people},
        {(row[0], row[1]): row[2] for row in methods if row[0] != "phone"},
        {name_key: contact_id for contact_id, name_key in name_keys.items()},
        by_both,
        _by_word(connection, name_keys, {row[1]: row[0] for row in people}),
        {row[0]: row[1] for row in people},
        name_keys,
        frozenset((row[0], row[1], row[2]) for row in methods),
        work,
        {row[0]: row[2] for row in sources if row[2] is not None},
        frozenset(row[0] for row in people if row[3] is not None),
    )


def _by_word(connection: ReadConnection, name_keys: Mapping[int, str], handles: Mapping[str, int]) -> dict[str, int]:
    firsts: dict[str, list[int]] = {}
    for contact_id, name_key in name_keys.items():
        firsts.setdefault(name_key.split(" ")[0], []).append(contact_id)
    found = {first: ids[0] for first, ids in firsts.items() if len(ids) == 1}
    found |= {row[0]: row[1] for row in connection.rows("SELECT alias_key, contact_id FROM contact_alias")}
    return found | dict(handles)


def known_details(connection: ReadConnection) -> KnownDetails:
    """What files that say more than names and addresses are compared with."""
    aliases: dict[int, list[str]] = {}
    for contact_id, alias in connection.rows("SELECT contact_id, alias FROM contact_alias"):
        aliases.setdefault(contact_id, []).append(alias)
    topics: dict[int, list[str]] = {}
    for contact_id, topic in connection.rows("SELECT contact_id, topic FROM contact_topic"):
        topics.setdefault(contact_id, []).append(topic)
    filled: dict[int, list[str]] = {}
    for contact_id, location, birthday, met, has_note in connection.rows(
        "SELECT id, location, birthday, met, CASE WHEN note IS NULL THEN 0 ELSE 1 END FROM contact"
    ):
        values = (("location", location), ("birthday", birthday), ("met", met), ("note", has_note))
        filled[contact_id] = [column for column, value in values if value]
    return KnownDetails(
        aliases,
        topics,
        {row[0]: row[1] for row in connection.rows("SELECT contact_id, rest FROM contact_card")},
        filled,
    )


def known_addresses(connection: ReadConnection) -> frozenset[tuple[str, str]]:
    """(kind, folded value) of every address and link that belongs to a contact."""
    return frozenset(
        (row[0], row[1]) for row in connection.rows("SELECT kind, value_key FROM contact_method WHERE kind <> 'phone'")
    )


def known_interactions(connection: ReadConnection, source: str) -> dict[str, int]:
    """The interactions that a source told of before, by its own ids."""
    sql = "SELECT external_id, interaction_id FROM interaction_source WHERE source = :source"
    return {row[0]: row[1] for row in connection.rows(sql, {"source": source})}


def logged_with(connection: ReadConnection, contact_id: int, on_day: str, source: str) -> list[LoggedFacts]:
    """What was typed of a contact on a day and is not yet tied to an item of the source."""
    found = connection.rows(
        "SELECT i.id, i.kind, i.direction FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id "
        "WHERE t.contact_id = :contact AND t.exposure = 0 AND t.on_day = :day AND i.source = 'log' AND NOT EXISTS ("
        "SELECT 1 FROM interaction_source AS s WHERE s.interaction_id = i.id AND s.source = :source) ORDER BY i.id",
        {"contact": contact_id, "day": on_day, "source": source},
    )
    sql = "SELECT contact_id FROM touch WHERE interaction_id = :id"
    return [
        LoggedFacts(row[0], row[1], row[2], frozenset(r[0] for r in connection.rows(sql, {"id": row[0]})))
        for row in found
    ]


def followup_uids(connection: ReadConnection) -> set[str]:
    """The uids of all follow-ups, open and closed."""
    return {row[0] for row in connection.rows("SELECT uid FROM followup")}


def organizations(connection: ReadConnection) -> dict[str, int]:
    """Every organization by each folded name it answers to."""
    return {
        str(row[0]): int(row[1])
        for row in connection.rows(
            "SELECT name_key, id FROM organization UNION ALL SELECT alias_key, organization_id FROM organization_alias"
        )
    }


def current_affiliations(connection: ReadConnection, contact_id: int) -> list[int]:
    """The affiliations of one contact that have no end."""
    return [
        int(row[0])
        for row in connection.rows(
            "SELECT id FROM affiliation WHERE contact_id = :id AND until IS NULL", {"id": contact_id}
        )
    ]


def method_count(connection: ReadConnection, contact_id: int) -> int:
    """How many ways there are to reach one contact."""
    ((count,),) = connection.rows("SELECT count(*) FROM contact_method WHERE contact_id = :id", {"id": contact_id})
    return int(count)
