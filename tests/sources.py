"""The program as text: its modules, what each imports, and the texts in it; read for the tests of its layers."""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import netjournal

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(netjournal.__file__).parent


class Source(NamedTuple):
    """One module of the program."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def layer(self) -> str:
        """`cli`, `store`…; for a module of the top its own name."""
        return self.name.split(".")[0]


class Import(NamedTuple):
    """One import: the module, the line, and whether it is there for types alone."""

    module: str
    line: int
    typing_only: bool


def _sources() -> Iterator[Source]:
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        text = path.read_text(encoding="utf-8")
        yield Source(name.removesuffix(".__init__"), path, text, ast.parse(text))


@cache
def sources() -> tuple[Source, ...]:
    """Every module, read once: by the first test that asks, not by those who only collect."""
    # The collector would look at all of it again and again, while it grows and for as long as the process lives.
    gc.disable()
    try:
        found = tuple(_sources())
        for source in found:
            nodes(source)
    finally:
        gc.freeze()
        gc.enable()
    return found


@cache
def nodes(source: Source) -> tuple[ast.AST, ...]:
    """All that a module is made of, in the order of `ast.walk`, which takes longer than most looks at it."""
    return tuple(ast.walk(source.tree))


@cache
def modules() -> frozenset[str]:
    """The names of all modules."""
    return frozenset(source.name for source in sources())


@cache
def imports(source: Source) -> list[Import]:
    """Every import of a module, at its top or inside a function; `from a import b` names a.b where b is a module."""
    found: list[Import] = []

    def visit(node: ast.AST, typing_only: bool) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for statement in node.body:
                visit(statement, typing_only=True)
            for statement in node.orelse:
                visit(statement, typing_only)
            return
        if isinstance(node, ast.Import):
            found.extend(Import(alias.name, node.lineno, typing_only) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source.name}:{node.lineno}: imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                inside = whole.removeprefix("netjournal.") in modules()
                found.append(Import(whole if inside else str(node.module), node.lineno, typing_only))
        # An import is a statement: no expression holds one.
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, part, ())
            for statement in inner if isinstance(inner, list) else ():
                visit(statement, typing_only)

    visit(source.tree, typing_only=False)
    return found


def ours(module: str) -> str | None:
    """The name of one of our modules without the package's, or None for anybody else's."""
    return module.removeprefix("netjournal.") if module.startswith("netjournal.") else None


def within(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in allowed)


def said(source: Source, line: int, what: str) -> str:
    return f"src/netjournal/{source.path.relative_to(ROOT)}:{line}: {what}"


def docstrings(source: Source) -> set[int]:
    """The identities of the nodes that are documentation."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in nodes(source)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }


@cache
def texts(source: Source) -> list[tuple[int, str]]:
    """Every text of a module that is no documentation, with its line; the parts of one f-string are joined."""
    passed = docstrings(source)
    found: list[tuple[int, str]] = []
    for node in nodes(source):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
            found.append((node.lineno, "".join([_text(part) for part in node.values])))
        elif id(node) not in passed and (text := _text(node)):
            found.append((getattr(node, "lineno", 0), text))
    return found


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
