"""One form for a record of the file and for the one here: what is stored of it, with every reference by one uid.

Two records that mean each other under different uids are told by the lesser uid, so that joining A into B compares
exactly what joining B into A does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from netjournal.domain import names
from netjournal.domain.methods import method_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from netjournal.store.queries.export_interactions import Record

    #: The uid that a reference goes by, from the type of record and the uid; None where nobody is meant.
    Resolve = Callable[[str, str], str | None]

_ONE: Final[Mapping[str, str]] = {
    "circle_uid": "circle",
    "client_uid": "contact",
    "contact_uid": "contact",
    "interaction_uid": "interaction",
    "introduced_by_uid": "contact",
    "objective_uid": "objective",
    "organization_uid": "organization",
    "through_uid": "contact",
}
_MANY: Final[Mapping[str, str]] = {
    "contact_uids": "contact",
    "interaction_uids": "interaction",
    "objective_uids": "objective",
    "organization_uids": "organization",
}
#: Where the handle or key of a record stands. It may have to give way to another's here, so it tells nothing of whether two
#: records are the same.
WORD_OF: Final[Mapping[str, str]] = {"contact": "contact", "objective": "key"}


#: What is said of single participants, by uid: whoever took no part has none.
_OF_TOUCHES: Final = ("touch_notes", "touch_topics")


def canonical(kind: str, record: Record, keys: Iterable[str], resolve: Resolve) -> Record:
    """What is stored of a record, its own uid and handle apart; `keys` are those that the file's version has."""
    found: Record = {}
    apart = ("type", "uid", WORD_OF.get(kind))
    for key in keys:
        if key in apart:
            continue
        value = record[key]
        if not value and value is not False:
            found[key] = () if value == [] else value
        elif key in _ONE:
            found[key] = resolve(_ONE[key], value)
        elif key in _MANY:
            found[key] = tuple(sorted({to for uid in value if (to := resolve(_MANY[key], uid)) is not None}))
        elif key in _PLAIN:
            found[key] = _PLAIN[key](value)
        elif key in _RESOLVED:
            found[key] = _RESOLVED[key](value, resolve)
        elif key == "aliases":
            found[key] = _aliases(record, value)
        else:
            found[key] = value
    if kind == "contact" and found["introduced_by_uid"] == resolve("contact", record["uid"]):
        found["introduced_by_uid"] = None
    if kind == "interaction":
        present = found["contact_uids"]
        for key in _OF_TOUCHES:
            found[key] = {uid: said for uid, said in found[key].items() if uid in present}
    return found


def later(one: Record, other: Record) -> bool:
    """Whether of two versions in canonical form the first one holds: the newer, else the one that spells greater."""
    if one["changed_at"] != other["changed_at"]:
        return bool(one["changed_at"] > other["changed_at"])
    return _spelled(one) > _spelled(other)


def _spelled(record: Record) -> str:
    return json.dumps(record, sort_keys=True)


def _aliases(record: Record, value: Iterable[str]) -> tuple[str, ...]:
    """Each alias once, in the order of an export; an organization's own name is none."""
    own = record.get("organization")
    fold = names.fold if own is None else names.fold_organization
    kept: dict[str, str] = {}
    for alias in value:
        kept.setdefault(fold(alias), alias)
    if own is not None:
        kept.pop(fold(own), None)
    return tuple(kept[key] for key in sorted(kept))


def _methods(kind: str) -> Callable[[list[str]], tuple[str, ...]]:
    def unique(value: list[str]) -> tuple[str, ...]:
        kept: dict[str, str] = {}
        for each in value:
            kept.setdefault(method_key(kind, each), each)
        return tuple(kept.values())

    return unique


def _sources(value: list[Record]) -> tuple[tuple[str, str, str | None], ...]:
    kept: dict[tuple[str, str], str | None] = {}
    for each in value:
        kept.setdefault((each["source"], each["external_id"]), each.get("told"))
    return tuple((*key, kept[key]) for key in sorted(kept))


def _topics(value: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(value)))


def _affiliations(value: list[Record], resolve: Resolve) -> tuple[Record, ...]:
    """Each once: two organizations of the one journal may be one of the other's."""
    found: list[Record] = []
    for each in value:
        uid = each.get("organization_uid")
        work = {
            "organization_uid": resolve("organization", uid) if uid else None,
            **{key: each.get(key) for key in ("title", "since", "until")},
        }
        if (work["organization_uid"] or work["title"]) and work not in found:
            found.append(work)
    return tuple(found)


def _introductions(value: list[Record], resolve: Resolve) -> tuple[Record, ...]:
    found = []
    for each in value:
        ends = {
            key: resolve("contact", uid) if (uid := each.get(key)) else None
            for key in ("contact_uid", "to_uid", "via_uid")
        }
        if ends["contact_uid"] is not None and ends["contact_uid"] != ends["to_uid"]:
            found.append(ends)
    return tuple(found)


def _touch_notes(value: dict[str, str], resolve: Resolve) -> dict[str, str]:
    return {to: note for uid, note in value.items() if (to := resolve("contact", uid)) is not None}


def _touch_topics(value: dict[str, list[str]], resolve: Resolve) -> dict[str, tuple[str, ...]]:
    """Of two uids that mean one contact the topics of both."""
    found: dict[str, set[str]] = {}
    for uid, topics in value.items():
        if (to := resolve("contact", uid)) is not None:
            found.setdefault(to, set()).update(topics)
    return {uid: tuple(sorted(topics)) for uid, topics in found.items()}


_PLAIN: Final[Mapping[str, Callable[[Any], tuple[Any, ...]]]] = {
    "asks": tuple,
    "emails": _methods("email"),
    "phones": _methods("phone"),
    "sources": _sources,
    "topics": _topics,
    "urls": _methods("url"),
}
_RESOLVED: Final[Mapping[str, Callable[[Any, Resolve], Any]]] = {
    "affiliations": _affiliations,
    "introductions": _introductions,
    "touch_notes": _touch_notes,
    "touch_topics": _touch_topics,
}
