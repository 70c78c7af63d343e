"""Files of people: find the format, read every file, and say in one voice what was left out and why."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

from netjournal.errors import InputFileError
from netjournal.interchange import linkedin
from netjournal.interchange.files import read_input
from netjournal.interchange.records import Person

if TYPE_CHECKING:
    from collections.abc import Sequence


class People(NamedTuple):
    """What some files hold; `read` = people + skipped."""

    source: str
    people: tuple[Person, ...]
    read: int
    skipped: int
    #: What was left out or doubted and why, by line; never a value of the file.
    notes: tuple[str, ...]
    #: The items that are wrong, not merely empty: with `--strict` they stop the import.
    bad: tuple[str, ...]


def read_people(paths: Sequence[str], stdin: IO[bytes] | None, named: str | None) -> People:
    """Read files of one format, found by their content unless named. Raises InputFileError."""
    people: list[Person] = []
    notes: list[str] = []
    bad: list[str] = []
    read = skipped = 0
    for path in paths:
        if path == "-" and stdin is None:
            raise InputFileError("There is nothing on standard input.")
        data = read_input(path, stdin)  # type: ignore[arg-type]  # checked above
        if named is None and not linkedin.is_connections(data):
            raise InputFileError(f"{path} is of no format that is known here.", "Known: linkedin (Connections.csv).")
        found = linkedin.read_connections(data)
        read += found.read
        skipped += len(found.skipped)
        people += [_person(record) for record in found.records]
        hidden = sum(w.reason == linkedin.HIDDEN for w in found.skipped)
        if hidden:
            notes.append(f"{hidden} skipped: {linkedin.HIDDEN}")
        wrong = [f"line {w.line}: {w.reason}" for w in found.skipped if w.reason != linkedin.HIDDEN]
        notes += [f"{text}, skipped" for text in wrong]
        notes += [f"line {w.line}: {w.reason}" for w in found.warnings]
        bad += [text[0].upper() + text[1:] for text in wrong]
    return People("linkedin", tuple(people), read, skipped, tuple(notes), tuple(bad))


def _person(record: linkedin.ConnectionRecord) -> Person:
    return Person(
        record.line,
        record.external_id,
        record.name,
        (record.url,) if record.url else (),
        (record.email,) if record.email else (),
        record.company,
        record.title,
        record.connected_on,
    )
