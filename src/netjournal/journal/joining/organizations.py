"""Which organizations of two journals are one: those of one uid, and those that share a name or alias.

An organization's names only ever grow in number, so of all versions the newest says what it is called and every other
name of any of them stays an alias. Whoever is told of the same organizations in another order ends with the same ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import names
from netjournal.journal.joining.canon import later
from netjournal.journal.organizations import hand_on
from netjournal.store.queries import joining as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.journal.joining.identity import File, Pairs
    from netjournal.journal.joining.world import World
    from netjournal.store.queries.export_interactions import Record


class _Group(NamedTuple):
    """Versions that mean one organization, and the one of them that holds."""

    uids: list[str]
    versions: list[Record]
    holds: Record


def by_names(world: World, file: File) -> Pairs:
    """Make one of all that mean the same organization; the file then holds its one version under one uid.

    Two that both journals know by their uids stay two, whatever they are called.
    """
    here = {record["uid"]: record for record in queries.records_here(world.uow.read, "organization")}
    groups = list(_groups(here, file))
    owners = {names.fold_organization(group.holds["organization"]): group for group in reversed(groups)}
    pairs: Pairs = {}
    for group in groups:
        told = [uid for uid in group.uids if uid in file]
        if not told:
            continue
        mine = [uid for uid in group.uids if uid in here]
        kept = min(mine, key=lambda uid: (uid not in file, uid), default=min(told))
        spoken = kept if kept in file else min(told)
        identity = world.ids["organization"].get(kept) or world.new_id("organization", kept)
        for uid in group.uids:
            if uid != kept:
                _absorb(world, uid, identity, kept)
        _tell(world, group, here.get(kept), told)
        for uid in told:
            del file[uid]
        file[spoken] = {**group.holds, "uid": spoken, "aliases": list(_aliases(group, owners))}
        world.tally.unchanged += len(told) - 1
        if spoken != kept:
            pairs[kept] = spoken
    return pairs


def _groups(here: File, file: File) -> Iterator[_Group]:
    """Every organization here and of the file, in an order that does not hang on which of the two is which."""
    versions: dict[str, list[Record]] = {}
    for uid in sorted({*here, *file}):
        versions[uid] = [records[uid] for records in (here, file) if uid in records]
    group = {uid: [uid] for uid in versions}
    shared = here.keys() & file.keys()
    claimed: dict[str, str] = {}
    for uid, told in versions.items():
        for key in (key for record in told for key in folded(record)):
            one, other = group[claimed.setdefault(key, uid)], group[uid]
            if one is not other and not (shared.intersection(one) and shared.intersection(other)):
                one += other
                group.update(dict.fromkeys(other, one))
    for uid, uids in group.items():
        if uid == uids[0]:
            told = [record for each in uids for record in versions[each]]
            yield _Group(uids, told, _newest([record for record in told if not _is_alias(record, told)] or told))


def _is_alias(record: Record, versions: list[Record]) -> bool:
    """Whether another organization answers to this one's name: whoever made it apart did not mean to rename that."""
    name = names.fold_organization(record["organization"])
    return any(other["uid"] != record["uid"] and name in folded(other)[1:] for other in versions)


def _newest(versions: list[Record]) -> Record:
    holds = versions[0]
    for record in versions[1:]:
        holds = record if later(_spelled(record), _spelled(holds)) else holds
    return holds


def folded(record: Record) -> list[str]:
    """What an organization answers to, its name first."""
    return [names.fold_organization(name) for name in (record["organization"], *record["aliases"])]


def _spelled(record: Record) -> Record:
    """What two versions are compared by where they are of one time."""
    aliases = sorted(folded(record)[1:])
    return {"changed_at": record["changed_at"], "organization": record["organization"], "aliases": aliases}


def _aliases(group: _Group, owners: dict[str, _Group]) -> Iterable[str]:
    """Every name of any version but its own, each once, which is not what another organization is called."""
    kept: dict[str, str] = {}
    for record in group.versions:
        for name in (record["organization"], *record["aliases"]):
            key = names.fold_organization(name)
            if owners.get(key, group) is group:
                # Of two spellings the greater one, whichever journal it is from.
                kept[key] = max(name, kept.get(key, name))
    kept.pop(names.fold_organization(group.holds["organization"]), None)
    return (kept[key] for key in sorted(kept))


def _absorb(world: World, uid: str, identity: int, kept: str) -> None:
    """Say that another uid means the one that is kept, and hand on what belongs to it here."""
    dropped = world.ids["organization"].get(uid)
    world.means("organization", uid, kept, identity)
    if dropped is None or dropped == identity:
        return
    hand_on(world.uow, dropped, identity)
    world.tally.one_now(uid, kept)


def _tell(world: World, group: _Group, here: Record | None, told: list[str]) -> None:
    """Name an organization that is called otherwise here and in the file."""
    if here is None:
        return
    names_told = {record["organization"] for record in group.versions if record["uid"] in told and record is not here}
    if names_told - {here["organization"]}:
        called = f"organization {here['uid'][:8]}"
        world.tally.differs(called, file_holds=group.holds["organization"] != here["organization"])
