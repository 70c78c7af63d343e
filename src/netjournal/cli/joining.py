"""`import netjournal`: another machine's journal, merged into this one record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.cli.context import Session
    from netjournal.interchange.sources import Source
    from netjournal.journal.imports import Imported


def joined(session: Session, sources: Sequence[Source], *, dry_run: bool, strict: bool) -> Imported:
    """The receipt of a merge, done or with `dry_run` only tried."""
    raise NotImplementedError
