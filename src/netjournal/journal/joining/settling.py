"""Of each record's two versions the one that holds, and what of it is free to be taken here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import names
from netjournal.domain.text import NAME_LIMIT
from netjournal.journal.joining.canon import WORD_OF, later
from netjournal.journal.joining.rows import Change
from netjournal.journal.joining.tally import called
from netjournal.store.queries import joining as queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.journal.joining.identity import File, Pairs
    from netjournal.journal.joining.world import World
    from netjournal.store.queries.export_interactions import Record

#: A source, and what it calls a record.
Called = tuple[str, str]


class Owner(NamedTuple):
    """Who claims to be called so by a source; of two the lesser one is."""

    is_apart: bool
    uid: str
    id: int


class Draft(NamedTuple):
    """A record of which the file's version holds; `here` is the version of this journal, None where there is none."""

    id: int
    uid: str
    record: Record
    here: Record | None
    told: Record
    #: How the record here is named to the user.
    called: str


def settled(world: World, kind: str, file: File, pairs: Pairs | None = None) -> list[Change]:
    """What is to be written of the records of one type; everything they refer to must have its id.

    Takes the records out of `file` as it goes.
    """
    drafts = []
    shared = set()
    for here in queries.records_here(world.uow.read, kind):
        uid: str = here["uid"]
        told = file.pop((pairs or {}).get(uid, uid), None)
        if told is not None:
            shared.add(uid)
            drafts += held(world, kind, world.ids_here(kind)[uid], here, told)
    for uid in sorted(file):
        drafts += fresh(world, kind, file.pop(uid))
    if kind in ("circle", "organization", "group"):
        drafts = _with_free_names(world, kind, drafts)
    elif kind == "contact":
        people = queries.people_called(world.uow.read)
        owners = {
            key: Owner(uid not in shared, world.same.get(uid, uid), identity) for key, (identity, uid) in people.items()
        }
        drafts = with_free_sources(world, kind, drafts, owners)
    return _changes(world, kind, drafts)


def held(world: World, kind: str, identity: int, here: Record, told: Record) -> list[Draft]:
    """The file's version of a record that is here, if it holds."""
    mine, theirs = world.here(kind, here, told), world.told(kind, told)
    if mine == theirs:
        world.tally.unchanged += 1
        return []
    # Of an organization the file's version is that of both already.
    if kind == "organization" or later(theirs, mine):
        return [Draft(identity, here["uid"], theirs, mine, told, called(kind, here))]
    world.tally.unchanged += 1
    if _says_else(mine, theirs):
        world.tally.differs(called(kind, here), file_holds=False)
    return []


def fresh(world: World, kind: str, told: Record) -> list[Draft]:
    """A record that is not here, unless it cannot be."""
    record = world.told(kind, told)
    if kind == "signal" and record["contact_uid"] is None:
        world.tally.nobody(kind, told)
        return []
    known = world.ids.get(kind, {}).get(told["uid"])
    return [Draft(known or world.new_id(kind, told["uid"]), told["uid"], record, None, told, called(kind, told))]


def counted(world: World, draft: Draft, *, tells: bool = True) -> bool:
    """Whether a draft changes anything, once it has only what is free; counts it, and tells where the two differed."""
    if draft.here is None:
        world.tally.created += 1
        if draft.uid in world.gone:
            world.tally.back(draft.called, world.gone[draft.uid])
        return True
    if draft.record == draft.here:
        world.tally.unchanged += 1
        return False
    world.tally.updated += 1
    if tells and _says_else(draft.here, draft.record):
        world.tally.differs(draft.called, file_holds=True)
    return True


def _says_else(one: Record, other: Record) -> bool:
    return {**one, "changed_at": ""} != {**other, "changed_at": ""}


def _changes(world: World, kind: str, drafts: Sequence[Draft]) -> list[Change]:
    # Of organizations it is told already, where it is known what each was called.
    drafts = [draft for draft in drafts if counted(world, draft, tells=kind != "organization")]
    words = queries.words_held(world.uow.read, kind) if kind in WORD_OF and drafts else {}
    taken = set(words.values())
    changes = []
    for draft in drafts:
        word = None
        is_renamed = draft.here is not None and kind in draft.here and draft.here[kind] != draft.record[kind]
        if kind in WORD_OF:
            word = draft.told[WORD_OF[kind]]
            if is_renamed := word != (own := words.get(draft.id)):
                # Its own word here is as good as free: it may be the wanted one with a number.
                taken.discard(own or "")
                word = names.free_slug(word, taken)
                taken.add(word)
        changes.append(Change(draft.id, draft.uid, draft.record, draft.here is None, word, is_renamed))
        if draft.here is None and kind == "contact" and draft.uid in world.namesakes:
            world.tally.namesake(str(word), world.namesakes[draft.uid])
    if kind == "signal":
        world.tally.signals += sum(change.is_new for change in changes)
    return changes


def _with_free_names(world: World, kind: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Give a number to a name that another record has, and leave out aliases that another one answers to."""
    fold = names.fold_organization if kind == "organization" else names.fold
    owners = queries.names_held(world.uow.read, kind)
    ids = {draft.id: draft for draft in drafts}
    for key, owner in list(owners.items()):
        if owner in ids:
            record = ids[owner].record
            if key not in {fold(name) for name in (record[kind], *record.get("aliases", ()))}:
                del owners[key]
    found = []
    for draft in drafts:
        name, number = draft.record[kind], 1
        while owners.get(fold(name), draft.id) != draft.id:
            number += 1
            tail = f" {number}"
            name = draft.record[kind][: NAME_LIMIT - len(tail)] + tail
        owners[fold(name)] = draft.id
        if number > 1:
            world.tally.named_anew(kind, draft.id)
        found.append(draft._replace(record={**draft.record, kind: name}))
    if kind != "organization":
        return found
    for place, draft in enumerate(found):
        aliases, own = draft.record["aliases"], fold(draft.record["organization"])
        free = tuple(a for a in aliases if fold(a) != own and owners.setdefault(fold(a), draft.id) == draft.id)
        found[place] = draft._replace(record={**draft.record, "aliases": free})
    return found


def with_free_sources(world: World, kind: str, drafts: Sequence[Draft], owners: Mapping[Called, Owner]) -> list[Draft]:
    """Leave out what a source calls another record, the same one whichever journal is joined to which.

    Of two that claim to be called so, the one that both journals know has it, else the lesser uid. Takes it from a record
    here that is no draft, where that has to give way.
    """
    ids = {draft.id for draft in drafts}
    claims = {key: owner for key, owner in owners.items() if owner.id not in ids}
    held = dict(claims)
    for draft in drafts:
        mine = Owner(draft.here is None, world.same.get(draft.uid, draft.uid), draft.id)
        for source in draft.record["sources"]:
            claims[source[:2]] = min(mine, claims.get(source[:2], mine))
    for (source, external_id), owner in held.items():
        if claims[source, external_id].id != owner.id:
            where = {f"{kind}_id": owner.id, "source": source, "external_id": external_id}
            world.uow.remove(f"{kind}_source", **where)
    found = []
    for draft in drafts:
        if not draft.record["sources"]:
            found.append(draft)
            continue
        free = tuple(s for s in draft.record["sources"] if claims[s[:2]].id == draft.id)
        found.append(draft._replace(record={**draft.record, "sources": free}))
    return found
