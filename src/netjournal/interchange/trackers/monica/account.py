"""An account of Monica to items: who is who, whose part is what, and what has no place here."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from netjournal.errors import InputFileError
from netjournal.interchange.records import Guest, Interaction, Remark, Skipped
from netjournal.interchange.trackers import sentences
from netjournal.interchange.trackers.loading import json_of
from netjournal.interchange.trackers.monica import parts
from netjournal.interchange.trackers.monica.person import FieldType, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: What of an account or contact has no place here, and what is said of it.
_NO_PLACE: Final = {
    "relationship": "a relationship",
    "gift": "a gift",
    "debt": "a debt",
    "pet": "a pet",
    "photo": "a photo",
    "document": "a document",
}
#: Parts of a contact that its record is made of, or lists of uuids that tell nothing new.
_TAKEN: Final = frozenset({"contact_field", "address", "note", "life_event", "activity"})
#: What an account holds beside people.
_ACCOUNT: Final = frozenset(
    {"user", "address_book", "addressbook", "address_book_subscription", "addressbooksubscription"}
)


def read(source: Source, options: Options) -> Iterator[Item]:
    """The items of an export; raises InputFileError where it is none."""
    found = json_of(source)
    account = found.get("account")
    if not isinstance(account, dict) or not isinstance(account.get("data"), list):
        raise InputFileError(f"{source.name} is no export of Monica 4: it has no `account.data`.")
    if not parts.text(found.get("version")).startswith("1."):
        yield Remark(0, "not of version 1 of Monica's export: read as if it were")
    groups = grouped(account["data"])
    export = _Export(options, field_types(account))
    contacts = groups.pop("contact", [])
    export.learn(contacts)
    number = 0
    for number, contact in enumerate(contacts, 1):
        yield from export.contact(number, contact)
    yield from export.activities(number, groups.pop("activity", []))
    for kind, values in groups.items():
        if kind not in _ACCOUNT:
            reason = _NO_PLACE.get(kind, "of a kind that is not known")
            yield from (Skipped(place, reason) for place, _ in enumerate(values, 1))
    entries = parts.properties(account).get("journal_entries")
    if isinstance(entries, list):
        yield from (Skipped(place, sentences.NOBODY) for place, _ in enumerate(entries, 1))


def grouped(data: Any) -> dict[str, list[Any]]:
    """The values of `[{type, values}]` by type, which is singular in exports and plural in some made by hand."""
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for group in data if isinstance(data, list) else ():
        if isinstance(group, dict) and isinstance(group.get("type"), str) and isinstance(group.get("values"), list):
            groups[_singular(group["type"])] += group["values"]
    return groups


def _singular(word: str) -> str:
    word = word.casefold()
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("es") if word.endswith("sses") else word.removesuffix("s") if word != "address" else word


def field_types(account: dict[str, Any]) -> dict[str, FieldType]:
    """The contact field types of an account by their uuid."""
    instance = account.get("instance")
    types = instance.get("contact_field_types") if isinstance(instance, dict) else None
    found: dict[str, FieldType] = {}
    for entry in types if isinstance(types, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("uuid"), str):
            said = parts.properties(entry)
            found[entry["uuid"]] = FieldType(*(parts.text(said.get(key)) for key in ("name", "protocol", "type")))
    return found


def _activity_key(activity: dict[str, Any]) -> str:
    """What an activity is known by: its uuid, or what it says where it was written by hand."""
    return parts.identity(activity) or sentences.digest(*parts.texts(activity))


class _Export:
    """One export being read: who is who, and which keys were given."""

    def __init__(self, options: Options, types: dict[str, FieldType]) -> None:
        self.options = options
        self.types = types
        self.names: dict[str, str] = {}
        self._guests: defaultdict[str, dict[str, Guest]] = defaultdict(dict)
        self._inside: dict[str, dict[str, Any]] = {}
        self._given: set[str] = set()
        self._keys: Counter[str] = Counter()

    def learn(self, contacts: list[Any]) -> None:
        """Learn the names first: a contact may name another that stands below."""
        for contact in contacts:
            if isinstance(contact, dict) and (uuid := parts.identity(contact)):
                name = parts.name(parts.properties(contact))
                if name:
                    self.names[uuid] = name

    def contact(self, number: int, contact: Any) -> Iterator[Item]:
        """A contact, then what hangs on it."""
        uuid = parts.identity(contact) if isinstance(contact, dict) else ""
        if not uuid or uuid not in self.names:
            yield Skipped(number, "no name" if uuid else "no uuid", bad=True)
            return
        if uuid in self._given:
            yield Skipped(number, "the same contact again", bad=True)
            return
        self._given.add(uuid)
        guest = Guest(self.names[uuid], external_id=uuid)
        groups = grouped(contact.get("data"))
        record, remarks = person(number, contact, groups, self.types, self.names)
        yield record
        yield from (Remark(number, text) for text in remarks)
        for activity in groups.get("activity", ()):
            self._take_part(activity, guest)
        for kind, values in groups.items():
            for value in values if kind not in _TAKEN else ():
                yield self._part(number, kind, value, guest)

    def _take_part(self, activity: Any, guest: Guest) -> None:
        """Remember who has a part in an activity: exports list uuids, some made by hand hold it whole."""
        key = activity if isinstance(activity, str) else _activity_key(activity) if isinstance(activity, dict) else ""
        self._guests[key][guest.external_id or ""] = guest
        if isinstance(activity, dict) and activity.get("properties"):
            self._inside.setdefault(key, activity)

    def _part(self, number: int, kind: str, value: Any, guest: Guest) -> Item:
        read = parts.READERS.get(kind)
        if read is None:
            return Skipped(number, _NO_PLACE.get(kind, "of a kind that is not known"))
        if not isinstance(value, dict):
            return Skipped(number, "no record", bad=True)
        return read(number, self._key(kind, value, guest), value, guest, self.options.today)

    def _key(self, kind: str, value: dict[str, Any], guest: Guest | None) -> str:
        """A key of a part: its uuid, or where it has none (conversations) of what it says."""
        owner = guest.external_id if guest is not None else None
        uuid = parts.identity(value)
        key = f"{kind}:{uuid}" if uuid else f"{kind}:{owner}:{sentences.digest(*parts.texts(value))}"
        self._keys[key] += 1
        if self._keys[key] == 1:
            return key
        # Some made by hand give the parts of each contact the same uuids.
        return self._key(f"{kind}:{owner}", value, None) if guest is not None else f"{key}:{self._keys[key]}"

    def activities(self, number: int, activities: list[Any]) -> Iterator[Item]:
        """The activities with everybody who has a part in them."""
        seen = {_activity_key(activity) for activity in activities if isinstance(activity, dict)}
        inside = [activity for key, activity in self._inside.items() if key not in seen]
        for at, activity in enumerate([*activities, *inside], number + 1):
            if not isinstance(activity, dict):
                yield Skipped(at, "no record", bad=True)
                continue
            guests = tuple(self._guests.get(_activity_key(activity), {}).values())
            if not guests:
                yield Skipped(at, sentences.NOBODY)
                continue
            item = parts.activity(at, self._key("activity", activity, None), activity, guests[0], self.options.today)
            yield item._replace(guests=guests) if isinstance(item, Interaction) else item
