"""The layers of the program, held by reading its imports and its texts: no module is run."""

from __future__ import annotations

import ast
import re
from typing import Final

import pytest

from sources import ROOT, imports, ours, said, sources, texts, within

#: What each layer may import of the program while it runs.
DOWN: Final = {
    "errors": (),
    "clock": ("errors",),
    "config": ("domain.dates", "errors"),
    "configfile": ("config", "errors"),
    "configmaps": ("config", "configfile", "errors"),
    "domain": ("domain", "errors"),
    "store": ("store", "domain", "errors"),
    "reports": ("reports", "store.queries", "store.connection", "domain", "errors"),
    # A receipt reads back what was written, through the report's own row: docs/decisions.
    "journal": ("journal", "reports", "store.queries", "store.connection", "domain", "errors"),
    "interchange": ("interchange", "domain", "errors"),
    "render": ("render", "domain.words", "errors"),
}
#: What a layer may name in its types beside that.
TYPES: Final = {
    "journal": ("store.unit_of_work", "interchange.records", "interchange.gather"),
}
#: Not in the drawing: the package itself, and how `python -m` starts.
ENTRANCES: Final = ("", "__init__", "__main__")


def test_every_layer_of_the_program_is_in_the_table() -> None:
    assert {source.layer for source in sources()} - set(ENTRANCES) == {*DOWN, "cli"}


@pytest.mark.parametrize("layer", DOWN)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    wrong = []
    for source in sources():
        for found in imports(source) if source.layer == layer else ():
            module = ours(found.module)
            allowed = DOWN[layer] + (TYPES.get(layer, ()) if found.typing_only else ())
            if module is not None and not within(module, allowed):
                wrong.append(said(source, found.line, module))
    assert wrong == []


def test_nobody_imports_the_command_line() -> None:
    wrong = [
        said(source, found.line, found.module)
        for source in sources()
        if source.layer not in ("cli", "__main__")
        for found in imports(source)
        if within(found.module, ("netjournal.cli",))
    ]
    assert wrong == []


#: Opening an older file upgrades it, an upgrade is preceded by a backup, and a backup is opened as any file is.
CIRCLES: Final = {frozenset({"store.sqlite.opener", "store.sqlite.steps", "store.sqlite.backup"})}


def test_modules_import_each_other_in_no_circle() -> None:
    # Imports inside functions count: put off, a circle is only harder to see. A package is there before its modules.
    needs: dict[str, set[str]] = {source.name: set() for source in sources()}
    for source in sources():
        for found in imports(source):
            module = ours(found.module)
            if module in needs and not found.typing_only and not within(source.name, (module,)):
                needs[source.name].add(module)
    reached: dict[str, set[str]] = {}
    for name, below in needs.items():
        reached[name] = set(below)
        waiting = list(below)
        while waiting:
            new = needs[waiting.pop()] - reached[name]
            reached[name] |= new
            waiting += new
    circles = {frozenset(m for m in reached[name] if name in reached[m]) for name in needs if name in reached[name]}
    assert circles == CIRCLES


def test_queries_know_nothing_of_sqlite_and_nothing_of_the_write_side() -> None:
    allowed = ("store.queries", "store.connection", "domain", "errors")
    wrong = [
        said(source, found.line, found.module)
        for source in sources()
        if within(source.name, ("store.queries", "store.connection"))
        for found in imports(source)
        if (module := ours(found.module)) is not None and not within(module, allowed)
    ]
    assert wrong == []


#: Packages, and the only places that may import them.
PLACES: Final = {
    "typer": ("cli",),
    "rich": ("render",),
    "sqlite3": ("store.sqlite", "store.unit_of_work"),
    "sqlalchemy": ("store.unit_of_work", "store.tables"),
    "sqlmodel": ("store.unit_of_work", "store.tables"),
    "pydantic": (),
    "click": (),
    "dateutil": ("domain.dates", "interchange.ical"),
    "icalendar": ("interchange.ical",),
    "vobject": (),
    "platformdirs": ("config",),
}


@pytest.mark.parametrize("package", PLACES)
def test_a_package_is_imported_only_in_its_place(package: str) -> None:
    wrong = [
        said(source, found.line, found.module)
        for source in sources()
        for found in imports(source)
        if within(found.module, (package,)) and not within(source.name, PLACES[package])
    ]
    assert wrong == []


def test_domain_does_no_input_and_no_output() -> None:
    banned = ("os", "sys", "io", "pathlib", "tempfile", "subprocess", "socket", "shutil", "time", "logging", "random")
    wrong = [
        said(source, found.line, found.module)
        for source in sources()
        if source.layer == "domain"
        for found in imports(source)
        if within(found.module, banned)
    ]
    wrong += [
        said(source, node.lineno, f"{node.func.id}()")
        for source in sources()
        if source.layer == "domain"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("open", "print", "input")
    ]
    assert wrong == []


CLOCKS: Final = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
}


def test_only_the_clock_asks_what_day_or_time_it_is() -> None:
    wrong = []
    for source in sources():
        for node in ast.walk(source.tree) if source.name != "clock" else ():
            if isinstance(node, ast.Attribute):
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
                if (owner, node.attr) in CLOCKS:
                    wrong.append(said(source, node.lineno, f"{owner}.{node.attr}"))
        wrong += [
            said(source, found.line, found.module)
            for found in imports(source)
            if found.module == "time" and source.name != "clock"
        ]
    assert wrong == []


SQL: Final = re.compile(
    r"\bSELECT\b.*\bFROM\b|\bINSERT\b.*\bINTO\b|\bUPDATE\b.*\bSET\b|\bDELETE\s+FROM\b|\bPRAGMA\b|\bCREATE\s+(TABLE|INDEX)\b",
    re.DOTALL,
)
#: What only SQLite understands: another store reads the same queries.
SQLITE_ONLY: Final = re.compile(
    r"\?|\bGLOB\b|\bMATCH\b|\bPRAGMA\b|\bINSERT\s+OR\b|\bREPLACE\s+INTO\b|\browid\b|\bgroup_concat\b|"
    r"\bstrftime\b|\bjulianday\b|\bdate\s*\(|\bdatetime\s*\(|\bjson_\w+|\bsqlite_\w+|\bifnull\b|\bIIF\b|\bINDEXED\s+BY\b|"
    r"\bIS\s+NOT\s+(?!NULL\b|DISTINCT\b|TRUE\b|FALSE\b)|\bLIMIT\s+-1\b|\bCOLLATE\s+NOCASE\b|\btypeof\s*\(",
    re.IGNORECASE,
)


def test_sql_stands_only_in_the_store() -> None:
    wrong = [
        said(source, line, text)
        for source in sources()
        if source.layer != "store"
        for line, text in texts(source)
        if SQL.search(text)
    ]
    assert wrong == []


def test_queries_keep_to_the_sql_that_other_databases_read() -> None:
    wrong = [
        said(source, line, found[0])
        for source in sources()
        if within(source.name, ("store.queries",))
        for line, text in texts(source)
        if (found := SQLITE_ONLY.search(text))
    ]
    assert wrong == []


def test_no_row_is_replaced_behind_the_back_of_the_change_record() -> None:
    # It deletes a row without firing the trigger that undo reads.
    wrong = [
        said(s, line, text)
        for s in sources()
        for line, text in texts(s)
        if re.search(r"OR\s+REPLACE|REPLACE\s+INTO", text)
    ]
    wrong += [str(path) for path in ROOT.rglob("*.sql") if "OR REPLACE" in path.read_text(encoding="utf-8").upper()]
    assert wrong == []


def test_no_module_is_longer_than_300_lines() -> None:
    assert [said(s, n, "lines") for s in sources() if (n := len(s.text.splitlines())) > 300] == []


def test_no_function_is_longer_than_50_lines() -> None:
    wrong = []
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                # A command's signature is its options, and its documentation its help: neither is code to follow.
                command = source.layer == "cli" and bool(node.decorator_list)
                first = node.body[0]
                if command and isinstance(first, ast.Expr) and len(node.body) > 1:
                    first = node.body[1]
                start = first.lineno if command else node.lineno
                lines = (node.end_lineno or start) - start + 1
                if lines > 50:
                    wrong.append(said(source, node.lineno, f"{node.name} has {lines} lines"))
    assert wrong == []


#: One word, or a pair of nouns.
MODULE: Final = re.compile(r"[a-z]+(_[a-z]+)?|import_|unit_of_work|__init__|__main__")


def test_a_module_is_one_lower_case_word_or_a_pair() -> None:
    wrong = [source.name for source in sources() if not all(map(MODULE.fullmatch, source.name.split(".")))]
    assert wrong == []


def test_no_parameter_of_a_statement_is_numbered() -> None:
    wrong = [
        said(source, line, text)
        for source in sources()
        if source.layer == "store"
        for line, text in texts(source)
        if re.search(r"\?\d", text)
    ]
    assert wrong == [], "Python 3.12.0 to 3.12.3 take `?1` for a name, and warn"
