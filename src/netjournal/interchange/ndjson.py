"""Our own format: one JSON object a line, lossless."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_encode = json.JSONEncoder(ensure_ascii=True, separators=(", ", ": "), check_circular=False).encode


def write_ndjson(records: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    """Write each record as one line of ASCII."""
    for record in records:
        file.write(_encode(record).encode("ascii") + b"\n")


def write_json(records: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    """Write the records as one array, a record a line."""
    before = b"[\n"
    for record in records:
        file.write(before + _encode(record).encode("ascii"))
        before = b",\n"
    file.write(b"\n]\n" if before != b"[\n" else b"[]\n")
