"""Which uid of the file means which record here, and the free ids of new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.journal.joining.canon import canonical
from netjournal.store.queries import joining as queries

if TYPE_CHECKING:
    from netjournal.journal.joining.tally import Tally
    from netjournal.store.queries.export_interactions import Record
    from netjournal.store.unit_of_work import UnitOfWork

#: Types that others refer to, few enough to be known by heart.
_KNOWN: Final = ("circle", "organization", "contact", "group", "objective")


class World:
    """The records here and those of the file, as one: a map from every uid to an id here."""

    def __init__(self, uow: UnitOfWork, tally: Tally) -> None:
        self.uow = uow
        self.tally = tally
        self.ids: dict[str, dict[str, int]] = {kind: queries.ids(uow.read, kind) for kind in _KNOWN}
        #: Of interactions only those that somebody refers to or that go by another uid here.
        self.ids["interaction"] = {}
        #: The one uid of those that mean the same record.
        self.same: dict[str, str] = {}
        #: All of those, of each.
        self._together: dict[str, list[str]] = {}
        #: New contacts who share no more than their name with somebody here: their uid, and the other's handle.
        self.namesakes: dict[str, str] = {}
        #: Contacts that an earlier file knew by another uid: theirs here, by that.
        self.met = queries.other_uids(uow.read)
        #: By uid, what was deleted here.
        self.gone = queries.deleted(uow.read)
        self._next: dict[str, int] = {}

    def new_id(self, kind: str, uid: str) -> int:
        """The id of a record that is made here; from now on its uid can be referred to."""
        table = queries.TABLE_OF[kind]
        given = self._next.get(kind) or self.uow.next_id(table)
        self._next[kind] = given + 1
        if kind in _KNOWN:
            self.ids[kind][uid] = given
        return given

    def ids_here(self, kind: str) -> dict[str, int]:
        """The ids of the records of a type by uid."""
        if kind not in self.ids:
            self.ids[kind] = queries.ids(self.uow.read, kind)
        return self.ids[kind]

    def means(self, kind: str, file_uid: str, here_uid: str, identity: int) -> None:
        """Say that a record of the file is one here that goes by another uid."""
        self.ids[kind][file_uid] = self.ids[kind][here_uid] = identity
        one, other = (self._together.get(uid, [uid]) for uid in (file_uid, here_uid))
        together = one if one is other else one + other
        self._together |= dict.fromkeys(together, together)
        self.same |= dict.fromkeys(together, min(together))

    def here(self, kind: str, record: Record, keys: Record) -> Record:
        """The canonical form of a record of this journal."""
        same = self.same
        return canonical(kind, record, keys, lambda _, uid: same.get(uid, uid))

    def told(self, kind: str, record: Record, *, quietly: bool = False) -> Record:
        """The canonical form of a record of the file; references to nobody are left out, and told of unless quietly."""
        lost = 0

        def resolve(to: str, uid: str) -> str | None:
            nonlocal lost
            if uid in self.ids[to]:
                return self.same.get(uid, uid)
            lost += 1
            return None

        found = canonical(kind, record, record, resolve)
        if lost and not quietly:
            self.tally.lost(kind, record)
        return found
