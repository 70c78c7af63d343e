"""Facts for forgetting somebody: all that they were ever known by, and every text that may name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain import names, text
from netjournal.store.queries.changes import changes_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from netjournal.store.connection import ReadConnection


class Spoken(NamedTuple):
    """Columns of a table that may name somebody: `free` is prose, `fixed` is not; and whose part a row is."""

    free: tuple[str, ...]
    fixed: tuple[str, ...]
    parent: tuple[str, str]
    key: str = "id"


def _spoken(free: str, fixed: str, table: str, column: str = "id", key: str = "id") -> Spoken:
    return Spoken(tuple(free.split()), tuple(fixed.split()), (table, column), key)


SPOKEN: Final[dict[str, Spoken]] = {
    "contact": _spoken("met note", "name handle location", "contact"),
    "contact_alias": _spoken("", "alias", "contact", "contact_id"),
    "contact_method": _spoken("", "value", "contact", "contact_id"),
    "contact_topic": _spoken("", "topic", "contact", "contact_id", "contact_id"),
    "contact_source": _spoken("", "external_id told", "contact", "contact_id", "contact_id"),
    "contact_card": _spoken("rest", "", "contact", "contact_id", "contact_id"),
    "affiliation": _spoken("title", "", "contact", "contact_id"),
    "signal": _spoken("text", "", "contact", "contact_id"),
    "organization": _spoken("", "name", "organization"),
    "organization_alias": _spoken("", "alias", "organization", "organization_id"),
    "circle": _spoken("", "name", "circle"),
    "contact_group": _spoken("", "name", "contact_group"),
    "objective": _spoken("title why looking_for done_when outcome", "key", "objective"),
    "objective_ask": _spoken("ask", "", "objective", "objective_id"),
    "objective_topic": _spoken("", "topic", "objective", "objective_id", "objective_id"),
    "interaction": _spoken("summary note gave got", "", "interaction"),
    "touch_note": _spoken("note", "", "interaction", "interaction_id"),
    "touch_topic": _spoken("", "topic", "interaction", "interaction_id", "interaction_id"),
    "interaction_topic": _spoken("", "topic", "interaction", "interaction_id", "interaction_id"),
    "interaction_source": _spoken("", "external_id", "interaction", "interaction_id", "interaction_id"),
    "followup": _spoken("text", "", "followup"),
    "opportunity": _spoken("title note", "", "opportunity"),
}
_LIMITS: Final = {"title": text.NAME_LIMIT, "note": text.NOTE_LIMIT, "rest": text.NOTE_LIMIT}


class Known(NamedTuple):
    """One contact by all that it was ever known by, now and in the change record."""

    uids: set[str]
    #: As written: names, and handles.
    names: set[str]
    handles: set[str]
    aliases: set[str]
    #: E-mail addresses and links, by which nobody else is reached.
    addresses: set[str]

    def words(self) -> set[str]:
        """Everything that it answered to, folded, with its uids and addresses."""
        spoken = map(spoken_word, (*self.names, *self.handles, *self.aliases))
        return {*spoken, *self.uids, *self.addresses}


def spoken_word(name: str) -> str:
    """A name among `Known.words`: folded, and marked so that it is no uid and no address."""
    return f"name {names.fold(name)}"


def limit_of(column: str) -> int:
    """How many characters a column of `SPOKEN` holds at most."""
    return _LIMITS.get(column, text.LINE_LIMIT)


class SpokenRow(NamedTuple):
    """One row with the texts in it, by column."""

    table: str
    key: Any
    parent: tuple[str, int]
    texts: dict[str, str]


def known_ever(connection: ReadConnection) -> dict[int, Known]:
    """Every contact there is or was, by id."""
    found: dict[int, Known] = {}
    for table, columns in (
        ("contact", "id, uid, name, handle"),
        ("contact_alias", "contact_id, alias"),
        ("contact_method", "contact_id, kind, value"),
    ):
        for row in connection.each(f"SELECT {columns} FROM {table}"):
            _learn(found, table, dict(zip(columns.split(", "), row, strict=True)))
    for change in changes_in(connection, ("contact", "contact_alias", "contact_method")):
        if change.before is not None:
            _learn(found, change.table, change.before)
    return found


def _learn(found: dict[int, Known], table: str, row: dict[str, Any]) -> None:
    known = found.setdefault(int(row["id" if table == "contact" else "contact_id"]), Known(*(set() for _ in range(5))))
    if table == "contact":
        known.uids.add(row["uid"])
        known.names.add(row["name"])
        known.handles.add(row["handle"])
    elif table == "contact_alias":
        known.aliases.add(row["alias"])
    elif row["kind"] != "phone":
        known.addresses.add(row["value"].casefold())


def living(connection: ReadConnection) -> set[int]:
    """The contacts there are."""
    return {int(row[0]) for row in connection.rows("SELECT id FROM contact")}


def spoken_rows(
    connection: ReadConnection, may_name: Callable[[str], bool], tables: Iterable[str] = SPOKEN
) -> Iterator[SpokenRow]:
    """The rows whose texts, all in one, may name somebody, with these texts by column."""
    for table in tables:
        spoken = SPOKEN[table]
        columns = (*spoken.free, *spoken.fixed)
        parent, column = spoken.parent
        for key, above, *values in connection.each(f"SELECT {spoken.key}, {column}, {', '.join(columns)} FROM {table}"):
            # Before anything is made of a row: a lifetime's log has a million, of which a few name anyone.
            if may_name("\n".join(filter(None, values))):
                texts = {name: value for name, value in zip(columns, values, strict=True) if value}
                yield SpokenRow(table, key, (parent, int(above)), texts)


def introductions_through(connection: ReadConnection, contact_id: int) -> list[int]:
    """The introductions that a contact made or was an end of."""
    return [
        int(row[0])
        for row in connection.rows(
            "SELECT id FROM introduction WHERE contact_id = :id OR to_contact_id = :id OR via_contact_id = :id",
            {"id": contact_id},
        )
    ]
