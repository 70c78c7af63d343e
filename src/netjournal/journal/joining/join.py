"""`import netjournal`: another journal's export joined to this one, in one transaction.

Of each record the newer version holds. Nothing is deleted, and an empty journal becomes the file, to the byte.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from netjournal.journal.joining import identity, organizations
from netjournal.journal.joining.canon import later
from netjournal.journal.joining.interactions import join_interactions
from netjournal.journal.joining.rows import write, write_children
from netjournal.journal.joining.settling import settled
from netjournal.journal.joining.tally import Joined, Tally
from netjournal.journal.joining.world import World
from netjournal.store.queries import joining as queries

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from netjournal.interchange.records import Remark, Skipped
    from netjournal.store.queries.export_interactions import Record
    from netjournal.store.unit_of_work import UnitOfWork

    #: Reads the records of some types from the beginning of the file, checked by the reader.
    Read = Callable[[Collection[str]], Iterable[dict[str, Any] | Skipped | Remark]]

_HEAD: Final = "netjournal"
_UID: Final = re.compile(r"[0-9a-f]{32}")
#: All that is held in memory at once: everything but the log, of which there may be any number.
_HELD: Final = ("circle", "organization", "contact", "group", "objective", "followup", "opportunity", "signal")

File = dict[str, dict[str, "Record"]]


def join(uow: UnitOfWork, read: Read) -> Joined:
    """Join the records of an export to those here. Raises what `read` raises."""
    uow.keep_stamps()
    tally = Tally()
    head, file = _held(read, tally)
    if queries.is_untouched(uow.read, uow.action_id):
        _become(uow, head, file)
        tally.is_quiet = True
    world = World(uow, tally)
    for kind in ("circle", "organization"):
        _join_named(world, kind, file[kind])
    _join_people(world, file)
    _join_named(world, "group", file["group"])
    join_interactions(world, _log(read, tally))
    _join_rest(world, file)
    return tally.joined()


def _held(read: Read, tally: Tally) -> tuple[Record, File]:
    """The head, and all records but the log; of two versions of one in the file itself the one that holds."""
    head: Record = {}
    file: File = {kind: {} for kind in _HELD}
    for item in read((_HEAD, *_HELD)):
        if not isinstance(item, dict):
            tally.left_out.append(item)
        elif item["type"] == _HEAD:
            head = head or item
        else:
            records, uid = file[item["type"]], item["uid"]
            other = records.get(uid)
            tally.unchanged += other is not None
            if other is None or later(item, other):
                records[uid] = item
    return head, file


def _log(read: Read, tally: Tally) -> Callable[[], Iterator[Record]]:
    """What reads the log from its beginning, and tells of what it cannot use the last time only."""

    def records() -> Iterator[Record]:
        left_out = []
        for item in read(("interaction",)):
            if isinstance(item, dict):
                yield item
            else:
                left_out.append(item)
        told[:] = left_out
        tally.left_out[before:] = told

    before = len(tally.left_out)
    told: list[Skipped | Remark] = []
    return records


def _become(uow: UnitOfWork, head: Record, file: File) -> None:
    """Make the empty journal that of the file: its uid, and no starting circle that the file has not."""
    uid = head.get("uid")
    if isinstance(uid, str) and _UID.fullmatch(uid) and uid != queries.journal_uid(uow.read):
        uow.change("journal", {"id": 1}, uid=uid)
    gone = [identity for circle, identity in queries.ids(uow.read, "circle").items() if circle not in file["circle"]]
    if head:
        uow.remove_rows("circle", "id", gone)


def _join_named(world: World, kind: str, file: dict[str, Record]) -> None:
    pairs = organizations.by_names(world, file) if kind == "organization" else identity.by_name(world, kind, file)
    changes = settled(world, kind, file, pairs)
    write(world, kind, changes)
    if kind != "circle":
        write_children(world, kind, changes)


def _join_people(world: World, file: File) -> None:
    """Contacts and objectives, which refer to each other: first who is who, then what holds, then what belongs to it."""
    people, objectives = file["contact"], file["objective"]
    pairs = {"contact": identity.by_reach(world, people), "objective": identity.by_title(world, objectives)}
    changes = {kind: settled(world, kind, file[kind], pairs[kind]) for kind in ("contact", "objective")}
    for kind, changed in changes.items():
        write(world, kind, changed)
    for kind, changed in changes.items():
        write_children(world, kind, changed)
    identity.remember(world, pairs["contact"])


def _join_rest(world: World, file: File) -> None:
    """What refers to interactions."""
    wanted = {f["interaction_uid"] for f in file["followup"].values()} - {None}
    wanted.update(uid for record in file["opportunity"].values() for uid in record["interaction_uids"])
    known = queries.ids_of(world.uow.read, "interaction", wanted)
    # Those that go by another uid here are known already.
    world.ids["interaction"] = known | world.ids["interaction"]
    for kind in ("followup", "opportunity", "signal"):
        changes = settled(world, kind, file[kind])
        write(world, kind, changes)
        if kind == "opportunity":
            write_children(world, kind, changes)
