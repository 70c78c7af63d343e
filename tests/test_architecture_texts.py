"""What stands in the program's texts, and how long and how named its modules are: held by reading, no module is run."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

from sources import ROOT, nodes, said, sources, texts, within

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


#: The program, its tests and the programs that make its documents.
PROJECT: Final = Path(__file__).parent.parent
WRITTEN: Final = [path for place in ("src", "tests", "docs") for path in sorted((PROJECT / place).rglob("*.py"))]


def test_no_module_is_longer_than_300_lines() -> None:
    lines = {path.relative_to(PROJECT): len(path.read_text(encoding="utf-8").splitlines()) for path in WRITTEN}
    assert {path: count for path, count in lines.items() if count > 300} == {}


def test_no_test_imports_the_file_of_another() -> None:
    # What two share stands in a module of its own, which collects no tests.
    wrong = [path for path in WRITTEN if re.search(r"^(from|import) test_", path.read_text(encoding="utf-8"), re.M)]
    assert wrong == []


def test_no_function_is_longer_than_50_lines() -> None:
    wrong = []
    for source in sources():
        for node in nodes(source):
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
