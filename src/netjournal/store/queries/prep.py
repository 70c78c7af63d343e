"""The facts that `prep` needs: of one contact, one organization or some words, each looked up by index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.store.queries.contacts import IN_FORCE
from netjournal.store.queries.lists import rows_in
from netjournal.store.queries.names import KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from netjournal.domain.names import Known
    from netjournal.store.connection import ReadConnection


class TouchFacts(NamedTuple):
    """One touch of one contact; `on_day` is ISO text."""

    interaction_id: int
    on_day: str
    kind: str
    direction: str
    gave: str | None
    got: str | None


class AffiliateFacts(NamedTuple):
    """One contact's work at one organization."""

    contact_id: int
    title: str | None
    until: str | None


class OpportunityFacts(NamedTuple):
    """One opportunity as a screen names it."""

    id: int
    uid: str
    title: str
    stage: str
    opened_on: str
    objective_id: int | None


def known_like(connection: ReadConnection, word: str) -> list[Known]:
    """Contacts with a word in their name or an alias that begins with a folded word, and all they answer to.

    A superset of those whom `names.find` takes for sure when it is the longest word of what was typed.
    """
    from netjournal.domain.names import Known

    begun = "% " + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found = connection.rows(
        f"SELECT {KNOWN} FROM contact AS c WHERE ' ' || c.name_key LIKE :begun ESCAPE '\\' "
        "OR c.id IN (SELECT a.contact_id FROM contact_alias AS a WHERE ' ' || a.alias_key LIKE :begun ESCAPE '\\') "
        "ORDER BY c.id",
        {"begun": begun},
    )
    aliases: dict[int, list[str]] = {}
    for contact_id, alias in rows_in(
        connection,
        "SELECT contact_id, alias_key FROM contact_alias WHERE contact_id IN ({values}) ORDER BY id",
        [row[0] for row in found],
    ):
        aliases.setdefault(contact_id, []).append(alias)
    return [Known(row[0], row[1], (row[2], *aliases.get(row[0], ())), bool(row[3])) for row in found]


def called(connection: ReadConnection, wanted: Callable[[str], bool]) -> list[Known]:
    """Contacts with a folded name or alias that is wanted, and all they answer to."""
    from netjournal.domain.names import Known

    # The index of names alone is read for everybody, and the rest of those few.
    found = {contact_id for contact_id, name in connection.rows("SELECT id, name_key FROM contact") if wanted(name)}
    aliases: dict[int, list[str]] = {}
    for contact_id, alias in connection.rows("SELECT contact_id, alias_key FROM contact_alias ORDER BY id"):
        aliases.setdefault(contact_id, []).append(alias)
        if wanted(alias):
            found.add(contact_id)
    few = rows_in(
        connection, "SELECT id, handle, name_key FROM contact WHERE id IN ({values}) ORDER BY id", sorted(found)
    )
    return [Known(contact_id, handle, (name, *aliases.get(contact_id, ()))) for contact_id, handle, name in few]


def organizations_named(connection: ReadConnection, keys: Iterable[str]) -> dict[int, str]:
    """The organizations that answer to some folded names, with their names."""
    found = rows_in(
        connection,
        "SELECT o.id, o.name FROM organization AS o WHERE o.name_key IN ({values}) UNION "
        "SELECT o.id, o.name FROM organization_alias AS a JOIN organization AS o ON o.id = a.organization_id "
        "WHERE a.alias_key IN ({values})",
        keys,
    )
    return dict(sorted(found))


def topics_named(connection: ReadConnection, words: Iterable[str]) -> set[str]:
    """Those of some words that are topics."""
    wanted = list(words)
    found: set[str] = set()
    for table in ("contact_topic", "interaction_topic", "touch_topic", "objective_topic"):
        for word in wanted:
            found.update(row[0] for row in connection.rows(
                f"SELECT k.topic FROM {table} AS k WHERE k.topic = :word LIMIT 1", {"word": word}))  # fmt: skip
    return found


def touches(connection: ReadConnection, contact_id: int) -> list[TouchFacts]:
    """Every touch of a contact, newest first."""
    return [
        TouchFacts(*row)
        for row in connection.rows(
            "SELECT i.id, t.on_day, i.kind, i.direction, i.gave, i.got FROM touch AS t "
            "JOIN interaction AS i ON i.id = t.interaction_id WHERE t.contact_id = :id AND t.exposure = 0 "
            "ORDER BY t.on_day DESC, i.id DESC",
            {"id": contact_id},
        )
    ]


def topics_come_up(connection: ReadConnection, contact_id: int) -> list[tuple[str, int]]:
    """(topic, interaction id) of the touches of a contact, newest first: of the whole, and of their own part."""
    return [
        (str(row[0]), int(row[1]))
        for row in connection.rows(
            "SELECT k.topic, k.interaction_id, t.on_day FROM touch AS t JOIN interaction_topic AS k "
            "ON k.interaction_id = t.interaction_id WHERE t.contact_id = :id AND t.exposure = 0 "
            "UNION SELECT k.topic, k.interaction_id, t.on_day FROM touch AS t JOIN touch_topic AS k "
            "ON k.interaction_id = t.interaction_id AND k.contact_id = t.contact_id "
            "WHERE t.contact_id = :id AND t.exposure = 0 ORDER BY 3 DESC, 2 DESC, 1",
            {"id": contact_id},
        )
    ]


def notes_on(connection: ReadConnection, contact_id: int) -> list[tuple[int, str, str]]:
    """(interaction id, day, note) of what was noted of a contact among others, newest first."""
    return [
        (int(row[0]), str(row[1]), str(row[2]))
        for row in connection.rows(
            "SELECT n.interaction_id, t.on_day, n.note FROM touch_note AS n JOIN touch AS t "
            "ON t.contact_id = n.contact_id AND t.interaction_id = n.interaction_id WHERE n.contact_id = :id "
            "ORDER BY t.on_day DESC, n.id DESC",
            {"id": contact_id},
        )
    ]


def organization(connection: ReadConnection, organization_id: int) -> tuple[str, str]:
    """(uid, name) of an organization."""
    ((uid, name),) = connection.rows("SELECT uid, name FROM organization WHERE id = :id", {"id": organization_id})
    return str(uid), str(name)


def knowing(connection: ReadConnection, topic: str, most: int) -> list[tuple[int, str | None]]:
    """(contact id, day of the newest touch) of those who know about a topic, those touched last first."""
    return [
        (int(row[0]), row[1])
        for row in connection.rows(
            "SELECT k.contact_id, (SELECT max(t.on_day) FROM touch AS t WHERE t.contact_id = k.contact_id "
            "AND t.exposure = 0) AS newest FROM contact_topic AS k WHERE k.topic = :topic "
            "ORDER BY coalesce(newest, '') DESC, k.contact_id LIMIT :most",
            {"topic": topic, "most": most},
        )
    ]


def objectives_of(connection: ReadConnection, contact_id: int) -> set[int]:
    """The objectives that are a contact's, who is a client, that they are linked to, or that a touch of theirs states.

    Whatever their status.
    """
    return {
        int(row[0])
        for row in connection.rows(
            "SELECT l.objective_id FROM contact_objective AS l WHERE l.contact_id = :id UNION "
            "SELECT s.objective_id FROM touch AS t JOIN support AS s ON s.interaction_id = t.interaction_id "
            "WHERE t.contact_id = :id AND t.exposure = 0 UNION SELECT o.id FROM objective AS o WHERE o.client_id = :id",
            {"id": contact_id},
        )
    }


def objective_topics(connection: ReadConnection) -> list[tuple[int, str]]:
    """(objective id, topic) of every objective."""
    return [
        (int(row[0]), str(row[1]))
        for row in connection.rows("SELECT objective_id, topic FROM objective_topic ORDER BY objective_id, topic")
    ]


def objective_organizations(connection: ReadConnection) -> list[tuple[int, int]]:
    """(objective id, organization id) of every objective."""
    return [
        (int(row[0]), int(row[1]))
        for row in connection.rows("SELECT objective_id, organization_id FROM objective_organization")
    ]


def asks(connection: ReadConnection, ids: Iterable[int]) -> list[tuple[int, str]]:
    """(objective id, ask) of some objectives, in the order given."""
    return [
        (int(row[0]), str(row[1]))
        for row in rows_in(
            connection,
            "SELECT objective_id, ask FROM objective_ask WHERE objective_id IN ({values}) ORDER BY position, id",
            ids,
        )
    ]


def affiliates(connection: ReadConnection, organization_id: int) -> list[AffiliateFacts]:
    """Who works or worked at an organization: current work first, the newest first among it."""
    return [
        AffiliateFacts(*row)
        for row in connection.rows(
            "SELECT a.contact_id, a.title, a.until FROM affiliation AS a WHERE a.organization_id = :id "
            "ORDER BY CASE WHEN a.until IS NULL THEN 0 ELSE 1 END, a.id DESC",
            {"id": organization_id},
        )
    ]


def newest_interactions(connection: ReadConnection, contact_id: int, most: int) -> list[int]:
    """The last interactions that touched a contact, newest first."""
    found = connection.rows(
        "SELECT t.interaction_id FROM touch AS t WHERE t.contact_id = :id AND t.exposure = 0 "
        "ORDER BY t.on_day DESC, t.interaction_id DESC LIMIT :most",
        {"id": contact_id, "most": most},
    )
    return [int(row[0]) for row in found]


def interactions_about(connection: ReadConnection, topic: str, most: int) -> list[int]:
    """The interactions logged last in which a topic came up."""
    found = connection.rows(
        "SELECT k.interaction_id FROM interaction_topic AS k WHERE k.topic = :topic UNION "
        "SELECT k.interaction_id FROM touch_topic AS k WHERE k.topic = :topic ORDER BY 1 DESC LIMIT :most",
        {"topic": topic, "most": most},
    )
    return [int(row[0]) for row in found]


_OPPORTUNITY = "SELECT p.id, p.uid, p.title, p.stage, p.opened_on, p.objective_id FROM opportunity AS p"


def opportunities_at(connection: ReadConnection, organization_id: int) -> list[OpportunityFacts]:
    """The opportunities at an organization."""
    found = connection.rows(f"{_OPPORTUNITY} WHERE p.organization_id = :id", {"id": organization_id})
    return [OpportunityFacts(*row) for row in found]


def opportunities_with(connection: ReadConnection, contact_id: int) -> list[OpportunityFacts]:
    """The opportunities that came up through a contact, or to which a conversation with them belongs."""
    found = connection.rows(
        f"{_OPPORTUNITY} WHERE p.through_id = :id OR p.id IN (SELECT l.opportunity_id FROM opportunity_interaction AS l "
        "JOIN touch AS t ON t.interaction_id = l.interaction_id WHERE t.contact_id = :id)",
        {"id": contact_id},
    )
    return [OpportunityFacts(*row) for row in found]


def job_signals(connection: ReadConnection, contact_id: int, since: str) -> list[str]:
    """The signals of a contact since a day that no touch has ended."""
    found = connection.rows(
        "SELECT s.text FROM signal AS s WHERE s.contact_id = :id AND s.on_day >= :since "
        f"AND {IN_FORCE} ORDER BY s.on_day, s.id",
        {"id": contact_id, "since": since},
    )
    return [str(row[0]) for row in found]
