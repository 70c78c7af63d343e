"""The layers of the program, held by reading its imports: no module is run."""

from __future__ import annotations

import ast
from typing import Final

from rows import rows
from sources import imports, nodes, ours, said, sources, within

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


@rows("layer", DOWN)
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


@rows("package", PLACES)
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
        for node in nodes(source)
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
        for node in nodes(source) if source.name != "clock" else ():
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


#: What speaks to other machines.
NETWORK: Final = (
    *("socket", "ssl", "http", "urllib.request", "urllib.error", "ftplib", "smtplib", "poplib", "imaplib", "asyncio"),
    *("socketserver", "xmlrpc", "webbrowser", "requests", "httpx", "urllib3", "aiohttp", "telnetlib", "nntplib"),
)


def test_the_program_imports_nothing_that_speaks_to_other_machines() -> None:
    wrong = [
        said(source, found.line, found.module)
        for source in sources()
        for found in imports(source)
        if within(found.module, NETWORK)
    ]
    assert wrong == []


def test_the_program_starts_no_other_program_but_an_editor() -> None:
    starters = {("os", "system"), ("os", "popen"), ("os", "startfile")}
    wrong = [
        said(source, node.lineno, f"{node.value.id}.{node.attr}")
        for source in sources()
        for node in nodes(source)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in starters
    ]
    wrong += [
        said(source, found.line, found.module)
        for source in sources()
        for found in imports(source)
        if within(found.module, ("subprocess", "pty")) and source.name != "cli.editor"
    ]
    assert wrong == []
