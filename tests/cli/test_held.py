"""Long answers: read row by row, held back until the journal is closed, and shown as they were written."""

from __future__ import annotations

import errno
import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hasty import once
from netjournal import store
from netjournal.cli import held
from netjournal.store.sqlite.opener import SqliteReader
from rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Netj

COUNT = 1200
NOW = "2026-11-23T10:00:00Z"


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    path = Path(environment["NETJ_DB"])
    return once(path, lambda: fill(path))


def fill(path: Path) -> None:
    told = {"on_day": "2026-11-20", "kind": "call", "direction": "mutual", "exposure": 0}
    with store.writing(path, "fill", date(2026, 11, 23), NOW) as uow:
        uow.add_record("contact", handle="dana", name="Dana", name_key="dana", added_on="2026-11-01")
        uow.add_record("objective", key="role", title="Role", opened_on="2026-11-01")
        calls = range(1, COUNT + 1)
        uow.add_many(
            "interaction", [{"id": n, "uid": f"{n:032x}", "changed_at": NOW, "source": "log", **told} for n in calls]
        )
        uow.add_many("touch", [{"contact_id": 1, "interaction_id": n, **told} for n in calls])
        uow.add_many("support", [{"interaction_id": n, "objective_id": 1} for n in range(2, COUNT, 2)])


@rows(
    ("command", "count"),
    [("interaction list", COUNT), ("timeline dana", COUNT), ("timeline +role", COUNT // 2 - 1)],
)
@pytest.mark.usefixtures("journal")
def test_a_history_is_read_page_by_page_as_it_is_written_in_its_order(
    netj: Netj, monkeypatch: pytest.MonkeyPatch, command: str, count: int
) -> None:
    pulled = 0
    pulled_then: list[int] = []
    each, rows_of, write = SqliteReader.each, SqliteReader.rows, held.Held.write

    def counted_each(reader: SqliteReader, *asked: Any) -> Iterator[tuple[Any, ...]]:
        nonlocal pulled
        for row in each(reader, *asked):
            pulled += 1
            yield row

    def counted_rows(reader: SqliteReader, *asked: Any) -> list[tuple[Any, ...]]:
        nonlocal pulled
        found = rows_of(reader, *asked)
        pulled += len(found)
        return found

    def counted_write(answer: held.Held, text: str) -> int:
        pulled_then.append(pulled)
        return write(answer, text)

    with monkeypatch.context() as watching:
        watching.setattr(SqliteReader, "each", counted_each)
        watching.setattr(SqliteReader, "rows", counted_rows)
        watching.setattr(held.Held, "write", counted_write)
        found = [json.loads(line)["id"] for line in netj(f"{command} -f ndjson").ok.stdout.splitlines()]
    assert found == sorted(found, reverse=True)
    # A page with whom it was with and what it was for, and a little more.
    assert (len(found), pulled_then[0] < 1_600, pulled > count) == (count, True, True)


@pytest.mark.usefixtures("journal")
def test_an_answer_that_fails_half_way_shows_nothing(netj: Netj, monkeypatch: pytest.MonkeyPatch) -> None:
    assert netj("interaction list -f csv --limit 1").ok.stdout
    read, pages = SqliteReader.rows, iter(range(8))

    def broken(reader: SqliteReader, *asked: Any) -> list[tuple[Any, ...]]:
        if next(pages, None) is None:
            raise OSError(errno.EIO, "gone")
        return read(reader, *asked)

    monkeypatch.setattr(SqliteReader, "rows", broken)
    code, out, _ = netj("interaction list -f csv")
    assert (code, out) == (9, "")


def test_what_is_held_comes_out_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "_PIECE", 10)
    texts = ["a\r\n", "Zoë 🦊" * 5, "\udce9", "", "tail"]
    data = io.BytesIO()
    out = io.TextIOWrapper(data, "utf-8", newline="")
    answer = held.Held(out)
    for text in texts:
        assert answer.write(text) == len(text)
    assert (data.getvalue(), answer.encoding, answer.isatty()) == (b"", "utf-8", False)
    answer.show()
    answer.close()
    out.flush()
    assert data.getvalue().decode() == "".join(texts).replace("\udce9", 3 * "\ufffd")
