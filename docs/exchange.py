"""The reference pages on what goes in and out: records, views, formats. `generate.py` makes them with the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from netjournal.cli import exporting
from netjournal.interchange import formats as interchange
from netjournal.reports.records import RECORDS
from netjournal.store.queries.export import FORMAT_VERSION
from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Table = Callable[[Sequence[str], Iterable[Sequence[str]]], list[str]]

HERE: Final = Path(__file__).resolve().parent

#: What a file of each format is, and what is taken from it.
_READ: Final = {
    "netjournal": ("an export of another journal of this program, ndjson or json", "everything, record by record"),
    "monica": ("the JSON export of Monica 4", "contacts, calls, conversations, activities, notes, tasks, reminders"),
    "jrnl": ("jrnl's JSON, text or Markdown", "entries; tags are people or topics"),
    "friends": ("the `friends.md` of friends", "friends, activities, notes"),
    "vcard": ("vCard 2.1, 3.0, 4.0: a file, a folder of `.vcf`, a zip", "contacts; what has no place is kept as it is"),
    "ical": ("iCalendar: a file, a folder of `.ics`, a zip", "past meetings with people"),
    "mail": ("mbox, Maildir, `.eml`, a folder or zip of them", "the headers: who wrote to whom, when, about what"),
    "linkedin": ("LinkedIn's export: the zip, its folder, or single files", "connections, messages, invitations"),
    "google": ("Google Contacts CSV, before 2024 and since", "contacts"),
    "outlook": ("Outlook's CSV, of Outlook.com or the desktop", "contacts"),
    "thunderbird": ("Thunderbird's CSV or tab-separated address book", "contacts"),
    "csv": ("any table with a header, CSV or TSV, and the contacts that `netj export` wrote as one", "contacts"),
}
#: What each form of export holds, and what is lost in it.
_WRITTEN: Final = {
    "ndjson": ("every record with all its fields, one a line", "what `netj undo` needs; settings", "yes"),
    "json": ("the same as one array", "what `netj undo` needs; settings", "yes"),
    "csv": ("one type of record as a table", "where records came from", "contacts"),
    "tsv": ("the same, parted by tabs", "the same, and line breaks inside a cell", "contacts"),
    "vcard": ("contacts as cards", "cadence, objectives, interactions", "yes"),
    "ics": ("the days ahead: due days and promises", "all else; notes never go into it", ""),
    "markdown": ("one journal that a person reads", "addresses, cadence, uids", ""),
    "friends": ("contacts and interactions for friends", "addresses, work, cadence, objectives, promises", "yes"),
}


def pages(table: Table) -> dict[str, Callable[[], str]]:
    """What makes each page, by its file name; `table` makes a table of Markdown."""
    return {
        "records.md": lambda: _records(table),
        "views.md": lambda: _views(table),
        "formats.md": lambda: _formats(table),
    }


def _records(table: Table) -> str:
    parts = [
        "# Records",
        "",
        "What `netj export` writes: one JSON object a line (`--as json`: one array), in this order of types, within a",
        "type by uid, interactions by day first. Every record has all keys of its type, in the order of these tables. The",
        f"first line says what the file is. The format is version {FORMAT_VERSION}: a newer minor version only adds keys and",
        "types, which a reader passes over. Days are ISO, instants UTC, absent is null. `netj import` reads it back.",
        "",
        "Handles, keys and names beside a uid are there for people: the uid decides.",
    ]
    for kind, keys in RECORDS.items():
        parts += ["", f"## {kind}", "", *table(("key", "meaning"), [(f"`{key}`", what) for key, what in keys.items()])]
    return "\n".join(parts)


def _views(table: Table) -> str:
    parts = [
        "# Views",
        "",
        "For sqlite3, Datasette and other readers of the file ([how to](../how-to/sqlite.md)). These views are a contract:",
        "columns are only ever added. Days are ISO text, truth is 0 or 1, absent is NULL.",
    ]
    meanings = _meanings()
    connection = opener.empty_in_memory()
    try:
        for view, columns in _columns(connection):
            rows = [(f"`{name}`", meanings.pop((view, name), "") or meanings["*", name]) for name in columns]
            parts += ["", f"## {view}", "", meanings.pop((view, "")), "", *table(("column", "meaning"), rows)]
    finally:
        connection.close()
    if unknown := [f"{view}.{name}" for view, name in meanings if view != "*"]:
        raise ValueError(f"views.tsv tells of columns that are not there: {', '.join(unknown)}")
    return "\n".join(parts)


def _columns(connection: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    """The views in the order in which their meanings are told, each with its columns."""
    told = [view for view, column in _meanings() if not column]
    views = [view for (view,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    return [
        (view, [row[1] for row in connection.execute(f"PRAGMA table_info({view})")])
        for view in sorted(views, key=told.index)
    ]


def _meanings() -> dict[tuple[str, str], str]:
    """What views and columns mean, by view (`*`: in all others) and column (empty: of the view itself)."""
    lines = (HERE / "views.tsv").read_text(encoding="utf-8").splitlines()
    return {
        (view, column): meaning for view, column, meaning in (line.split("\t") for line in lines if line[:1] not in "#")
    }


def _formats(table: Table) -> str:
    read = [(f"`{name}`", *told) for name, told in _all(interchange.FORMATS, _READ)]
    written = [(f"`{name}`", *told) for name, told in _all(exporting.FORMS, _WRITTEN)]
    return "\n".join(
        [
            "# Formats",
            "",
            "## Import",
            "",
            "`netj import FORMAT FILE…` ([how to](../how-to/import.md)). Without FORMAT a file is asked in this order whether it",
            "is one. `-` is standard input.",
            "",
            *table(("format", "what it is", "what is taken"), read),
            "",
            "## Export",
            "",
            "`netj export --as FORM` ([how to](../how-to/export.md)).",
            "",
            *table(("form", "what it holds", "what is lost", "`netj import` reads it back"), written),
        ]
    )


def _all(names: Iterable[str], told: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """Each name with what is told of it; raises ValueError where something is told of another."""
    found = [(name, told[name]) for name in names]
    if len(found) != len(told):
        raise ValueError(f"told of a format that is not there: {set(told) - set(names)}")
    return found
