"""Records in few words, a journal that they are joined to, and what is stored then."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from netjournal import store
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.sources import from_bytes
from netjournal.journal.joining.join import join
from netjournal.store.queries.export import records

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from netjournal.journal.joining.tally import Joined
    from netjournal.store.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 23)
OLD, NEW = "2026-11-01T10:00:00Z", "2026-11-20T10:00:00Z"
UID = {n: f"{n:032x}" for n in range(1, 40)}
Record = dict[str, Any]


def writing(path: Path, command: str = "test") -> AbstractContextManager[UnitOfWork]:
    return store.writing(path, command, TODAY, NEW)


def contact(uid: int, handle: str, **values: Any) -> Record:
    told = {"name": handle.title(), "added_on": "2026-11-01", "changed_at": OLD}
    return {"type": "contact", "uid": UID[uid], "contact": handle, **told, **values}


def interaction(uid: int, *people: int, **values: Any) -> Record:
    told = {"on": "2026-11-02", "kind": "email", "direction": "out", "changed_at": OLD}
    return {"type": "interaction", "uid": UID[uid], **told, "contact_uids": [UID[n] for n in people], **values}


def organization(uid: int, name: str, *aliases: str, changed_at: str = OLD) -> Record:
    told = {"organization": name, "aliases": list(aliases), "changed_at": changed_at}
    return {"type": "organization", "uid": UID[uid], **told}


def joined(path: Path, *told: Record | str) -> Joined:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in told]
    source = from_bytes("\n".join(lines).encode())
    with writing(path, "import netjournal") as uow:
        return join(uow, lambda kinds: read_records(source, kinds))


def counts(found: Joined) -> tuple[int, int, int, int]:
    receipt = found.receipt
    assert receipt.read == receipt.created + receipt.updated + receipt.unchanged + receipt.skipped
    return receipt.created, receipt.updated, receipt.unchanged, receipt.skipped


def stored(path: Path) -> list[Record]:
    with store.reading(path) as connection:
        return list(records(connection))


def one(path: Path, kind: str, uid: int) -> Record:
    return next(r for r in stored(path) if r["type"] == kind and r["uid"] == UID[uid])


def begin(path: Path) -> Path:
    """A journal that holds one contact already, so that it does not become the file."""
    joined(path, contact(30, "zed"))
    return path
