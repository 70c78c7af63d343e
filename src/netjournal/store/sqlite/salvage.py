"""Reading what can be read from a damaged journal into a new one: every row outside the damaged pages comes out."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from netjournal.errors import ConflictError, JournalError, NotFoundError, StorageError
from netjournal.store.sqlite import backup, opener, steps, verify
from netjournal.store.sqlite.faults import user_errors
from netjournal.store.sqlite.pages import DamagedPageError, Pages, Row
from netjournal.store.sqlite.shapes import fits, mend_references, shapes
from netjournal.store.uid import new_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netjournal.store.sqlite.pages import Value
    from netjournal.store.sqlite.shapes import Shape

_HISTORY = ("change", "action")


class Salvaged(NamedTuple):
    """What came of one table; `lost_count` is None where rows were lost and nothing says how many."""

    table: str
    read_count: int
    lost_count: int | None


def salvage(path: Path, target: Path) -> tuple[tuple[Salvaged, ...], int]:
    """Read a damaged journal into a new file; return what came of each table, and how many pages could not be read.

    The damaged file is only read. References to what is lost become empty, or their rows go; undo's record is kept only
    where all of it was read. Raises ConflictError where the new file exists, NotFoundError, JournalError where nothing
    can be read, StorageError.
    """
    if os.path.lexists(target):
        raise ConflictError(f"{target} exists.", "Name a file that does not exist yet.")
    if not path.is_file():
        raise NotFoundError(f"There is no journal at {path} yet.")
    try:
        with (
            _rolled_back(path, target.parent) as file,
            _opened(file, path) as pages,
            backup.draft_at(target.with_name(f".{target.name}.{os.getpid()}.part")) as draft,
        ):
            try:
                with user_errors(target):
                    told = _fill(draft, pages)
            except DamagedPageError:
                raise _hopeless(path) from None
            if verify.examine(draft).state != "ok":
                raise RuntimeError("a salvaged journal is not whole")
            backup.sync(draft)
            backup.place(draft, target, force=False)
            return told, len(pages.damaged)
    except FileExistsError:
        raise ConflictError(f"{target} exists.", "Name a file that does not exist yet.") from None
    except OSError as error:
        raise StorageError(f"{target} cannot be made: {error.strerror}.") from None


@contextmanager
def _rolled_back(path: Path, folder: Path) -> Iterator[Path]:
    """The file as it was before a write that a crash cut off: that is taken back in a copy."""
    journal = path.with_name(path.name + "-journal")
    if not journal.exists():
        yield path
        return
    with TemporaryDirectory(dir=folder, prefix=".netj-") as name:
        copy = Path(name) / "copy.db"
        shutil.copyfile(path, copy)
        shutil.copyfile(journal, Path(name) / "copy.db-journal")
        # Where even that fails, the pages are read as they are.
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield copy


@contextmanager
def _opened(file: Path, path: Path) -> Iterator[Pages]:
    try:
        pages = Pages(file)
    except DamagedPageError:
        raise _hopeless(path) from None
    try:
        if pages.application_id != opener.APPLICATION_ID or pages.user_version < 1:
            raise _hopeless(path)
        if pages.user_version > opener.SCHEMA_VERSION:
            raise JournalError(f"{path} has a schema newer than this program knows.", "Upgrade netjournal.")
        yield pages
    finally:
        pages.close()


def _hopeless(path: Path) -> JournalError:
    return JournalError(
        f"Nothing can be read from {path}: the page that says what it holds is destroyed.",
        "`netj restore latest` puts the newest good backup in its place.",
    )


def _fill(draft: Path, pages: Pages) -> tuple[Salvaged, ...]:
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        # The schema of the file itself: the next command that opens the new one upgrades it.
        for number in range(1, pages.user_version + 1):
            for statement in steps.statements(steps.step(number)):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {opener.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {pages.user_version}")
        told = _Reading(connection, pages).all()
        connection.execute("COMMIT")
    return told


class _Reading:
    """One journal on its way from pages into a new file."""

    def __init__(self, connection: sqlite3.Connection, pages: Pages) -> None:
        self.connection = connection
        self.pages = pages
        self.shapes = shapes(connection)
        self.refused = dict.fromkeys((shape.name for shape in self.shapes), 0)
        self.damaged: list[Shape] = []
        #: Damaged tables whose rows another tree holds all.
        self.healed: set[str] = set()
        self.sequences: list[Row] = []
        self.roots: dict[str, int] = {}

    def all(self) -> tuple[Salvaged, ...]:
        """Read every table; say what came of each."""
        for row in self.pages.tree(1, is_table=True):
            if len(row.values) == 5 and isinstance(root := row.values[3], int) and root:
                self.roots[str(row.values[1])] = root
        if not self.roots:
            raise DamagedPageError
        self._read_tables()
        known = {shape.name: self._known(shape) for shape in self.damaged}
        self._place_orphans(known)
        lost = {name: self._missing(name, ids) for name, ids in known.items()}
        if any(name in lost or self.refused[name] for name in _HISTORY):
            # Half an action's changes would be half an undo.
            for name in _HISTORY:
                self.connection.execute(f"DELETE FROM {name}")
        before = self._counts()
        mend_references(self.connection, [shape.name for shape in self.shapes])
        self._finish()
        return tuple(self._told(shape.name, lost, before) for shape in self.shapes)

    def _read_tables(self) -> None:
        by_name = {shape.name: shape for shape in self.shapes}
        for name in [*by_name, *(name for name in self.roots if name not in by_name)]:
            shape, root = by_name.get(name), self.roots.get(name)
            if shape is None and not (name == "sqlite_sequence" or name.startswith("search_")):
                continue
            if root is None:
                self.damaged += [shape] if shape else []
                continue
            tree = self.pages.tree(root, is_table=shape is None or shape.rowid_at is not None)
            if shape is not None:
                self._insert(shape, tree)
            elif name == "sqlite_sequence":
                self.sequences = list(tree)
            elif not name.endswith(("_idx", "_config")):
                for _ in tree:  # only so that its pages are known to be the index's
                    pass
            if shape is not None and tree.is_damaged:
                self.damaged.append(shape)

    def _insert(self, shape: Shape, rows: Iterable[Row]) -> int:
        marks = ", ".join("?" * len(shape.columns))
        sql = f"INSERT INTO {shape.name} ({', '.join(shape.columns)}) VALUES ({marks})"
        count = 0
        for row in rows:
            values: list[Value] = list(row.values) + [None] * (len(shape.columns) - len(row.values))
            if shape.rowid_at is not None and values[shape.rowid_at] is None:
                values[shape.rowid_at] = row.rowid
            try:
                self.connection.execute(sql, values)
            except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError):
                self.refused[shape.name] += 1
            else:
                count += 1
        return count

    def _known(self, shape: Shape) -> set[int] | None:
        """The ids that a damaged table's indexes name; of a table that is itself an index, its rows are read there."""
        known: set[int] | None = None
        for name, columns in shape.indexes:
            root = self.roots.get(name)
            if root is None:
                continue
            tree = self.pages.tree(root, is_table=False)
            if shape.rowid_at is not None:
                found = {value for row in tree if isinstance(value := row.values[-1], int)}
                known = found | (known or set())
            elif set(shape.key) <= set(columns):
                self._insert_new(shape, columns, tree)
                if set(shape.columns) <= set(columns) and not tree.is_damaged:
                    self.healed.add(shape.name)
        return known

    def _insert_new(self, shape: Shape, columns: tuple[str | None, ...], rows: Iterable[Row]) -> None:
        where = " AND ".join(f"{name} IS ?" for name in shape.key)
        for row in rows:
            if len(row.values) == len(columns):
                told: dict[str | None, Any] = dict(zip(columns, row.values, strict=True))
                key = [told[name] for name in shape.key]
                if not self.connection.execute(f"SELECT 1 FROM {shape.name} WHERE {where}", key).fetchone():
                    self._insert(shape, [Row(0, tuple(told.get(name) for name in shape.columns))])

    def _place_orphans(self, known: dict[str, set[int] | None]) -> None:
        """Give pages whose parent is destroyed to the one table that can have them."""
        tables = [shape for shape in self.damaged if shape.rowid_at is not None]
        for rows in self.pages.orphans() if tables else ():
            fitting = [shape for shape in tables if fits(shape, rows, known[shape.name]) and self._takes(shape, rows)]
            if len(fitting) == 1:
                self._insert(fitting[0], rows)

    def _takes(self, shape: Shape, rows: list[Row]) -> bool:
        refused = self.refused[shape.name]
        self.connection.execute("SAVEPOINT orphans")
        taken = self._insert(shape, rows)
        self.connection.execute("ROLLBACK TO orphans")
        self.connection.execute("RELEASE orphans")
        self.refused[shape.name] = refused
        return taken == len(rows)

    def _missing(self, name: str, known: set[int] | None) -> int | None:
        if name in self.healed:
            return 0
        if not known:
            return None
        there = {row[0] for row in self.connection.execute(f"SELECT id FROM {name}")}
        return len(known - there)

    def _counts(self) -> dict[str, int]:
        sql = "SELECT count(*) FROM "
        return {shape.name: self.connection.execute(sql + shape.name).fetchone()[0] for shape in self.shapes}

    def _finish(self) -> None:
        """No id is used twice, and a journal has a name of its own."""
        for row in self.sequences:
            self.connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", row.values[1::-1])
        if not self.connection.execute("SELECT 1 FROM journal").fetchone():
            self.connection.execute("INSERT INTO journal (id, uid) VALUES (1, ?)", (new_uid(),))

    def _told(self, name: str, lost: dict[str, int | None], before: dict[str, int]) -> Salvaged:
        kept = self.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        dropped = max(0, before[name] - kept)
        missing = lost.get(name, self.refused[name])
        return Salvaged(name, kept, None if missing is None else missing + dropped)
