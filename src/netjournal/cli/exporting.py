"""The file formats of `export`: which options each takes, and who writes it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from netjournal.reports.export import Part
    from netjournal.store.connection import ReadConnection

FORMS: Final = ("ndjson", "json", "csv", "tsv", "vcard", "ics", "markdown", "friends")
#: What a file's suffix says of its form; every other one says nothing, and is ndjson.
_SUFFIXES: Final = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".vcf": "vcard", ".ics": "ics",
                    ".md": "markdown", ".markdown": "markdown"}  # fmt: skip
_NDJSON: Final = frozenset({"", ".ndjson", ".jsonl"})
VERSIONS: Final = ("3.0", "4.0")


class Form(NamedTuple):
    """How an export is written."""

    name: str
    for_spreadsheet: bool = False
    vcard_version: str = "3.0"
    todo: bool = False


def form_of(to: Path | None) -> str:
    """The form that a file's name says, where nothing else does: ndjson for all that have no form of their own."""
    if to is None:
        return "ndjson"
    return "friends" if to.name.casefold() == "friends.md" else _SUFFIXES.get(to.suffix.casefold(), "ndjson")


def remark_on(to: Path, typed: str | None) -> str | None:
    """What to say of a file whose suffix promises something else than it holds."""
    if typed is None and form_of(to) == "ndjson" and to.suffix.casefold() not in _NDJSON:
        return f"The file holds ndjson, a record a line: `--as` writes another form ({', '.join(FORMS[1:])})."
    return None


def private(client: str, other_count: int) -> str:
    """What to say of a client's part, which is narrowed and not cleaned: that other clients are named in it, too."""
    from shlex import quote

    from netjournal.domain.counts import counted

    others = f", and {counted(other_count, 'other client')} by name" if other_count else ""
    return (
        f"Your notes and promises are in it{others}: `netj review --client {quote(client)}` is the page to hand over."
    )


def check(form: Form, types: tuple[str, ...], to: Path | None = None) -> None:
    """Refuse what a form cannot be, with the command that would write `to`. Raises UsageError."""
    if form.name not in FORMS:
        raise UsageError(f"'{form.name}' is not a form of export.", "Forms: " + ", ".join(FORMS) + ".")
    if form.name in ("csv", "tsv") and len(types) != 1:
        raise UsageError(
            f"A {form.name} file is one table, so it holds one type of record.",
            f"Name it, as in `netj export{_where(form, to)} --type {_type_meant(to)}`.",
        )
    if form.for_spreadsheet and form.name not in ("csv", "tsv"):
        raise UsageError("`--for-spreadsheet` belongs to `--as csv` and `--as tsv`.")
    if form.vcard_version not in VERSIONS:
        raise UsageError(f"'{form.vcard_version}' is not a version that is written.", "Versions: 3.0, 4.0.")
    if form.todo and form.name != "ics":
        raise UsageError("`--todo` belongs to `--as ics`.")
    if types and form.name in ("vcard", "ics", "friends"):
        raise UsageError(f"`--as {form.name}` has types of its own, so it takes no `--type`.")


def _where(form: Form, to: Path | None) -> str:
    """The options that say where an export goes and what form it has, as they are typed."""
    from shlex import quote

    said = "" if to is not None and form_of(to) == form.name else f" --as {form.name}"
    return f"{said} --to {quote(str(to))}" if to is not None else said


def _type_meant(to: Path | None) -> str:
    """The type that a file is called by, as in interactions.csv; else the one that most want."""
    from netjournal.reports.export import TYPES

    return next((kind for kind in TYPES if to is not None and kind[:-1] in to.stem.casefold()), "contact")


#: The records that each form is made of; the others take what `--type` names.
_OWN_TYPES: Final = {"vcard": ("contact",), "friends": ("contact", "interaction")}


def written(
    connection: ReadConnection, form: Form, part: Part, instant: tuple[Any, str]
) -> Callable[[IO[bytes]], object]:
    """What writes the export to a file, to be called while the journal is open; `instant` is today and now."""
    from netjournal.reports.export import exported

    if form.name == "ics":
        return lambda file: _calendar(connection, form, part, instant, file)
    records = exported(connection, part._replace(types=_OWN_TYPES.get(form.name, part.types)))
    return lambda file: _write(form, part, records, file)


def _write(form: Form, part: Part, records: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    match form.name:
        case "ndjson" | "json":
            from netjournal.interchange import ndjson

            (ndjson.write_ndjson if form.name == "ndjson" else ndjson.write_json)(records, file)
        case "csv" | "tsv":
            from netjournal.interchange.sheets.writer import write_sheet
            from netjournal.reports.records import RECORDS

            (kind,) = part.types
            write_sheet(
                (record for record in records if record["type"] == kind),
                file,
                delimiter="," if form.name == "csv" else "\t",
                spreadsheet=form.for_spreadsheet,
                header=tuple(RECORDS[kind]),
            )
        case "vcard":
            from netjournal.interchange.vcard.writer import write_cards

            write_cards(records, file, "4.0" if form.vcard_version == "4.0" else "3.0")
        case "markdown":
            from netjournal.interchange.prose.markdown import write_markdown

            write_markdown(records, file)
        case _:
            from netjournal.interchange.prose.friends import write_friends

            write_friends(records, file)


def _calendar(connection: ReadConnection, form: Form, part: Part, instant: tuple[Any, str], file: IO[bytes]) -> None:
    from netjournal.interchange.ical.writer import write_calendar
    from netjournal.reports.agenda import agenda
    from netjournal.store.queries.export import records

    today, now = instant
    head = next(iter(records(connection)))
    entries = (e for e in agenda(connection, part, today, now) if form.todo or not e["done"])
    write_calendar(entries, file, uid=head["uid"] or "", stamp=now, todo=form.todo)
