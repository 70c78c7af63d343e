"""A longer log makes no daily command slower: SQLite's machine takes no more steps, so a lost index needs no stopwatch."""

from __future__ import annotations

import shlex
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from drawing import Size
from generate import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Netj

TIMES = 8
#: Steps are counted by the ten: to count each would cost more than to take it.
COUNTED = 10
COMMANDS = (
    "due --limit 20",
    "due --limit 20 -f table",
    "prep {who}",
    "prep 'Robin Vale' --at {org}",
    "next",
    "contact show {who}",
    "due --drifting",
    "review --chart",
    "search zebra",
    "log 'coffee with @{who}, @{other} about the new team +{key} #hiring'",
)
#: What may grow by how much: of whoever had fewer than twelve days with a touch, twelve are read.
NEARLY = {"due --drifting": 0.25}


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A journal, and the same with a log many times as long: older, of others than those asked about, and wordless."""
    short, long = (tmp_path_factory.mktemp("steps") / name for name in ("short.db", "long.db"))
    generate(short, Size(100, 1_500), cadence=0.4)
    with sqlite3.connect(short) as connection:
        connection.execute("UPDATE interaction SET note = 'a zebra' WHERE id % 300 = 0")
    connection.close()
    long.write_bytes(short.read_bytes())
    lengthen(long)
    return short, long


def lengthen(path: Path) -> None:
    columns = "kind, direction, exposure, none_on_purpose, no_reply, source, changed_at"
    with sqlite3.connect(path) as connection:
        (count,) = connection.execute("SELECT max(id) FROM interaction").fetchone()
        for n in range(1, TIMES):
            day, more = f"date(on_day, '-{10 * n} years')", n * count
            connection.execute(
                f"INSERT INTO interaction (id, uid, on_day, {columns}) "
                f"SELECT id + {more}, lower(hex(randomblob(16))), {day}, {columns} FROM interaction WHERE id <= {count}"
            )
            connection.execute(
                "INSERT INTO touch (contact_id, interaction_id, on_day, exposure, kind, direction) "
                f"SELECT contact_id, interaction_id + {more}, {day}, exposure, kind, direction FROM touch "
                f"WHERE interaction_id <= {count} AND contact_id NOT IN (SELECT id FROM contact ORDER BY id LIMIT 2)"
            )
            connection.execute(
                "INSERT INTO support (interaction_id, objective_id) "
                f"SELECT interaction_id + {more}, objective_id FROM support WHERE interaction_id <= {count}"
            )
            connection.execute(
                "INSERT INTO interaction_topic (interaction_id, topic) "
                f"SELECT interaction_id + {more}, topic FROM interaction_topic WHERE interaction_id <= {count}"
            )
    connection.close()


@pytest.fixture
def asked(journals: tuple[Path, Path]) -> dict[str, str]:
    with sqlite3.connect(journals[0]) as connection:
        (who,), (other,) = connection.execute("SELECT handle FROM contact ORDER BY id LIMIT 2").fetchall()
        (key,) = connection.execute("SELECT key FROM objective WHERE status = 'active' ORDER BY id").fetchone()
        (org,) = connection.execute(
            "SELECT o.name FROM organization AS o JOIN affiliation AS a ON a.organization_id = o.id "
            "GROUP BY o.id ORDER BY count(*) DESC"
        ).fetchone()
    connection.close()
    return {"who": who, "other": other, "key": key, "org": shlex.quote(org)}


@pytest.fixture
def counter() -> Iterator[list[int]]:
    """How often so many steps were taken, by any connection, as they add up."""
    taken = [0]

    def counted() -> int:
        taken[0] += 1
        return 0

    connect = sqlite3.connect

    def counting(*given: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **named)
        connection.set_progress_handler(counted, COUNTED)
        return connection

    with patch.object(sqlite3, "connect", counting):
        yield taken


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_takes_no_more_steps_when_the_log_is_eight_times_as_long(
    command: str,
    netj: Netj,
    journals: tuple[Path, Path],
    asked: dict[str, str],
    counter: list[int],
    environment: dict[str, str],
) -> None:
    steps = []
    for journal in journals:
        Path(environment["NETJ_DB"]).write_bytes(journal.read_bytes())
        counter[0] = 0
        result = netj(command.format(**asked))
        assert result.code == 0, result.stderr
        steps.append(counter[0] * COUNTED)
    short, long = steps
    assert short > 500, "the steps were not counted"
    assert long <= (1.02 + NEARLY.get(command, 0)) * short + 200, f"`netj {command}`: {short} steps grew to {long}"
