"""What is measured: each command with its yardstick and its bound, and the yardsticks themselves."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
for table in (
    "circle organization organization_alias contact contact_alias contact_method contact_topic contact_source affiliation "
    "contact_objective contact_group group_member objective objective_ask objective_topic objective_organization "
    "interaction touch touch_note support interaction_topic interaction_source introduction followup opportunity "
    "opportunity_interaction signal"
).split():
    rows = connection.execute("SELECT * FROM " + table)
    names = [column[0] for column in rows.description]
    for row in rows:
        sys.stdout.write(json.dumps(dict(zip(names, row))) + "\\n")
"""
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
    # M and K have no bounds of their own: they are held to those of L.
    is_large = size != "S"
    json_bound, table_bound = (8.0, 10.0) if is_large else (5.5, 7.5)
    due = [
        Case("due --limit 20 -f json", netj("due", "--limit", "20", "-f", "json"), json_bound),
        Case("due --limit 20 (terminal)", netj("due", "--limit", "20"), table_bound, terminal=True),
        Case("next -f json", netj("next", "-f", "json"), json_bound),
    ]
    # They add up what a period or an objective holds, and are held to the bound at S and M: decision 0030 says why.
    sum_bound = json_bound if size in ("S", "M") else None
    more = [
        Case("today", netj(), json_bound),
        Case("plan -f json", netj("plan", "-f", "json"), json_bound),
        Case("plan (terminal)", netj("plan"), table_bound, terminal=True),
        Case("prep, unknown name -f json", netj("prep", "Zorblax Quimby", "-f", "json"), json_bound),
        Case("review -f json", netj("review", "-f", "json"), sum_bound),
        Case("review --chart -f json", netj("review", "--chart", "-f", "json"), sum_bound),
        Case("objective list -f json", netj("objective", "list", "-f", "json"), sum_bound),
        Case("due --drifting --limit 20 -f json", netj("due", "--drifting", "--limit", "20", "-f", "json"), sum_bound),
        Case("topic list -f json", netj("topic", "list", "-f", "json"), json_bound),
    ]
    if size == "L90":
        return [case._replace(bound=None) for case in due]
    cases = [
        Case("--version", netj("--version"), 5.0 if is_large else 4.5),
        Case("--help", netj("--help"), 4.5),
        Case("completion of a handle", netj(COMPLETE, "prep ad"), 5.0 if is_large else 4.5),
        *due,
        *more,
    ]
    cases += [
        Case(f"search, in {often} -f json", netj("search", word, "--limit", "20", "-f", "json"), json_bound)
        for word, often in ((RARE, "1/1,000"), (COMMON, "1/2"))
    ]
    who = _usual(journal)
    if who:
        cases += [
            Case("next (terminal)", netj("next"), table_bound, terminal=True),
            Case("contact show -f json", netj("contact", "show", who, "-f", "json"), json_bound),
            Case("contact show (terminal)", netj("contact", "show", who), table_bound, terminal=True),
            Case("prep -f json", netj("prep", who, "-f", "json"), json_bound),
            Case("prep (terminal)", netj("prep", who), table_bound, terminal=True),
            Case("topic show -f json", netj("topic", "show", "hiring", "-f", "json"), sum_bound),
            Case("timeline -f json", netj("timeline", who, "-f", "json"), json_bound),
            Case("timeline (terminal)", netj("timeline", who), table_bound, terminal=True),
        ]
    organization = _largest(journal)
    if organization:
        cases.append(Case("prep, largest organization -f json", netj("prep", organization, "-f", "json"), json_bound))
    return [*cases, *_writing(size, journal, folder), _export(size)]


def _largest(journal: Path) -> str | None:
    """The name of the organization with the most people."""
    connection = sqlite3.connect(journal)
    try:
        found = connection.execute(
            "SELECT o.name FROM affiliation AS a JOIN organization AS o ON o.id = a.organization_id "
            "GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 1"
        ).fetchone()
    finally:
        connection.close()
    return None if found is None else str(found[0])


def _usual(journal: Path) -> str | None:
    """The handle of a contact with a usual number of touches for this journal: the middle one."""
    connection = sqlite3.connect(journal)
    try:
        found = connection.execute(
            "SELECT c.handle FROM touch AS t JOIN contact AS c ON c.id = t.contact_id GROUP BY t.contact_id "
            "ORDER BY count(*), c.id"
        ).fetchall()
    finally:
        connection.close()
    return found[len(found) // 2][0] if found else None


def _writing(size: str, journal: Path, folder: Path) -> list[Case]:
    """`log` on a copy, so that a kept journal stays as it was made; an import into an empty journal."""
    copy = folder / f"written-{size}.db"
    shutil.copyfile(journal, copy)
    given = {"NETJ_DB": str(copy)}
    connection = sqlite3.connect(journal)
    try:
        contacts = [row[0] for row in connection.execute("SELECT handle FROM contact ORDER BY id LIMIT 2")]
        objective = connection.execute("SELECT key FROM objective ORDER BY id").fetchone()
    finally:
        connection.close()
    small = small_journal(folder)
    if not contacts:
        shutil.copyfile(small, copy)
        contacts, objective = ["ada-reed", "ben-cole"], ("platform",)
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
