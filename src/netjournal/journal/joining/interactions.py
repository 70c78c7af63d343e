"""Interactions of the file, a batch at a time: a log of any length takes no more memory than its batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.journal.joining.rows import Change, write, write_children
from netjournal.journal.joining.settling import Owner, counted, fresh, held, with_free_sources
from netjournal.store.queries import export
from netjournal.store.queries import joining as queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from netjournal.journal.joining.settling import Draft
    from netjournal.journal.joining.world import World
    from netjournal.store.queries.export_interactions import Record

_BATCH: Final = 1000


def join_interactions(world: World, records: Callable[[], Iterable[Record]]) -> None:
    """Join the interactions; everybody in them must be here by now. `records` reads them from the beginning."""
    called = queries.has_sources(world.uow.read)
    log = _Log(world, {bytes.fromhex(record["uid"]) for record in records()} if called else None)
    for batch in _batches(records()):
        log.join(batch)


def _batches(records: Iterable[Record]) -> Iterator[dict[str, Record]]:
    batch: dict[str, Record] = {}
    for record in records:
        # A second version of one record waits until the first one is written.
        if len(batch) == _BATCH or record["uid"] in batch:
            yield batch
            batch = {}
        batch[record["uid"]] = record
    if batch:
        yield batch


class _Log:
    """The interactions here, as the file's are joined to them."""

    def __init__(self, world: World, in_file: set[bytes] | None) -> None:
        self.world = world
        self.handles, self.uids = export.people(world.uow.read)
        #: The uids of the file; None where no interaction here has a source, so that none can go by another uid.
        self.in_file = in_file
        self.taken: set[int] = set()

    def join(self, batch: dict[str, Record]) -> None:
        world, read = self.world, self.world.uow.read
        known = queries.ids_of(read, "interaction", batch)
        called = self._called(batch)
        known |= self._by_source(batch, known, called)
        here = queries.interactions_here(read, known.values(), self.handles, self.uids)
        drafts: list[Draft] = []
        for uid, record in batch.items():
            if uid in known:
                drafts += held(world, "interaction", known[uid], here[known[uid]], record)
            else:
                drafts += fresh(world, "interaction", record)
        drafts = with_free_sources(world, "interaction", drafts, self._owners(called))
        changes = [Change(d.id, d.uid, d.record, d.here is None) for d in drafts if counted(world, d)]
        write(world, "interaction", changes)
        write_children(world, "interaction", changes)

    def _owners(self, called: dict[tuple[str, str], tuple[int, str]]) -> dict[tuple[str, str], Owner]:
        known: set[bytes] = self.in_file or set()
        same = self.world.same
        return {
            key: Owner(bytes.fromhex(uid) not in known, same.get(uid, uid), identity)
            for key, (identity, uid) in called.items()
        }

    def _called(self, batch: dict[str, Record]) -> dict[tuple[str, str], tuple[int, str]]:
        wanted = {(s["source"], s["external_id"]) for record in batch.values() for s in record["sources"]}
        return queries.interactions_called(self.world.uow.read, wanted) if wanted else {}

    def _by_source(
        self, batch: dict[str, Record], known: dict[str, int], called: dict[tuple[str, str], tuple[int, str]]
    ) -> dict[str, int]:
        """Those of the batch that are here under another uid, which no other of the file has a better claim to."""
        found: dict[str, int] = {}
        if self.in_file is None:
            return found
        for uid, record in batch.items():
            for source in record["sources"] if uid not in known else ():
                identity, here_uid = called.get((source["source"], source["external_id"]), (0, ""))
                if identity and identity not in self.taken and bytes.fromhex(here_uid) not in self.in_file:
                    self.taken.add(identity)
                    self.world.means("interaction", uid, here_uid, identity)
                    found[uid] = identity
                    break
        return found
