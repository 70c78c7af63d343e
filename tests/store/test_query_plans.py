"""Reading commands and `log` find what they need by index: no statement of theirs reads the whole log, SQLite says."""

from __future__ import annotations

import re
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

from netjournal.store import reading
from netjournal.store.queries import dormant, objectives, ties
from netjournal.store.queries.lists import LINKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Netj

#: What grows with every day of use.
LOG = frozenset({"interaction", "touch", "touch_note", "touch_topic", "support", "interaction_topic", "search"})
SMALL = Size(contacts=60, interactions=600)
COMMANDS = (
    "",
    "due",
    "due --within 30d",
    "due --for {key}",
    "due --client {who}",
    "due --circle active",
    "due --group 'Group 1'",
    "due --limit 20 --explain --check",
    "due --hidden",
    "due --all",
    "due --drifting",
    "due --dormant",
    "due --dormant --for {key} --explain",
    "due --signals",
    "next",
    "next --client {who}",
    "plan",
    "plan --for {key}",
    "plan --client {who} --per-day 3",
    "contact show {who}",
    "contact show {name}",
    "prep {who}",
    "prep {name} +{key} --client {who}",
    "prep {org}",
    "prep 'Robin Vale' --at {org} -t hiring",
    "search hiring",
    "search 'hiring team' --who {who} --limit 5",
    "timeline {who}",
    "timeline {who} --client {who}",
    "timeline +{key}",
    "review",
    "review --client {who}",
    "review --client {who} --with-notes",
    "review --chart --since 30d",
    "export --since 30d --type interaction",
    "objective list",
    "objective list --client {who}",
    "objective show {key}",
    "log 'coffee with @{who}, @{other} about the new team +{key} #hiring'",
    "log --with {name} --next 'send the deck by friday' --they 'an introduction' --intro {who} --to {other}",
)
#: Who ever supported each of all objectives takes the whole of what was stated: once, where it was once for each.
MEANT = {"objective list": {"SCAN s"}}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plans") / "journal.db"
    generate(path, SMALL, cadence=0.4)
    return path


@pytest.fixture
def asked(journal: Path, environment: dict[str, str]) -> dict[str, str]:
    """What the commands name: a client and another contact, and an objective of the client."""
    Path(environment["NETJ_DB"]).write_bytes(journal.read_bytes())
    with sqlite3.connect(journal) as connection:
        who, name, key = connection.execute(
            "SELECT c.handle, c.name, o.key FROM objective AS o JOIN contact AS c ON c.id = o.client_id "
            "WHERE (SELECT count(*) FROM contact AS n WHERE n.name_key = c.name_key) = 1 ORDER BY o.id"
        ).fetchone()
        (other,) = connection.execute("SELECT handle FROM contact WHERE handle <> ? ORDER BY id", (who,)).fetchone()
        (org,) = connection.execute(
            "SELECT o.name FROM organization AS o JOIN affiliation AS a ON a.organization_id = o.id ORDER BY a.id"
        ).fetchone()
    connection.close()
    return {"who": who, "other": other, "name": shlex.quote(name), "key": key, "org": shlex.quote(org)}


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The statements that commands run, with their parameters filled in, as they gather."""
    gathered: list[str] = []
    connect = sqlite3.connect

    def recorded(*given: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **named)
        connection.set_trace_callback(gathered.append)
        return connection

    with patch.object(sqlite3, "connect", recorded):
        yield gathered


def scans(connection: sqlite3.Connection, statement: str) -> list[str]:
    """The steps of a statement's plan that read a whole table, or a whole index, of the log."""
    tables: dict[str, set[str]] = {}
    for table, alias in re.findall(r"\b(?:FROM|JOIN)\s+\"?(\w+)\"?\s+AS\s+(\w+)", statement, re.IGNORECASE):
        tables.setdefault(alias, set()).add(table)
    found = []
    for _, _, _, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
        # A search that names no column in brackets goes over all of its index: so max() of everything is spelled.
        whole = re.match(r"(?:SCAN|SEARCH(?!.*\())\s+\"?(\w+)\"?", step)
        # The text index is always said to be scanned; with M in its plan it looks up a word.
        if whole and tables.get(whole[1], {whole[1]}) & LOG and not re.search(r"VIRTUAL TABLE INDEX \d+:M", step):
            found.append(step)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_no_statement_of_a_daily_command_reads_the_whole_log(
    command: str, netj: Netj, asked: dict[str, str], statements: list[str], journal: Path
) -> None:
    result = netj(command.format(**asked))
    assert result.code in (0, 10), result.stderr
    read = [sql for sql in statements if re.match(r"(SELECT|WITH|UPDATE|DELETE)\b", sql.lstrip(), re.IGNORECASE)]
    assert len(read) > 5, "the statements were not recorded"
    connection = sqlite3.connect(journal)
    try:
        found = [
            f"{step}\n  in: {sql}"
            for sql in dict.fromkeys(read)
            for step in scans(connection, sql)
            if step not in MEANT.get(command, ())
        ]
    finally:
        connection.close()
    assert not found, f"`netj {command}` reads the whole log:\n" + "\n".join(found)


def test_what_ties_are_made_of_is_read_from_the_index_of_touches_alone(journal: Path, statements: list[str]) -> None:
    with reading(journal) as connection:
        statements.clear()
        assert ties.weighed_touches(connection, 1, [("2026-01-01", 1.0), ("2016-01-01", 0.5)])
        assert ties.newest_days(connection, 1, "2016-01-01")
        assert list(ties.touches_back(connection, 1, "2016-01-01", "2026-11-23"))
        assert ties.newest_before(connection, range(60), "2026-11-23")
        assert ties.two_way_ends(connection, range(60), "2026-11-23")
        assert dormant.two_way_touches(connection, range(60))
    planned = sqlite3.connect(journal)
    try:
        for statement in statements:
            plan = [row[3] for row in planned.execute(f"EXPLAIN QUERY PLAN {statement}")]
            touching = [step for step in plan if re.search(r"\bt\b", step)]
            assert touching, plan
            assert "interaction AS" not in statement
            assert all("USING COVERING INDEX touch_contact_day (contact_id=?" in step for step in touching), plan
    finally:
        planned.close()


def test_who_supports_all_objectives_is_who_supports_each(journal: Path) -> None:
    with reading(journal) as connection:
        at_once = objectives.all_supporting_contacts(connection)
        assert len(at_once) > 10
        assert at_once == {key: objectives.supporting_contacts(connection, key) for key in at_once}


def test_a_statement_that_reads_the_whole_log_is_noticed(journal: Path) -> None:
    connection = sqlite3.connect(journal)
    try:
        assert scans(connection, "SELECT count(*) FROM interaction AS i WHERE i.summary LIKE '%x%'")
        assert scans(connection, "SELECT max(on_day) FROM touch WHERE exposure = 0")
        assert scans(connection, "SELECT i.id FROM contact AS i JOIN touch AS t ON t.on_day = i.added_on")
        assert not scans(connection, "SELECT i.id FROM interaction AS i WHERE i.on_day >= '2026-11-01'")
        assert not scans(connection, "SELECT i.id FROM contact AS i")
    finally:
        connection.close()


@pytest.mark.parametrize("known", ["contact_id", "objective_id"])
def test_who_is_linked_is_looked_up_by_index(journal: Path, known: str) -> None:
    with reading(journal) as connection:
        plan = list(connection.rows(f"EXPLAIN QUERY PLAN SELECT * FROM {LINKED} AS l WHERE l.{known} = 1"))
    assert not [step for *_, step in plan if re.match("SCAN|MATERIALIZE|USE TEMP", step)], plan
