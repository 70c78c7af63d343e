"""What belongs to a record as rows of tables of their own, each without the id of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netjournal.domain import kinds, names
from netjournal.domain.methods import method_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from netjournal.journal.joining.world import World
    from netjournal.store.queries.export_interactions import Record

    #: A table and the values of a row, without the first one.
    Row = tuple[str, tuple[Any, ...]]
    Rows = Callable[[Record], Iterator[Row]]


def exposure(record: Record) -> int:
    """Whether an interaction's people were reached rather than touched, as a column."""
    return int(kinds.is_exposure(record["kind"], record["direction"], len(record["contact_uids"])))


def _of_organization(_: World) -> Rows:
    def rows(record: Record) -> Iterator[Row]:
        for alias in record["aliases"]:
            yield "organization_alias", (alias, names.fold_organization(alias))

    return rows


def _of_contact(world: World) -> Rows:
    organizations, objectives = world.ids["organization"], world.ids["objective"]

    def rows(record: Record) -> Iterator[Row]:
        for alias in record["aliases"]:
            yield "contact_alias", (alias, names.fold(alias))
        for kind, values in (("email", "emails"), ("phone", "phones"), ("url", "urls")):
            for position, value in enumerate(record[values]):
                yield "contact_method", (kind, value, method_key(kind, value), position)
        for work in record["affiliations"]:
            yield (
                "affiliation",
                (organizations.get(work["organization_uid"]), work["title"], work["since"], work["until"]),
            )
        for topic in record["topics"]:
            yield "contact_topic", (topic,)
        for source in record["sources"]:
            yield "contact_source", source
        if record["card"] is not None:
            yield "contact_card", (record["card"],)
        for uid in record["objective_uids"]:
            yield "contact_objective", (objectives[uid],)

    return rows


def _of_group(world: World) -> Rows:
    people = world.ids["contact"]

    def rows(record: Record) -> Iterator[Row]:
        for uid in record["contact_uids"]:
            yield "group_member", (people[uid],)

    return rows


def _of_objective(world: World) -> Rows:
    organizations = world.ids["organization"]

    def rows(record: Record) -> Iterator[Row]:
        for position, ask in enumerate(record["asks"]):
            yield "objective_ask", (ask, position)
        for topic in record["topics"]:
            yield "objective_topic", (topic,)
        for uid in record["organization_uids"]:
            yield "objective_organization", (organizations[uid],)

    return rows


def _of_interaction(world: World) -> Rows:
    people, objectives = world.ids["contact"], world.ids["objective"]

    def rows(record: Record) -> Iterator[Row]:
        copied = record["on"], exposure(record), record["kind"], record["direction"]
        for uid in record["contact_uids"]:
            yield "touch", (people[uid], *copied)
        for uid, note in record["touch_notes"].items():
            yield "touch_note", (people[uid], note)
        for uid, topics in record["touch_topics"].items():
            for topic in topics:
                yield "touch_topic", (people[uid], topic)
        for uid in record["objective_uids"]:
            yield "support", (objectives[uid],)
        for topic in record["topics"]:
            yield "interaction_topic", (topic,)
        for source, external_id, _ in record["sources"]:
            yield "interaction_source", (source, external_id)
        for ends in record["introductions"]:
            yield "introduction", tuple(people.get(ends[key]) for key in ("contact_uid", "to_uid", "via_uid"))

    return rows


def _of_opportunity(world: World) -> Rows:
    happened = world.ids["interaction"]

    def rows(record: Record) -> Iterator[Row]:
        for uid in record["interaction_uids"]:
            yield "opportunity_interaction", (happened[uid],)

    return rows


BELONGINGS: Final[Mapping[str, Callable[[World], Rows]]] = {
    "organization": _of_organization,
    "contact": _of_contact,
    "group": _of_group,
    "objective": _of_objective,
    "interaction": _of_interaction,
    "opportunity": _of_opportunity,
}
