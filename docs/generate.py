"""Make what is made from the code: `python docs/generate.py` in a checkout with netjournal installed.

These are the pages under docs/reference, the list of decisions, and by manual.py the manual page docs/man/netj.1.

No command imports this. A test makes the pages again and compares.
"""

from __future__ import annotations

import inspect
import re
import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from netjournal import clock, config, errors
from netjournal.cli import boundary, lazy, tree
from netjournal.cli.context import Session
from netjournal.reports import schema
from netjournal.store.sqlite import opener, steps
from netjournal.store.sqlite.search import DOCUMENTS
from netjournal.store.tables import TABLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

HERE: Final = Path(__file__).resolve().parent
WIDTH: Final = 80
_NOTICE: Final = "<!-- Made from the code by `python docs/generate.py`; change the code, not this page. -->\n"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    makers: dict[str, Callable[[], str]] = {
        "commands.md": commands,
        "settings.md": settings,
        "answers.md": answers,
        "exit-codes.md": exit_codes,
        "schema.md": stored,
        # Beside this file, which may itself have been loaded by its path.
        **runpy.run_path(str(HERE / "typed_dates.py"))["pages"](_table),
        **runpy.run_path(str(HERE / "exchange.py"))["pages"](_table),
    }
    return {name: _NOTICE + make().rstrip("\n") + "\n" for name, make in makers.items()}


def helps(width: int = WIDTH) -> Iterator[tuple[str, str]]:
    """Every command as typed, with its help at a width in characters; a noun comes before its verbs."""
    top = lazy.group(tree.TABLE)
    with top.make_context("netj", [], resilient_parsing=True, obj=Session({})) as root:
        for name in tree.TABLE:
            yield from _helps(top.commands[name], name, root, width)


def _helps(command: Any, name: str, parent: Any, width: int) -> Iterator[tuple[str, str]]:
    context = type(parent)(command, info_name=name, parent=parent, terminal_width=width)
    yield context.command_path, command.get_help(context)
    for verb, below in getattr(command, "commands", {}).items():
        yield from _helps(below, verb, context, width)


def commands() -> str:
    """Every command's help, as the program prints it."""
    parts = [
        "# Commands",
        "What `netj --help` and the `--help` of every command print, at 80 columns. Names of records (`contact`,",
        "`objective`, …) may be cut short: `netj obj list`.",
        "",
        *_fenced(tree.help_page(tree.TABLE, WIDTH)),
    ]
    for name, text in helps():
        parts += ["", f"## {name}", "", *_fenced(text)]
    return "\n".join([parts[0], "", *parts[1:]])


def settings() -> str:
    """The settings, and the variables of the environment beside them."""
    rows = [
        (
            f"`{s.name}`",
            s.type if not s.choices else " or ".join(f"`{c}`" for c in s.choices if c),
            _default(s.default),
            f"`{s.env}`",
            s.help,
        )
        for s in config.SETTINGS
    ]
    variables = [
        ("`NETJ_DB`", "The journal's file, where `--db FILE` does not name one."),
        ("`NETJ_CONFIG`", "The settings file."),
        (f"`{clock.PIN}`", "The day to take as today, as in 2026-11-23: for tests and examples."),
        ("`NETJ_DEBUG`", "1 adds the frames of an internal error, without values."),
        ("`VISUAL`, `EDITOR`", "The editor that `--edit` opens; else `vi`."),
        (
            "`NO_COLOR`, `COLUMNS`, `TERM`",
            "As everywhere: no colours, the width to write for, a terminal that is `dumb`.",
        ),
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "An option comes before the environment, the environment before the settings file, the file before the",
            "default. The file is TOML; it is `config.toml` in the platform's folder for settings (on Linux",
            "`~/.config/netjournal`). A dot in a name is a table: `backup.keep` is `keep` under `[backup]`.",
            "",
            *_table(("setting", "type", "default", "environment", "meaning"), rows),
            "",
            "In the environment a list is parted by commas. `days` are a whole number, or a duration such as 90d, 6w,",
            "3mo or 1y.",
            "",
            "The maps of columns that `netj import --save-map` keeps are beside the settings, in `maps.toml`.",
            "",
            "## Other variables of the environment",
            "",
            *_table(("variable", "meaning"), variables),
        ]
    )


def answers() -> str:
    """Every answer's keys."""
    parts = [
        "# Answers",
        "",
        "The keys of every answer, in the order of the columns of csv and tsv. Every format holds the same rows and",
        "keys. Days are ISO (2026-11-23), durations whole days; absent is null, and empty in csv and tsv. Lists are",
        "arrays in JSON, and joined with `;` in csv and tsv. Keys are only ever added within a major version.",
        "`netj schema NAME` prints the same.",
    ]
    for answer in schema.answers():
        rows = [
            (f"`{f.key}`", f.type.replace("|", "or"), "yes" if f.null else "", f.meaning)
            for f in schema.keys_of(answer.name)
        ]
        shown = ", ".join(re.sub(r"^([^(]+?)( \(|$)", r"`\1`\2", part) for part in _each_command(answer.command))
        parts += ["", f"## {answer.name}", "", f"Given by {shown}.", ""]
        parts += _table(("key", "type", "null", "meaning"), rows)
    return "\n".join(parts)


def _each_command(spelled: str) -> list[str]:
    """`netj contact show, add` as two commands; a part that begins with netj stands alone."""
    noun = ""
    found = []
    for part in re.split("[,;] ", spelled):
        found.append(part if part.startswith("netj ") else f"{noun} {part}")
        noun = found[-1].rpartition(" ")[0]
    return found


def exit_codes() -> str:
    """Every exit code."""
    rows = [(0, "Done.", ""), (boundary.BUG, "A bug in netj; one line, without values from the journal.", "")]
    for name, found in vars(errors).items():
        if inspect.isclass(found) and issubclass(found, errors.NetjError) and found is not errors.NetjError:
            sentence = (inspect.getdoc(found) or "").splitlines()[0]
            rows.append((found.code, sentence.replace("`", ""), f"`{name}`"))
    rows += [
        (errors.EXIT_OVERDUE, "`netj due --check` found somebody overdue: an answer, not a failure.", ""),
        (boundary.INTERRUPTED, "Interrupted, or the input ended at a question.", ""),
        (boundary.BROKEN_PIPE, "The reader of a pipe has gone; nothing is said.", ""),
    ]
    return "\n".join(
        [
            "# Exit codes",
            "",
            "An error is one sentence on stderr and, where there is one, the mend on the line after it.",
            "",
            *_table(("code", "meaning", "class"), [(str(code), *rest) for code, *rest in sorted(rows)]),
        ]
    )


def stored() -> str:
    """The tables and columns of a journal."""
    connection = opener.empty_in_memory()
    try:
        parts = [
            "# What is stored",
            "",
            f"Schema {opener.SCHEMA_VERSION}: one SQLite file, `application_id` 0x{opener.APPLICATION_ID:X} (“netj”),",
            "with the schema's number in `user_version`. Every table is STRICT; days are ISO text; absent is NULL.",
            "Columns that end in `_key` hold folded text for matching. The checks of each column stand in the numbered",
            "steps under `src/netjournal/store/sqlite/`, which are the only way a file gets its schema.",
            "",
            "Opening the file with another program to read it is fine. Writing to it so is not: undo would not know.",
        ]
        remarks = _remarks("\n".join(steps.step(n) for n in range(1, opener.SCHEMA_VERSION + 1)))
        for table in sorted(TABLES):
            parts += ["", f"## {table}", ""]
            if table in remarks:
                parts += [remarks[table], ""]
            parts += _table(("column", "type", "null", "key", "refers to", "note"), _columns(connection, table))
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").fetchone()
        # The step of the first release lists the types of documents that there were then.
        parts += ["", "## search", "", remarks["search"].partition(": 1 contact")[0] + ":", ""]
        documents = [
            (str(number), f"`{table}`", f"`{title}`" if title else "", ", ".join(f"`{column}`" for column in body))
            for number, (table, title, body) in DOCUMENTS.items()
        ]
        parts += [*_table(("type", "table", "title", "body"), documents), "", "```sql", sql, "```"]
    finally:
        connection.close()
    return "\n".join(parts)


def _remarks(script: str) -> dict[str, str]:
    """The last comment above a CREATE of each table, by its name; one that is rebuilt is made as `_new`."""
    found = re.finditer(r"((?:^--.*\n)+)CREATE (?:VIRTUAL )?TABLE (\w+?)(?:_new)?\b", script, re.MULTILINE)
    return {m[2]: " ".join(line.removeprefix("--").strip() for line in m[1].splitlines()) for m in found}


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, ...]]:
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    notes = {m[2]: m[1].strip() for m in re.finditer(r"^\s+--(.*)\n\s+(\w+) ", sql, re.MULTILINE)}
    refers: dict[str, list[str]] = {}
    for _, _, parent, own, theirs, on_update, on_delete, _ in connection.execute(f"PRAGMA foreign_key_list({table})"):
        does = [f"{verb} {what.lower()}" for verb, what in (("update", on_update), ("delete", on_delete))]
        acts = [act for act in does if not act.endswith("no action")]
        refers.setdefault(own, []).append(f"{parent}.{theirs}" + (f" ({', '.join(acts)})" if acts else ""))
    return [
        (f"`{name}`", kind, "" if required or key else "yes", str(key or ""), "; ".join(refers.get(name, ())),
         notes.get(name, ""))
        for _, name, kind, required, _, key in connection.execute(f"PRAGMA table_info({table})")
    ]  # fmt: skip


def decisions() -> str:
    """The list of decisions, by their own titles."""
    pages = sorted((HERE / "decisions").glob("[0-9]*.md"))
    titles = [(page.name, page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")) for page in pages]
    return _NOTICE.replace("the code by", "the pages by").replace("the code, not", "a title, not") + "\n".join(
        [
            "# Decisions",
            "",
            "Why it is built as it is. Each page has its context, its figures and the command that measured them; a",
            "decision that no longer holds is followed by another, and one that reaches further since says so itself. A number",
            "that is missing was never given.",
            "",
            *(f"- [{title}]({name})" for name, title in titles),
            "",
        ]
    )


def _default(value: object) -> str:
    return "" if value in ("", ()) else f"{value}"


def _fenced(text: str) -> list[str]:
    return ["```text", *[line.rstrip() for line in text.strip("\n").splitlines()], "```"]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; a bar inside a cell is escaped, and a column that says nothing is left out."""
    every = [list(row) for row in rows]
    kept = [n for n in range(len(header)) if any(row[n] for row in every)]
    cells = [[(header if row is None else row)[n].replace("|", "\\|") for n in kept] for row in (None, *every)]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return [lines[0], "|" + " --- |" * len(kept), *[re.sub(r" +\|", " |", line) for line in lines[1:]]]


def main(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    (HERE / "decisions" / "index.md").write_text(decisions(), encoding="utf-8")


if __name__ == "__main__":
    runpy.run_path(str(HERE / "manual.py"), run_name="__main__")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "reference")
