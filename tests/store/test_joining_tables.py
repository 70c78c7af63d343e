"""An export with rows in every table, read back: nothing of any table is lost, in whatever order it comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from everything import fill, writing

from netjournal import store
from netjournal.interchange.ndjson import read_records
from netjournal.interchange.sources import from_bytes
from netjournal.journal.joining.join import join
from netjournal.journal.undo import undo
from netjournal.store.queries.export import records

if TYPE_CHECKING:
    from pathlib import Path

    from netjournal.journal.importing.plan import Imported


def stored(path: Path) -> list[dict[str, Any]]:
    with store.reading(path) as connection:
        return list(records(connection))


def joined(path: Path, told: list[dict[str, Any]]) -> Imported:
    source = from_bytes("\n".join(map(json.dumps, told)).encode())
    with writing(path, "import netjournal") as uow:
        return join(uow, lambda kinds: read_records(source, kinds)).receipt


def test_an_empty_journal_becomes_one_with_rows_in_every_table_and_undo_empties_it(tmp_path: Path) -> None:
    full, path = tmp_path / "full.db", tmp_path / "journal.db"
    fill(full)
    with writing(path):
        pass
    before, told = stored(path), stored(full)
    receipt = joined(path, told)
    assert (receipt.created, receipt.unchanged, receipt.signals) == (len(told) - 5, 4, 2)
    assert stored(path) == told
    with writing(path, "undo") as uow:
        undo(uow)
    assert stored(path) == before


def test_the_order_of_the_lines_means_nothing(tmp_path: Path) -> None:
    full, path = tmp_path / "full.db", tmp_path / "journal.db"
    fill(full)
    joined(path, list(reversed(stored(full))))
    assert stored(path) == stored(full)


def test_a_filled_journal_joined_to_itself_is_the_same(tmp_path: Path) -> None:
    full = tmp_path / "full.db"
    fill(full)
    before = full.read_bytes()
    assert joined(full, stored(full)).unchanged == len(stored(full)) - 1
    assert full.read_bytes() == before
