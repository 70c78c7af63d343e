"""`export`: every record, or those of a client, a contact, a span of days, a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.store.queries.export import records
from netjournal.store.queries.scope import of_client, of_contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.scope import Scope

TYPES: Final = (
    "circle",
    "organization",
    "contact",
    "group",
    "objective",
    "interaction",
    "followup",
    "opportunity",
    "signal",
)
#: The day that `--since` and `--until` look at; records without one are not narrowed by days.
_DAY: Final = {"interaction": "on", "followup": "by", "opportunity": "opened_on", "signal": "on"}


class Part(NamedTuple):
    """What part of the journal to give; ids of those named."""

    client_id: int | None = None
    contact_id: int | None = None
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    #: With a client, filled while the records are given: the uids of all who are told of.
    named: set[str] | None = None


def exported(connection: ReadConnection, part: Part) -> Iterator[dict[str, Any]]:
    """The head and the records of a part, in the order of the whole."""
    scopes = []
    if part.client_id is not None:
        scopes.append(of_client(connection, part.client_id))
    if part.contact_id is not None:
        scopes.append(of_contact(connection, part.contact_id))
    if not (scopes or part.since or part.until):
        yield from records(connection, part.types)
        return
    for record in records(connection, part.types, part.since, part.until):
        kind = record["type"]
        if kind == "netjournal":
            yield record
            continue
        day = record.get(_DAY.get(kind, ""))
        if day is not None and not (part.since or "") <= day <= (part.until or "9999-12-31"):
            continue
        if all(_belongs(record, kind, scope) for scope in scopes):
            # A client's part names nobody else's objective, and nobody who is not in it.
            told = _without_others(record, scopes[0]) if part.client_id is not None else record
            if part.named is not None:
                part.named.update(_uids(told))
            yield told


def _belongs(record: dict[str, Any], kind: str, scope: Scope) -> bool:
    match kind:
        case "contact":
            found = record["uid"] in scope.contacts
        case "objective":
            found = record["uid"] in scope.objectives
        case "interaction":
            found = record["uid"] in scope.interactions
        case "organization":
            found = record["uid"] in scope.organizations
        case "followup":
            found = record["uid"] in scope.followups
        case "opportunity":
            found = record["uid"] in scope.opportunities
        case "signal":
            found = record["contact_uid"] in scope.contacts
        case _:
            # Circles and groups tell of other people.
            found = False
    return found


def _uids(record: Mapping[str, Any]) -> Iterator[str]:
    """The uids in a record: its own, and those of all it refers to."""
    yield record["uid"]
    yield from record.get("contact_uids", ())
    for part in (record, *record.get("introductions", ())):
        yield from (uid for key, uid in part.items() if key.endswith("_uid") and uid is not None)


def _without_others(record: dict[str, Any], scope: Scope) -> dict[str, Any]:
    for who in ("introduced_by", "through"):
        # Whoever brought them may be another client.
        if record.get(f"{who}_uid") and record[f"{who}_uid"] not in scope.contacts:
            record = {**record, who: None, f"{who}_uid": None}
    if "objective_uids" not in record:
        return record
    kept = [
        (k, u) for k, u in zip(record["objectives"], record["objective_uids"], strict=True) if u in scope.objectives
    ]
    return {**record, "objectives": [k for k, _ in kept], "objective_uids": [u for _, u in kept]}
