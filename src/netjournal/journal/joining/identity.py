"""Who in the file is somebody here under another uid.

A record here that the file knows by its uid is nobody else of the file, and each is taken once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain import names
from netjournal.domain.methods import identity_key
from netjournal.journal.joining.canon import later
from netjournal.store.queries import joining as queries
from netjournal.store.queries.export import OTHER_JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netjournal.journal.joining.world import World
    from netjournal.store.queries.export_interactions import Record

#: Records of the file by uid.
File = dict[str, "Record"]
#: The uid of the file by the uid here.
Pairs = dict[str, str]


def by_name(world: World, kind: str, file: File) -> Pairs:
    """Circles and groups that share a name, of which there can be one only.

    Where the one here is in the file itself, the other is only another name for it, and is taken out of the file.
    """
    owners: dict[str, str] = {}
    for here in queries.records_here(world.uow.read, kind):
        theirs = file.get(here["uid"])
        is_theirs = theirs is not None and later(world.told(kind, theirs, quietly=True), world.here(kind, here, theirs))
        # By what it will be called once both are joined.
        owners.setdefault(_name(kind, theirs if theirs is not None and is_theirs else here), here["uid"])
    pairs: Pairs = {}
    for uid in _unknown(world, kind, file):
        owner = owners.get(_name(kind, file[uid]))
        if owner is None:
            world.new_id(kind, uid)
            continue
        world.means(kind, uid, owner, world.ids[kind][owner])
        if owner in file or owner in pairs:
            del file[uid]
            world.tally.unchanged += 1
        else:
            pairs[owner] = uid
    return pairs


def _name(kind: str, record: Record) -> str:
    return names.fold(record[kind])


def _unknown(world: World, kind: str, file: File) -> list[str]:
    """The uids that are not here, in an order that does not hang on the file's."""
    return sorted(uid for uid in file if uid not in world.ids[kind])


def by_title(world: World, file: File) -> Pairs:
    """Objectives of the same key and title."""
    there = {
        (here["key"], names.fold(here["title"])): here["uid"]
        for here in queries.records_here(world.uow.read, "objective")
        if here["uid"] not in file
    }
    pairs: Pairs = {}
    for uid in _unknown(world, "objective", file):
        owner = there.get((file[uid]["key"], names.fold(file[uid]["title"])))
        if owner is None or owner in pairs:
            world.new_id("objective", uid)
        else:
            world.means("objective", uid, owner, world.ids["objective"][owner])
            pairs[owner] = uid
    return pairs


def by_reach(world: World, file: File) -> Pairs:
    """Contacts that were one before, that a source calls the same, that share an address or link, or name and organization.

    Circles and organizations must be known. A name alone is told of, and makes nobody somebody.
    """
    reached: dict[tuple[str, str], list[str]] = {}
    employed: dict[tuple[str, str], list[str]] = {}
    namesakes: dict[str, str] = {}
    for here in queries.records_here(world.uow.read, "contact"):
        namesakes.setdefault(names.fold(here["name"]), here["contact"])
        if here["uid"] in file:
            continue
        for key in _reach(here):
            reached.setdefault(key, []).append(here["uid"])
        for key in _work(world, here):
            employed.setdefault(key, []).append(here["uid"])
    pairs = _met_before(world, file)
    for uid in _unknown(world, "contact", file):
        record = file[uid]
        owner = _best(_reach(record), reached, pairs) or _best(_work(world, record), employed, pairs)
        if owner is not None:
            world.means("contact", uid, owner, world.ids["contact"][owner])
            pairs[owner] = uid
            continue
        world.new_id("contact", uid)
        if (other := namesakes.get(names.fold(record["name"]))) is not None:
            world.namesakes[uid] = other
    return pairs


def _met_before(world: World, file: File) -> Pairs:
    """Contacts who were found to be one when an earlier file was joined, whatever was changed of either since."""
    pairs: Pairs = {}
    for uid in _unknown(world, "contact", file):
        owner = world.met.get(uid)
        if owner is not None and owner not in file and owner not in pairs:
            world.means("contact", uid, owner, world.ids["contact"][owner])
            pairs[owner] = uid
    return pairs


def remember(world: World, pairs: Pairs) -> None:
    """Keep by which other uids contacts are known, once they are written: what was written anew has lost its own."""
    known = world.met | {uid: owner for owner, uid in pairs.items()}
    there = queries.other_uids(world.uow.read)
    rows = [(world.ids["contact"][owner], OTHER_JOURNAL, uid) for uid, owner in known.items() if uid not in there]
    world.uow.add_rows("contact_source", ("contact_id", "source", "external_id"), rows)


def _best(
    keys: Iterable[tuple[str, str]], owners: Mapping[tuple[str, str], list[str]], taken: Mapping[str, str]
) -> str | None:
    """Of those who are not taken, the one that answers to most of the keys; of equals the lesser uid."""
    counts: dict[str, int] = {}
    for key in keys:
        for owner in owners.get(key, ()):
            if owner not in taken:
                counts[owner] = counts.get(owner, 0) + 1
    return min(counts, key=lambda owner: (-counts[owner], owner), default=None)


def _reach(record: Record) -> Iterator[tuple[str, str]]:
    for source in record["sources"]:
        yield f"source {source['source']}", source["external_id"]
    for kind, values in (("email", "emails"), ("url", "urls")):
        for value in record[values]:
            if (key := identity_key(kind, value)) is not None:
                yield kind, key


def _work(world: World, record: Record) -> set[tuple[str, str]]:
    name = names.fold(record["name"])
    uids = {work.get("organization_uid") for work in record["affiliations"]} - {None}
    return {(name, world.same.get(uid, uid)) for uid in uids if uid in world.ids["organization"]}
