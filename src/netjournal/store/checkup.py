"""The door to a check of everything: the journal, where it lies, its backups; and what of it can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from netjournal.errors import JournalError, StorageError
from netjournal.store import surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from netjournal.store.sqlite.doctor import Facts

Status = Literal["ok", "warning", "failed", "repaired"]


class CheckRow(NamedTuple):
    """What was looked at, and what was found."""

    check: str
    status: Status
    text: str


class SalvagedRow(NamedTuple):
    """What came of one table; `lost_count` is None where rows were lost and nothing says how many."""

    table: str
    read_count: int
    lost_count: int | None


#: Checks whose faults are made anew by a repair, with what is wrong; and others, with the mend.
_REBUILT: Final = {
    "search index": "documents of the search index are not what the records say",
    "folded names": "names are folded otherwise than this program does",
    "exposure": "interactions count as exposure and are not, or the reverse",
    "touch days": "touches have another day or kind than their interaction",
}
_OTHERS: Final = {
    "references": ("records refer to others that are not there", "`netj doctor --salvage NEW` leaves them out"),
    "handles": ("handles or keys cannot be typed", "`netj contact edit` and `netj objective edit` give others"),
    "organizations": ("names mean two organizations", "`netj org merge` makes them one"),
    "past": ("noted changes are not of this program's making", "undo of those is refused; `netj restore latest`"),
}
_FINE: Final = {
    "search index": "says what the records say",
    "folded names": "as this program folds them",
    "exposure": "as derived from kind, direction and people",
    "touch days": "those of their interactions",
    "references": "each record that is referred to is there",
    "handles": "all can be typed",
    "organizations": "each name means one",
    "past": "each noted change can be read",
}
#: Reason of the backup before a repair.
_REPAIRED: Final = "before-repair"
_REPAIR: Final = "`netj doctor --repair` mends it"
_MENDS: Final = (
    "`netj restore latest` puts the newest good backup in its place, `netj doctor --salvage NEW` reads what is left"
)


def checkup(path: Path, moment: tuple[date, str], *, repair: bool) -> list[CheckRow]:
    """Check everything, and with `repair` mend what can be made anew; `moment` is today and now.

    Without it no byte is changed. Raises BusyError, and StorageError where the journal cannot be looked at.
    """
    from netjournal.store.sqlite import backup, doctor

    if not path.exists():
        return [CheckRow("file", "ok", f"{path}: there is no journal yet")]
    rows = [*_place(path), *_permissions(path, repair=repair)]
    try:
        found = doctor.facts(path)
    except JournalError as error:
        return [CheckRow("file", "failed", error.sentence), *rows, *_backups(path), CheckRow("pages", "failed", _MENDS)]
    mended: set[str] = set()
    faulty = {name for name in _REBUILT if found.wrong.get(name, 0) != 0}
    if repair and faulty and found.broken is None:
        today, now = moment
        if backup.back_up(path, _REPAIRED, today) is None:
            raise StorageError("Nothing was repaired: no backup could be made.")
        doctor.repair(path, today.isoformat(), now)
        found = doctor.facts(path)
        mended = {name for name in faulty if found.wrong.get(name) == 0}
    return [*_facts(path, found), *rows, *_backups(path), *_sound(found, mended)]


def _facts(path: Path, found: Facts) -> Iterator[CheckRow]:
    from netjournal.store.sqlite.opener import SCHEMA_VERSION

    yield CheckRow("file", "ok", f"{path}, {_size(path.stat().st_size)}")
    counts = ", ".join(f"{table.removeprefix('contact_')} {number}" for table, number in found.counts.items())
    yield CheckRow("records", "ok", counts or "none")
    yield CheckRow("last write", "ok", f"{found.last[0]}, {found.last[1]}" if found.last else "none yet")
    older = found.schema < SCHEMA_VERSION
    yield CheckRow("schema", "ok", f"{found.schema}" + (f", becomes {SCHEMA_VERSION} at the next use" if older else ""))
    yield CheckRow("sqlite", "ok", found.sqlite)


def _place(path: Path) -> Iterator[CheckRow]:
    kind, is_remote = surroundings.file_system(path)
    if is_remote:
        text = f"{kind}: another machine's disk may lose writes or locks; keep the journal on a disk of this one"
        yield CheckRow("file system", "warning", text)
    else:
        yield CheckRow("file system", "ok", kind or "not told by this system")
    service = surroundings.synced_by(path)
    if service:
        text = (
            f"{service} copies this folder while the journal is being written, and from two machines leaves two: keep it "
            "elsewhere (--db, NETJ_DB), and put a copy here with `netj backup FILE`"
        )
        yield CheckRow("synced folder", "warning", text)
    else:
        yield CheckRow("synced folder", "ok", "none seen")


def _permissions(path: Path, *, repair: bool) -> Iterator[CheckRow]:
    from netjournal.store.sqlite.backup import backups

    loose = surroundings.loose(path, [one.path for one in backups(path)])
    if not loose:
        if surroundings.is_open_to_others(path):
            text = f"others may replace files in {path.parent}: `chmod go-w` it"
            yield CheckRow("permissions", "warning", text)
        else:
            yield CheckRow("permissions", "ok", "yours alone")
        return
    many = f"{loose[0].path}" + (f" and {len(loose) - 1} more" if len(loose) > 1 else "")
    if repair:
        for found in loose:
            found.path.chmod(found.mode)
        yield CheckRow("permissions", "repaired", f"{many}: yours alone now")
    else:
        yield CheckRow("permissions", "warning", f"{many}: others may read it; {_REPAIR}")


def _backups(path: Path) -> Iterator[CheckRow]:
    from netjournal.store.sqlite.backup import REPLACED, backups
    from netjournal.store.sqlite.verify import examine

    # What a restore or a repair put aside may well be what was wrong.
    found = [one for one in backups(path) if not one.reason.startswith((REPLACED, _REPAIRED))]
    if not found:
        yield CheckRow("backups", "warning", "none yet: `netj backup` makes one")
        return
    state = examine(found[0].path).state
    text = f"{len(found)}, the newest of {found[0].day} ({found[0].reason}), which is {state}"
    yield CheckRow("backups", "ok" if state == "ok" else "failed", text)


def _sound(found: Facts, mended: set[str]) -> Iterator[CheckRow]:
    if found.broken is not None:
        yield CheckRow("pages", "failed", f"{found.broken}; {_MENDS}")
    else:
        yield CheckRow("pages", "ok", "whole")
    for name, number in found.wrong.items():
        if number == 0:
            status: Status = "repaired" if name in mended else "ok"
            yield CheckRow(name, status, "made anew" if name in mended else _FINE[name])
        elif number is None:
            yield CheckRow(name, "failed", f"cannot be read; {_MENDS}")
        elif name in _REBUILT:
            yield CheckRow(name, "failed", f"{number} {_REBUILT[name]}; {_REPAIR}")
        else:
            what, mend = _OTHERS[name]
            yield CheckRow(name, "failed" if name in ("references", "past") else "warning", f"{number} {what}; {mend}")


def salvaged(path: Path, target: Path) -> tuple[tuple[SalvagedRow, ...], int]:
    """Read what can be read into a new journal; what came of each table, and how many pages could not be read.

    Raises ConflictError where the new file exists, JournalError where nothing can be read, NotFoundError, StorageError.
    """
    from netjournal.store.sqlite.salvage import salvage

    told, damaged = salvage(path, target)
    return tuple(SalvagedRow(*row) for row in told if row.read_count or row.lost_count != 0), damaged


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"
