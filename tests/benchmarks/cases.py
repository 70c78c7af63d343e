"""What is measured: each command with its yardstick and its bound, and the yardsticks themselves."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from drawing import TABLES
from generate import linkedin
from history import COMMON, RARE

from netjournal.cli.tree import COMPLETE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SQLITE: Final = "import sqlite3"
SQLMODEL: Final = "import sqlmodel"
LOOP: Final = "sqlite3 + json.dumps loop"

#: The same rows that an export holds, each as one JSON object a line: what nobody can undercut by much in Python.
_LOOP: Final = """
import json, os, sqlite3, sys
connection = sqlite3.connect(os.environ["NETJ_DB"])
for table in "{tables}".split():
    rows = connection.execute("SELECT * FROM " + table)
    names = [column[0] for column in rows.description]
    for row in rows:
        sys.stdout.write(json.dumps(dict(zip(names, row))) + "\\n")
""".replace("{tables}", TABLES)
LOG_AT_S: Final = "log at S"
#: The journal of the yardstick above, for `log` must not grow with its journal.
SMALL_JOURNAL: Final = "NETJ_BENCHMARK_SMALL"
_LOG_AT_S: Final = f"""
import os
os.environ["NETJ_DB"] = os.environ["{SMALL_JOURNAL}"]
from netjournal.cli.app import main
main(["log", "coffee with @ada-reed, @ben-cole about the new team +platform"])
"""
YARDSTICKS: Final = {
    SQLITE: [sys.executable, "-c", SQLITE],
    SQLMODEL: [sys.executable, "-c", SQLMODEL],
    LOOP: [sys.executable, "-c", _LOOP],
    LOG_AT_S: [sys.executable, "-c", _LOG_AT_S],
}
#: What the installed script does, without a shim in between.
_NETJ: Final = (sys.executable, "-c", "from netjournal.cli.app import main; main()")


class Case(NamedTuple):
    """One measured command; `bound` in units of its yardstick, `peak` in MiB."""

    name: str
    words: list[str]
    bound: float | None
    yardstick: str = SQLITE
    peak: float | None = None
    terminal: bool = False
    is_long: bool = False
    environment: Mapping[str, str] = {}
    prepare: Callable[[], Any] | None = None


def netj(*words: str) -> list[str]:
    """A command as the installed script runs it."""
    return [*_NETJ, *words]


def by_hand(script: str) -> list[str]:
    """A script that is written out."""
    return [sys.executable, "-c", script]


def cases_of(size: str, journal: Path, folder: Path) -> list[Case]:
    """The cases of one journal; L90 is L with a cadence for 90 of 100 contacts, and asks only what that changes."""
    if size == "L90":
        return [case._replace(bound=None) for case in _due(8.0, 10.0)]
    # M and K have no bounds of their own: they are held to those of L.
    is_large = size != "S"
    json_bound, table_bound = (8.0, 10.0) if is_large else (5.5, 7.5)
    cases = [
        Case("--version", netj("--version"), 5.0 if is_large else 4.5),
        Case("--help", netj("--help"), 4.5),
        Case("completion of a handle", netj(COMPLETE, "prep ad"), 5.0 if is_large else 4.5),
        *_due(json_bound, table_bound),
        Case("today", netj(), json_bound),
        Case("plan -f json", netj("plan", "-f", "json"), json_bound),
        Case("plan (terminal)", netj("plan"), table_bound, terminal=True),
        Case("prep, unknown name -f json", netj("prep", "Zorblax Quimby", "-f", "json"), json_bound),
        # Held to the bound at S and M: decision 0030 says why.
        *_adding_up(json_bound if size in ("S", "M") else None, has_topics=is_large),
        Case("topic list -f json", netj("topic", "list", "-f", "json"), json_bound),
    ]
    cases += [
        Case(f"search, in {often} -f json", netj("search", word, "--limit", "20", "-f", "json"), json_bound)
        for word, often in ((RARE, "1/1,000"), (COMMON, "1/2"))
    ]
    if is_large:
        cases += _of_somebody(journal, json_bound, table_bound)
    return [*cases, *_writing(size, journal, folder), _export(size)]


def _due(json_bound: float, table_bound: float) -> list[Case]:
    return [
        Case("due --limit 20 -f json", netj("due", "--limit", "20", "-f", "json"), json_bound),
        Case("due --limit 20 (terminal)", netj("due", "--limit", "20"), table_bound, terminal=True),
        Case("next -f json", netj("next", "-f", "json"), json_bound),
    ]


def _adding_up(bound: float | None, *, has_topics: bool) -> list[Case]:
    """What looks at all that a period, an objective or a topic holds."""
    cases = [
        Case("review -f json", netj("review", "-f", "json"), bound),
        Case("review --chart -f json", netj("review", "--chart", "-f", "json"), bound),
        Case("objective list -f json", netj("objective", "list", "-f", "json"), bound),
        Case("due --drifting --limit 20 -f json", netj("due", "--drifting", "--limit", "20", "-f", "json"), bound),
    ]
    topic = Case("topic show -f json", netj("topic", "show", "hiring", "-f", "json"), bound)
    return [*cases, topic] if has_topics else cases


def _of_somebody(journal: Path, json_bound: float, table_bound: float) -> list[Case]:
    """What is asked of one contact, the one with a usual number of touches, and of the largest organization."""
    touched = _column(journal, "SELECT contact_id FROM touch GROUP BY contact_id ORDER BY count(*), contact_id")
    (who,) = _column(journal, f"SELECT handle FROM contact WHERE id = {touched[len(touched) // 2]}")
    (organization,) = _column(
        journal,
        "SELECT o.name FROM affiliation AS a JOIN organization AS o ON o.id = a.organization_id "
        "GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 1",
    )
    return [
        Case("next (terminal)", netj("next"), table_bound, terminal=True),
        Case("contact show -f json", netj("contact", "show", who, "-f", "json"), json_bound),
        Case("contact show (terminal)", netj("contact", "show", who), table_bound, terminal=True),
        Case("prep -f json", netj("prep", who, "-f", "json"), json_bound),
        Case("prep (terminal)", netj("prep", who), table_bound, terminal=True),
        Case("timeline -f json", netj("timeline", who, "-f", "json"), json_bound),
        Case("timeline (terminal)", netj("timeline", who), table_bound, terminal=True),
        Case("prep, largest organization -f json", netj("prep", organization, "-f", "json"), json_bound),
    ]


def _column(journal: Path, sql: str) -> list[Any]:
    """The first value of every row of an answer."""
    with closing(sqlite3.connect(journal)) as connection:
        return [row[0] for row in connection.execute(sql)]


def _writing(size: str, journal: Path, folder: Path) -> list[Case]:
    """`log` on a copy, so that a kept journal stays as it was made; an import into an empty journal."""
    copy = folder / f"written-{size}.db"
    shutil.copyfile(journal, copy)
    given = {"NETJ_DB": str(copy)}
    contacts = _column(journal, "SELECT handle FROM contact ORDER BY id LIMIT 2")
    objective = _column(journal, "SELECT key FROM objective ORDER BY id LIMIT 1")
    small = small_journal(folder)
    if not contacts:
        shutil.copyfile(small, copy)
        contacts, objective = ["ada-reed", "ben-cole"], ["platform"]
    line = f"coffee with @{contacts[0]}, @{contacts[1]} about the new team +{objective[0]}"
    cases = [Case("log", netj("log", line), 1.5 if size == "S" else None, SQLMODEL, environment=given)]
    if size != "S":
        cases.append(Case("log", netj("log", line), 1.1, LOG_AT_S, environment=given))
    if size == "S":
        people, fresh = folder / "Connections.csv", folder / "imported.db"
        linkedin(people, 10_000)
        cases.append(
            Case(
                "import linkedin (10,000)",
                netj("import", "linkedin", str(people)),
                None,
                environment={"NETJ_DB": str(fresh)},
                prepare=lambda: shutil.copyfile(journal, fresh),
            )
        )
    return cases


def small_journal(folder: Path) -> Path:
    """A journal with nothing but what one `log` names."""
    path = folder / "small.db"
    if not path.exists():
        given = {"NETJ_DB": str(path)}
        _run_once(["objective", "add", "Platform role", "--key", "platform"], given)
        for name in ("Ada Reed", "Ben Cole"):
            _run_once(["contact", "add", name], given)
    return path


def _run_once(words: list[str], given: Mapping[str, str]) -> None:
    from subprocess import DEVNULL, run

    run(netj(*words), env={**given, "HOME": given["NETJ_DB"] + ".home"}, check=True, stdout=DEVNULL)


def _export(size: str) -> Case:
    is_large = size == "L"
    return Case(
        "export -f ndjson",
        netj("export", "-f", "ndjson"),
        2.5 if is_large else None,
        LOOP,
        60.0 if is_large else None,
        is_long=is_large,
    )
