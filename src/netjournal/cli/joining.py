"""`import netjournal`: another machine's journal, merged into this one record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.cli.importing import reading_progress, refuse_bad
from netjournal.domain.words import Prose
from netjournal.interchange.formats import OWN
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.records import Skipped
from netjournal.journal.importing.plan import Imported

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from netjournal.cli.context import Session
    from netjournal.interchange.records import Remark
    from netjournal.interchange.sources import Source
    from netjournal.journal.joining.tally import Joined
    from netjournal.store.unit_of_work import UnitOfWork

#: Items that are told one by one; of more, the count.
_MOST_TOLD = 20


def join_journals(session: Session, sources: Sequence[Source], *, dry_run: bool, strict: bool) -> Imported:
    """The receipt of a merge, done or with `dry_run` only tried. Raises InputFileError."""
    from netjournal.journal.joining.join import join

    if not dry_run:
        session.back_up("before-import")
    with reading_progress(session, sources, readings=3), _unit_of_work(session, dry_run=dry_run) as uow:
        found = []
        for source in sources:

            def read(kinds: Collection[str], source: Source = source) -> Iterable[dict[str, object] | Skipped | Remark]:
                return read_records(source, kinds, session.today)

            found.append(join(uow, read))
            if strict:
                refuse_bad([f"Line {item.line}: {item.reason}" for item in _bad_items(found[-1])])
    return _receipt(found)


def _unit_of_work(session: Session, *, dry_run: bool) -> AbstractContextManager[UnitOfWork]:
    if not dry_run:
        return session.writing(f"import {OWN}")
    from netjournal.store import rehearsing

    return rehearsing(session.journal_path, f"import {OWN}", session.today, session.now)


def _bad_items(found: Joined) -> Iterator[Skipped]:
    for item in found.left_out:
        if isinstance(item, Skipped) and item.bad:
            yield item


def _receipt(found: Sequence[Joined]) -> Imported:
    receipts = [one.receipt for one in found]
    left_out = [item for one in found for item in one.left_out]
    notes = [f"line {i.line}: {i.reason}, skipped" if isinstance(i, Skipped) else i.text for i in left_out]
    if len(notes) > _MOST_TOLD:
        notes = [*notes[:_MOST_TOLD], f"{len(notes) - _MOST_TOLD:,} more of these"]
    return Imported(
        OWN,
        sum(r.read for r in receipts),
        sum(r.created for r in receipts),
        sum(r.updated for r in receipts),
        sum(r.unchanged for r in receipts),
        sum(r.skipped for r in receipts),
        sum(r.signals for r in receipts),
        (*map(Prose, notes), *(warning for r in receipts for warning in r.warnings)),
    )
