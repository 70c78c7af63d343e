"""Our own format: one JSON object a line, or one array of the same, lossless.

Minor versions add types and keys, which a reader of an older one passes over; a major version is refused. An export
starts fast: what only reading needs is imported by those who read.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any, Final

from netjournal.errors import InputFileError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from netjournal.interchange.records import Remark, Skipped
    from netjournal.interchange.sources import Source

Record = dict[str, Any]

#: The newest major version of the format that is understood.
MAJOR: Final = 1
#: The type of the first record.
HEAD: Final = "netjournal"
#: Bytes of one record.
RECORD_LIMIT: Final = 8 << 20
_PIECE: Final = 1 << 18
_BETWEEN: Final = re.compile(r"[,\s]*")
_BOM: Final = b"\xef\xbb\xbf"
_LONG: Final = f"the record is longer than {RECORD_LIMIT >> 20} MB"
_BROKEN: Final = "this is not a JSON object"
_encode = json.JSONEncoder(ensure_ascii=True, separators=(", ", ": "), check_circular=False).encode


def write_ndjson(records: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    """Write each record as one line of ASCII."""
    encode, write = _encode, file.write
    for record in records:
        write((encode(record) + "\n").encode("ascii"))


def write_json(records: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    """Write the records as one array, a record a line."""
    before = b"[\n"
    for record in records:
        file.write(before + _encode(record).encode("ascii"))
        before = b",\n"
    file.write(b"\n]\n" if before != b"[\n" else b"[]\n")


def recognises(source: Source) -> bool:
    """Whether a file begins as an export of ours: with an object, or an array of objects, that has a type we know."""
    from netjournal.interchange.shapes import SHAPES

    try:
        head = source.head().removeprefix(_BOM).lstrip().decode("utf-8", "replace")
    except InputFileError:
        return False
    head = head.removeprefix("[").lstrip()
    first = _first_object(head)
    return first is not None and (first.get("type") == HEAD or (first.get("type") in SHAPES and "uid" in first))


def _first_object(text: str) -> Record | None:
    try:
        found, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("type"), str) else None


def read_records(
    source: Source, kinds: Collection[str] | None = None, today: date | None = None
) -> Iterator[Record | Skipped | Remark]:
    """Yield the head and every record, checked and filled in, with what cannot be stored as Skipped.

    With `kinds` only the records of these types; what has no type at all comes with the head's ("netjournal"), so that
    several readings of one file tell of each item once. With `today` nothing happened later than the day after, which
    another zone may have reached. Raises InputFileError for another format, or a newer one.
    """
    from netjournal.interchange.records import Remark, Skipped
    from netjournal.interchange.shapes import SHAPES, has_unknown_keys

    if not recognises(source):
        raise InputFileError(f"{source.name} is not an export of netjournal.", "It is made by `netj export`.")
    last = (today + timedelta(days=1)).isoformat() if today is not None else "9999"
    told = False
    for line, found in _objects(source, kinds):
        wanted = kinds is None or (found.get("type") if isinstance(found, dict) else HEAD) in kinds
        if isinstance(found, str):
            if wanted:
                yield Skipped(line, found, bad=True)
            continue
        kind = found.get("type")
        if kind == HEAD:
            _check_version(source, found)
        if kind not in (*SHAPES, HEAD):
            if kinds is None or HEAD in kinds:
                known = isinstance(kind, str)
                reason = "a type of record that this version does not know" if known else "the record has no type"
                yield Skipped(line, reason, bad=not known)
        elif wanted:
            if kind != HEAD and not told and has_unknown_keys(found):
                told = True
                yield Remark(line, "made by a newer version: what this one does not know of it was left out")
            checked = _checked(line, found)
            ahead = kind == "interaction" and isinstance(checked, dict) and checked["on"] > last
            yield Skipped(line, "its day is in the future", bad=True) if ahead else checked


def _checked(line: int, found: Record) -> Record | Skipped:
    from netjournal.interchange.records import Skipped
    from netjournal.interchange.shapes import ShapeError, shaped

    if found["type"] == HEAD:
        return found
    try:
        return shaped(found)
    except ShapeError as wrong:
        return Skipped(line, str(wrong), bad=True)


def _check_version(source: Source, head: Record) -> None:
    version = head.get("format_version")
    major = version.partition(".")[0] if isinstance(version, str) else ""
    if not (major.isascii() and major.isdigit() and len(major) < 10):
        raise InputFileError(f"{source.name} does not say which version of the format it is.")
    if int(major) > MAJOR:
        raise InputFileError(
            f"{source.name} is of format version {int(major)}; this program reads up to {MAJOR}.", "Upgrade netjournal."
        )


def _objects(source: Source, kinds: Collection[str] | None) -> Iterator[tuple[int, Record | str]]:
    """Each object with its line, or why there is none."""
    from netjournal.interchange.shapes import SHAPES

    head = source.head().removeprefix(_BOM).lstrip()
    if head.startswith(b"[") and not _is_by_lines(head):
        yield from _array(source)
        return
    # Types that are not wanted are known by how a line of ours begins: no need to understand the rest.
    passed = tuple(
        f'{{"type": "{kind}",'.encode() for kind in SHAPES if kinds is not None and kind not in kinds
    )  # fmt: skip
    with source.stream() as file:
        line = 0
        while raw := file.readline(RECORD_LIMIT + 1):
            line += 1
            if len(raw) > RECORD_LIMIT:
                _finish_line(file, raw)
                yield line, _LONG
            elif not (passed and raw.startswith(passed)):
                text = raw.removeprefix(_BOM).strip()
                if text and text not in (b"[", b"]", b"[]"):
                    yield line, _parsed(text.removeprefix(b"[").removesuffix(b","))


def _is_by_lines(head: bytes) -> bool:
    """Whether an array has a record a line, as we write it."""
    first = head[1:].lstrip(b" \t").lstrip(b"\r\n").partition(b"\n")[0].strip()
    return head[1:].lstrip(b" \t").startswith((b"\r", b"\n")) and not isinstance(_parsed(first.rstrip(b",")), str)


def _finish_line(file: IO[bytes], raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(_PIECE)


def _parsed(text: bytes) -> Record | str:
    try:
        found = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        return _BROKEN
    return found if isinstance(found, dict) else _BROKEN


def _array(source: Source) -> Iterator[tuple[int, Record | str]]:
    """The objects of an array laid out by another program, numbered; what follows a broken one is lost with it."""
    parse, text, place, number = json.JSONDecoder().raw_decode, "", 0, 0
    for piece, is_last in _pieces(source):
        text, place = text[place:] + piece, 0
        if number == 0:
            # The bracket that recognised it.
            text, number = text.lstrip("\ufeff \t\r\n").removeprefix("["), 1
        while True:
            place = _BETWEEN.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing, too
            if text.startswith("]", place):
                return
            try:
                found, end = parse(text, place)
            except (ValueError, RecursionError):
                break
            if end == len(text) and not is_last and not isinstance(found, dict):
                # A number may go on in the next piece.
                break
            yield number, found if isinstance(found, dict) else _BROKEN
            number, place = number + 1, end
        if is_last or len(text) - place > RECORD_LIMIT:
            if text[place:]:
                yield number, _BROKEN if is_last else _LONG
            return


def _pieces(source: Source) -> Iterator[tuple[str, bool]]:
    """The text of a file piece by piece, and whether each is the last."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with source.stream() as file:
        raw = file.read(_PIECE)
        while raw:
            following = file.read(_PIECE)
            yield decoder.decode(raw, not following), not following
            raw = following
